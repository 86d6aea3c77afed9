"""A list of plans with their totals, for any number of plans in four queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Case, Count, F, Sum, When, prefetch_related_objects
from django.urls import reverse

from funds.figure import Figure
from funds.notation import AmountState
from reports.table import Amount, Column, Row, State, Table, Text
from workplans import lifecycle
from workplans.models import Action, CostLine, WorkPlan

COLUMNS = (
    Column("plan", "Plan", "text", 36),
    Column("status", "Status", "text", 18),
    Column("periode", "Periode", "text", 14),
    Column("acties", "Acties", "number", 10),
    Column("bedrag", "Bedrag in €", "amount", 22),
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


def plan_sums(plans: Iterable[WorkPlan]) -> dict[int, Figure]:
    """The total of each plan by key, added up by the database. One query.

    The same figure as `PlanTotals.total` (a test holds them together): cells with
    unread municipalities add a gap.
    """
    found: dict[int, Figure] = defaultdict(Figure.zero)
    rows = (
        CostLine.objects.filter(action__line__plan__in=[plan.pk for plan in plans])
        .annotate(
            unread=Case(
                When(municipalities_text="", then=F("action__municipalities_unread")),
                default=F("municipalities_unread"),
            )
        )
        .values_list("action__line__plan", "state", "unread")
        .annotate(total=Sum("amount"), lines=Count("pk"))
        .order_by("action__line__plan", "state")
    )
    for key, state, unread, total, lines in rows:
        found[key] += Figure.entry(AmountState(state), total, lines)
        if unread and state != AmountState.NOT_APPLICABLE:
            found[key] += Figure.entry(AmountState.UNREAD, None, lines)
    return found


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
