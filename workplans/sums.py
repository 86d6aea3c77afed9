"""What plans cost as a whole, added up by the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Case, Count, F, Sum, When

from funds.figure import Figure
from funds.notation import AmountState
from workplans.models import CostLine, WorkPlan


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
