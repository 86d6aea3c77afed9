"""A plan as tables and blocks, for plans of every shape, and the page that shows them."""

from __future__ import annotations

from typing import Any

import pytest

from reports.document import Document
from reports.rendering import report
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    BlockFactory,
    WorkPlanFactory,
)
from tests.reports.reading import ReadTable, parse, seen, tables
from workplans.cells import Cell
from workplans.models import ActionLine, WorkPlan

pytestmark = pytest.mark.django_db

UNREAD = Cell("€ 64,376", unread=True)


@pytest.fixture
def plan(bollenstreek: Any) -> WorkPlan:
    return WorkPlanFactory(region=bollenstreek)


@pytest.fixture
def page(client: Any, pieter: Any) -> Any:
    """The bytes of the page of a plan, as pieter gets it."""

    def get(plan: WorkPlan) -> bytes:
        client.force_login(pieter)
        response = client.get(plan.get_absolute_url())
        assert response.status_code == 200
        content: bytes = response.content
        return content

    return get


def document_of(plan: WorkPlan) -> Document:
    return report(plan).document


def keys(plan: WorkPlan) -> list[str]:
    return [table.key for table in document_of(plan).tables]


def only(read: dict[str, ReadTable], part: str) -> ReadTable:
    (found,) = [table for caption, table in read.items() if part in caption]
    return found


class TestStructure:
    def test_tables_of_the_real_plan_are_whole(self, loaded, page) -> None:
        read = tables(page(loaded))
        wanted = document_of(loaded).tables
        assert [table.key for table in wanted] == [
            "acties-A",
            "acties-B",
            "acties-C",
            "acties-D",
            "gemeenten",
            "fonds-investeringsfonds-mz-holland-rijnland",
            "begroting",
        ]
        for table in wanted:
            shown = read[table.caption]
            assert shown.headings == tuple(column.heading for column in table.columns)
            assert shown.widths == {len(table.columns)}
            assert len(shown.rows) == len(table.rows)

    def test_widths_of_the_columns_fill_the_table(self, loaded) -> None:
        for table in document_of(loaded).tables:
            assert 98 <= sum(column.width for column in table.columns) <= 100, table.key

    def test_row_keys_name_one_row_each(self, loaded) -> None:
        for table in document_of(loaded).tables:
            assert len({row.key for row in table.rows}) == len(table.rows)

    def test_codes_that_stand_twice_are_two_addresses_and_two_rows(self, plan, page) -> None:
        line = ActionLineFactory(plan=plan, code="A")
        for code in ("6", "6", "6-2", "12"):
            ActionFactory(line=line, code=code)
        ActionFactory(line=ActionLineFactory(plan=plan, code="A1"), code="2")
        self.test_row_keys_name_one_row_each(plan)
        self.test_every_address_inside_the_page_leads_somewhere(plan, page)
        rows = list(only(tables(page(plan)), "Acties van A ").rows)
        assert [row.split()[0] for row in rows[:2]] == ["A6", "A6"]
        anchors = parse(page(plan)).xpath('//@id[starts-with(., "actie-")]')
        assert anchors == ["actie-A6", "actie-A6-2", "actie-A6-2-2", "actie-A12", "actie-A12-2"]

    def test_fifteen_actions_as_the_document_has_them(self, loaded, page) -> None:
        read = tables(page(loaded))
        budgets = only(read, "Begroting in €")
        first = only(read, "Acties van A")
        assert len([row for row in budgets.rows if row[1:].isdecimal()]) == 15
        assert first.cell("A2", "Planning") == "2020 en/of 2021"
        assert first.cell("A6", "Gemeente") == (
            "Katwijk 200.000 Noordwijk 150.000 Teylingen 140.000 Lisse 80.000 Hillegom 80.000"
        )
        assert first.cell("A7", "Gemeente") == "Duin en Bollen Penvoerder Lisse"
        assert only(read, "Acties van C").cell("C1", "Gemeente") == "Per gemeente 5 × € 15.000"
        assert only(read, "Acties van D").cell("D3", "Planning") == "Ontbreekt"
        assert budgets.cell("A2", "Actie") == (
            "Locatieonderzoek 2e Scheef huisje Hillegom + decentrale opvang"
        )

    def test_every_total_stands_under_its_table(self, loaded, page) -> None:
        read = tables(page(loaded))
        budgets = only(read, "Begroting in €")
        for code, total in {"A": "1.088.000", "B": "15.000", "C": "75.000", "D": "104.500"}.items():
            table = only(read, f"Acties van {code} ")
            assert list(table.rows)[-1] == f"Totaal {code}"
            assert table.cell(f"Totaal {code}", "Bedrag in €") == total
            (group,) = [row for row in budgets.rows if row.startswith(f"{code} ")]
            assert budgets.cell(group, "Totaal") == total

    def test_views_are_named_and_explained(self, loaded, page) -> None:
        text = seen(parse(page(loaded)))
        for note in (
            "Ontvangt: het bedrag dat de gemeente krijgt en verantwoordt.",
            "Eigen acties: wat de gemeente ontvangt zonder de gezamenlijke acties.",
            "Heeft er baat bij: eigen acties, en van elke gezamenlijke actie een deel",
            "De aard staat er zoals de gemeenten die in het plan noemen.",
            "Telt niet mee: extra reserve beschermd wonen.",
        ):
            assert note in text

    def test_every_address_inside_the_page_leads_somewhere(self, loaded, page) -> None:
        tree = parse(page(loaded))
        names = tree.xpath("//@id")
        assert len(names) == len(set(names))
        assert {link[1:] for link in tree.xpath('//a/@href[starts-with(., "#")]')} <= set(names)
        for labelled in tree.xpath("//@aria-labelledby | //@aria-describedby"):
            assert set(labelled.split()) <= set(names)


