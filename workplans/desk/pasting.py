"""What a pasted table would do to a table of the editor: which rows are new, what changes,
what stays the same, how each cell is read, and the changes that come of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from municipalities import textfile
from workplans import planfile
from workplans.desk.fields import ACTION, Field
from workplans.desk.matching import Table
from workplans.desk.page import Target
from workplans.desk.saying import Said, said
from workplans.desk.sheet import several, typed_text
from workplans.desk.values import READ, means_same, value_of
from workplans.editing import Add, Change, Put
from workplans.editing.change import END
from workplans.editing.codes import next_code
from workplans.notation.places import Places
from workplans.planfile import KEY, Tree
from workplans.services.editing import NAMED

SHOWN = 100
"""So many rows are shown; the counts are of all."""
State = Literal["new", "changed", "same", "refused"]
SEVERAL = "Deze actie heeft meer kostenregels; wijzig die op de pagina van de actie."
NO_AMOUNT = "Een aard hoort bij een bedrag; vul ook het bedrag in."
DESCRIPTION = ACTION["description"]
TWICE = "Dit nummer staat al in een rij hierboven; de rij krijgt het volgende."


@dataclass
class PastedCell:
    """A cell: what is pasted, what stands there now, and what becomes of it. `fault`: it
    is stored as typed, unread; `refusal`: it is not stored."""

    column: Field
    text: str
    was: str
    value: Any
    state: State
    says: str = ""
    fault: str = ""
    refusal: str = ""

    @property
    def choice(self) -> str:
        return dict(self.column.choices).get(self.text, self.text)

    @property
    def was_choice(self) -> str:
        return dict(self.column.choices).get(self.was, self.was)


@dataclass
class PastedRow:
    """A row of the table, with the part that it is about (none: a new one), and the tree
    of the part as it would be."""

    number: int
    handle: str
    name: str
    cells: list[PastedCell]
    tree: Tree
    refusal: str = ""

    def at(self, key: str) -> PastedCell | None:
        return next((cell for cell in self.cells if cell.column.key == key), None)

    @property
    def state(self) -> State:
        if self.refusal:
            return "refused"
        if not self.handle:
            return "new"
        return "changed" if any(cell.state == "changed" for cell in self.cells) else "same"


@dataclass(frozen=True)
class Pasting:
    """A whole paste. `keys` has the key of each column, empty where it is left out."""

    target: Target
    table: Table
    keys: tuple[str, ...]
    rows: tuple[PastedRow, ...]

    def count(self, state: State) -> int:
        return sum(row.state == state for row in self.rows)

    @property
    def unread(self) -> int:
        return sum(bool(cell.fault) for row in self.rows for cell in row.cells)

    @property
    def left(self) -> int:
        """How many cells and rows are not stored."""
        cells = sum(bool(cell.refusal) for row in self.rows for cell in row.cells)
        return cells + self.count("refused")

    @property
    def columns(self) -> list[Field]:
        """Every column that some row has a cell for, in the order of the table."""
        found = {cell.column.key: cell.column for row in self.rows for cell in row.cells}
        return list(found.values())

    def first_rows(self) -> list[tuple[PastedRow, list[PastedCell | None]]]:
        """The rows to be shown, with a cell or nothing for each column."""
        keys = [column.key for column in self.columns]
        return [(row, [row.at(key) for key in keys]) for row in self.rows[:SHOWN]]

    def changes(self) -> list[Change]:
        return list(self._changes())

    def _changes(self) -> Iterator[Change]:
        into, _, name = self.target.home.partition("/")
        for row in self.rows:
            if row.state == "new":
                yield Add(f"new:{row.number}", into, name, END, row.tree)
            for cell in row.cells if row.state == "changed" else ():
                if cell.state == "changed":
                    part = self.target.parts[row.handle]
                    was = value_of(cell.column, cell.was) if cell.column.key in part else None
                    yield Put(row.handle, cell.column.key, was, cell.value)

    @property
    def digest(self) -> str:
        """A mark of what would change, to see that it is still what somebody saw."""
        parts = [[type(change).__name__, vars(change)] for change in self.changes()]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def summary(pasting: Pasting) -> str:
    """What was done, in words: `12 rijen toegevoegd, 3 gewijzigd`."""
    return _counted(pasting, ("toegevoegd", "toegevoegd"), ("gewijzigd", "gewijzigd"))


def outlook(pasting: Pasting) -> str:
    """What would be done: `12 rijen komen erbij, 3 veranderen`."""
    return _counted(pasting, ("komt erbij", "komen erbij"), ("verandert", "veranderen"))


def _counted(pasting: Pasting, *words: tuple[str, str]) -> str:
    numbers = (pasting.count("new"), pasting.count("changed"))
    parts: list[str] = []
    for number, (one, more) in zip(numbers, words, strict=True):
        noun = "" if parts else (" rij" if number == 1 else " rijen")
        if number:
            parts.append(f"{number}{noun} {one if number == 1 else more}")
    return ", ".join(parts) or "Er verandert niets"


# ---- deciding


@dataclass
class _Work:
    """What is known while the rows are gone through."""

    target: Target
    places: Places
    clears: bool
    codes: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    heard: dict[str, Said] = field(default_factory=dict)

    def said(self, tree: Tree) -> Said:
        """How the cells of an action are read; rows that say the same are read once."""
        asked = {key: tree[key] for key in (*READ, "costs") if key in tree}
        name = json.dumps(asked, sort_keys=True)
        if name not in self.heard:
            self.heard[name] = said({"title": "-", **asked}, self.places)
        return self.heard[name]


def paste(
    target: Target, table: Table, keys: Sequence[str], places: Places, *, start: str, clears: bool
) -> Pasting:
    """Decide about every row. With a column of numbers a row is about the part with that
    number, and new without one; else the rows go on from the part `start`, and are new
    below the last. An empty cell changes nothing, unless it `clears`."""
    work = _Work(target, places, clears, list(target.codes))
    fields = [target.fields.get(key) for key in keys]
    rows = []
    for number, (cells, handle) in enumerate(_about(target, table, keys, start), 1):
        rows.append(_row(work, number, handle, list(zip(fields, cells, strict=True))))
    _hold_to_shape(target.kind, rows)
    if target.kind == "action":
        for row in rows:
            _hear(work, row)
    return Pasting(target, table, tuple(keys), tuple(rows))


def _about(
    target: Target, table: Table, keys: Sequence[str], start: str
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each row with the handle of the part that it is about."""
    at = keys.index("code") if "code" in keys else -1
    if at >= 0 and any(row[at] for row in table.rows):
        known = _by_code(target)
        seen: set[str] = set()
        for row in table.rows:
            handle = known.get(row[at], known.get(target.short(row[at]), ""))
            yield row, "" if handle in seen else handle
            seen.add(handle)
        return
    handles = list(target.parts)
    first = handles.index(start) if start in handles else len(handles)
    for n, row in enumerate(table.rows, first):
        yield row, handles[n] if n < len(handles) else ""


