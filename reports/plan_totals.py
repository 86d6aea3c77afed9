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
from reports.content import NATURES, Content
from reports.costs import Cost, Part
from workplans.beneficiaries import joint_weights

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
    costs = content.costs
    weights, joint_note = _joint(content)
    own = [cost for cost in costs if not cost.is_joint]
    return PlanTotals(
        total=Figure.total(cost.figure for cost in costs),
        by_line=_by_line(content),
        by_nature={
            nature: Figure.total(cost.figure for cost in costs if cost.nature == nature)
            for nature in NATURES
        },
        by_pot=_stated(
            (pot.name.casefold(), pot.figure)
            for cost in costs
            for pot in cost.pots
            if pot.figure is not None
        ),
        by_municipality={
            "recipient": _by_municipality(content, (s for cost in costs for s in cost.received)),
            "own": _by_municipality(content, (s for cost in own for s in cost.received)),
            "beneficiary": _by_municipality(content, _benefits(costs, weights)),
            "bearer": _stated(s for cost in costs for s in cost.borne),
        },
        joint=Figure.total(cost.figure for cost in costs if cost.is_joint),
        undivided=Figure.total(cost.figure for cost in costs if not cost.received),
        joint_note=joint_note,
    )


def _by_line(content: Content) -> Figures:
    """Each line with its parts, by code."""
    found: dict[int, list[Figure]] = defaultdict(list)
    above = {line.pk: line.parent_id for line in content.lines}
    for cost in content.costs:
        for line in (cost.line, above[cost.line]):
            if line is not None:
                found[line].append(cost.figure)
    return {line.code: Figure.total(found[line.pk]) for line in content.lines}


def _benefits(costs: Iterable[Cost], weights: Mapping[str, int]) -> Iterator[Part]:
    """The split of each cost line, and joint ones over the members by the plan's rule.

    Each cost line is divided by itself, in cents, so that a total per municipality can
    be followed to its rows.
    """
    for cost in costs:
        if not (weights and cost.is_joint and cost.received):
            yield from cost.received
        elif cost.amount is None:
            yield from ((code, cost.figure) for code in weights)
        else:
            cents = apportion(int(cost.amount.scaleb(2)), weights)
            yield from ((code, Figure.of(Decimal(n).scaleb(-2))) for code, n in cents.items())


def _by_municipality(content: Content, shares: Iterable[Part]) -> Figures:
    """Added up per municipality: every member, then others that occur."""
    return dict.fromkeys(content.places.members, Figure.zero()) | _stated(shares)


def _stated(shares: Iterable[Part]) -> Figures:
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
