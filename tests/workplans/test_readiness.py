"""Which actions are complete, and what stops a submission: as the service has it."""

import contextlib
import datetime

import pytest
from django.core.exceptions import ValidationError

from funds.models import Round
from tests.factories import (
    ActionFactory,
    PlanApplicationFactory,
    WorkPlanFactory,
)
from workplans.cells import Cell
from workplans.models import Action, CostLine
from workplans.readiness import (
    Progress,
    deadlines,
    incomplete_for,
    obstacles,
    progress,
    with_completeness,
)
from workplans.services import submit_workplan
from workplans.services.reasons import reasons_against

pytestmark = pytest.mark.django_db
WHOLE = {"amount": "€ 10,-", "planning": "2020", "municipalities": "A", "monitoring": "Jaarlijks"}


def made(plan=None, **other) -> Action:
    plan = plan or WorkPlanFactory()
    return ActionFactory(line__plan=plan, **(WHOLE | other))


def strict(plan) -> None:
    """Every round of the plan takes only known amounts."""
    Round.objects.filter(plan_applications__plan=plan).update(accepts_unknown=False)


def in_two_funds(plan, *, unknown_at: int) -> None:
    """The first fund takes only known amounts, and the second any; a PM is asked of one."""
    strict(plan)
    PlanApplicationFactory(plan=plan)
    slugs = [row.round.fund.slug for row in plan.applications.order_by("pk")]
    CostLine.objects.filter(action__line__plan=plan).update(funding_text=slugs[0])
    for n, slug in enumerate(slugs):
        amount = "PM" if n == unknown_at else "€ 1,-"
        made(plan, amount=amount).cost_lines.update(funding_text=slug)


def seen(action: Action) -> Action:
    return with_completeness(Action.objects.all()).get(pk=action.pk)


@pytest.mark.parametrize("amount", ["€ 10,-", "€ 0,-", "PM", "n.v.t.", "n.t.b.", "NB"])
def test_an_answer_makes_an_action_complete(amount) -> None:
    assert seen(made(amount=amount)).is_complete


@pytest.mark.parametrize(
    ("cell", "value", "name"),
    [
        ("amount", None, "lacks_amount"),
        ("amount", "", "lacks_amount"),
        ("planning", "", "lacks_planning"),
        ("monitoring", "", "lacks_monitoring"),
        ("municipalities", "", "lacks_municipalities"),
        ("amount", Cell("€ 64,376", unread=True), "amount_unread"),
        ("planning", Cell("Q5 2020", unread=True), "planning_unread"),
        ("municipalities", Cell("Z", unread=True), "municipalities_unread"),
    ],
)
def test_what_is_absent_or_unread_keeps_an_action_from_being_complete(cell, value, name) -> None:
    action = seen(made(**{cell: value}))
    assert not action.is_complete
    assert getattr(action, name)


def test_progress_counts_per_plan_in_one_query(django_assert_num_queries) -> None:
    plans = [WorkPlanFactory() for _ in range(3)]
    made(plans[0])
    made(plans[0], monitoring="")
    made(plans[1])
    with django_assert_num_queries(1):
        found = progress(plans)
    assert [found[plan.pk] for plan in plans] == [Progress(1, 2), Progress(1, 1), Progress()]
    assert [found[plan.pk].percentage for plan in plans] == [50, 100, 0]


def test_an_action_of_another_municipality_does_not_wait(anna, bollenstreek) -> None:
    plan = WorkPlanFactory(region=bollenstreek)
    line = made(plan, municipalities="Katwijk", monitoring="", code="1").line
    for code, municipalities in {
        "2": "Noordwijk",
        "3": "",
        "4": "Bollenstreek, penvoerder Katwijk",
        "5": "Bollenstreek, penvoerder Noordwijk",
    }.items():
        values = WHOLE | {"municipalities": municipalities, "monitoring": ""}
        with contextlib.suppress(ValidationError):
            ActionFactory(line=line, code=code, **values)
    codes = {action.code for action in incomplete_for(anna)}
    assert {"1", "3"} <= codes <= {"1", "3", "4"}


