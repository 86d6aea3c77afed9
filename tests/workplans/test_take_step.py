"""Taking a step: every way there is and none besides, what stops it, what it leaves."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from funds.balance import balances
from funds.models import ApplicationWithdrawal
from funds.services import record_grant
from reports.fund_positions import fund_positions
from tests.factories import (
    ActionFactory,
    UserFactory,
    WorkPlanFactory,
)
from tests.sessions import at_once
from tests.trail import bring
from tests.workplans.sessions import in_turn
from workplans import lifecycle, planfile
from workplans.cells import Cell
from workplans.editing import Put
from workplans.lifecycle import (
    ADOPT,
    BACK_TO_DRAFT,
    CLOSE,
    NEW_VERSION,
    PRESENT,
    STEPS,
    SUBMIT,
    TAKE_BACK,
    Status,
    Step,
)
from workplans.models import PlanRule, PlanStep, TakenBack, WorkPlan
from workplans.services import CONDITIONS, as_it_was, reasons_against_step, store_plan, take_step
from workplans.services.editing import change_plan

pytestmark = pytest.mark.django_db

DAY, LATER = datetime.date(2020, 3, 1), datetime.date(2020, 5, 1)
WHY = "Het college vraagt om een andere verdeling"


def take(plan: WorkPlan, *steps: Step, on: datetime.date = DAY, by: Any = None) -> WorkPlan:
    for step in steps:
        plan = take_step(plan, step, on=on, reason=WHY if step.asks_reason else "", by=by)
    return plan


def codes(plan: WorkPlan, step: Step) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        take(plan, step)
    return [str(fault.code) for fault in caught.value.error_list]


@pytest.fixture
def draft() -> WorkPlan:
    return WorkPlanFactory(draft=True)


# ---- the table


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("status", Status)
def test_a_step_starts_where_the_table_says_and_nowhere_else(status, step) -> None:
    plan = WorkPlanFactory(draft=step is SUBMIT and status in step.sources)
    bring(plan, status)
    if status not in step.sources:
        assert codes(plan, step) == ["not_now"]
        plan.refresh_from_db()
        assert plan.status == status
        return
    assert take(plan, step).status == step.target
    last = plan.steps.get(name=step.name, number=plan.steps.count())
    assert (last.source, last.target, last.taken_on) == (status, step.target, DAY)


def stores(plan: WorkPlan, name: str, source: str, target: str) -> bool:
    """Whether the database takes such a row, whatever the trail of the plan is."""
    row = PlanStep(plan=plan, number=9 if source else 1, name=name, source=source, target=target)
    row.taken_on, row.reason, is_stored = DAY, WHY, False
    with transaction.atomic():
        plan.steps.all().delete()
        with contextlib.suppress(IntegrityError), transaction.atomic():
            row.save()
            is_stored = True
        transaction.set_rollback(True)
    return is_stored


def test_the_database_knows_the_same_table() -> None:
    plan = WorkPlanFactory()
    allowed = {(s.name, source, s.target) for s in STEPS for source in s.sources}
    allowed |= {(way.name, "", target) for way in lifecycle.BEGINNINGS for target in way.targets}
    every = itertools.product(lifecycle.DONE, ["", *Status], Status)
    assert {row for row in every if stores(plan, *row)} == allowed


def test_every_condition_that_a_step_names_is_there() -> None:
    assert {name for step in STEPS for name in step.conditions} <= set(CONDITIONS)


# ---- what stops a step


def test_what_asks_money_is_submitted_before_it_is_adopted(draft) -> None:
    bring(draft, "in_afstemming")
    assert codes(draft, ADOPT) == ["not_submitted"]


def test_an_unread_cell_stops_the_adoption_too() -> None:
    plan = WorkPlanFactory()
    ActionFactory(line__plan=plan, amount=Cell("€ 64,376", unread=True))
    bring(plan, "in_afstemming")
    assert codes(plan, ADOPT) == ["unread"]


@pytest.mark.parametrize(("severity", "found"), [("blokkeren", ["rule_broken"]), ("", [])])
def test_a_rule_that_blocks_and_is_broken_stops_it(draft, severity, found) -> None:
    PlanRule.objects.create(
        plan=draft, code="R1", kind="plafond", title="Hoogstens € 100", amount_text="€ 100",
        state="known", amount=100, figure="totaal", severity=severity,
    )  # fmt: skip
    reasons = reasons_against_step(draft, SUBMIT, on=DAY)
    assert [reason.code for reason in reasons] == found
    assert all(reason.url.endswith("/regels/") for reason in reasons)


def test_a_reason_is_asked_and_kept(draft) -> None:
    plan = take(draft, PRESENT)
    with pytest.raises(ValidationError) as caught:
        take_step(plan, BACK_TO_DRAFT, on=DAY, reason="  ")
    assert caught.value.code == "reason_missing"
    take(plan, BACK_TO_DRAFT)
    assert plan.steps.get(number=3).reason == WHY


def test_what_was_seen_is_what_is_adopted() -> None:
    plan = WorkPlanFactory()
    bring(plan, "in_afstemming")
    plan.refresh_from_db()
    seen = planfile.digest(planfile.dump(plan))
    WorkPlan.objects.filter(pk=plan.pk).update(title="Iets anders")
    with pytest.raises(ValidationError) as caught:
        take_step(plan, ADOPT, on=DAY, confirmed=seen)
    assert caught.value.code == "changed"


# ---- what it leaves


def test_the_adopted_version_stays_when_a_new_one_is_begun(draft) -> None:
    plan = take(draft, SUBMIT, ADOPT)
    adopted = plan.steps.get(name=ADOPT.name).version
    assert (adopted.name, adopted.status) == ("Vastgesteld", "vastgesteld")
    application = plan.applications.get().application
    plan = take(plan, NEW_VERSION)
    change_plan(plan, [Put("plan", "title", plan.title, "Herzien")], key=uuid.uuid4(),
                by=UserFactory())  # fmt: skip
    plan.refresh_from_db()
    adopted.refresh_from_db()
    assert (plan.title, plan.status) == ("Herzien", "in_afstemming")
    assert '"Herzien"' not in adopted.tree
    assert codes(plan, BACK_TO_DRAFT) == ["submitted"]
    plan = take(plan, SUBMIT, ADOPT)
    assert plan.applications.get().application == application
    assert [step.target for step in plan.steps.order_by("number")][-3:] == [
        "in_afstemming", "aangeboden", "vastgesteld",
    ]  # fmt: skip


def test_a_new_version_is_exported_and_loaded_over_itself(draft) -> None:
    plan = take(draft, SUBMIT, ADOPT, NEW_VERSION)
    text = planfile.to_yaml(planfile.dump(plan))
    store_plan(planfile.read(text.replace("Plan ", "Herzien plan ", 1)), replace=True)
    plan.refresh_from_db()
    assert plan.title.startswith("Herzien plan")


def test_back_and_submitted_again_in_the_same_round(draft) -> None:
    """The figures of the fund follow, of each day as it was."""
    plan = take(draft, SUBMIT)
    first = plan.applications.get().application
    kept = plan.versions.get()

    def requested(on: datetime.date) -> str:
        return str(balances([first.envelope], on)[0].requested).replace("\u00a0", " ")

    assert requested(DAY) == "€ 9.000"
    plan = take(plan, TAKE_BACK, on=LATER)
    row = plan.applications.get()
    assert (row.application, row.submitted_on, plan.as_of) == (None, None, LATER)
    assert ApplicationWithdrawal.objects.get().application == first
    assert TakenBack.objects.get().step == plan.steps.get(name=TAKE_BACK.name)
    assert (requested(DAY), requested(LATER)) == ("€ 9.000", "€ 0")

    ActionFactory(line=plan.lines.get(), code="9", amount="€ 1.000,-", equal=True)
    plan = take(plan, SUBMIT, on=LATER)
    second = plan.applications.get().application
    assert (second.attempt, second.title, second.round) == (2, first.title, first.round)
    assert (requested(DAY), requested(LATER)) == ("€ 9.000", "€ 10.000")
    # What was submitted first is read as it stood in the fund then.
    with as_it_was(kept) as was:
        (position,) = fund_positions(was, was.as_of)
    assert str(position.requested_here).replace("\u00a0", " ") == "€ 9.000"
    assert position.draft.known == 0


def test_what_was_decided_on_is_not_taken_back(draft) -> None:
    plan = take(draft, SUBMIT)
    line = plan.applications.get().application.lines.get()
    record_grant(line, amount=line.amount.amount, dated_on=LATER)
    assert codes(plan, TAKE_BACK) == ["granted"]
    assert not ApplicationWithdrawal.objects.exists()


def test_of_a_new_version_only_what_was_not_decided_on_is_taken_back(draft) -> None:
    plan = take(draft, SUBMIT, ADOPT)
    old = plan.applications.get()
    line = old.application.lines.get()
    record_grant(line, amount=line.amount.amount, dated_on=LATER)
    plan = take(plan, NEW_VERSION, SUBMIT, TAKE_BACK)
    assert plan.applications.get().application == old.application


def test_a_plan_that_asks_nothing_goes_all_the_way() -> None:
    plan = WorkPlanFactory()
    ActionFactory(line__plan=plan)
    plan = take(plan, PRESENT, ADOPT, CLOSE)
    assert [step.number for step in plan.steps.order_by("number")] == [1, 2, 3, 4]
    text = planfile.to_yaml(planfile.dump(plan)).replace(plan.slug, "elders")
    store_plan(planfile.read(text))
    first = PlanStep.objects.get(plan__slug="elders")
    assert (first.name, first.source, first.target) == ("ingelezen", "", "afgesloten")


# ---- what the database keeps


def rows(plan: WorkPlan) -> Any:
    return PlanStep.objects.filter(plan=plan)


def test_no_status_without_a_step_and_no_step_without_a_status(draft, refuses) -> None:
    with refuses("plan_trail"):
        WorkPlan.objects.filter(pk=draft.pk).update(status="in_afstemming")
    with refuses("plan_trail"):
        PlanStep.objects.create(
            plan=draft, number=2, name=PRESENT.name, source="concept", target="in_afstemming",
            taken_on=DAY,
        )  # fmt: skip
    with refuses("plan_trail"):
        WorkPlanFactory._meta.model.objects.create(
            slug="zonder", title="Zonder verloop", kind="werkplan", region=draft.region,
            first_year=2020, last_year=2020, as_of=DAY,
        )  # fmt: skip


def test_a_trail_is_a_chain(draft, refuses) -> None:
    with refuses("step_chain"):
        PlanStep.objects.create(
            plan=draft, number=2, name=ADOPT.name, source="in_afstemming", target="vastgesteld",
            taken_on=DAY,
        )  # fmt: skip
        WorkPlan.objects.filter(pk=draft.pk).update(status="vastgesteld")


def test_a_step_is_never_changed_or_removed(draft, refuses) -> None:
    take(draft, PRESENT)
    for change in ({"reason": "Anders"}, {"taken_on": LATER}, {"by_name": "Iemand"}):
        with refuses("step_append_only"):
            rows(draft).update(**change)
    with refuses("step_kept"):
        rows(draft).filter(number=2).delete()
        WorkPlan.objects.filter(pk=draft.pk).update(status="concept")


def test_a_version_of_another_plan_is_no_version_of_this_step(draft, refuses) -> None:
    other = take(WorkPlanFactory(draft=True), SUBMIT)
    with refuses("step_version"):
        PlanStep.objects.create(
            plan=draft, number=2, name=PRESENT.name, source="concept", target="in_afstemming",
            taken_on=DAY, version=other.versions.get(),
        )  # fmt: skip
        WorkPlan.objects.filter(pk=draft.pk).update(status="in_afstemming")


def test_a_concept_goes_with_its_trail(accepts) -> None:
    plan = WorkPlanFactory()
    with accepts():
        plan.delete()
    assert not PlanStep.objects.exists()


def test_what_was_taken_back_stays_written(draft, refuses) -> None:
    take(draft, SUBMIT, TAKE_BACK)
    with refuses("taken_back_append_only"):
        TakenBack.objects.all().delete()


def test_a_round_is_emptied_only_after_a_withdrawal(draft, refuses) -> None:
    plan = take(draft, SUBMIT)
    with refuses("plan_application_append_only"):
        plan.applications.update(application=None, submitted_on=None)


# ---- at the same time


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_step_at_once_one_does(draft) -> None:
    def present() -> str:
        try:
            return take_step(draft, PRESENT, on=DAY).status
        except ValidationError as refusal:
            return str(refusal.code)

    assert sorted(at_once(present, present)) == ["in_afstemming", "not_now"]
    assert draft.steps.count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_types_while_the_plan_is_adopted_is_told_so() -> None:
    action, writer = ActionFactory(), UserFactory()
    plan = take(action.line.plan, PRESENT)
    said: list[str] = []

    def type_on() -> None:
        put = Put(f"action:{action.pk}", "note", None, "Te laat")
        try:
            change_plan(plan, [put], key=uuid.uuid4(), by=writer)
        except ValidationError as refusal:
            said.extend(refusal.messages)

    in_turn(lambda: take(plan, ADOPT), type_on)
    assert said == [
        f"Het plan {plan.title} is vastgesteld en verandert niet meer; begin eerst een nieuwe "
        "versie."
    ]
