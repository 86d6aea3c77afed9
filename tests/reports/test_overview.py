"""The overview of a plan: each grouping, filters that combine, sums that count once,
the page, the file, and the plans around a plan."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from funds.figure import Figure
from funds.notation import AmountState
from municipalities.models import MunicipalityGroup, Organisation, Region, User
from reports.axes import AXES, NONE
from reports.content import fetch
from reports.costs import UNSTATED
from reports.forms import OverviewFilterForm
from reports.overview import Asked, Layout, Overview
from reports.overview_table import HEADINGS, lines, overview_csv, overview_table, plain_rows
from reports.plan_totals import plan_totals
from reports.relations import relations
from tests.conftest import FIXTURES
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    WorkPlanFactory,
    typed_cells,
)
from workplans import planfile
from workplans.cells import Cell
from workplans.models import Action, ActionLine, ActionResult, IntendedResult, Partner, WorkPlan
from workplans.services import store_cells, store_plan

pytestmark = pytest.mark.django_db


def euros(amount: int | str, *gaps: AmountState) -> Figure:
    return sum(map(Figure.gap, gaps), Figure.of(Decimal(amount)))


def shown(overview: Overview) -> dict[str, tuple[list[str], Figure | None]]:
    """The codes and the sum of each group, by its heading."""
    return {
        section.group.heading: (
            [entry.action.full_code for entry in section.entries],
            section.figure,
        )
        for section in overview.sections
    }


def along(plan: WorkPlan, axis: str, **keys: str) -> Overview:
    return Layout(fetch(plan)).overview(Asked(axis, keys))


@pytest.fixture
def plan(bollenstreek: Region) -> WorkPlan:
    return WorkPlanFactory(region=bollenstreek)


@pytest.fixture
def line(plan: WorkPlan) -> ActionLine:
    return ActionLineFactory(plan=plan, code="A", title="Wonen")


# ---- each grouping


def test_by_line_a_part_is_within_its_line(plan, line) -> None:
    part = ActionLineFactory(plan=plan, code="A.1", title="Huizen", parent=line, kind="onderdeel")
    other = ActionLineFactory(plan=plan, code="B", title="Werk")
    for owner, code, amount in ((line, "1", "€ 1"), (part, "2", "€ 20"), (other, "3", "PM")):
        ActionFactory(line=owner, code=code, amount=amount)
    assert shown(along(plan, "lijn")) == {
        "A Wonen": (["A1"], euros(1)),
        "A.1 Huizen": (["A.12"], euros(20)),
        "B Werk": (["B3"], euros(0, AmountState.PM)),
    }
    assert along(plan, "lijn", lijn="A").total == euros(21)
    assert list(shown(along(plan, "lijn", lijn="A.1"))) == ["A.1 Huizen"]


def test_by_municipality_each_gets_what_it_receives(plan, line) -> None:
    ActionFactory(line=line, code="1", amount="€ 30", municipalities="K: € 20, L: € 10")
    ActionFactory(line=line, code="2", amount="€ 9", municipalities="alle gemeenten, penvoerder N")
    ActionFactory(line=line, code="3", amount="PM", municipalities="K")
    ActionFactory(line=line, code="4", amount="€ 5")
    ActionFactory(line=line, code="5", amount="€ 7", municipalities=Cell("wie dan ook", True))
    found = along(plan, "gemeente")
    assert shown(found) == {
        "Katwijk": (["A1", "A2", "A3"], euros(20, AmountState.PM)),
        "Noordwijk": (["A2"], euros(9)),
        "Lisse": (["A1", "A2"], euros(10)),
        "Niet verdeeld": (["A4", "A5"], euros(12, AmountState.UNREAD)),
    }
    assert found.total == euros(51, AmountState.PM, AmountState.UNREAD)
    assert [e.part.note for e in found.sections[0].entries] == ["", "via Noordwijk", ""]


def test_municipalities_are_named_without_costs_too(plan, line) -> None:
    """By the cell, behind the planning, and as the others where some are named."""
    ActionFactory(line=line, code="1", amount=None, municipalities="Katwijk en Lisse")
    ActionFactory(line=line, code="2", amount=None, planning="Q1 2020 (Lisse)")
    ActionFactory(
        line=line, code="3", amount=None, planning="Q1 2020 (Katwijk) n.t.b. (overige gemeenten)"
    )
    assert shown(along(plan, "gemeente")) == {
        "Katwijk": (["A1", "A3"], None),
        "Noordwijk": (["A3"], None),
        "Lisse": (["A1", "A2", "A3"], None),
    }


def test_a_group_of_municipalities_can_be_asked_for(plan, line, bollenstreek) -> None:
    group = MunicipalityGroup.objects.create(region=bollenstreek, name="Kust")
    members = [m.municipality for m in bollenstreek.memberships.order_by("position")]
    for municipality in members[:2]:
        group.memberships.create(municipality=municipality)
    for code, who in (("1", "K"), ("2", "L"), ("3", "gelijk over Kust")):
        ActionFactory(line=line, code=code, amount="€ 10", municipalities=who)
    layout = Layout(fetch(plan))
    assert ("Kust", "Kust (2 gemeenten)") in layout.choices("gemeente")
    asked = layout.overview(Asked("gemeente", {"gemeente": "Kust"}))
    assert list(shown(asked)) == ["Katwijk", "Noordwijk"]
    assert [action.full_code for action in asked.actions] == ["A1", "A3"]


def test_by_organisation_spellings_are_one_group(plan, line) -> None:
    mother = Organisation.objects.create(name="Moeder", kind="welzijn")
    woej = Organisation.objects.create(name="Woej", kind="welzijn", parent=mother)
    first = ActionFactory(line=line, code="1", amount="€ 10")
    second = ActionFactory(line=line, code="2", amount="€ 5")
    ActionFactory(line=line, code="3", amount=None)
    for position, (action, text, known) in enumerate(
        (
            (first, "Stichting WOEJ", woej),
            (first, "Woej", woej),
            (first, "Buren", None),
            (second, "Woej", woej),
        )
    ):
        Partner.objects.create(action=action, position=position, text=text, organisation=known)
    found = along(plan, "organisatie")
    assert shown(found) == {
        "Buren": (["A1"], euros(10)),
        "Woej": (["A1", "A2"], euros(15)),
        "Zonder partner": (["A3"], None),
    }
    assert found.total == euros(15)
    assert found.is_repeated
    assert list(shown(along(plan, "organisatie", organisatie="moeder"))) == ["Woej"]


def test_by_pot_and_year_each_counts_what_it_pays(plan, line) -> None:
    ActionFactory(line=line, code="1", amount="€ 100", funding="50% regiobudget, rest Hoorn")
    ActionFactory(line=line, code="2", amount="€ 30 (Regiobudget)")
    ActionFactory(line=line, code="3", amount="€ 8", funding="2021: Fonds 2022: Reserve of Fonds")
    ActionFactory(line=line, code="4", amount="€ 2")
    found = along(plan, "dekking")
    assert shown(found) == {
        "Fonds, 2021": (["A3"], None),
        "Fonds, 2022": (["A3"], None),
        "Hoorn": (["A1"], euros(50)),
        "Regiobudget": (["A1", "A2"], euros(80)),
        "Reserve, 2022": (["A3"], None),
        "Niet vermeld": (["A4"], euros(2)),
    }
    assert found.total == euros(140)
    assert list(shown(along(plan, "dekking", dekking="fonds"))) == ["Fonds, 2021", "Fonds, 2022"]
    assert along(plan, "dekking", dekking="regiobudget").total == euros(80)
    assert along(plan, "lijn", dekking="regiobudget").total == euros(130)


def test_by_quarter_an_action_is_in_each_and_counts_once(plan, line) -> None:
    for code, planning in (
        ("1", "Q4 2020 t/m Q1 2021"),
        ("2", ""),
        ("3", "n.t.b."),
        ("4", "als het geld er is"),
        ("5", "Q1 2019"),
        ("6", Cell("Q5 2020", unread=True)),
    ):
        ActionFactory(line=line, code=code, amount="€ 10", planning=planning)
    found = along(plan, "kwartaal")
    assert shown(found) == {
        "Q4 2020": (["A1"], euros(10)),
        "Q1 2021": (["A1"], euros(10)),
        "Zonder planning": (["A2"], euros(10)),
        "Nog geen datum": (["A3"], euros(10)),
        "In eigen woorden gepland": (["A4"], euros(10)),
        "Planning niet gelezen": (["A6"], euros(10)),
        "Buiten de periode van het plan": (["A5"], euros(10)),
    }
    assert found.total == euros(60)
    assert list(shown(along(plan, "kwartaal", kwartaal="2021"))) == ["Q1 2021"]
    assert ("2021", "2021") in Layout(fetch(plan)).choices("kwartaal")


@pytest.mark.parametrize(
    ("start", "end", "headings"),
    [
        ("Q2 2020", "Q1 2021", ["Q2 2020", "Q3 2020", "Q4 2020", "Q1 2021"]),
        (
            "Q4 2020 (HRN) Q2 2021 (WF6)",
            "Q1 2021 (HRN) Q3 2021 (WF6)",
            ["Q4 2020", "Q1 2021", "Q2 2021", "Q3 2021"],
        ),
        ("Q3 2021", "", ["Q3 2021", "Q4 2021"]),
        ("", "Q2 2020", ["Q1 2020", "Q2 2020"]),
        ("", "n.t.b.", ["Nog geen datum"]),
        ("Q1 2020 (A)", "Q4 2020 (B)", ["In eigen woorden gepland"]),
        ("als het geld er is", "Q4 2020", ["In eigen woorden gepland"]),
    ],
)
def test_by_quarter_start_and_end_in_two_cells_are_one_stretch(
    plan, line, start: str, end: str, headings: list[str]
) -> None:
    typed = replace(typed_cells("€ 10"), start=Cell(start), end=Cell(end))
    store_cells(Action(line=line, code="1", title="Actie", position=0), typed=typed)
    assert list(shown(along(plan, "kwartaal"))) == headings


def test_by_result_named_or_the_line_that_is_one(plan, line) -> None:
    result = IntendedResult.objects.create(line=line, position=0, code="R1", text="Meer *huizen*")
    below = IntendedResult.objects.create(
        line=line, position=1, code="R1a", text="Kleine huizen", parent=result
    )
    kind = ActionLine.Kind.RESULT
    own = ActionLineFactory(plan=plan, code="1", title="Contract", kind=kind)
    first = ActionFactory(line=line, code="1", amount="€ 1")
    ActionFactory(line=own, code="a", amount="€ 2")
    ActionFactory(line=line, code="3", amount="€ 4")
    for position, (text, found) in enumerate((("R1", result), ("R1a", below), ("X9", None))):
        ActionResult.objects.create(action=first, position=position, text=text, result=found)
    assert shown(along(plan, "resultaat")) == {
        "1 Contract": (["1a"], euros(2)),
        "R1 Meer huizen": (["A1"], euros(1)),
        "R1a Kleine huizen": (["A1"], euros(1)),
        "X9": (["A1"], euros(1)),
        "Zonder resultaat": (["A3"], euros(4)),
    }
    assert list(shown(along(plan, "resultaat", resultaat="R1"))) == [
        *("R1 Meer huizen", "R1a Kleine huizen")
    ]


# ---- filters


@pytest.fixture
def many(plan: WorkPlan, line: ActionLine) -> WorkPlan:
    other = ActionLineFactory(plan=plan, code="B", title="Werk")
    for owner, code, who, planning, status, kind in (
        (line, "1", "K", "Q1 2020", "nieuw", "pilot"),
        (line, "2", "K", "2021", "", ""),
        (other, "1", "L", "Q1 2020", "nieuw", ""),
        (other, "2", "K 50%, L 50%", "Q1 2020", "nieuw", ""),
    ):
        ActionFactory(
            line=owner,
            code=code,
            amount="€ 10",
            municipalities=who,
            planning=planning,
            status=status,
            kind=kind,
            title=f"Huis {owner.code}{code}",
        )
    return plan


@pytest.mark.parametrize(
    ("asked", "codes", "total"),
    [
        ({}, ["A1", "A2", "B1", "B2"], 40),
        ({"gemeente": "GM0537"}, ["A1", "A2", "B2"], 30),
        ({"gemeente": "GM0537", "kwartaal": "2020-1"}, ["A1", "B2"], 20),
        ({"gemeente": "GM0537", "kwartaal": "2020", "lijn": "B"}, ["B2"], 10),
        ({"per": "gemeente", "gemeente": "GM0537"}, ["A1", "A2", "B2"], 25),
        ({"stand": "nieuw", "soort": "pilot"}, ["A1"], 10),
        ({"stand": NONE}, ["A2"], 10),
        ({"tekst": "b1 HUIS"}, ["B1"], 10),
        ({"tekst": "niets"}, [], 0),
        ({"lijn": "bestaat-niet", "tekst": "A1"}, ["A1"], 10),
    ],
)
def test_filters_combine(many, asked, codes, total) -> None:
    layout = Layout(fetch(many))
    found = layout.overview(OverviewFilterForm(asked, layout).asked)
    assert [action.full_code for action in found.actions] == codes
    assert found.total == euros(total)


def test_only_what_the_plan_has_can_be_chosen(many) -> None:
    form = OverviewFilterForm({}, Layout(fetch(many)))
    assert list(form.fields) == ["tekst", "lijn", "gemeente", "kwartaal", "soort", "stand"]
    assert form.fields["soort"].choices == [
        ("", "Alle soorten"),
        ("pilot", "Pilot"),
        (NONE, "Niet vermeld"),
    ]


# ---- the table, the page and the file


def test_table_has_groups_with_sums_actions_and_one_total(many) -> None:
    found = overview_table(along(many, "gemeente"))
    rows = [(row.kind, row.cells[1].plain, row.cells[-1].plain) for row in found.rows]
    assert rows == [
        ("group", "Katwijk", "25.00"),
        ("body", "Huis A1", "10.00"),
        ("body", "Huis A2", "10.00"),
        ("body", "Huis B2", "5.00"),
        ("group", "Lisse", "15.00"),
        ("body", "Huis B1", "10.00"),
        ("body", "Huis B2", "5.00"),
        ("total", "Totaal", "40.00"),
    ]
    assert [column.key for column in found.columns] == ["nr", "actie", "planning", "bedrag"]
    assert sum(column.width for column in found.columns) == 100
    assert "Een actie kan in meer groepen staan. In het totaal telt zij één keer." in found.notes


def test_a_page_of_the_table_says_that_a_group_goes_on(many) -> None:
    overview = along(many, "gemeente")
    first, second = (overview_table(overview, lines(overview)[n : n + 3]) for n in (0, 2))
    assert [row.kind for row in first.rows] == ["group", "body", "body", "body"]
    assert [(row.kind, row.cells[1].note) for row in second.rows if row.kind != "body"] == [
        ("group", "3 acties, vervolg"),
        ("group", "2 acties"),
        ("total", ""),
    ]
    assert second.rows[0].cells[-1].plain == "25.00"


def test_page_works_without_script_and_keeps_the_filter_in_the_tabs(many, client, bram) -> None:
    client.force_login(bram)
    url = f"/werkplannen/{many.slug}/overzicht/"
    page = client.get(url, {"per": "gemeente", "lijn": "B"}).content.decode()
    assert "<h1>Overzicht</h1>" in page
    assert 'href="?per=kwartaal&amp;lijn=B"' in page
    assert 'href="?per=gemeente&amp;lijn=B" aria-current="page"' in page
    assert '<input type="hidden" name="per" value="gemeente" form="filter">' in page
    assert f'href="{url}?per=gemeente">Wis filter' in page
    assert f'href="{url}csv/?per=gemeente&amp;lijn=B"' in page
    assert "2 acties, samen €\u00a020" in page
    assert f'href="{url}"' in client.get(many.get_absolute_url()).content.decode()


def test_htmx_gets_the_table_and_the_count(many, client, bram) -> None:
    client.force_login(bram)
    url = f"/werkplannen/{many.slug}/overzicht/"
    part = client.get(url, {"tekst": "A1"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'hx-swap-oob="innerHTML:#overzicht-aantal">1 actie, samen' in part
    none = client.get(url, {"tekst": "niets"}, headers={"HX-Request": "true"}).content.decode()
    assert "Geen actie gevonden" in none


def test_page_says_what_cannot_be_asked(many, client, bram) -> None:
    client.force_login(bram)
    response = client.get(f"/werkplannen/{many.slug}/overzicht/", {"lijn": "Q", "per": "onzin"})
    assert response.status_code == 422
    assert 'aria-current="page">Actielijn</a>' in response.content.decode()


def test_page_of_a_plan_without_actions(plan, client, bram) -> None:
    client.force_login(bram)
    page = client.get(f"/werkplannen/{plan.slug}/overzicht/").content.decode()
    assert "Nog geen acties" in page
    assert 'id="filter"' not in page


def test_file_has_a_row_per_action_and_group(many, client, bram) -> None:
    client.force_login(bram)
    url = f"/werkplannen/{many.slug}/overzicht/csv/"
    response = client.get(url, {"per": "gemeente", "lijn": "B"})
    assert response["Content-Disposition"].endswith(
        f'"{many.slug}-per-gemeente-peildatum-2020-03-01.csv"'
    )
    body = response.content
    assert body.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
    assert header == list(HEADINGS)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(r["groep"], r["nr"], r["bedrag in groep"], r["bedrag van actie"]) for r in found] == [
        ("Katwijk", "B2", "5.00", "10.00"),
        ("Lisse", "B1", "10.00", "10.00"),
        ("Lisse", "B2", "5.00", "10.00"),
    ]
    assert found[0]["toestand in groep"] == "bekend"
    assert client.get(f"/werkplannen/{many.slug}/overzicht/exe/").status_code == 404


def test_file_is_harmless_in_a_spreadsheet(plan, line) -> None:
    ActionFactory(line=line, title="=1+1", amount="PM")
    body = overview_csv(along(plan, "lijn")).body.decode("utf-8-sig")
    assert ";'=1+1;" in body
    assert ";pm:1;" in body


# ---- the real plans


@pytest.fixture
def real(reference: None) -> Callable[[str], WorkPlan]:
    """A plan of fixtures/plans by its name."""

    def inner(name: str) -> WorkPlan:
        text = (FIXTURES / "plans" / f"{name}.yaml").read_text(encoding="utf-8")
        store_plan(planfile.read(text))
        return WorkPlan.objects.select_related("region").get(slug=name)

    return inner


def test_westfriesland_per_pot_is_what_the_plan_says_of_pots(real) -> None:
    content = fetch(real("westfriesland-2019"))
    layout = Layout(content)
    found = layout.overview(Asked("dekking"))
    sums = {s.group.key: s.figure for s in found.sections if s.figure is not None}
    assert sums == {
        NONE if pot == UNSTATED else pot: f for pot, f in plan_totals(content).by_pot.items()
    }
    assert sums["lokaal"] == euros(234_382, AmountState.PM)
    assert found.total == plan_totals(content).total


def test_westfriesland_along_every_axis_has_every_action(real) -> None:
    content = fetch(real("westfriesland-2019"))
    totals, layout = plan_totals(content), Layout(content)
    for axis in AXES:
        found = layout.overview(Asked(axis))
        assert found.actions == content.actions
        assert found.total == totals.total
        assert {row[2] for row in plain_rows(found)} == {a.full_code for a in content.actions}
    lines = {s.group.key: s.figure for s in layout.overview(Asked("lijn")).sections}
    assert {code: totals.by_line[code] for code in lines} == lines


def test_duin_en_bollenstreek_per_municipality_is_what_it_receives(loaded) -> None:
    content = fetch(loaded)
    sections = Layout(content).overview(Asked("gemeente")).sections
    assert {section.group.key: section.figure for section in sections} == plan_totals(
        content
    ).by_municipality["recipient"]


def test_rijnstreek_per_quarter(real) -> None:
    found = shown(along(real("rijnstreek-2021"), "kwartaal"))
    assert {heading: len(codes) for heading, (codes, _) in found.items()} == {
        "Q1 2021": 4,
        "Q2 2021": 10,
        "Q3 2021": 13,
        "Q4 2021": 9,
        "Q1 2022": 8,
        "Q2 2022": 7,
        "Q3 2022": 7,
        "Q4 2022": 7,
        "Zonder planning": 6,
        "In eigen woorden gepland": 2,
    }


def test_leidschendam_voorburg_has_woej_once_under_all_spellings(real) -> None:
    found = shown(along(real("leidschendam-voorburg-2020"), "organisatie"))
    assert [name for name in found if "woej" in name.casefold()] == ["Woej"]
    assert len(found["Woej"][0]) == 10


# ---- the plans around a plan


def test_relations_are_told_to_who_may_see_them(
    bollenstreek: Region, rijnstreek: Region, bram: User, client: Client
) -> None:
    programme = WorkPlanFactory(region=bollenstreek, title="Programma")
    before = WorkPlanFactory(region=bollenstreek, title="Vorig plan", programme=programme)
    plan = WorkPlanFactory(region=bollenstreek, programme=programme, predecessor=before)
    WorkPlanFactory(region=bollenstreek, title="Volgend plan", predecessor=plan)
    WorkPlanFactory(region=rijnstreek, title="Van een ander", predecessor=plan)
    assert [(r.term, [p.title for p in r.plans]) for r in relations(plan, bram)] == [
        ("Voert uit", ["Programma"]),
        ("Vervolg op", ["Vorig plan"]),
        ("Opgevolgd door", ["Volgend plan"]),
    ]
    assert {p.pk for p in relations(programme, bram)[0].plans} == {before.pk, plan.pk}
    client.force_login(bram)
    page = client.get(programme.get_absolute_url()).content.decode()
    assert "<dt>Uitgevoerd door</dt>" in page
    assert f'<a href="{before.get_absolute_url()}">Vorig plan</a>' in page


def test_relations_cost_one_query(plan, bram, django_assert_num_queries: Any) -> None:
    WorkPlanFactory.create_batch(5, region=plan.region, programme=plan)
    with django_assert_num_queries(1):
        relations(plan, bram)
