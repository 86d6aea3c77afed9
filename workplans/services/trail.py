"""The trail of a plan: one line for each step, the first of which says how it began."""

from __future__ import annotations

import datetime

from municipalities.models import User
from workplans.lifecycle import Beginning, Status, Step
from workplans.models import PlanStep, PlanVersion, WorkPlan


def begin_trail(plan: WorkPlan, way: Beginning, *, by: User | None) -> PlanStep:
    """Write how a plan that was just made came here, as of its reference date."""
    return _write(PlanStep(plan=plan, number=1, name=way.name, taken_on=plan.as_of), by)


def add_step(
    plan: WorkPlan,
    step: Step,
    source: Status,
    *,
    on: datetime.date,
    reason: str,
    by: User | None,
    version: PlanVersion | None,
) -> PlanStep:
    """Write the step that a locked plan just took; its status is already that of after."""
    last = plan.steps.order_by("number").last()
    row = PlanStep(
        plan=plan,
        number=last.number + 1 if last else 1,
        name=step.name,
        source=source.value,
        reason=reason,
        taken_on=on,
        version=version,
    )
    return _write(row, by)


def _write(row: PlanStep, by: User | None) -> PlanStep:
    row.target = row.plan.status
    row.by, row.by_name = by, str(by) if by else ""
    row.full_clean()
    row.save()
    return row
