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
from reports.content import NATURES, Content, contribution, nature_of, recipients, share_figure
from reports.pots import by_pot
from workplans.beneficiaries import joint_weights
from workplans.models import ActionLine, CostLine, Share

Figures = dict[str, Figure]


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


def plan_totals(content: Content) -> PlanTotals:
    """Add up a plan; asks the database nothing."""
    costs = tuple(_costs(content))
    figures = tuple((cost, contribution(cost)) for cost in costs)
    weights, joint_note = _joint(content)
    return PlanTotals(
        total=Figure.total(figure for _, figure in figures),
        by_line={
            line.code: Figure.total(f for cost, f in figures if _is_of(cost, line))
            for line in content.lines
        },
        by_nature={
            nature: Figure.total(f for cost, f in figures if nature_of(cost) == nature)
            for nature in NATURES
        },
        by_pot=by_pot(content),
        by_municipality={
            "recipient": _by_municipality(content, _shares(costs)),
            "own": _by_municipality(content, _shares(c for c in costs if not c.is_joint)),
            "beneficiary": _by_municipality(content, _benefits(costs, weights)),
            "bearer": _stated(_shares(costs, Share.Capacity.BEARER)),
        },
        joint=Figure.total(f for cost, f in figures if cost.is_joint),
        undivided=Figure.total(f for cost, f in figures if not recipients(cost)),
        joint_note=joint_note,
    )


def _costs(content: Content) -> Iterator[CostLine]:
    for line in content.lines:
        for action in line.actions.all():
            yield from action.cost_lines.all()


def _is_of(cost: CostLine, line: ActionLine) -> bool:
    """Whether a cost belongs to a line or to one of its parts."""
    own = cost.action.line
    return line.pk in (own.pk, own.parent_id)


def _shares(
    costs: Iterable[CostLine], capacity: str = Share.Capacity.RECIPIENT
) -> Iterator[tuple[str, Figure]]:
    """Each share in one capacity: CBS code and what it adds."""
    for cost in costs:
        for share in cost.shares.all():
            if share.capacity == capacity:
                yield share.municipality.code, share_figure(share)


def _benefits(
    costs: Iterable[CostLine], weights: Mapping[str, int]
) -> Iterator[tuple[str, Figure]]:
    """The split of each cost line, and joint ones over the members by the plan's rule.

    Each cost line is divided by itself, in cents, so that a total per municipality can
    be followed to its rows.
    """
    for cost in costs:
        if not (weights and cost.is_joint and recipients(cost)):
            yield from _shares([cost])
        elif cost.amount is None:
            yield from ((code, contribution(cost)) for code in weights)
        else:
            cents = apportion(int(cost.amount.amount.scaleb(2)), weights)
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
