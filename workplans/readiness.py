"""How far a plan is: which actions are complete, and what stops a submission.

The only definition of a complete action; in prose in docs/calculations.md.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.expressions import Combinable

from funds.models import Envelope
from funds.notation import AmountState
from municipalities.models import Municipality, User
from workplans import lifecycle
from workplans.models import Action, CostLine, PlanApplication, Share, WorkPlan

UNREAD_CELLS = (
    "amount_unread",
    "planning_unread",
    "start_unread",
    "end_unread",
    "municipalities_unread",
    "division_unread",
)
LACKS = ("lacks_amount", "lacks_planning", "lacks_monitoring", "lacks_municipalities")


@dataclass(frozen=True)
class Progress:
    """How many actions of a plan are complete."""

    complete: int = 0
    actions: int = 0

    @property
    def percentage(self) -> int:
        """Whole percents, rounded down, so that 100 means all; for a bar only."""
        return 100 * self.complete // self.actions if self.actions else 0


@dataclass(frozen=True)
class Obstacles:
    """What stops the submission of a plan."""

    unread: int
    has_round: bool
    has_envelope: bool
    asks_something: bool

    def __bool__(self) -> bool:
        return bool(self.unread) or not (
            self.has_round and self.has_envelope and self.asks_something
        )


def with_completeness(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Annotate what each action lacks (`lacks_…`), whether its amount was not read
    (`amount_unread`) or the division of a cost line of its own (`division_unread`), and
    `is_complete`.

    PM, n.t.b. and n.v.t. are answers; an empty amount and one that nobody could read
    are not.
    """
    costs = CostLine.objects.filter(action=OuterRef("pk"))
    lacking = actions.annotate(
        amount_unread=Exists(costs.filter(state=AmountState.UNREAD)),
        lacks_amount=_claim(~Exists(costs) | Exists(costs.filter(state=AmountState.BLANK))),
        division_unread=Exists(costs.filter(municipalities_unread=True)),
        lacks_planning=_claim(Q(planning_text="", start_text="", end_text="")),
        lacks_monitoring=_claim(Q(monitoring="")),
        lacks_municipalities=_claim(
            Q(municipalities_text="")
            & (~Exists(costs) | Exists(costs.filter(municipalities_text="")))
        ),
    )
    nothing = Q()
    for name in (*UNREAD_CELLS, *LACKS):
        nothing &= Q(**{name: False})
    return lacking.annotate(is_complete=_claim(nothing))


def unread_cells(action: Action) -> list[tuple[str, str]]:
    """Each cell of an action that nobody could read: its name in `UNREAD_CELLS` without
    the ending, and its text. Follows its cost lines."""
    found = []
    for cost in action.cost_lines.all():
        if cost.state == AmountState.UNREAD:
            found.append(("amount", cost.text))
        if cost.municipalities_unread:
            found.append(("division", cost.municipalities_text))
    for cell in ("planning", "start", "end", "municipalities"):
        if getattr(action, f"{cell}_unread"):
            found.append((cell, getattr(action, f"{cell}_text")))
    return found


def _claim(condition: Q | Combinable) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def progress(plans: Collection[WorkPlan]) -> dict[int, Progress]:
    """How far each plan is, by key; nothing for a plan without actions. One query."""
    actions = with_completeness(Action.objects.filter(line__plan__in=[p.pk for p in plans]))
    rows = (
        actions.values("line__plan")
        .annotate(number=Count("pk"), done=Count("pk", filter=Q(is_complete=True)))
        .order_by("line__plan")
        .values_list("line__plan", "done", "number")
    )
    found: dict[int, Progress] = defaultdict(Progress)
    found.update({plan: Progress(done, number) for plan, done, number in rows})
    return found


def incomplete_for(user: User) -> QuerySet[Action]:
    """Incomplete actions of drafts that wait for a policy officer, in the order of the
    documents, with what they lack.

    Those in which the own municipality has a share or the lead, and those that are not
    divided yet: nobody else's.
    """
    own = Municipality.objects.filter(
        role_assignments__user=user.pk, role_assignments__role="beleidsmedewerker"
    )
    shares = Share.objects.filter(cost_line__action=OuterRef("pk"))
    drafts = WorkPlan.objects.filter(
        status__in=lifecycle.UNSUBMITTED, region__memberships__municipality__in=own
    )
    actions = Action.objects.filter(line__plan__in=drafts.values("pk")).filter(
        Q(lead__in=own) | Exists(shares.filter(municipality__in=own)) | ~Exists(shares)
    )
    return (
        with_completeness(actions)
        .filter(Q(is_complete=False))
        .select_related("line__plan", "point")
        .order_by(
            "-line__plan__last_year",
            "line__plan__title",
            "line__plan",
            "line__position",
            "position",
            "pk",
        )
    )


def obstacles(plans: Collection[WorkPlan]) -> dict[int, Obstacles]:
    """What stops each plan from being submitted, by key. Three queries, and one more
    where a cell was not read.

    The service refuses with the same reasons, cell by cell (a test holds them together).
    """
    keys = [plan.pk for plan in plans]
    unread: dict[int, int] = defaultdict(int)
    actions = with_completeness(Action.objects.filter(line__plan__in=keys)).filter(
        Q(*((name, True) for name in UNREAD_CELLS), _connector=Q.OR)
    )
    for action in actions.select_related("line").prefetch_related("cost_lines"):
        unread[action.line.plan_id] += len(unread_cells(action))
    costs = CostLine.objects.filter(action__line__plan__in=keys)
    asking = costs.exclude(state=AmountState.NOT_APPLICABLE)
    asks = set(asking.values_list("action__line__plan", flat=True).distinct())
    rounds: dict[int, list[bool]] = defaultdict(list)
    for plan, has_envelope in _rounds(keys):
        rounds[plan].append(has_envelope)
    return {
        key: Obstacles(unread[key], bool(rounds[key]), all(rounds[key]), key in asks)
        for key in keys
    }


def deadlines(plans: Collection[WorkPlan]) -> dict[int, datetime.date]:
    """The first day on which a round closes in which a plan was not submitted yet, by
    key; nothing where no such day is known. One query."""
    rows = PlanApplication.objects.filter(
        plan__in=[plan.pk for plan in plans],
        plan__status__in=lifecycle.UNSUBMITTED,
        application__isnull=True,
        round__closes_on__isnull=False,
    )
    return dict(rows.values_list("plan").annotate(day=Min("round__closes_on")).order_by("plan"))


def _rounds(keys: list[int]) -> QuerySet[PlanApplication, tuple[int, bool]]:
    """Each round of the plans, with whether the region has an envelope in the period."""
    envelopes = Envelope.objects.filter(
        fund=OuterRef("round__fund"),
        region=OuterRef("plan__region"),
        starts_on__year__lte=OuterRef("plan__last_year"),
        ends_on__year__gte=OuterRef("plan__first_year"),
    )
    rows = PlanApplication.objects.filter(plan__in=keys).annotate(found=Exists(envelopes))
    return rows.values_list("plan", F("found"))
