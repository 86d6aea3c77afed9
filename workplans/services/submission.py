"""What a plan asks becomes application lines, written once; and taking those back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from funds.services import submit_application
from funds.withdrawing import withdraw_application
from workplans.asking import asked_lines, envelope_of
from workplans.models import PlanApplication, PlanStep, TakenBack, WorkPlan
from workplans.services.reasons import reasons_against


def apply_as_said(plan: WorkPlan) -> None:
    """Write the applications of a plan that says itself that it was submitted, each on
    the day that stands with its round. Raises `ValidationError` with every reason against
    it. The caller holds the transaction."""
    if reasons := reasons_against(plan, on=None):
        raise ValidationError([reason.fault for reason in reasons])
    write_applications(plan)


def write_applications(plan: WorkPlan, *, on: datetime.date | None = None) -> None:
    """Write the application of each round that has none yet; `on` overrules the day
    that stands with the round. Nothing stands in its way, and the caller holds the
    transaction."""
    rows = list(plan.applications.select_related("round__fund").order_by("position", "pk"))
    for row in rows:
        if row.application_id is None:
            _write(plan, row, on or row.submitted_on, alone=len(rows) == 1)


def withdraw_applications(
    plan: WorkPlan, *, on: datetime.date, reason: str
) -> list[PlanApplication]:
    """Withdraw what the plan asked and nobody decided on, in each of its rounds; gives
    those, as they were. The caller holds the transaction."""
    asked = plan.applications.filter(application__isnull=False)
    undecided = asked.exclude(application__lines__grant__isnull=False)
    rows = list(undecided.select_related("application").order_by("position", "pk"))
    for row in rows:
        assert row.application is not None
        withdraw_application(row.application, dated_on=on, reason=reason)
    return rows


def empty_rounds(step: PlanStep, withdrawn: Iterable[PlanApplication]) -> None:
    """Let the plan apply in these rounds again; what it had asked there stays with the
    step that took it back."""
    for row in withdrawn:
        assert row.application is not None
        TakenBack.objects.create(step=step, application=row.application)
        row.application, row.submitted_on = None, None
        row.save()


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
