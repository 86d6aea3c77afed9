"""Rules of a plan that stop a step as long as its figures break them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.urls import reverse

from reports.checker import limits
from reports.checker.finding import Severity
from reports.checker.material import Material
from reports.rendering import report
from workplans.models import WorkPlan
from workplans.services import Reason


def rules_kept(plan: WorkPlan, on: datetime.date) -> Iterator[Reason]:
    """A reason for each rule of the plan that says to block and is broken. One query for
    a plan without such rules; a report of the plan otherwise."""
    if not plan.rules.filter(severity=Severity.BLOCK).exists():
        return
    url = reverse("reports:workplan_rules", args=[plan.slug])
    for found in limits.broken(Material(report(plan), ())):
        if found.severity is Severity.BLOCK:
            yield Reason("rule_broken", found.sentence, url=url)
