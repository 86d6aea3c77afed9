"""The totals of a plan: one calculation for page, PDF, JSON and CSV.

Each figure is defined in prose in docs/calculations.md, with a worked example that is
a test.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from funds.figure import Figure
from funds.notation import NotationError
from municipalities.apportion import apportion
from reports.content import NATURES, Content, contribution, nature_of, share_figure
from reports.pots import by_pot
from workplans.beneficiaries import joint_weights
from workplans.models import ActionLine, CostLine, Share

Figures = dict[str, Figure]
Capacity = Share.Capacity


@dataclass(frozen=True)
class PlanTotals:
    """What a plan costs: as a whole and along each way of adding up.

    `by_line` goes by code of the action line (its parts included), `by_pot` by name of the
    pot in small letters, `by_nature` by `NATURES`, and
    `by_municipality` by view and CBS code. In each view the municipalities, the joint
    actions (own only) and what is not divided add up to the total.
    """

    total: Figure
    by_line: Figures
    by_nature: Figures
    by_pot: Figures
    by_municipality: dict[str, Figures]
    joint: Figure
    undivided: Figure
    joint_note: str


@dataclass(frozen=True)
class _Cost:
    """A cost line with what it and each of its shares adds, worked out once."""

    row: CostLine
    figure: Figure
    received: tuple[tuple[str, Figure], ...]
    borne: tuple[tuple[str, Figure], ...]

    @classmethod
    def of(cls, row: CostLine) -> _Cost:
        found: dict[str, list[tuple[str, Figure]]] = defaultdict(list)
        for share in row.shares.all():
            found[share.capacity].append((share.municipality.code, share_figure(share)))
        received, borne = (tuple(found[which]) for which in (Capacity.RECIPIENT, Capacity.BEARER))
        return cls(row, contribution(row), received, borne)


def plan_totals(content: Content) -> PlanTotals:
    """Add up a plan; asks the database nothing."""
    costs = tuple(_Cost.of(row) for row in _rows(content))
    weights, joint_note = _joint(content)
    own = [cost for cost in costs if not cost.row.is_joint]
    return PlanTotals(
        total=Figure.total(cost.figure for cost in costs),
        by_line={
            line.code: Figure.total(cost.figure for cost in costs if _is_of(cost.row, line))
            for line in content.lines
        },
        by_nature={
            nature: Figure.total(cost.figure for cost in costs if nature_of(cost.row) == nature)
            for nature in NATURES
        },
        by_pot=by_pot(content),
        by_municipality={
            "recipient": _by_municipality(content, (s for cost in costs for s in cost.received)),
            "own": _by_municipality(content, (s for cost in own for s in cost.received)),
            "beneficiary": _by_municipality(content, _benefits(costs, weights)),
            "bearer": _stated(s for cost in costs for s in cost.borne),
        },
        joint=Figure.total(cost.figure for cost in costs if cost.row.is_joint),
        undivided=Figure.total(cost.figure for cost in costs if not cost.received),
        joint_note=joint_note,
    )


def _rows(content: Content) -> Iterator[CostLine]:
    for line in content.lines:
        for action in line.actions.all():
            yield from action.cost_lines.all()


def _is_of(row: CostLine, line: ActionLine) -> bool:
    """Whether a cost belongs to a line or to one of its parts."""
    own = row.action.line
    return line.pk in (own.pk, own.parent_id)


def _benefits(costs: Iterable[_Cost], weights: Mapping[str, int]) -> Iterator[tuple[str, Figure]]:
    """The split of each cost line, and joint ones over the members by the plan's rule.

    Each cost line is divided by itself, in cents, so that a total per municipality can
    be followed to its rows.
    """
    for cost in costs:
        amount = cost.row.amount
        if not (weights and cost.row.is_joint and cost.received):
            yield from cost.received
        elif amount is None:
            yield from ((code, cost.figure) for code in weights)
        else:
            cents = apportion(int(amount.amount.scaleb(2)), weights)
            yield from ((code, Figure.of(Decimal(n).scaleb(-2))) for code, n in cents.items())


def _by_municipality(content: Content, shares: Iterable[tuple[str, Figure]]) -> Figures:
    """Added up per municipality: every member, then others that occur."""
    return dict.fromkeys(content.places.members, Figure.zero()) | _stated(shares)


def _stated(shares: Iterable[tuple[str, Figure]]) -> Figures:
    found: dict[str, list[Figure]] = defaultdict(list)
    for code, figure in shares:
        found[code].append(figure)
    return {code: Figure.total(figures) for code, figures in found.items()}


def _joint(content: Content) -> tuple[dict[str, int], str]:
    """The weights of joint actions, and how the view by beneficiary names the rule."""
    try:
        weights, day = joint_weights(content.plan.joint_text, content.places)
    except NotationError:
        # Figures that were there when the plan was stored are gone: equal, and said so.
        return dict.fromkeys(content.places.members, 1), "gelijk, want inwonertallen ontbreken"
    return weights, f"naar inwoners op {day:%d-%m-%Y}" if day else "gelijk"
