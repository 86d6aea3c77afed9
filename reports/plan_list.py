"""A list of plans with their totals, for any number of plans in four queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, prefetch_related_objects
from django.urls import reverse

from funds.figure import Figure
from reports.table import Amount, Column, Row, State, Table, Text
from workplans import lifecycle
from workplans.models import Action, WorkPlan
from workplans.sums import plan_sums

COLUMNS = (
    Column("plan", "Plan", "text", 35),
    Column("status", "Status", "text", 18),
    Column("periode", "Periode", "text", 17),
    Column("acties", "Acties", "number", 10),
    Column("bedrag", "Bedrag in €", "amount", 20),
)


def plan_list(plans: Iterable[WorkPlan], columns: tuple[Column, ...] = COLUMNS) -> Table:
    """A row per plan in the order given."""
    shown = list(plans)
    prefetch_related_objects(shown, "region")
    totals = plan_sums(shown)
    counts = _action_counts(shown)
    return Table(
        key="plannen",
        caption="Werkplannen",
        columns=columns,
        rows=tuple(_row(plan, counts[plan.pk], totals[plan.pk]) for plan in shown),
    )


def _action_counts(plans: Iterable[WorkPlan]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    found.update(
        Action.objects.filter(line__plan__in=[plan.pk for plan in plans])
        .values_list("line__plan")
        .annotate(number=Count("pk"))
        .order_by("line__plan")
    )
    return found


def _row(plan: WorkPlan, actions: int, total: Figure) -> Row:
    status = lifecycle.Status(plan.status)
    return Row(
        plan.slug,
        (
            Text(
                plan.title,
                url=reverse("reports:workplan_detail", args=[plan.slug]),
                note=f"{plan.region.name}, {plan.get_kind_display()}",
                is_header=True,
            ),
            State(status.value, lifecycle.LABELS[status]),
            Text(plan.period_text),
            Text(str(actions)),
            Amount(total),
        ),
    )
