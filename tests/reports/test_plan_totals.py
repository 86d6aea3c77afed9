"""Totals of a plan: every way of adding up comes to the same, with its gaps, on each day."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from funds.figure import Figure
from funds.models import ApplicationLine
from funds.notation import AmountState
from funds.services import record_grant
from municipalities.models import Region
from reports import rendering
from reports.content import fetch
from reports.costs import costs_of
from reports.plan_list import plan_list
from reports.plan_totals import PlanTotals, plan_totals
from reports.rendering import report
from reports.table import Amount
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    PlanApplicationFactory,
    WorkPlanFactory,
)
from workplans.cells import Cell
from workplans.models import WorkPlan
from workplans.sums import plan_sums

pytestmark = pytest.mark.django_db

AMOUNTS = [
    "€ 1.000,01",
    "€ 12,-",
    "€ 0,-",
    "€ 99.999,99",
    "PM",
    "n.t.b.",
    "n.v.t.",
    "NB",
    "",
    None,
    Cell("€ 64,376", unread=True),
]
PLACES = [
    "A",
    "alle gemeenten",
    "gelijk over de gemeenten",
    "A 55%, B 25%, C 20%",
    "",
    "nog te verdelen",
    Cell("wie dan ook", unread=True),
]
NATURES = ["", "incidental", "structural", "multi_year"]


def random_plan(seed: int) -> WorkPlan:
    """Three lines with twelve actions of every kind; the same for the same seed."""
    chance = Random(seed)
    plan = WorkPlanFactory()
    lead = f"{plan.region.name}, penvoerder B"
    for code in "XYZ":
        line = ActionLineFactory(plan=plan, code=code)
        for _ in range(4):
            amount = chance.choice(AMOUNTS)
            nature = "" if amount is None else chance.choice(NATURES)
            places = chance.choice([*PLACES, lead])
            ActionFactory(line=line, amount=amount, nature=nature, municipalities=places)
    return plan


def added(figures: Any) -> Figure:
    return sum(figures, Figure.zero())


def totals_of(plan: WorkPlan) -> PlanTotals:
    return plan_totals(fetch(plan))


@pytest.mark.parametrize("seed", range(8))
def test_every_way_of_adding_up_comes_to_the_total(seed: int) -> None:
    totals = totals_of(random_plan(seed))
    views = totals.by_municipality
    assert added(totals.by_line.values()) == totals.total
    assert added(totals.by_nature.values()) == totals.total
    received = added(views["recipient"].values()) + totals.undivided
    own = added(views["own"].values()) + totals.joint + totals.undivided
    benefits = added(views["beneficiary"].values()) + totals.undivided
    assert received.known == own.known == benefits.known == totals.total.known


@pytest.mark.parametrize("seed", range(8))
def test_without_the_rows_of_a_plan_its_totals_are_the_same(seed: int) -> None:
    plan = random_plan(seed)
    assert fetch(plan, figures_only=True).costs == fetch(plan).costs


def test_the_costs_of_every_document_are_read_in_its_order(documents) -> None:
    """With rules the rows are fetched all the same, so what reads without them is asked."""
    contents = [fetch(plan) for plan in documents.values()]
    for content in contents:
        assert costs_of(content.lines) == content.costs
    assert sum(len(content.costs) for content in contents) > 100


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_every_table_add_up_to_its_total(seed: int) -> None:
    """Column by column: the actions, the groups of the budget, and the municipalities."""
    for table in report(random_plan(seed)).document.tables:
        (total,) = [row for row in table.rows if row.kind == "total"]
        by_kind = {
            kind: [row for row in table.rows if row.kind == kind] for kind in ("body", "group")
        }
        for kind, rows in by_kind.items():
            if not rows:
                continue
            for n, column in enumerate(table.columns):
                if column.kind != "amount":
                    continue
                cells = [row.cells[n] for row in rows if isinstance(row.cells[n], Amount)]
                found = added(cell.figure for cell in cells if cell.figure is not None)
                wanted = total.cells[n].figure or Figure.zero()
                # Gaps of municipalities overlap: one counts at each that takes part.
                assert found.known == wanted.known, (table.key, column.key, kind)
                if table.key == "begroting":
                    assert found == wanted, (column.key, kind)


def test_list_of_plans_and_document_show_one_total() -> None:
    """One figure, two computations: the database adds the list up, Python the document."""
    plans = [random_plan(seed) for seed in range(8)]
    found = plan_sums(plans)
    assert {plan.pk: found[plan.pk] for plan in plans} == {
        plan.pk: totals_of(plan).total for plan in plans
    }
    assert any(found[plan.pk].gaps for plan in plans)
    for plan, row in zip(plans, plan_list(plans).rows, strict=True):
        assert row.cells[-1].figure == totals_of(plan).total
        assert row.cells[-2].text == "12"


def test_plan_without_anything_has_zero_in_the_list() -> None:
    plan = WorkPlanFactory()
    (row,) = plan_list([plan]).rows
    assert row.cells[-1].figure == Figure.zero() == totals_of(plan).total
    assert row.cells[-2].text == "0"


class TestGaps:
    @pytest.fixture
    def plan(self) -> WorkPlan:
        return WorkPlanFactory()

    def add(self, plan: WorkPlan, amount: Any, places: Any = "") -> None:
        line = plan.lines.first() or ActionLineFactory(plan=plan, code="A")
        ActionFactory(line=line, amount=amount, municipalities=places)

    def code(self, plan: WorkPlan, abbreviation: str) -> str:
        member = plan.region.memberships.get(abbreviation=abbreviation)
        return str(member.municipality.code)

    def test_known_amount_and_three_pm(self, plan) -> None:
        for amount in ("€ 622.800,-", "PM", "PM", "PM"):
            self.add(plan, amount)
        assert str(totals_of(plan).total) == "€\xa0622.800 + 3 × PM"

    def test_pm_with_a_municipality_reaches_its_total_in_each_view(self, plan) -> None:
        self.add(plan, "PM", "B")
        totals = totals_of(plan)
        gap = Figure.gap(AmountState.PM)
        for view in ("recipient", "own", "beneficiary"):
            assert totals.by_municipality[view][self.code(plan, "B")] == gap
            assert totals.by_municipality[view][self.code(plan, "A")] == Figure.zero()
        assert totals.undivided == Figure.zero()

    def test_joint_pm_is_of_the_lead_and_benefits_all(self, plan) -> None:
        self.add(plan, "PM", f"{plan.region.name}, penvoerder B")
        totals = totals_of(plan)
        gap = Figure.gap(AmountState.PM)
        assert totals.by_municipality["recipient"][self.code(plan, "B")] == gap
        assert totals.by_municipality["recipient"][self.code(plan, "A")] == Figure.zero()
        assert set(totals.by_municipality["beneficiary"].values()) == {gap}
        assert totals.joint == totals.total == gap

    def test_undivided_amount_stands_apart(self, plan) -> None:
        self.add(plan, "€ 10,-", "nog te verdelen")
        self.add(plan, "€ 5,-", "A")
        totals = totals_of(plan)
        assert totals.undivided == Figure.of(Decimal(10))
        assert totals.by_municipality["recipient"][self.code(plan, "A")] == Figure.of(Decimal(5))

    def test_unread_municipalities_count_in_the_total_and_leave_a_gap(self, plan) -> None:
        self.add(plan, "€ 10,-", Cell("wie dan ook", unread=True))
        totals = totals_of(plan)
        expected = Figure(Decimal(10), {AmountState.UNREAD: 1})
        assert totals.total == totals.undivided == totals.by_line["A"] == expected

    def test_what_is_not_applicable_is_no_gap(self, plan) -> None:
        self.add(plan, "n.v.t.", Cell("wie dan ook", unread=True))
        assert totals_of(plan).total == Figure.zero()

    def test_empty_cell_is_a_gap_and_no_cell_is_none(self, plan) -> None:
        self.add(plan, "")
        self.add(plan, None)
        assert totals_of(plan).total == Figure.gap(AmountState.BLANK)


class TestDays:
    """The second plan was submitted on 1 March 2020, the first granted on 30 September 2019."""

    def fund(self, plan: WorkPlan, on: str) -> dict[str, Any]:
        reported = report(plan, on=datetime.date.fromisoformat(on))
        (fund,) = json.loads(rendering.json(reported))["totals"]["funds"]
        assert all(fund[key]["gaps"] == {} for key in fund if isinstance(fund[key], dict))
        return {
            key: value["known"] if isinstance(value, dict) else value for key, value in fund.items()
        }

    def test_on_the_day_of_submission_it_is_requested(self, loaded) -> None:
        fund = self.fund(loaded, "2020-03-01")
        assert (fund["requested_here"], fund["draft"]) == ("1282500.00", "0.00")

    def test_the_day_before_it_is_a_draft(self, loaded) -> None:
        fund = self.fund(loaded, "2020-02-29")
        assert (fund["draft"], fund["requested"], fund["requested_here"]) == (
            "1282500.00",
            "0.00",
            "0.00",
        )
        assert fund["remaining"] == fund["remaining_if_granted"] == "1590466.00"
        assert fund["used_if_granted"] == "45.82"

    def test_before_the_decision_nothing_was_granted(self, loaded) -> None:
        fund = self.fund(loaded, "2019-06-01")
        assert (fund["available"], fund["granted"]) == ("2935466.00", "0.00")

    def test_before_the_envelope_there_was_nothing(self, loaded) -> None:
        fund = self.fund(loaded, "2018-12-31")
        assert (fund["available"], fund["remaining"]) == ("0.00", "0.00")
        assert fund["used_if_granted"] is None
        assert fund["on"] == "2018-12-31"

    def test_the_last_day_before_a_decision_and_the_day_itself(self, loaded) -> None:
        assert self.fund(loaded, "2019-09-29")["requested"] == "1345000.00"
        assert self.fund(loaded, "2019-09-30")["granted"] == "1345000.00"

    def test_decision_changes_no_day_before_it(self, loaded) -> None:
        days = ("2018-12-31", "2019-12-31", "2020-01-01", "2020-05-31")
        before = {day: self.fund(loaded, day) for day in days}
        application = loaded.applications.get().application
        for line in ApplicationLine.objects.filter(application=application):
            record_grant(line, amount=line.amount.amount, dated_on=datetime.date(2020, 6, 1))
        assert {day: self.fund(loaded, day) for day in days} == before
        after = self.fund(loaded, "2020-06-01")
        assert (after["granted"], after["requested"]) == ("2627500.00", "0.00")
        assert after["remaining"] == after["remaining_if_granted"] == "307966.00"

    def test_day_of_a_document_is_that_of_the_plan(self, loaded) -> None:
        assert report(loaded).content.on == datetime.date(2020, 3, 1)

    def test_day_changes_no_word_of_the_plan_itself(self, loaded) -> None:
        later = report(loaded, on=datetime.date(2030, 1, 1))
        assert rendering.yaml(later) == rendering.yaml(report(loaded))


def test_two_rounds_take_what_names_their_fund(bollenstreek: Region) -> None:
    plan = WorkPlanFactory(region=bollenstreek)
    first, second = (PlanApplicationFactory(plan=plan).round.fund for _ in range(2))
    line = ActionLineFactory(plan=plan)
    ActionFactory(line=line, amount="€ 70,-", funding=first.slug)
    ActionFactory(line=line, amount="PM", funding=second.slug)
    positions = {position.fund: position.draft for position in report(plan).positions}
    assert positions == {first: Figure.of(Decimal(70)), second: Figure.gap(AmountState.PM)}


def test_region_without_an_envelope_has_no_figures(bollenstreek: Region) -> None:
    plan = WorkPlanFactory(draft=True, region=bollenstreek)
    fund = plan.applications.get().round.fund
    fund.envelopes.update(starts_on="2030-01-01", ends_on="2030-12-31")
    reported = report(plan)
    assert reported.positions[0].balance is None
    assert json.loads(rendering.json(reported))["totals"]["funds"] == []
    (table,) = [table for table in reported.document.tables if table.key.startswith("fonds-")]
    assert [row.key for row in table.rows] == ["geen-ruimte"]