def _by_code(target: Target) -> dict[str, str]:
    """Parts by their full code, and by their own where only one has it."""
    own = {handle: part.get("code", "") for handle, part in target.parts.items()}
    often = Counter(own.values())
    found = {code: handle for handle, code in own.items() if code and often[code] == 1}
    return found | {code: handle for handle, code in target.full.items() if code}


def _row(
    work: _Work, number: int, handle: str, given: Sequence[tuple[Field | None, str]]
) -> PastedRow:
    was = work.target.parts.get(handle, {})
    tree = {key: value for key, value in was.items() if key != KEY}
    cells = []
    for column, text in _divided([(c, t) for c, t in given if c is not None], work.target.kind):
        cell = _cell(work, handle, was, column, text)
        cells.append(cell)
        if cell.state in ("new", "changed") and not cell.refusal:
            _put(tree, column.key, cell.value)
    row = PastedRow(number, handle, work.target.names.get(handle, ""), cells, tree)
    if not handle:
        _give_code(work, row)
    _hold_nature(row)
    return row


def _divided(cells: list[tuple[Field, str]], kind: str) -> list[tuple[Field, str]]:
    """The first line of an action is its title; what follows in the same cell describes
    it, where no other column does."""
    if kind != "action" or any(column.key == "description" for column, _ in cells):
        return cells
    from_title: list[tuple[Field, str]] = []
    for column, text in cells:
        title, _, rest = text.partition("\n")
        if column.key == "title" and rest.strip():
            from_title += [(column, title), (DESCRIPTION, rest.strip())]
        else:
            from_title.append((column, text))
    return from_title


