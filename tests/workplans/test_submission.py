"""Submitting a plan: every reason against it, and what it leaves behind."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from funds.models import Application, Envelope
from funds.notation import AmountState
from tests.factories import (
    ActionFactory,
    EnvelopeFactory,
    PlanApplicationFactory,
    WorkPlanFactory,
)
from tests.trail import bring
from workplans import lifecycle
from workplans.cells import Cell
from workplans.models import WorkPlan
from workplans.services import submit_workplan

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 3, 1)
LATER = {"starts_on": datetime.date(2030, 1, 1), "ends_on": datetime.date(2030, 12, 31)}


@pytest.fixture
def plan() -> WorkPlan:
    """€ 9.000 in one action, with a round to apply in."""
    return WorkPlanFactory(draft=True)


def codes(plan: WorkPlan, on: datetime.date = DAY) -> list[str]:
    before = plan.status
    with pytest.raises(ValidationError) as caught:
        submit_workplan(plan, on=on)
    plan.refresh_from_db()
    assert plan.status == before
    assert not plan.applications.filter(application__isnull=False).exists()
    return [error.code for error in caught.value.error_list]


def another(plan: WorkPlan, **cells) -> None:
    ActionFactory(line=plan.lines.get(), **cells)


def test_a_submitted_plan_has_a_status_a_day_and_an_application(plan) -> None:
    plan = submit_workplan(plan, on=DAY)
    row = plan.applications.get()
    assert plan.status == lifecycle.Status.SUBMITTED
    assert row.submitted_on == row.application.submitted_on == DAY
    assert row.application.title == plan.title


@pytest.mark.parametrize("day", ["2020-02-01", "2020-03-01", "2020-04-01"])
def test_the_reference_date_is_never_before_the_submission(plan, day) -> None:
    on = datetime.date.fromisoformat(day)
    assert submit_workplan(plan, on=on).as_of == max(on, DAY)


def test_what_was_asked_stands_in_the_order_of_the_document(plan) -> None:
    another(plan, amount="€ 1,23", budget_title="Zoals in de begroting")
    another(plan, amount="PM")
    another(plan, amount="n.v.t.")
    another(plan, amount="")
    another(plan, amount=None)
    lines = submit_workplan(plan, on=DAY).applications.get().application.lines
    assert [
        (line.state, line.amount and line.amount.amount) for line in lines.order_by("position")
    ] == [
        (AmountState.KNOWN, Decimal(9000)),
        (AmountState.KNOWN, Decimal("1.23")),
        (AmountState.PM, None),
        (AmountState.BLANK, None),
    ]
    assert lines.get(position=2).title == "Zoals in de begroting"


def test_every_unread_cell_stops_it_at_once(plan) -> None:
    another(
        plan,
        amount=Cell("€ 64,376", unread=True),
        planning=Cell("Q5 2020", unread=True),
        municipalities=Cell("de anderen", unread=True),
    )
    assert codes(plan) == ["unread"] * 3


def test_an_unread_cell_and_no_round_are_said_together() -> None:
    plan = WorkPlanFactory()
    ActionFactory(line__plan=plan, unread=True)
    assert codes(plan) == ["unread", "no_round"]


def test_without_an_envelope_in_the_period(plan) -> None:
    WorkPlan.objects.update(first_year=2022, last_year=2023)
    assert codes(plan) == ["no_envelope"]


def test_an_envelope_of_another_region_is_none(plan) -> None:
    fund = plan.applications.get().round.fund
    fund.envelopes.update(**LATER)
    EnvelopeFactory(fund=fund)
    assert codes(plan) == ["no_envelope"]


def test_without_a_single_amount() -> None:
    plan = WorkPlanFactory()
    ActionFactory(line__plan=plan, amount=None)
    PlanApplicationFactory(plan=plan)
    assert codes(plan) == ["nothing_asked"]


def test_before_the_envelope_was_there(plan) -> None:
    assert codes(plan, on=datetime.date(2018, 1, 1)) == ["before_envelope"]


@pytest.mark.parametrize("status", sorted(lifecycle.SUBMITTED))
def test_a_second_time(plan, status) -> None:
    submitted = submit_workplan(plan, on=DAY)
    bring(submitted, status)
    with pytest.raises(ValidationError) as caught:
        submit_workplan(submitted, on=DAY)
    assert caught.value.code == "not_now"
    assert Application.objects.count() == 1


def test_a_title_that_was_submitted_there_before() -> None:
    first = WorkPlanFactory(submitted=True, title="Hetzelfde")
    second = WorkPlanFactory(region=first.region, title="Hetzelfde")
    ActionFactory(line__plan=second)
    PlanApplicationFactory(plan=second, round=first.applications.get().round)
    with pytest.raises(ValidationError) as caught:
        submit_workplan(second, on=DAY)
    assert caught.value.messages == ["Deze aanvraag is in deze ronde al ingediend."]


def test_the_newest_envelope_of_the_period_is_drawn_on(plan) -> None:
    fund = plan.applications.get().round.fund
    newest = EnvelopeFactory(fund=fund, region=plan.region, starts_on=datetime.date(2021, 1, 1))
    plan = submit_workplan(plan, on=DAY)
    assert plan.applications.get().application.envelope == newest


def test_with_two_rounds_each_line_goes_to_the_fund_it_names() -> None:
    plan = WorkPlanFactory()
    rows = [PlanApplicationFactory(plan=plan, position=n) for n in range(2)]
    for n, row in enumerate(rows, start=1):
        ActionFactory(line__plan=plan, amount=f"€ {n},-", funding=row.round.fund.slug)
    plan = submit_workplan(plan, on=DAY)
    assert [
        row.application.lines.get().amount.amount for row in plan.applications.order_by("position")
    ] == [1, 2]


def test_with_two_rounds_of_which_one_fails_neither_is_submitted() -> None:
    plan = WorkPlanFactory()
    rows = [PlanApplicationFactory(plan=plan, position=n) for n in range(2)]
    ActionFactory(line__plan=plan, funding=rows[0].round.fund.slug)
    assert codes(plan) == ["nothing_asked"]
    assert not Application.objects.exists()


def test_with_two_rounds_an_amount_without_a_fund_is_asked_nowhere_so_refused() -> None:
    plan = WorkPlanFactory()
    rows = [PlanApplicationFactory(plan=plan, position=n) for n in range(2)]
    for row in rows:
        ActionFactory(line__plan=plan, funding=row.round.fund.slug)
    ActionFactory(line__plan=plan)
    ActionFactory(line__plan=plan, funding="nog een pot")
    assert codes(plan) == ["no_fund", "no_fund"]
    assert not Application.objects.exists()


def test_two_rounds_of_one_fund_would_ask_everything_twice() -> None:
    plan = WorkPlanFactory()
    first = PlanApplicationFactory(plan=plan, position=0)
    second = PlanApplicationFactory(plan=plan, position=1)
    second.round.fund = first.round.fund
    second.round.save()
    ActionFactory(line__plan=plan, funding=first.round.fund.slug)
    assert codes(plan) == ["fund_twice"]


def test_every_round_without_a_day_or_an_envelope_is_named_at_once() -> None:
    plan = WorkPlanFactory()
    rows = [PlanApplicationFactory(plan=plan, position=n) for n in range(2)]
    for row in rows:
        ActionFactory(line__plan=plan, funding=row.round.fund.slug)
    Envelope.objects.update(**LATER)
    assert codes(plan) == ["no_envelope", "no_envelope"]