class TestShapes:
    def test_plan_without_anything(self, plan, page) -> None:
        assert keys(plan) == []
        text = seen(parse(page(plan)))
        assert plan.title in text
        assert "Ondertekening" in text

    def test_plan_with_text_only(self, plan, page) -> None:
        BlockFactory(plan=plan, title="Inleiding", text="Een regel.\n\n- een\n- twee\n\n1. drie")
        tree = parse(page(plan))
        assert [seen(item) for item in tree.xpath("//article//ul/li")][:2] == ["een", "twee"]
        assert [seen(item) for item in tree.xpath("//article//ol/li")] == ["drie"]

    def test_line_without_actions_has_its_text_and_no_table(self, plan, page) -> None:
        ActionLineFactory(plan=plan, code="A", title="Leeg", text="Volgt later.")
        content = page(plan)
        assert not [caption for caption in tables(content) if "Acties van A" in caption]
        assert "Volgt later." in seen(parse(content))

    @pytest.mark.parametrize(("rings", "drawn"), [(0, False), (1, True), (4, True), (5, False)])
    def test_circles_are_drawn_where_they_can_be(self, plan, page, rings: int, drawn: bool) -> None:
        kinds = [ActionLine.Kind.CIRCLE] * rings + [ActionLine.Kind.THEME]
        for kind in kinds:
            ActionLineFactory(plan=plan, kind=kind)
        tree = parse(page(plan))
        assert bool(tree.xpath('//figure//*[local-name() = "svg"]')) is drawn
        assert ("cirkels" in [block.anchor for block in document_of(plan).blocks]) is drawn

    def test_drawing_has_words_and_its_figures_as_a_table(self, loaded, page) -> None:
        tree = parse(page(loaded))
        drawings = tree.xpath('//figure//*[local-name() = "svg"]')
        assert [drawing.get("role") for drawing in drawings] == ["img"] * 4
        drawing = drawings[0]
        words = seen(drawing)
        assert "A Persoonlijke situatie" in words
        assert "€ 1.088.000" in words
        read = tables(page(loaded))
        assert any("cirkels" in caption for caption in read)

    def test_two_hundred_actions(self, plan, page) -> None:
        line = ActionLineFactory(plan=plan, code="A")
        for n in range(200):
            ActionFactory(line=line, code=str(n), amount="€ 1,01", municipalities="K")
        read = tables(page(plan))
        assert len(only(read, "Acties van A").rows) == 201
        assert only(read, "Acties van A").cell("Totaal A", "Bedrag in €") == "202,00"
        assert only(read, "Bedrag per gemeente").cell("Katwijk", "Ontvangt") == "202"

    def test_undivided_amount_has_a_row_and_a_note(self, plan, page) -> None:
        ActionFactory(line__plan=plan, amount="€ 10,-", municipalities="nog te verdelen")
        body = page(plan)
        municipal = only(tables(body), "Bedrag per gemeente")
        assert municipal.cell("Niet verdeeld", "Ontvangt") == "10"
        assert municipal.cell("Niet verdeeld", "Heeft er baat bij") == "10"
        assert "het plan zegt nog niet welke gemeente" in seen(parse(body))

    def test_rarer_natures_have_a_column_only_where_they_occur(self, plan) -> None:
        line = ActionLineFactory(plan=plan)
        ActionFactory(line=line, nature="incidental")
        assert self.budget_columns(plan) == ["incidenteel", "structureel"]
        ActionFactory(line=line, nature="multi_year")
        ActionFactory(line=line, amount="PM")
        assert self.budget_columns(plan) == [
            "incidenteel",
            "structureel",
            "meerjarig",
            "niet vermeld",
        ]

    def budget_columns(self, plan: WorkPlan) -> list[str]:
        (table,) = [table for table in document_of(plan).tables if table.key == "begroting"]
        return [column.key for column in table.columns][2:-1]

    def test_without_cost_not_applicable_and_unknown_are_told_apart(self, plan, page) -> None:
        line = ActionLineFactory(plan=plan, code="A")
        for n, amount in enumerate([None, "n.v.t.", "PM", "", "€ 0,-"]):
            ActionFactory(line=line, code=str(n), amount=amount)
        table = only(tables(page(plan)), "Acties van A")
        assert [table.cell(f"A{n}", "Bedrag in €") for n in range(5)] == [
            "–",
            "n.v.t.",
            "PM",
            "niet ingevuld",
            "0",
        ]

    @pytest.mark.parametrize(
        ("amount", "shown"),
        [(None, ""), ("n.v.t.", ""), ("PM", "Nog te verdelen"), ("€ 5", "Nog te verdelen")],
    )
    def test_only_an_amount_waits_for_a_municipality(self, plan, page, amount, shown) -> None:
        ActionFactory(line__plan=plan, line__code="A", code="1", amount=amount)
        table = only(tables(page(plan)), "Acties van A")
        assert table.cell("A1", "Gemeente") == shown


