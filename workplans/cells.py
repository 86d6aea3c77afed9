"""From the typed cells of an action to values, and only here.

Amounts, planning, municipalities and funding are typed as in the documents. What can
be read gives values and shares; what cannot gives a fault with its Dutch sentence. The
caller decides whether a fault refuses the change or leaves the cell unread.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from funds.notation import Amount, AmountState, Basis, NotationError, read_amount
from workplans.notation.bearers import Bearers, bearers
from workplans.notation.division import divide, population_date
from workplans.notation.funding import Funding, Source, read_funding
from workplans.notation.payments import payments
from workplans.notation.places import Places
from workplans.notation.planning import Planning, read_planning
from workplans.notation.shares import REST_POPULATION, Rule, Sharing, read_shares

Path = tuple[str | int, ...]

UNDIVIDED = Sharing(Rule.UNDIVIDED)
PLANNING_CELLS = {"planning": "period", "start": "start", "end": "end"}
"""Cell to the aspect of the planning that it says."""


@dataclass(frozen=True)
class Cell:
    """The text of a cell; `unread` when somebody left it although it cannot be read."""

    text: str = ""
    unread: bool = False


@dataclass(frozen=True)
class TypedCost:
    """One amount as typed, with what stands beside it.

    `municipalities` is empty where the cost is divided as the action says. `key_date` as
    in `Typed`, for a division of its own.
    """

    amount: Cell = Cell()
    nature: str = ""
    funding: str = ""
    label: str = ""
    municipalities: Cell = Cell()
    key_date: datetime.date | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it can stand at the action itself, in the columns of a table."""
        return not self.label and not self.municipalities.text


@dataclass(frozen=True)
class Typed:
    """The cells of one action as typed. No costs at all means: no cost line; then
    `funding` may name pots without an amount.

    `key_date` is the reference date of the inhabitants that an earlier reading of the
    same `municipalities` chose; it is kept while the text is unchanged.
    """

    costs: tuple[TypedCost, ...] = ()
    planning: Cell = Cell()
    start: Cell = Cell()
    end: Cell = Cell()
    municipalities: Cell = Cell()
    funding: str = ""
    key_date: datetime.date | None = None

    def cost_path(self, number: int) -> Path:
        """Where a cost stands in the tree of its action: a plain one alone in it."""
        alone = len(self.costs) == 1 and self.costs[0].is_plain
        return () if alone else ("costs", number)


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
    a cell for planning that one has the periods from start to end.

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
        """The periods from start to end, where both cells have a moment to give."""
        start, end = self.typed.start, self.typed.end
        if start.unread or end.unread or not (start.text or end.text):
            return Planning()
        try:
            found = read_planning(f"Start: {start.text} Eind: {end.text}")
        except NotationError:
            return Planning()
        return Planning() if found.by_hand else found

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


def action_values(typed: Typed, reading: Reading) -> dict[str, Any]:
    """The fields of an `Action` that its cells fill; `lead` as CBS code."""
    values: dict[str, Any] = {"funding_text": "" if typed.costs else typed.funding}
    for name, planning in reading.plannings.items():
        cell: Cell = getattr(typed, name)
        values[f"{name}_text"] = cell.text
        values[f"{name}_unread"] = cell.unread or (name,) in reading.faults
        values[f"{name}_by_hand"] = planning.by_hand
    is_wrong = ("municipalities",) in reading.faults
    return values | _division_values(typed.municipalities, reading.division, is_wrong)


def _division_values(cell: Cell, division: Division, is_wrong: bool) -> dict[str, Any]:
    return {
        "municipalities_text": cell.text,
        "municipalities_unread": cell.unread or is_wrong,
        "sharing": division.sharing.rule.value,
        "lead": division.sharing.lead,
        "key_date": division.key_date,
    }


def cost_values(typed: Typed, reading: Reading) -> Iterator[dict[str, Any]]:
    """The fields of each `CostLine`; `lead` as CBS code. Nature and funding beside the
    amount are used where its text does not say them itself."""
    for number, (cost, read) in enumerate(zip(typed.costs, reading.costs, strict=True)):
        said = read.amount
        is_wrong = (*typed.cost_path(number), "municipalities") in reading.faults
        yield {
            "position": number,
            "label": cost.label,
            "text": cost.amount.text,
            "state": read.state.value,
            "amount": said.amount if said else None,
            "nature": (said.nature if said else "") or cost.nature,
            "nature_note": said.nature_note if said else "",
            "cover": said.cover if said else "",
            "basis": said.basis if said else "",
            "bound": said.bound if said else "",
            "vat": said.vat if said else "",
            "is_provisional": said.provisional if said else False,
            "note": said.note if said else "",
            "funding_text": (said.funding if said else "") or cost.funding,
            **_division_values(
                cost.municipalities,
                read.division or Division(),
                is_wrong and read.division is not None,
            ),
        }


def planning_values(reading: Reading) -> Iterator[dict[str, Any]]:
    """The fields of each `PlanningEntry`, by cell and in the order of its text."""
    for name, planning in reading.plannings.items():
        for position, entry in enumerate(planning.entries):
            yield {
                "aspect": PLANNING_CELLS[name],
                "position": position,
                "label": entry.label,
                "group": entry.group,
                "start_year": entry.start.year if entry.start else None,
                "start_quarter": entry.start.quarter if entry.start else None,
                "end_year": entry.end.year if entry.end else None,
                "end_quarter": entry.end.quarter if entry.end else None,
                "is_continuous": entry.continuous,
                "is_alternative": entry.alternative,
                "state": entry.state.value,
                "reference": entry.reference,
            }


def payment_values(paid: tuple[Payment, ...]) -> Iterator[dict[str, Any]]:
    """The fields of each `FundingEntry`; `municipality` as CBS code."""
    for position, payment in enumerate(paid):
        source = payment.source
        yield {
            "position": position,
            "pot": source.pot,
            "year": source.year,
            "municipality": source.municipality,
            "percentage": source.percentage,
            "stated": source.amount,
            "amount": payment.amount,
            "is_rest": source.rest,
            "is_alternative": source.alternative,
            "is_certain": source.certain,
        }
