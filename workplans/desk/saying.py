"""How the cells of an action were read, in words, and what would mend them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from funds.notation import AmountState, NotationError, format_amount, format_euro, format_number
from workplans import planfile
from workplans.cells import Reading, read_cells
from workplans.cells.reading import ReadCost
from workplans.notation.places import Places, format_date
from workplans.notation.planning import format_planning
from workplans.notation.shares import Rule, read_shares
from workplans.planfile import Tree


@dataclass(frozen=True)
class Remedy:
    """A text that would make a cell right, and what a person calls it."""

    label: str
    text: str


@dataclass(frozen=True)
class Said:
    """By cell: how it was read where that adds something, and what is wrong."""

    says: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def said(tree: Tree, places: Places) -> Said:
    """What the cells of an action say: those of its part of the tree, each read as if it
    were typed now. Asks the database nothing."""
    plain, reading = _read(tree, places)
    faults = {str(path[-1]): sentence for path, sentence in reading.faults.items()}
    says = _says(plain, reading, places)
    return Said({key: text for key, text in says.items() if key not in faults and text}, faults)


def remedies(tree: Tree, places: Places) -> dict[str, tuple[Remedy, ...]]:
    """What would make a cell right, by cell: for a division that does not add up. Reads
    the action once more for each; ask it only where somebody is typing."""
    plain, reading = _read(tree, places)
    if ("municipalities",) not in reading.faults:
        return {}
    found = _remedies(plain, reading, places)
    return {"municipalities": found} if found else {}


def _read(tree: Tree, places: Places) -> tuple[Tree, Reading]:
    """The tree with every cell as its text, and what that says."""
    plain = {
        key: value["unread"] if isinstance(value, dict) else value for key, value in tree.items()
    }
    return plain, read_cells(planfile.typed_cells(plain, lambda _: None), places)


def _says(tree: Tree, reading: Reading, places: Places) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("planning", "start", "end"):
        planning = reading.plannings[name]
        if tree.get(name) and planning.entries:
            found[name] = _new(format_planning(planning), tree[name])
        elif tree.get(name):
            found[name] = "Een zin, geen moment om mee te rekenen"
    if len(reading.costs) == 1 and "amount" in tree:
        found["amount"] = _amount(reading.costs[0], tree["amount"])
        found["municipalities"] = _division(reading.costs[0], reading, places)
    return found


def _amount(cost: ReadCost, typed: str) -> str:
    if cost.amount is None:
        return ""
    if cost.state is AmountState.BLANK:
        return "Nog in te vullen"
    return _new(format_amount(cost.amount), typed)


def _new(read: str, typed: str) -> str:
    """How it was read, unless that is what was typed."""
    return "" if _plain(read) == _plain(typed) else read


def _plain(text: str) -> str:
    kept = text.casefold().replace(",-", "").replace(",00", "").replace("t/m", "-")
    return "".join(letter for letter in kept if letter.isalnum() or letter in "-/+")


def _division(cost: ReadCost, reading: Reading, places: Places) -> str:
    """Who gets what, to the cent; nothing where the text says it itself."""
    rule = reading.division.sharing.rule
    if rule in (Rule.UNDIVIDED, Rule.SINGLE):
        return ""
    if rule is Rule.LEAD:
        return f"Alles via {places.name(reading.division.sharing.lead)}"
    amounts = [amount for _, amount in cost.shares if amount is not None]
    if not amounts or len(amounts) < len(cost.shares):
        return f"Over {places.listed([code for code, _ in cost.shares])}"
    if len(set(amounts)) == 1:
        return f"{len(amounts)} × {format_euro(amounts[0])}"
    cents = any(amount % 1 for amount in amounts)
    parts = ", ".join(
        f"{places.name(code)} {format_number(amount, cents=cents)}"
        for code, amount in cost.shares
        if amount is not None
    )
    day = reading.division.key_date
    return f"{parts} (inwoners op {format_date(day)})" if day else parts


def _remedies(tree: Tree, reading: Reading, places: Places) -> tuple[Remedy, ...]:
    """Divisions of the same amount that do add up."""
    if len(reading.costs) != 1 or reading.costs[0].amount is None:
        return ()
    amount = reading.costs[0].amount.amount
    try:
        sharing = read_shares(tree.get("municipalities", ""), places)
    except NotationError:
        sharing = None
    candidates = []
    if sharing is not None and sharing.amounts and amount is not None:
        rest = amount - sum(sharing.amounts.values(), Decimal())
        if rest > 0:
            candidates += [
                Remedy(f"Geef de rest ({format_euro(rest)}) aan {places.name(code)}", text)
                for code, text in _with_rest(sharing.amounts, rest, places)
            ]
    candidates += [
        Remedy("Verdeel gelijk over de gemeenten", "gelijk over de gemeenten"),
        Remedy("Verdeel naar rato van inwoners", "naar rato van inwoners"),
    ]
    return tuple(remedy for remedy in candidates if _helps(tree, remedy, places))


def _with_rest(
    amounts: dict[str, Decimal] | object, rest: Decimal, places: Places
) -> list[tuple[str, str]]:
    """The division with the rest given to the first that it names, and to the first
    member that it does not name."""
    named = dict(amounts)  # type: ignore[call-overload]
    others = [code for code in places.members if code not in named]
    found = []
    for code in [next(iter(named)), *others[:1]]:
        full = named | {code: named.get(code, Decimal()) + rest}
        text = ", ".join(f"{places.name(who)}: {format_euro(part)}" for who, part in full.items())
        found.append((code, text))
    return found


def _helps(tree: Tree, remedy: Remedy, places: Places) -> bool:
    tried = read_cells(
        planfile.typed_cells(tree | {"municipalities": remedy.text}, lambda _: None), places
    )
    return ("municipalities",) not in tried.faults