def test_nothing_waits_in_a_submitted_plan_or_another_region(
    anna, bollenstreek, rijnstreek
) -> None:
    made(WorkPlanFactory(region=rijnstreek), municipalities="", monitoring="")
    WorkPlanFactory(region=bollenstreek, submitted=True)
    assert not incomplete_for(anna).exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plan: None,
        lambda plan: plan.applications.all().delete(),
        lambda plan: made(plan, amount=Cell("€ 64,376", unread=True)),
        lambda plan: made(plan, planning=Cell("Q5 2020", unread=True)),
        lambda plan: made(plan, municipalities=Cell("Z", unread=True)),
        lambda plan: Action.objects.filter(line__plan=plan).delete(),
        lambda plan: plan.region.envelopes.update(
            ends_on=datetime.date(2019, 12, 31), starts_on=datetime.date(2019, 1, 1)
        ),
        lambda plan: made(plan, amount="PM"),
        lambda plan: (strict(plan), made(plan, amount="n.v.t.")),
        lambda plan: (strict(plan), made(plan, amount="PM")),
        lambda plan: (strict(plan), made(plan, amount="n.t.b.")),
        lambda plan: (strict(plan), made(plan, amount="NB")),
        lambda plan: (strict(plan), made(plan, amount="")),
        lambda plan: in_two_funds(plan, unknown_at=0),
        lambda plan: in_two_funds(plan, unknown_at=1),
    ],
)
def test_obstacles_are_those_of_the_submission(spoil) -> None:
    plan = WorkPlanFactory(draft=True)
    spoil(plan)
    found = obstacles([plan])[plan.pk]
    try:
        submit_workplan(plan, on=datetime.date(2020, 3, 1))
        refused = False
    except ValidationError:
        refused = True
    assert bool(found) == refused


def test_every_unread_cell_is_counted_where_it_is_listed() -> None:
    plan = WorkPlanFactory(draft=True)
    made(
        plan,
        amount=Cell("€ 64,376", unread=True),
        planning=Cell("Q5 2020", unread=True),
        municipalities=Cell("Z", unread=True),
    )
    made(plan).cost_lines.update(municipalities_text="Z", municipalities_unread=True)
    listed = [r for r in reasons_against(plan, on=None) if r.code == "unread"]
    assert len(listed) == obstacles([plan])[plan.pk].unread == 4


def test_obstacles_of_many_plans_cost_as_much_as_of_one(django_assert_num_queries) -> None:
    plans = [WorkPlanFactory(draft=True) for _ in range(4)]
    with django_assert_num_queries(3):
        assert not any(obstacles(plans).values())


def test_each_action_of_which_the_amount_is_not_known_is_named() -> None:
    plan = WorkPlanFactory(draft=True)
    strict(plan)
    named = {made(plan, amount=amount).full_code for amount in ("PM", "NB")}
    reasons = reasons_against(plan, on=datetime.date(2020, 3, 1))
    assert {(reason.code, reason.action) for reason in reasons} == {
        ("line_known", code) for code in named
    }
    assert obstacles([plan])[plan.pk].unknown == 2
    round = plan.applications.get().round
    assert f"de ronde {round.name} neemt alleen bekende bedragen aan" in reasons[0].sentence


def test_the_deadline_is_the_first_round_that_is_not_applied_in() -> None:
    plan = WorkPlanFactory(draft=True)
    for day in (20, 10):
        PlanApplicationFactory(plan=plan, round__closes_on=datetime.date(2020, 4, day))
    assert deadlines([plan]) == {plan.pk: datetime.date(2020, 4, 10)}
    assert deadlines([WorkPlanFactory(submitted=True)]) == {}
