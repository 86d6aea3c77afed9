"""How far a plan is: which actions are complete, and what stops a submission.

The only definition of a complete action; in prose in docs/calculations.md.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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

from funds.lifecycle import NOT_KNOWN
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
    """What stops the submission of a plan; `unknown` is how many actions ask an amount
    that is not known of a round that takes only known ones."""

    unread: int
    unknown: int
    has_round: bool
    has_envelope: bool
    asks_something: bool

    def __bool__(self) -> bool:
        return bool(self.unread or self.unknown) or not (
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
    where a cell was not read, and where a round takes only known amounts.

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
    rounds: dict[int, list[_Round]] = defaultdict(list)
    for row in _rounds(keys):
        rounds[row.plan].append(row)
    unknown = _unknown(rounds)
    return {
        key: Obstacles(
            unread[key],
            unknown[key],
            bool(rounds[key]),
            all(row.has_envelope for row in rounds[key]),
            key in asks,
        )
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


class _Round(NamedTuple):
    """A round of a plan: whether the region has an envelope in the period, and whether
    only known amounts can still be asked there."""

    plan: int
    fund: str
    has_envelope: bool
    is_strict: bool


def _rounds(keys: list[int]) -> Iterator[_Round]:
    envelopes = Envelope.objects.filter(
        fund=OuterRef("round__fund"),
        region=OuterRef("plan__region"),
        starts_on__year__lte=OuterRef("plan__last_year"),
        ends_on__year__gte=OuterRef("plan__first_year"),
    )
    rows = PlanApplication.objects.filter(plan__in=keys).annotate(
        found=Exists(envelopes),
        strict=_claim(Q(application=None, round__accepts_unknown=False)),
    )
    said = rows.values_list("plan", "round__fund__slug", F("found"), F("strict"))
    return (_Round(*row) for row in said)


def _unknown(rounds: Mapping[int, Sequence[_Round]]) -> Counter[int]:
    """How many actions of each plan ask an amount that is not known of a round that
    takes only known ones: all of a plan with one round, otherwise those that name its
    fund (`asked_lines`)."""
    strict = {
        (row.plan, row.fund if len(rows) > 1 else "")
        for rows in rounds.values()
        for row in rows
        if row.is_strict
    }
    if not strict:
        return Counter()
    costs = CostLine.objects.filter(
        action__line__plan__in={plan for plan, _ in strict}, state__in=NOT_KNOWN
    )
    asking = costs.values_list("action__line__plan", "action", "funding_text").distinct()
    found = {
        (plan, action)
        for plan, action, fund in asking
        if (plan, "") in strict or (plan, fund) in strict
    }
    return Counter(plan for plan, _ in found)
