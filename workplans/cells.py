"""From the three typed cells of an action to values, and only here.

Amount, planning and municipalities are typed as in the documents. What can be read
gives values and shares; what cannot gives a fault with its Dutch sentence. The caller
decides whether a fault refuses the change or leaves the cell unread.
"""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from funds.notation import Amount, AmountState, NotationError, read_amount
from workplans.notation.division import divide, population_date
from workplans.notation.places import Places
from workplans.notation.planning import Planning, read_planning
from workplans.notation.shares import REST_POPULATION, Rule, Sharing, read_shares


@dataclass(frozen=True)
class Cell:
    """The text of a cell; `unread` when somebody left it although it cannot be read."""

    text: str = ""
    unread: bool = False


@dataclass(frozen=True)
class Typed:
    """The cells of one action as typed. No `amount` at all means: no cost line.

    `key_date` is the reference date of the inhabitants that an earlier reading of the
    same `municipalities` chose; it is kept while the text is unchanged.
    """

    amount: Cell | None = None
    planning: Cell = Cell()
    municipalities: Cell = Cell()
    key_date: datetime.date | None = None


@dataclass(frozen=True)
class Reading:
    """What the cells say; shares are by CBS code, in the order of the text.

    `state` is None without a cost line; `amount` is None then, and when the text could
    not be read.
    """

    state: AmountState | None
    amount: Amount | None
    planning: Planning
    sharing: Sharing
    shares: tuple[tuple[str, Decimal | None], ...]
    key_date: datetime.date | None
    faults: dict[str, str] = field(default_factory=dict)
    """Dutch sentence by name of the cell (`amount`, `planning`, `municipalities`)."""


def read_cells(typed: Typed, places: Places) -> Reading:
    """Read the three cells together, for shares need both amount and municipalities."""
    faults: dict[str, str] = {}
    amount = _amount(typed.amount, faults)
    state = None if typed.amount is None else amount.state if amount else AmountState.UNREAD
    planning = _planning(typed.planning, faults)
    sharing = _sharing(typed, places, faults)
    shares: tuple[tuple[str, Decimal | None], ...] = ()
    key_date = None
    try:
        key_date = population_date(sharing, places)
        if state is not None:
            shares = divide(sharing, state, amount.amount if amount else None, places)
    except NotationError as fault:
        faults["municipalities"] = fault.sentence
        sharing, shares, key_date = Sharing(Rule.UNDIVIDED), (), None
    return Reading(state, amount, planning, sharing, shares, key_date, faults)


def clashes(typed: Typed, reading: Reading, *, nature: str, funding: str) -> dict[str, str]:
    """What stands beside the amount and does not go with it: a Dutch sentence for
    `nature` and for `funding`. Saying twice the same is no fault."""
    beside = {"nature": nature, "funding": funding}
    if typed.amount is None:
        return {
            name: "Dit hoort bij een bedrag; voeg een kostenregel toe, het bedrag mag leeg zijn."
            for name, value in beside.items()
            if value
        }
    faults: dict[str, str] = {}
    said = reading.amount
    if said and nature and said.nature and said.nature != nature:
        faults["nature"] = "Het bedrag noemt een andere aard; haal een van de twee weg."
    if said and funding and said.funding and said.funding != funding:
        faults["funding"] = "Het bedrag noemt een andere pot; haal een van de twee weg."
    return faults


def _amount(cell: Cell | None, faults: dict[str, str]) -> Amount | None:
    if cell is None or cell.unread:
        return None
    try:
        return read_amount(cell.text)
    except NotationError as fault:
        faults["amount"] = fault.sentence
        return None


def _planning(cell: Cell, faults: dict[str, str]) -> Planning:
    if cell.unread:
        return Planning()
    try:
        return read_planning(cell.text)
    except NotationError as fault:
        faults["planning"] = fault.sentence
        return Planning()


def _sharing(typed: Typed, places: Places, faults: dict[str, str]) -> Sharing:
    if typed.municipalities.unread:
        return Sharing(Rule.UNDIVIDED)
    try:
        sharing = read_shares(typed.municipalities.text, places)
    except NotationError as fault:
        faults["municipalities"] = fault.sentence
        return Sharing(Rule.UNDIVIDED)
    by_population = REST_POPULATION in (sharing.rule, sharing.rest)
    if by_population and sharing.date is None and typed.key_date is not None:
        return dataclasses.replace(sharing, date=typed.key_date)
    return sharing


def action_values(typed: Typed, reading: Reading) -> dict[str, Any]:
    """The fields of an `Action` that its cells fill; `lead` as CBS code."""
    return {
        "planning_text": typed.planning.text,
        "planning_unread": typed.planning.unread or "planning" in reading.faults,
        "planning_by_hand": reading.planning.by_hand,
        "municipalities_text": typed.municipalities.text,
        "municipalities_unread": typed.municipalities.unread or "municipalities" in reading.faults,
        "sharing": reading.sharing.rule.value,
        "lead": reading.sharing.lead,
        "key_date": reading.key_date,
    }


def cost_values(typed: Typed, reading: Reading, *, nature: str, funding: str) -> dict[str, Any]:
    """The fields of the `CostLine`; `nature` and `funding` are used where the text of
    the amount does not say them itself."""
    assert typed.amount is not None
    assert reading.state is not None
    said = reading.amount
    return {
        "text": typed.amount.text,
        "state": reading.state.value,
        "amount": said.amount if said else None,
        "nature": (said.nature if said else "") or nature,
        "nature_note": said.nature_note if said else "",
        "cover": said.cover if said else "",
        "basis": said.basis if said else "",
        "bound": said.bound if said else "",
        "vat": said.vat if said else "",
        "is_provisional": said.provisional if said else False,
        "note": said.note if said else "",
        "funding_text": (said.funding if said else "") or funding,
    }


def planning_values(reading: Reading) -> list[dict[str, Any]]:
    """The fields of each `PlanningEntry`, in the order of the text."""
    return [
        {
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
        for entry in reading.planning.entries
    ]
