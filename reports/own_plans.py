"""Plans of the reader in short: status, complete actions, amount and deadline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from funds.figure import Figure
from reports.moments import day_in_words
from workplans import lifecycle
from workplans.models import WorkPlan
from workplans.readiness import Progress, deadlines, progress
from workplans.sums import plan_sums


@dataclass(frozen=True)
class OwnPlan:
    """One plan; `deadline` is empty where no round closes any more."""

    plan: WorkPlan
    progress: Progress
    total: Figure
    deadline: str

    @property
    def status_label(self) -> str:
        return lifecycle.LABELS[lifecycle.Status(self.plan.status)]


def own_plans(given: Iterable[WorkPlan], *, on: datetime.date) -> tuple[OwnPlan, ...]:
    """In the order given; fetch the region along. Three queries."""
    plans = list(given)
    how_far, sums, until = progress(plans), plan_sums(plans), deadlines(plans)
    return tuple(
        OwnPlan(
            plan,
            how_far[plan.pk],
            sums[plan.pk],
            day_in_words(until[plan.pk], on=on) if plan.pk in until else "",
        )
        for plan in plans
    )
