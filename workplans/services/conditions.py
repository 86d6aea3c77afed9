"""What must be true before a step is taken: each rule by its name, as a step names it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from django.urls import reverse

from funds.models import Grant
from workplans.adoption import what_waits
from workplans.lifecycle import NEW_VERSION, Status, Step
from workplans.models import WorkPlan
from workplans.services.reasons import Reason, reasons_against, unread_reasons

Condition = Callable[[WorkPlan, datetime.date], Iterable[Reason]]
"""Every reason why a plan may not take a step on a day; nothing where it may."""


def reasons_against_step(plan: WorkPlan, step: Step, *, on: datetime.date) -> list[Reason]:
    """Every reason why the plan cannot take this step on that day, in the order in which
    a person mends them. Where the step does not start at its status, only that."""
    status = Status(plan.status)
    if status not in step.sources:
        return [not_now(plan, step)]
    return [reason for name in step.conditions for reason in CONDITIONS[name](plan, on)]


def not_now(plan: WorkPlan, step: Step) -> Reason:
    """That the step does not start at the status of the plan."""
    status = plan.get_status_display().lower()
    return Reason(
        "not_now",
        f"Dit plan is {status}; de stap “{step.label}” is dan niet aan de orde. Kijk bij het plan "
        "welke stap wel kan.",
    )


def all_submitted(plan: WorkPlan, on: datetime.date) -> Iterable[Reason]:
    """A plan is adopted as it was submitted; only who asks no money skips that. One query."""
    rows = plan.applications.filter(application__isnull=True).select_related("round__fund")
    for row in rows.order_by("position", "pk"):
        yield Reason(
            "not_submitted",
            f"Het plan vraagt geld uit {row.round.fund.name} en is daar nog niet ingediend; dien "
            "het eerst in.",
        )


def nothing_submitted(plan: WorkPlan, on: datetime.date) -> Iterable[Reason]:
    """What was asked for an earlier version still stands. One query."""
    if plan.applications.filter(application__isnull=False).exists():
        yield Reason(
            "submitted",
            "Voor dit plan is al geld aangevraagd, dus een concept wordt het niet meer; bewerk "
            "het zoals het is.",
        )


def nothing_granted(plan: WorkPlan, on: datetime.date) -> Iterable[Reason]:
    """What was decided on stands. A new version of an adopted plan leaves that where it
    is, and takes back only what is not decided on. Two queries."""
    if plan.steps.filter(name=NEW_VERSION.name).exists():
        return
    if Grant.objects.filter(line__application__plan_application__plan=plan).exists():
        yield Reason(
            "granted",
            "Het fonds heeft al op dit plan beschikt, en dat blijft staan; stel het plan vast en "
            "begin daarna een nieuwe versie.",
        )


def bodies_agreed(plan: WorkPlan, on: datetime.date) -> Iterable[Reason]:
    """Who decides about the plan agreed with it as it stands. As costly as `Deliberation.waits`."""
    url = reverse("reports:adoption_detail", args=[plan.slug])
    for sentence in what_waits(plan):
        yield Reason("waits", sentence, url=url)


CONDITIONS: dict[str, Condition] = {
    "ready_to_submit": lambda plan, on: reasons_against(plan, on=on),
    "all_read": lambda plan, on: unread_reasons(plan),
    "all_submitted": all_submitted,
    "bodies_agreed": bodies_agreed,
    "nothing_submitted": nothing_submitted,
    "nothing_granted": nothing_granted,
}
"""The name of a rule, and its function. `reports` adds what only it can add up
(`rules_kept`): a plan stands below the reports made of it."""
