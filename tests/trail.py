"""Plans that have come to a status, without what has to be true for that."""

from __future__ import annotations

from collections import deque

from django.db import transaction

from workplans.lifecycle import STEPS, Status, Step
from workplans.models import PlanStep, WorkPlan


@transaction.atomic
def bring(plan: WorkPlan, status: str) -> None:
    """Let the plan have this status, with the shortest trail that leads there. The plan
    itself is not refreshed."""
    last = PlanStep.objects.filter(plan=plan).order_by("-number").first()
    assert last is not None
    here, number = Status(last.target), last.number
    for step in _way(here, Status(status)):
        number += 1
        PlanStep.objects.create(
            plan=plan,
            number=number,
            name=step.name,
            source=here.value,
            target=step.target.value,
            reason="Voor de test",
            taken_on=plan.as_of,
        )
        here = step.target
    WorkPlan.objects.filter(pk=plan.pk).update(status=here.value)


def _way(here: Status, there: Status) -> list[Step]:
    ways: deque[tuple[Status, list[Step]]] = deque([(here, [])])
    seen = {here}
    while ways:
        at, taken = ways.popleft()
        if at is there:
            return taken
        for step in STEPS:
            if at in step.sources and step.target not in seen:
                seen.add(step.target)
                ways.append((step.target, [*taken, step]))
    raise AssertionError(f"no way from {here} to {there}")
