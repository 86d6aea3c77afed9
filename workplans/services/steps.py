"""Taking a step with a plan: the only way in which its status changes."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError

from municipalities.guard import guarded
from municipalities.models import User
from workplans import planfile
from workplans.lifecycle import SUBMIT, TAKE_BACK, Status, Step
from workplans.models import PlanStep, WorkPlan
from workplans.services.conditions import not_now, reasons_against_step
from workplans.services.keeping import keep_tree
from workplans.services.notices import tell_of_status
from workplans.services.submission import empty_rounds, withdraw_applications, write_applications
from workplans.services.trail import add_step
from workplans.services.turn import locked_plan

MOVES_DATE = (SUBMIT, TAKE_BACK)
"""Steps of which the fund knows the day: no document of the plan is older than that."""


def take_step(
    plan: WorkPlan,
    step: Step,
    *,
    on: datetime.date,
    reason: str = "",
    confirmed: str | None = None,
    by: User | None = None,
) -> WorkPlan:
    """Take a step with a plan on that day, and write it in the trail; the plan is locked.
    The readers of the region are told, but for who did it.

    `confirmed` is the digest of the plan that somebody saw and agreed to. Submitting
    writes what is asked, taking back withdraws it, and what the step keeps is kept as a
    version. Raises `ValidationError`: `not_now`, `changed` (it is no longer what was
    confirmed), `reason_missing`, or all reasons against it at once; then nothing has
    changed.
    """
    with guarded():
        plan = locked_plan(plan.pk)
        source = Status(plan.status)
        if source not in step.sources:
            raise not_now(plan, step).fault
        if confirmed is not None:
            _refuse_changed(plan, confirmed)
        if step.asks_reason and not reason.strip():
            raise ValidationError("Schrijf op waarom u deze stap zet.", code="reason_missing")
        if reasons := reasons_against_step(plan, step, on=on):
            raise ValidationError([found.fault for found in reasons])
        if step is SUBMIT:
            write_applications(plan, on=on)
        withdrawn = withdraw_applications(plan, on=on, reason=reason) if step is TAKE_BACK else []
        plan.status = step.target.value
        if step in MOVES_DATE:
            plan.as_of = max(plan.as_of, on)
        plan.save(update_fields=["status", "as_of"])
        row = _trail(plan, step, source, on=on, reason=reason, by=by)
        empty_rounds(row, withdrawn)
        tell_of_status(plan, by=by)
    return plan


def submit_workplan(
    plan: WorkPlan,
    *,
    on: datetime.date,
    confirmed: str | None = None,
    by: User | None = None,
) -> WorkPlan:
    """Submit the plan to every round it names, on that day: `take_step` with that step."""
    return take_step(plan, SUBMIT, on=on, confirmed=confirmed, by=by)


def _refuse_changed(plan: WorkPlan, confirmed: str) -> None:
    if confirmed != planfile.digest(planfile.dump(plan)):
        raise ValidationError(
            "Het plan is veranderd nadat u het bekeek; kijk het na en probeer het dan opnieuw.",
            code="changed",
        )


def _trail(
    plan: WorkPlan,
    step: Step,
    source: Status,
    *,
    on: datetime.date,
    reason: str,
    by: User | None,
) -> PlanStep:
    version = None
    if step.keeps:
        version = keep_tree(plan, planfile.dump(plan), name=step.keeps, by=by)
    return add_step(plan, step, source, on=on, reason=reason, by=by, version=version)