class TestUnread:
    def test_each_unread_cell_is_marked_and_counted(self, plan, page) -> None:
        line = ActionLineFactory(plan=plan, code="A")
        ActionFactory(line=line, code="1", amount=UNREAD)
        ActionFactory(line=line, code="2", planning=Cell("Q5 2020", unread=True))
        ActionFactory(line=line, code="3", municipalities=Cell("wie dan ook", unread=True))
        body = page(plan)
        table = only(tables(body), "Acties van A")
        assert table.cell("A1", "Bedrag in €") == "€ 64,376 Niet gelezen"
        assert table.cell("A2", "Planning") == "Q5 2020 Niet gelezen"
        assert table.cell("A3", "Gemeente") == "wie dan ook Niet gelezen"
        assert document_of(plan).unread == 3
        (notice,) = parse(body).xpath('//main//div[contains(@class, "notice")]')
        assert "3" in seen(notice)

    def test_plan_that_is_read_has_no_notice(self, loaded, page) -> None:
        assert not parse(page(loaded)).xpath('//main//div[contains(@class, "notice")]')

    def test_unread_planning_is_no_gap_of_money(self, plan) -> None:
        ActionFactory(line__plan=plan, planning=Cell("Q5 2020", unread=True))
        assert document_of(plan).total.is_complete


class TestStages:
    def test_draft_says_concept_and_what_would_be_left(self, bollenstreek, fund, page) -> None:
        plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
        steps = only(tables(page(plan)), "stand op").column("Bedrag in €")
        assert document_of(plan).is_concept
        assert steps["Dit plan als concept, nog niet ingediend"] == "−9.000"
        assert steps["Resteert na toekenning"] == "100.000"
        assert steps["Resteert als ook dit concept wordt toegekend"] == "91.000"
        assert "Dien in" in page(plan).decode()

    def test_submitted_plan_is_a_request_and_no_concept(self, bollenstreek, fund, page) -> None:
        plan = WorkPlanFactory(submitted=True, region=bollenstreek, fund=fund)
        steps = only(tables(page(plan)), "stand op").column("Bedrag in €")
        assert not document_of(plan).is_concept
        assert "Dit plan als concept, nog niet ingediend" not in steps
        assert steps["Resteert na toekenning"] == "91.000"
        assert "Dien in" not in page(plan).decode()

    def test_what_others_ask_stands_apart(self, bollenstreek, fund, page) -> None:
        WorkPlanFactory(submitted=True, region=bollenstreek, fund=fund)
        plan = WorkPlanFactory(submitted=True, region=bollenstreek, fund=fund)
        steps = only(tables(page(plan)), "stand op").column("Bedrag in €")
        assert steps["Aangevraagd met andere plannen"] == "−9.000"
        assert steps["Resteert na toekenning"] == "82.000"

    def test_plan_that_changed_after_submission_says_so(self, bollenstreek, fund, page) -> None:
        plan = WorkPlanFactory(submitted=True, region=bollenstreek, fund=fund)
        assert "sinds" not in seen(parse(page(plan)))
        ActionFactory(line=plan.lines.get(), amount="€ 1.000,-")
        (position,) = report(plan).positions
        assert position.has_changed
        assert str(position.asked_now) == "€\xa010.000"
        assert str(position.submitted) == "€\xa09.000"
        steps = only(tables(page(plan)), "stand op").column("Bedrag in €")
        assert steps["Resteert na toekenning"] == "91.000"
        assert "10.000" in seen(parse(page(plan)))
