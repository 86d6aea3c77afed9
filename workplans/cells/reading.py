"""What the cells of an action say; what cannot be read gives a fault."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from funds.notation import Amount, AmountState, Basis, NotationError, read_amount
from workplans.cells.typed import Cell, Path, Typed, TypedCost
from workplans.notation.bearers import Bearers, bearers
from workplans.notation.division import divide, population_date
from workplans.notation.funding import Funding, Source, read_funding
from workplans.notation.payments import payments
from workplans.notation.places import Places
from workplans.notation.planning import Planning, read_planning
from workplans.notation.shares import REST_POPULATION, Rule, Sharing, read_shares

UNDIVIDED = Sharing(Rule.UNDIVIDED)
PLANNING_CELLS = {"planning": "period", "start": "start", "end": "end"}
"""Cell to the aspect of the planning that it says."""


@dataclass(frozen=True)
class Payment:
    """A pot, and what it pays of the cost line; None where that is not known."""

    source: Source
    amount: Decimal | None = None


@dataclass(frozen=True)
class Division:
    """A cell for municipalities as it was read."""

    sharing: Sharing = UNDIVIDED
    key_date: datetime.date | None = None


@dataclass(frozen=True)
class ReadCost:
    """What one cost says; shares are by CBS code, in the order of the text. `bearers`
    are there where its pots say which municipality pays what.

    `amount` is None when the text could not be read. `division` is there where the cost
    has a cell for municipalities of its own.
    """

    state: AmountState
    amount: Amount | None
    division: Division | None
    shares: tuple[tuple[str, Decimal | None], ...]
    payments: tuple[Payment, ...]
    bearers: Bearers = ()


@dataclass(frozen=True)
class Reading:
    """What the cells say. `plannings` goes by cell (`planning`, `start`, `end`); without
    a cell for planning that one has the periods from start to end, or is by hand.

    `faults` has a Dutch sentence by the path of the cell in the tree of the action:
    `("amount",)`, `("costs", 1, "municipalities")`.
    """

    costs: tuple[ReadCost, ...]
    plannings: dict[str, Planning]
    division: Division
    payments: tuple[Payment, ...]
    faults: dict[Path, str] = field(default_factory=dict)


def read_cells(typed: Typed, places: Places) -> Reading:
    """Read all cells of an action together, for shares need amount and municipalities."""
    return _Reader(typed, places).read()


class _Reader:
    """Reads one action, and collects what is wrong."""

    def __init__(self, typed: Typed, places: Places) -> None:
        self.typed, self.places = typed, places
        self.faults: dict[Path, str] = {}

    def read(self) -> Reading:
        typed = self.typed
        plannings = {name: self._planning(name, getattr(typed, name)) for name in PLANNING_CELLS}
        if not typed.planning.text:
            plannings["planning"] = self._together()
        division = self._division(("municipalities",), typed.municipalities, typed.key_date)
        costs = []
        for number, cost in enumerate(typed.costs):
            read, division = self._cost(number, cost, division)
            costs.append(read)
        if ("municipalities",) in self.faults:
            costs = [c if c.division else dataclasses.replace(c, shares=()) for c in costs]
        alone = () if typed.costs else self._payments(("funding",), typed.funding, None)
        return Reading(tuple(costs), plannings, division, alone, self.faults)

    def _cost(self, number: int, cost: TypedCost, common: Division) -> tuple[ReadCost, Division]:
        """Read a cost; also returns the division of the action, which is none any more
        once this cost cannot be divided by it."""
        path = self.typed.cost_path(number)
        amount = self._amount((*path, "amount"), cost.amount)
        state = amount.state if amount else AmountState.UNREAD
        own = None
        place: Path = ("municipalities",)
        if cost.municipalities.text:
            place = (*path, "municipalities")
            own = self._division(place, cost.municipalities, cost.key_date)
        try:
            found = amount.amount if amount else None
            shares = divide((own or common).sharing, state, found, self.places)
        except NotationError as fault:
            self.faults[place] = fault.sentence
            shares = ()
            own, common = (Division(), common) if own else (None, Division())
        self._clashes(path, cost, amount)
        paid = self._cost_payments(path, cost, amount)
        borne = bearers([(each.source, each.amount) for each in paid], self.places)
        return ReadCost(state, amount, own, shares, paid, borne), common

    def _amount(self, path: Path, cell: Cell) -> Amount | None:
        if cell.unread:
            return None
        try:
            return read_amount(cell.text)
        except NotationError as fault:
            self.faults[path] = fault.sentence
            return None

    def _planning(self, name: str, cell: Cell) -> Planning:
        if cell.unread:
            return Planning()
        try:
            return read_planning(cell.text)
        except NotationError as fault:
            self.faults[(name,)] = fault.sentence
            return Planning()

    def _together(self) -> Planning:
        """The periods from start to end; by hand where the two cells do not make any."""
        start, end = self.typed.start, self.typed.end
        if start.unread or end.unread or not (start.text or end.text):
            return Planning()
        try:
            found = read_planning(f"Start: {start.text} Eind: {end.text}")
        except NotationError:
            return Planning(by_hand=True)
        return Planning(by_hand=True) if found.by_hand else found

    def _division(self, path: Path, cell: Cell, kept: datetime.date | None) -> Division:
        if cell.unread:
            return Division()
        try:
            sharing = read_shares(cell.text, self.places)
            by_population = REST_POPULATION in (sharing.rule, sharing.rest)
            if by_population and sharing.date is None and kept is not None:
                sharing = dataclasses.replace(sharing, date=kept)
            return Division(sharing, population_date(sharing, self.places))
        except NotationError as fault:
            self.faults[path] = fault.sentence
            return Division()

    def _clashes(self, path: Path, cost: TypedCost, said: Amount | None) -> None:
        """What stands beside the amount and does not go with it; the same twice does."""
        if said and cost.nature and said.nature and said.nature != cost.nature:
            self.faults[(*path, "nature")] = (
                "Het bedrag noemt een andere aard; haal een van de twee weg."
            )
        if said and cost.funding and said.funding and said.funding != cost.funding:
            self.faults[(*path, "funding")] = (
                "Het bedrag noemt een andere pot; haal een van de twee weg."
            )

    def _cost_payments(
        self, path: Path, cost: TypedCost, said: Amount | None
    ) -> tuple[Payment, ...]:
        """The pots of a cost: those that are named, or else the cover of its amount."""
        if said and not said.funding and not cost.funding:
            pots = Funding((Source(said.cover),)) if said.cover else Funding()
            return _paid(pots, said)
        place = "amount" if said and said.funding else "funding"
        return self._payments((*path, place), (said.funding if said else "") or cost.funding, said)

    def _payments(self, path: Path, text: str, said: Amount | None) -> tuple[Payment, ...]:
        try:
            return _paid(read_funding(text, self.places) if text else Funding(), said)
        except NotationError as fault:
            self.faults.setdefault(path, fault.sentence)
            return ()


def _paid(funding: Funding, said: Amount | None) -> tuple[Payment, ...]:
    years = {source.year for source in funding.sources}
    # Of a yearly amount the pots of one year pay that amount, not a part of it.
    yearly = said is not None and said.basis == Basis.PER_YEAR and len(years) > 1
    amounts = payments(funding, said.amount if said and not yearly else None)
    return tuple(map(Payment, funding.sources, amounts))
