"""What a plan asks, where it may ask, and from which envelope; a draft until submitted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from funds.figure import Figure
from funds.models import Application, Envelope, Round
from funds.notation import AmountState
from funds.services import AskedLine
from workplans.models import CostLine, PlanApplication, WorkPlan


def envelope_of(plan: WorkPlan, row: PlanApplication) -> Envelope | None:
    """The envelope that an application of this plan draws on: that of the plan's region
    in the fund, in the plan's period; the latest when several meet it. One query."""
    return (
        Envelope.objects.filter(fund=row.round.fund_id, region=plan.region_id)
        .for_period(plan.starts_on, plan.ends_on)
        .select_related("fund", "region")
        .last()
    )


def applications_of(plan: WorkPlan) -> list[PlanApplication]:
    """The rounds that a plan applies in, with fund and what was submitted there, in the
    order of the plan. One query; none for a plan as it was, which brings its own."""
    if plan.applying is not None:
        return list(plan.applying)
    rows = plan.applications.select_related("round__fund", "application__envelope__region")
    return list(rows.order_by("position", "pk"))


def asked_lines(plan: WorkPlan, row: PlanApplication, *, alone: bool) -> Iterator[AskedLine]:
    """What a plan asks in a round, in the order of the document. One query."""
    costs = _asked_costs(plan, row, alone=alone)
    ordered = costs.select_related("action__line", "action__point").order_by(
        "action__line__position", "action__position", "position", "pk"
    )
    for cost in ordered:
        action = cost.action
        yield AskedLine(
            code=action.full_code,
            title=action.budget_title or action.title,
            state=AmountState(cost.state),
            amount=cost.amount.amount if cost.amount is not None else None,
        )


def asked_total(plan: WorkPlan, row: PlanApplication, *, alone: bool) -> Figure:
    """What `asked_lines` come to, added up by the database. One query."""
    return sum_by_state(_asked_costs(plan, row, alone=alone))


def sum_by_state(lines: QuerySet[Any]) -> Figure:
    """Rows with a `state` and an `amount`, added up with their gaps by the database."""
    rows = lines.order_by("state").values_list("state")
    found = rows.annotate(total=Sum("amount"), lines=Count("pk"))
    return Figure.total(Figure.entry(AmountState(state), total, n) for state, total, n in found)


def _asked_costs(plan: WorkPlan, row: PlanApplication, *, alone: bool) -> QuerySet[CostLine]:
    """With one application every cost line is asked there; with more, each names its fund
    under funding. What is not applicable is not asked."""
    costs = CostLine.objects.filter(action__line__plan=plan).exclude(
        state=AmountState.NOT_APPLICABLE
    )
    return costs if alone else costs.filter(funding_text=row.round.fund.slug)


def asked(plan: WorkPlan) -> list[tuple[PlanApplication, Figure]]:
    """Each round that the plan applies in, with what it asked there, or would ask now
    where it was not submitted yet."""
    found = plan.applications.select_related("round__fund").prefetch_related("application__lines")
    rows = list(found.order_by("position", "pk"))
    return [
        (
            row,
            total_of(
                submitted_lines(row.application)
                if row.application is not None
                else asked_lines(plan, row, alone=len(rows) == 1)
            ),
        )
        for row in rows
    ]


def submitted_lines(application: Application) -> Iterator[AskedLine]:
    """What was asked when the plan was submitted."""
    for line in application.lines.all():
        amount = line.amount.amount if line.amount is not None else None
        yield AskedLine(line.code, line.title, AmountState(line.state), amount)


def total_of(lines: Iterable[AskedLine]) -> Figure:
    """Asked lines added up, with their gaps."""
    return sum((Figure.entry(line.state, line.amount) for line in lines), Figure.zero())


def open_envelopes(regions: Any) -> QuerySet[Envelope]:
    """Room in funds of these regions."""
    return Envelope.objects.filter(region__in=regions)


def open_rounds(regions: Any, on: datetime.date) -> QuerySet[Round]:
    """Rounds that somebody may apply in on that day, of funds in which one of these
    regions has an envelope."""
    return (
        Round.objects.filter(
            Q(opens_on__isnull=True) | Q(opens_on__lte=on),
            Q(closes_on__isnull=True) | Q(closes_on__gte=on),
            fund__in=open_envelopes(regions).values("fund"),
        )
        .select_related("fund")
        .order_by("fund__name", "-dated_on", "pk")
    )
