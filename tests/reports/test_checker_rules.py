"""Each rule of the checker: what it finds, and what it leaves alone."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from funds.models import Round
from reports.checker.finding import Severity
from reports.checker.printed import read_number
from reports.checker.rulebook import RULES
from tests.factories import WorkPlanFactory, typed_cells
from tests.reports.checking import (
    action,
    block,
    figure,
    findings,
    found,
    line,
    places,
    point,
    printed,
    row,
    rule,
    sentence,
    severities,
)
from tests.trail import bring
from workplans.cells import Cell
from workplans.models import Action, ActionOrder, WorkPlan
from workplans.services import reasons_against, store_cells

pytestmark = pytest.mark.django_db


def test_codes_are_unique() -> None:
    codes = [one.code for one in RULES]
    assert len(codes) == len(set(codes))


def test_plan_in_which_nothing_is_missing_has_no_findings() -> None:
    a = line()
    action(a)
    assert findings(a.plan) == ()


def test_plan_without_actions_has_no_findings() -> None:
    assert findings(WorkPlanFactory()) == ()


def test_programme_whose_blocks_come_from_its_style_has_no_findings() -> None:
    assert findings(WorkPlanFactory(kind="uitvoeringsprogramma")) == ()


# ---- missing


def test_unread_cells_stop_a_submission() -> None:
    a = line()
    action(a, "1", amount=Cell("€ 64,376", unread=True))
    action(a, "2", planning=Cell("Q5 2020", unread=True))
    action(a, "3", municipalities=Cell("Nergens", unread=True))
    assert places(a.plan, "ongelezen-cel") == [
        "Actie A1, bedrag",
        "Actie A2, planning",
        "Actie A3, gemeenten",
    ]
    assert set(severities(a.plan, "ongelezen-cel")) == {Severity.BLOCK}


def test_planning_that_is_missing() -> None:
    a = line()
    action(a, "1", planning="")
    action(a, "2", planning="n.t.b.")
    assert places(a.plan, "geen-planning") == ["Actie A1, planning"]
    assert found(a.plan, "geen-planning")[0].url.endswith("#actie-A1")


def test_planning_of_a_table_without_that_column_is_one_finding_that_informs() -> None:
    a = line(columns=["actie", "bedrag"])
    action(a, "1", planning="")
    action(a, "2", planning="")
    assert places(a.plan, "geen-planning") == ["Het plan"]
    assert "A1, A2" in sentence(a.plan, "geen-planning")
    assert severities(a.plan, "geen-planning") == [Severity.INFORM]


def test_monitoring_that_is_missing() -> None:
    a = line()
    action(a, "1", monitoring="")
    action(a, "2")
    assert places(a.plan, "geen-monitoring") == ["Actie A1, monitoring"]


def test_monitoring_is_not_asked_where_the_plan_knows_none() -> None:
    a = line(columns=["actie", "bedrag"])
    action(a, "1", monitoring="")
    assert places(a.plan, "geen-monitoring") == []
    action(a, "2")
    assert places(a.plan, "geen-monitoring") == ["Het plan"]


def test_money_that_nobody_receives() -> None:
    a = line()
    action(a, "1", municipalities="")
    action(a, "2", municipalities="", amount="n.v.t.")
    action(a, "3", municipalities="", amount=None)
    action(a, "4", municipalities="gelijk over de gemeenten")
    assert places(a.plan, "geen-ontvanger") == ["Actie A1, gemeenten"]


def test_gaps_inform_in_a_concept_and_warn_once_submitted() -> None:
    a = line()
    action(a, "1", amount="PM")
    action(a, "2", amount="n.v.t.")
    action(a, "3", planning="n.t.b.")
    assert places(a.plan, "nog-open") == ["Actie A1, bedrag", "Actie A3, planning"]
    assert set(severities(a.plan, "nog-open")) == {Severity.INFORM}
    bring(a.plan, "aangeboden")
    a.plan.refresh_from_db()
    assert set(severities(a.plan, "nog-open")) == {Severity.WARN}


def test_a_gap_blocks_where_the_round_takes_only_known_amounts() -> None:
    plan = WorkPlanFactory(draft=True)
    action(line(plan, "B"), "1", amount="PM", planning="n.t.b.")
    Round.objects.update(accepts_unknown=False)
    refused, planning = found(plan, "nog-open")
    assert (refused.severity, planning.severity) == (Severity.BLOCK, Severity.INFORM)
    assert refused.sentence in [reason.sentence for reason in reasons_against(plan, on=plan.as_of)]


def test_phases_of_which_the_columns_are_lost() -> None:
    plan = WorkPlanFactory()
    matrix = block(plan, "fasen", options={"columns": ["Preventie", "Nazorg"]})
    row(matrix, title="Een", marks="1 van 2")
    row(matrix, title="Twee", marks="preventie")
    assert "Van 1 van de 2 rijen" in sentence(plan, "nog-open")


# ---- printed figures


@pytest.mark.parametrize(
    ("text", "value", "decimals", "is_english"),
    [
        ("€ 353.804,-", "353804", 0, False),
        ("€ 353.804,63", "353804.63", 2, False),
        ("€ 936,191,49", "936191.49", 2, False),
        ("€ 64,376", "64376", 0, True),
        ("19,384", "19384", 0, True),
        ("9.23", "9.23", 2, True),
        ("100.00", "100.00", 2, True),
        ("23,3 %", "23.3", 1, False),
        ("15 acties", "15", 0, False),
        ("€ 17575,44", "17575.44", 2, False),
    ],
)
def test_printed_number(text: str, value: str, decimals: int, is_english: bool) -> None:
    number = read_number(text)
    assert number is not None
    assert (str(number.value), number.decimals, number.is_english) == (value, decimals, is_english)


def test_printed_text_without_a_number() -> None:
    assert read_number("geen") is None
    assert read_number("1.2.3") is None


def test_printed_figure_that_is_not_the_computed_one() -> None:
    a = line()
    action(a, amount="€ 10.000,-")
    printed(a.plan, "€ 10.000,-", "totaal", "10000")
    printed(a.plan, "€ 11.000,-", "totaal A", "11000")
    assert places(a.plan, "gedrukt-anders") == ["Tabel 2"]
    assert "uitgerekend is € 10.000" in sentence(a.plan, "gedrukt-anders").replace("\u00a0", " ")
    assert found(a.plan, "gedrukt-anders")[0].url.endswith("#lijn-A")


def test_printed_figure_is_as_precise_as_its_print() -> None:
    """Rounded half up is right; cut off is not, and says so."""
    plan = WorkPlanFactory()
    figure(plan, "tekort", "353804.63")
    printed(plan, "€ 353.804,63", "cijfer tekort", "353804.63")
    printed(plan, "€ 353.805,-", "cijfer tekort", "353805")
    printed(plan, "€ 353.804,-", "cijfer tekort", "353804")
    assert places(plan, "gedrukt-anders") == ["Tabel 3"]
    assert "afgekapt" in sentence(plan, "gedrukt-anders")


def test_printed_percentage_is_as_precise_as_its_print() -> None:
    plan = WorkPlanFactory()
    figure(plan, "deel", "936191.49")
    figure(plan, "geheel", "4021062.49")
    figure(plan, "verschil", "1")
    plan.figures.filter(code="verschil").update(
        amount_text="", state="not_applicable", amount=None, share_text="deel / geheel"
    )
    printed(plan, "23,3 %", "cijfer verschil")
    printed(plan, "23,28%", "cijfer verschil")
    assert places(plan, "gedrukt-anders") == []
    printed(plan, "23,2 %", "cijfer verschil")
    assert places(plan, "gedrukt-anders") == ["Tabel 3"]


@pytest.mark.parametrize(
    ("text", "right"), [("€ 64,376", "€ 64.376"), ("€ 936,191,49", "€ 936.191,49")]
)
def test_printed_amount_that_is_malformed(text: str, right: str) -> None:
    plan = WorkPlanFactory()
    printed(plan, text, "totaal")
    assert f"goed is {right}" in sentence(plan, "bedrag-onduidelijk").replace("\u00a0", " ")


def test_printed_number_is_no_malformed_amount() -> None:
    plan = WorkPlanFactory()
    printed(plan, "19,384")
    assert places(plan, "bedrag-onduidelijk") == []
    assert "1 getal staat" in sentence(plan, "engelse-notatie")


def distribution(*cells: tuple[str, str, str]) -> WorkPlan:
    """A plan of a region of three with an annex of € 100 in two tranches, and what is
    printed of it: who, column and text."""
    plan = WorkPlanFactory()
    block(
        plan,
        "verdeling",
        options={"amount": "€ 100", "tranches": "2", "key": "gelijk", "unit": "euro"},
    )
    names = {
        short: membership.municipality.name
        for short, membership in zip(
            "ABC", plan.region.memberships.order_by("position"), strict=True
        )
    }
    for who, column, text in cells:
        printed(plan, text, f"verdeling {names.get(who, who)} {column}")
    return plan


def test_column_of_an_annex_that_does_not_add_up() -> None:
    """Each share is cut off, and so the column is one short; no share alone is wrong."""
    cells = [(who, "totaal", "€ 33") for who in "ABC"]
    plan = distribution(*cells, ("som", "totaal", "€ 100"))
    assert "een verschil van € −1" in sentence(plan, "kolom-telt-niet").replace("\u00a0", " ")
    assert places(plan, "gedrukt-anders") == []
    assert found(plan, "kolom-telt-niet")[0].url.endswith("#verdeling")


def test_column_of_an_annex_that_adds_up_or_is_not_whole() -> None:
    whole = [("A", "totaal", "€ 34"), ("B", "totaal", "€ 33"), ("C", "totaal", "€ 33")]
    assert places(distribution(*whole, ("som", "totaal", "€ 100")), "kolom-telt-niet") == []
    assert places(distribution(*whole[:2], ("som", "totaal", "€ 100")), "kolom-telt-niet") == []


def test_row_of_an_annex_that_is_not_its_tranches() -> None:
    plan = distribution(
        ("A", "tranche", "€ 16"),
        ("A", "totaal", "€ 33"),
        ("B", "tranche", "€ 16"),
        ("B", "totaal", "€ 32"),
    )
    assert places(plan, "tranche-telt-niet") == ["Tabel 2"]


# ---- amounts in text


def test_amount_in_text_that_is_no_figure_of_the_plan() -> None:
    a = line()
    action(a, amount="€ 10.000,-", description="Het kost € 10.000,- en geen € 12.000.")
    assert places(a.plan, "bedrag-zonder-cijfer") == ["Actie A1, omschrijving"]
    assert sentence(a.plan, "bedrag-zonder-cijfer").startswith("€ 12.000 is geen cijfer")


def test_amount_in_words_of_scale_is_left_alone() -> None:
    plan = WorkPlanFactory()
    block(plan, text="Ongeveer € 2,5 miljoen of € 25 mln.")
    assert findings(plan) == ()


def test_amount_in_text_that_is_malformed() -> None:
    plan = WorkPlanFactory()
    block(plan, text="In totaal € 64,376.")
    assert "64,376" in sentence(plan, "bedrag-in-tekst-fout")


def test_one_amount_spelled_two_ways() -> None:
    plan = WorkPlanFactory()
    figure(plan, "tekort", "353804.63")
    block(plan, text="Het tekort is € 353.804,63.")
    assert places(plan, "twee-schrijfwijzen") == []
    block(plan, text="Het tekort van € 353.804,- bleef.")
    assert "€ 353.804 en € 353.804,63" in sentence(plan, "twee-schrijfwijzen").replace(
        "\u00a0", " "
    )
    assert places(plan, "bedrag-zonder-cijfer") == []


def test_two_figures_with_the_same_euros_are_two_amounts() -> None:
    plan = WorkPlanFactory()
    figure(plan, "een", "10.00")
    figure(plan, "twee", "10.50")
    block(plan, text="Eerst € 10, dan € 10,50.")
    assert findings(plan) == ()


# ---- moments


def order(first: str, then: str) -> WorkPlan:
    a = line()
    one = action(a, "1", planning=first)
    other = action(a, "2", planning=then)
    ActionOrder.objects.create(action=other, position=0, text="A1", first=one)
    return a.plan


@pytest.mark.parametrize(
    ("first", "then", "count"),
    [
        ("2020 Q4", "2020 Q2-Q3", 1),
        ("2021", "2020", 1),
        ("2020 Q4", "2020 Q4", 0),
        ("2020", "2020 Q1", 0),
        ("2020 Q3-Q4", "2021 Q1", 0),
        ("Vanaf 2020 Q4", "2020 Q1", 0),
        ("Vermoedelijk in 2021", "2020 Q1", 0),
        ("n.t.b.", "2020 Q1", 0),
    ],
)
def test_action_that_begins_before_what_must_be_ready_first(
    first: str, then: str, count: int
) -> None:
    assert len(found(order(first, then), "volgorde")) == count


def moments(start: str, end: str, **fields: Any) -> WorkPlan:
    """A plan with one action that has its start and end in cells of their own."""
    a = line()
    typed = typed_cells("€ 10.000", "", "A", nature=fields.pop("nature", ""))
    typed = dataclasses.replace(typed, start=Cell(start), end=Cell(end))
    store_cells(
        Action(line=a, code="1", title="Actie", position=0, monitoring="Ja", **fields), typed=typed
    )
    return a.plan


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("Q3 2020", "Q1 2020", 1),
        ("Q1 2020", "Q1 2020", 0),
        ("2020", "Q1 2020", 0),
        ("Q3 2020", "Doorlopend", 0),
        ("Q3 2020 (A) Q1 2020 (B)", "Q4 2020 (A) Q1 2020 (B)", 0),
        ("Q3 2020 (A) Q1 2020 (B)", "Q1 2020 (A) Q1 2020 (B)", 1),
    ],
)
def test_end_before_the_start(start: str, end: str, count: int) -> None:
    assert len(found(moments(start, end), "eind-voor-begin")) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Van 2018 t/m 2023 is er extra capaciteit.", 1),
        ("Van 2020 t/m 2021 is er extra capaciteit.", 0),
        ("De bron noemt 2019/2020 als moment.", 1),
        ("Het plan van 2018 en de visie 2018-2023.", 0),
    ],
)
def test_moment_in_the_text_that_the_planning_contradicts(text: str, count: int) -> None:
    a = line()
    action(a, description=text, planning="2020-2021")
    action(a, "2", description=text, planning="Doorlopend")
    assert len(found(a.plan, "moment-in-tekst")) == count


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("Werkplan 2020", 0),
        ("Werkplan 2020-2021", 0),
        ("Werkplan", 0),
        ("Werkplan 2019", 1),
        ("Werkplan 2020 t/m 2022", 1),
    ],
)
def test_period_in_the_title(title: str, count: int) -> None:
    assert len(found(WorkPlanFactory(title=title), "periode-in-titel")) == count


def test_term_that_is_longer_than_the_period() -> None:
    plan = WorkPlanFactory()
    block(plan, title="Looptijd", text="Van 2020 tot 2021.")
    block(plan, title="Vervolg", text="Vanaf 2023.")
    assert places(plan, "looptijd") == []
    block(plan, title="Looptijd", text="Van 2020 tot 2023.")
    assert places(plan, "looptijd") == ["Blok Looptijd"]


def test_year_that_misses_a_digit() -> None:
    plan = WorkPlanFactory()
    block(plan, text="Het programma 2018-202 en de visie 2018-2023, in 2018-19.")
    assert "“2018-202”" in sentence(plan, "jaartal-onvolledig")


# ---- natures


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"title": "Pilot meldpunt"}, 1),
        ({"kind": "pilot"}, 1),
        ({"description": "Een incidentele subsidie in 2020."}, 1),
        ({"description": "Proef van één jaar."}, 1),
        ({"description": "Sluit aan bij de pilot uitstroom."}, 0),
        ({}, 0),
    ],
)
def test_structural_money_for_something_temporary(fields: dict[str, str], count: int) -> None:
    a = line()
    action(a, "1", nature="structural", **fields)
    action(a, "2", nature="incidental", **fields)
    assert len(found(a.plan, "aard-structureel")) == count


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("Q1 2020", "Q4 2020", 1),
        ("Q1 2020", "Q1 2021", 0),
        ("Doorlopend", "Doorlopend", 0),
        ("Q1 2020", "n.t.b.", 0),
    ],
)
def test_multi_year_money_within_a_year(start: str, end: str, count: int) -> None:
    assert len(found(moments(start, end, nature="multi_year"), "aard-meerjarig")) == count


# ---- references


def test_cross_reference_that_leads_nowhere() -> None:
    a = line()
    action(a, description="Zie [[lijn A]], [[A1]], [[blok Inleiding]] en [[blok Corona]].")
    block(a.plan, title="Inleiding")
    block(a.plan, "acties", title="")
    assert "“blok Corona”" in sentence(a.plan, "verwijzing")


def test_footnote_without_its_text() -> None:
    plan = WorkPlanFactory()
    block(plan, text="Een.[^1] Twee.[^2]\n\n[^1]: Bron.")
    assert sentence(plan, "voetnoot").startswith("Voetnoot 2 ")


def test_figure_that_the_plan_does_not_have() -> None:
    plan = WorkPlanFactory()
    block(plan, text="Samen {{totaal}}, waarvan {{totaal Z}}.")
    printed(plan, "€ 1", "cijfer weg")
    rule(plan, "meerderheid", base="11 leden", share_text="2/3")
    rule(plan, "minimaal deel", base="cijfer niets", share_text="2/3")
    assert len(found(plan, "cijfer-onbekend")) == 3


def test_planning_that_points_at_what_is_not_there() -> None:
    a = line()
    action(a, "1", planning="Zie #13")
    action(a, "2", planning="Zie #14")
    action(a, "3", point=point(a, "13"))
    assert places(a.plan, "planning-verwijst") == ["Actie A2, planning"]


def test_action_that_comes_after_nothing() -> None:
    a = line()
    ActionOrder.objects.create(action=action(a), position=0, text="Z9")
    assert "“Z9”" in sentence(a.plan, "actie-verwijst")


def test_list_that_does_not_agree_with_the_headings() -> None:
    plan = WorkPlanFactory()
    three, four = line(plan, "3"), line(plan, "4")
    goals = block(plan, "doelen", title="Resultaten")
    row(goals, code="3", title="Wonen", line=four)
    row(goals, code="4", title="Opvang", line=four)
    row(goals, code="a", title="Anders genummerd", line=three)
    assert places(plan, "lijst-en-kop") == ["Blok Resultaten, 3"]


def test_row_about_an_action_of_another_line() -> None:
    plan = WorkPlanFactory()
    two, three = line(plan, "2"), line(plan, "3")
    of_two = action(two)
    notes = block(plan, "speerpunten", title="Punten")
    row(notes, title="Hier", line=three, action=of_two)
    row(notes, title="Daar", line=two, action=of_two)
    assert places(plan, "andere-lijn") == ["Blok Punten, Hier"]


# ---- numbering


def test_code_that_occurs_twice() -> None:
    a = line()
    for code in "ABA":
        action(a, code)
    assert places(a.plan, "code-dubbel") == ["Actie AA"]
    assert found(a.plan, "code-dubbel")[0].url.endswith("#actie-AA-2")


def test_letters_that_are_skipped() -> None:
    a = line()
    thirteen, two = point(a, "13"), point(a, "2")
    for code in "ABE":
        action(a, code, point=thirteen)
    for code in "AB":
        action(a, code, point=two)
    assert "punt 13 ontbreken C en D" in sentence(a.plan, "code-ontbreekt")


def test_point_takes_a_letter_of_its_line() -> None:
    a = line(code="2")
    action(a, "1", point=point(a, "2a"))
    action(a, "b")
    assert places(a.plan, "code-ontbreekt") == []


def test_actions_of_a_point_without_letters() -> None:
    a = line()
    eighteen, nineteen = point(a, "18"), point(a, "19")
    for _ in range(2):
        action(a, "", point=eighteen)
    action(a, "", point=nineteen)
    assert "2 acties van punt 18" in sentence(a.plan, "acties-zonder-letter")


def test_point_without_a_number_among_others() -> None:
    a = line()
    action(a, "A", point=point(a, "", title="Nazorg"))
    assert places(a.plan, "punt-zonder-nummer") == []
    action(a, "A", point=point(a, "1"))
    assert "“Nazorg”" in sentence(a.plan, "punt-zonder-nummer")


def test_numbers_of_points_that_are_skipped() -> None:
    a = line()
    for code in ("1", "2", "4", "37 + 38", "40"):
        action(a, "A", point=point(a, code))
    assert "De actiepunten 3, 5 t/m 36 en 39" in sentence(a.plan, "punten-ontbreken")


# ---- limits


def test_earmark_outside_its_bounds_weighs_as_the_rule_says() -> None:
    plan = WorkPlanFactory()
    figure(plan, "ouderen", "20000")
    rule(plan, "oormerk", amount="15000", maximum="25000", figure="cijfer ouderen")
    assert places(plan, "regel-overschreden") == []
    rule(plan, "oormerk", amount="30000", figure="cijfer ouderen", severity="blokkeren")
    rule(plan, "maximum", amount="10000", figure="cijfer ouderen")
    assert places(plan, "regel-overschreden") == ["Regel R2", "Regel R3"]
    assert severities(plan, "regel-overschreden") == [Severity.BLOCK, Severity.WARN]


def test_threshold_asks_for_a_decision_above_the_amount_and_not_at_it() -> None:
    a = line()
    action(a, "1", amount="€ 50.000 (regiobudget)")
    action(a, "2", amount="€ 50.000,01 (regiobudget)")
    action(a, "3", amount="€ 60.000 (lokaal)")
    rule(a.plan, "drempel", amount="50000", applies_to="regiobudget")
    assert "1 uitgave: A2" in sentence(a.plan, "drempel")


def test_earmark_of_which_the_least_is_the_most() -> None:
    plan = WorkPlanFactory()
    rule(plan, "oormerk", amount="100000", maximum="100000")
    rule(plan, "oormerk", amount="100000", maximum="100001")
    assert places(plan, "oormerk-zonder-ruimte") == ["Regel R1"]
