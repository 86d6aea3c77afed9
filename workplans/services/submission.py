"""Submitting a plan: its costs become application lines, written once."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError

from funds.services import submit_application
from municipalities.guard import guarded
from municipalities.models import User
from workplans import lifecycle, planfile
from workplans.asking import asked_lines, envelope_of
from workplans.models import PlanApplication, WorkPlan
from workplans.services.keeping import SUBMITTED, keep_version
from workplans.services.notices import tell_of_status
from workplans.services.reasons import reasons_against
from workplans.services.turn import locked_plan


def submit_workplan(
    plan: WorkPlan,
    *,
    on: datetime.date,
    confirmed: str | None = None,
    by: User | None = None,
) -> WorkPlan:
    """Submit the plan to every round it names, on that day; the plan is locked. The
    readers of the region are told, but for who did it; what was submitted is kept as a
    version.

    `confirmed` is the digest of the plan that somebody saw and agreed to. The reference
    date of the plan becomes that day where it lies before it. Raises `ValidationError`:
    `already_submitted`, `changed` (it is no longer what was confirmed), or all reasons
    against it at once; then nothing has changed.
    """
    with guarded():
        plan = locked_plan(plan.pk)
        if plan.status not in lifecycle.SUBMIT.sources:
            raise ValidationError(
                f"Dit plan is al {plan.get_status_display().lower()}; indienen kan één keer.",
                code="already_submitted",
            )
        if confirmed is not None and confirmed != planfile.digest(planfile.dump(plan)):
            raise ValidationError(
                "Het plan is veranderd nadat u het bekeek; kijk het na en dien het dan in.",
                code="changed",
            )
        write_applications(plan, on=on)
        plan.status = lifecycle.SUBMIT.target.value
        plan.as_of = max(plan.as_of, on)
        plan.full_clean()
        plan.save()
        keep_version(plan, name=SUBMITTED, by=by)
        tell_of_status(plan, by=by)
    return plan


def write_applications(plan: WorkPlan, *, on: datetime.date | None = None) -> None:
    """Write the application of each round that has none yet; `on` overrules the day
    that stands with the round. The caller holds the transaction."""
    reasons = reasons_against(plan, on=on)
    if reasons:
        raise ValidationError([reason.fault for reason in reasons])
    rows = list(plan.applications.select_related("round__fund").order_by("position", "pk"))
    for row in rows:
        if row.application_id is None:
            _write(plan, row, on or row.submitted_on, alone=len(rows) == 1)


def _write(plan: WorkPlan, row: PlanApplication, day: datetime.date | None, *, alone: bool) -> None:
    """Write one application; no reason stands in its way."""
    envelope = envelope_of(plan, row)
    assert envelope is not None
    assert day is not None
    row.application = submit_application(
        envelope,
        round=row.round,
        title=plan.title,
        lines=list(asked_lines(plan, row, alone=alone)),
        submitted_on=day,
    )
    row.submitted_on = day
    row.save()
