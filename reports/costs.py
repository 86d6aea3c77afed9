"""What the totals of a plan are made of: its cost lines, without the rows they came from.

A page of a whole plan has those rows in hand. Who asks only the totals, as the editor does
after each change, has no use for them, and making them costs more than adding up. Both
ways of reading end in `_cost`, so that there is one calculation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeAlias, TypeVar

from django.db.models import Case, Model, Q, QuerySet, When
from djmoney.money import Money

from funds.figure import Figure
from funds.notation import AmountState
from workplans.models import ActionLine, CostLine, FundingEntry, Share

UNSTATED = "niet vermeld"
"""The pot of a cost that names none."""
REST = "rest"
"""The pot of funding that names none: what is left over."""

Made = TypeVar("Made")
Part: TypeAlias = tuple[str, Figure]
"""A municipality by CBS code, and what it gets or bears."""


@dataclass(frozen=True)
class Pot:
    """What one pot pays; without a figure where only the pot is said."""

    name: str
    year: int | None
    figure: Figure | None
    is_certain: bool = True
    is_alternative: bool = False


@dataclass(frozen=True)
class Cost:
    """A cost line: the key of its action line, one of `NATURES`, its amount in euro where
    it has one, what it adds to a total, and of that to each recipient, bearer and pot."""

    line: int
    nature: str
    is_joint: bool
    amount: Decimal | None
    figure: Figure
    received: tuple[Part, ...]
    borne: tuple[Part, ...]
    pots: tuple[Pot, ...]

    @classmethod
    def of(cls, row: CostLine) -> Cost:
        """A row whose action, shares and funding were fetched."""
        kept = (
            row.action.line_id,
            row.nature,
            row.state,
            _euros(row.amount),
            row.cover,
            row.is_provisional,
            row.division.sharing,
            row.division.municipalities_unread,
        )
        shares = [
            _Share(one.capacity, one.municipality.code, one.state, _euros(one.amount))
            for one in row.shares.all()
        ]
        funding = [
            _Funding(one.pot, one.year, _euros(one.amount), one.is_certain, one.is_alternative)
            for one in row.funding.all()
        ]
        return _cost(_Row(*kept), shares, funding)


def costs_of(lines: Iterable[ActionLine]) -> tuple[Cost, ...]:
    """The cost lines of the actions of these lines, in the order of the document. Three
    queries."""
    rows = CostLine.objects.filter(action__line__in=[line.pk for line in lines]).order_by(
        "action__line__position",
        "action__line",
        "action__position",
        "action",
        "position",
        "pk",
    )
    shares = _by_cost(rows, Share, _Share, ("capacity", "municipality__code", "state", "amount"))
    funding = _by_cost(rows, FundingEntry, _Funding, _Funding._fields)
    # See `CostLine.division`: its own cell goes before that of the action.
    own = ~Q(municipalities_text="")
    found = rows.values_list(
        "pk",
        "action__line",
        "nature",
        "state",
        "amount",
        "cover",
        "is_provisional",
        Case(When(own, "sharing"), default="action__sharing"),
        Case(When(own, "municipalities_unread"), default="action__municipalities_unread"),
    )
    return tuple(_cost(_Row(*row), shares[pk], funding[pk]) for pk, *row in found)


class _Row(NamedTuple):
    line: int
    nature: str
    state: str
    amount: Decimal | None
    cover: str
    is_provisional: bool
    sharing: str
    is_unread: bool


class _Share(NamedTuple):
    capacity: str
    code: str
    state: str
    amount: Decimal | None


class _Funding(NamedTuple):
    pot: str
    year: int | None
    amount: Decimal | None
    is_certain: bool
    is_alternative: bool


def _by_cost(
    costs: QuerySet[CostLine],
    model: type[Model],
    made: Callable[..., Made],
    fields: tuple[str, ...],
) -> dict[int, list[Made]]:
    found: dict[int, list[Made]] = defaultdict(list)
    rows = model._default_manager.filter(cost_line__in=costs.order_by())
    for cost, *values in rows.order_by("position", "pk").values_list("cost_line", *fields):
        found[cost].append(made(*values))
    return found


def _cost(row: _Row, shares: Iterable[_Share], funding: Sequence[_Funding]) -> Cost:
    figure = counted(row.state, row.amount, is_unread=row.is_unread)
    divided: dict[str, list[Part]] = defaultdict(list)
    for share in shares:
        part = Figure.entry(AmountState(share.state), share.amount)
        divided[share.capacity].append((share.code, part))
    return Cost(
        line=row.line,
        nature=row.nature or "unstated",
        is_joint=row.sharing == CostLine.Sharing.LEAD,
        amount=row.amount,
        figure=figure,
        received=tuple(divided[Share.Capacity.RECIPIENT]),
        borne=tuple(divided[Share.Capacity.BEARER]),
        pots=tuple(_pots(row, figure, funding)),
    )


def counted(state: str, amount: Decimal | None, *, is_unread: bool) -> Figure:
    """What a cost line adds to each total that it belongs to.

    Municipalities that could not be read are a gap wherever the amount counts: nobody
    knows yet for whom it is.
    """
    figure = Figure.entry(AmountState(state), amount)
    if is_unread and state != AmountState.NOT_APPLICABLE:
        figure += Figure.gap(AmountState.UNREAD)
    return figure


def _pots(row: _Row, figure: Figure, funding: Sequence[_Funding]) -> Iterator[Pot]:
    """The pot that the amount of a cost line says; else those of its funding; else none
    that is named."""
    if row.state == AmountState.NOT_APPLICABLE:
        return
    if row.cover:
        yield Pot(row.cover, None, figure, not row.is_provisional)
    elif not funding:
        yield Pot(UNSTATED, None, figure)
    for one in () if row.cover else funding:
        known = None if one.amount is None else Figure.of(one.amount)
        yield Pot(one.pot or REST, one.year, known, one.is_certain, one.is_alternative)


def _euros(amount: Money | None) -> Decimal | None:
    return None if amount is None else amount.amount