def _cell(work: _Work, handle: str, was: Tree, column: Field, text: str) -> PastedCell:
    key = column.key
    if key == "code":
        text = was.get("code", "") if handle else work.target.short(text)
    before = several(was) if key == "amount" and was.get("costs") else typed_text(was.get(key))
    value = value_of(column, text, work.places)
    now = typed_text(value)
    state: State = "changed" if handle else "new"
    if (not now and not (work.clears and handle)) or (
        handle and means_same(key, before, now, work.places)
    ):
        return PastedCell(column, now, before, value, "same")
    cell = PastedCell(column, now, before, value, state)
    if column.choices and value and value not in dict(column.choices):
        allowed = ", ".join(label for choice, label in column.choices if choice)
        cell.refusal = f"“{text[:40]}” is hier geen keuze; kies uit: {allowed}."
    elif key in ("amount", "nature", "funding") and was.get("costs"):
        cell.refusal = SEVERAL
    elif not now and key in NAMED.get(work.target.kind, {}):
        cell.refusal = NAMED[work.target.kind][key]
    if cell.refusal:
        cell.state = "refused"
    return cell


def _put(tree: Tree, key: str, value: Any) -> None:
    if value or key == "amount":
        tree[key] = value
    else:
        tree.pop(key, None)


def _give_code(work: _Work, row: PastedRow) -> None:
    """The number of a new action: its own, unless it is taken, or else the next."""
    code = row.tree.get("code", "")
    if code and code in work.taken:
        cell = next(cell for cell in row.cells if cell.column.key == "code")
        cell.refusal, cell.state = TWICE, "refused"
        del row.tree["code"]
        code = ""
    if not code and work.target.kind == "action":
        numbers = all(one.isdecimal() for one in work.codes[-1:])
        after = work.codes[-1:] if numbers and len(work.codes) > 50 else work.codes
        code = next_code(after)
        while code in work.taken or code in work.target.codes:
            code = next_code([code]) if code.isdecimal() else next_code([*work.codes, "0"])
        row.tree["code"] = code
    if code:
        work.codes.append(code)
        work.taken.add(code)


def _hold_nature(row: PastedRow) -> None:
    for cell in row.cells:
        is_given = cell.column.key == "nature" and cell.state in ("new", "changed")
        if is_given and not row.tree.keys() & {"amount", "costs"}:
            cell.refusal, cell.state = NO_AMOUNT, "refused"
            row.tree.pop("nature", None)


def _hear(work: _Work, row: PastedRow) -> None:
    """How the cells of an action are read beside each other."""
    heard = work.said(row.tree)
    for cell in row.cells:
        if cell.state in ("new", "changed") and cell.value:
            cell.says = heard.says.get(cell.column.key, "")
            cell.fault = heard.faults.get(cell.column.key, "")


# ---- the shape of the plan file


def _hold_to_shape(kind: str, rows: Sequence[PastedRow]) -> None:
    """Leave out what no plan can hold, with the reason; without its title a new row is
    left out whole."""
    shape = planfile.schema()
    schema: Mapping[str, Any] = {
        "$defs": shape["$defs"],
        "type": "array",
        "items": {"$ref": f"#/$defs/{kind}"},
    }
    touched = [row for row in rows if row.state in ("new", "changed")]
    for fault in textfile.check(textfile.TextFile([row.tree for row in touched]), schema):
        row = touched[int(fault.path[0])]
        key = str(fault.path[1]) if len(fault.path) > 1 else ""
        for cell in row.cells:
            if cell.column.key == key and cell.state in ("new", "changed"):
                cell.refusal, cell.state = fault.sentence, "refused"
                row.tree.pop(key, None)
    for row in touched:
        missing = [
            sentence
            for key, sentence in NAMED.get(kind, {}).items()
            if not row.handle and not row.tree.get(key)
        ]
        if missing or not (row.handle or row.tree):
            row.refusal = missing[0] if missing else "Deze rij is leeg."
