"""Applying changes to the tree of a plan: all of them, or a reason and none."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workplans.editing.change import END, Add, Change, Move, Put, Remove, Value
from workplans.editing.codes import follow_codes, next_code
from workplans.editing.parts import LISTS, Parts, Place, is_new
from workplans.planfile import KEY, Tree

FIXED = {"plan": {"slug", "region", "status"}}
"""What a plan keeps for life, or changes by a step of its own."""
CELLS = ("amount", "planning", "start", "end", "municipalities")


SUBMITTED_STANDS = (
    "In welke ronde een plan is ingediend, blijkt uit het indienen zelf; kies alleen andere rondes."
)


@dataclass(frozen=True)
class Clash:
    """A change of something that became something else since the person saw it.

    `number` is the turn of the change in its batch, `theirs` what stands there now.
    """

    number: int
    node: str
    key: str
    theirs: Value | Tree


class Gone(Exception):
    """The part of change `number` was taken away by somebody else."""

    def __init__(self, number: int, node: str) -> None:
        super().__init__(node)
        self.number, self.node = number, node


class Impossible(Exception):
    """Change `number` makes no sense in any plan; the Dutch reason is its text."""

    def __init__(self, number: int, sentence: str) -> None:
        super().__init__(sentence)
        self.number, self.sentence = number, sentence


@dataclass
class Applied:
    """The tree after the changes, with its parts, and the handles that were written: of
    parts that are there, `new:a` too; and those of parts that were there before."""

    tree: Tree
    parts: Parts
    written: set[str]
    removed: set[str]


def apply(tree: Tree, changes: Sequence[Change]) -> Applied | list[Clash]:
    """The tree with all changes, or what stands in their way. `tree` carries keys, and
    is not touched. Raises `Gone` and `Impossible`."""
    after = copy.deepcopy(tree)
    work = Applying(after)
    for number, change in enumerate(changes):
        work.do(number, change)
    if work.clashes:
        return work.clashes
    written = work.written | follow_codes(tree, after, work.parts)
    removed = {handle for handle in work.removed if not is_new(handle)}
    return Applied(after, work.parts, written & work.parts.found.keys(), removed)


class Applying:
    """The work on one tree."""

    def __init__(self, tree: Tree) -> None:
        self.parts = Parts(tree)
        self.clashes: list[Clash] = []
        self.written: set[str] = set()
        self.removed: set[str] = set()

    def do(self, number: int, change: Change) -> None:
        if isinstance(change, Put):
            self._put(number, change)
        elif isinstance(change, Add):
            self._add(number, change)
        elif isinstance(change, Remove):
            self._remove(number, change)
        else:
            self._move(number, change)

    def _part(self, number: int, handle: str) -> Tree:
        if handle not in self.parts.found:
            raise Gone(number, handle)
        return self.parts.found[handle]

    def _put(self, number: int, change: Put) -> None:
        self._part(number, change.node)
        part = self.parts.holder(change.node, change.key)
        kind = self.parts.kind(change.node)
        fixed = {KEY, *FIXED.get(kind, ()), *LISTS.get(kind, ())}
        if change.key in fixed:
            raise Impossible(number, f"{change.key} verandert niet op deze manier.")
        there = seen(part.get(change.key))
        if there == seen(change.now) and not _fills(part, change):
            return
        if there != seen(change.was):
            self.clashes.append(Clash(number, change.node, change.key, there))
            return
        if change.key == "applications" and _submitted(there) != _submitted(change.now):
            raise Impossible(number, SUBMITTED_STANDS)
        if change.now or (change.key == "amount" and change.now is not None):
            part[change.key] = copy.deepcopy(change.now)
        else:
            part.pop(change.key, None)
            if change.key == "amount":
                part.pop("nature", None)
        self.written.add(change.node)

    def _add(self, number: int, change: Add) -> None:
        if not is_new(change.handle) or change.handle in self.parts.places:
            raise Impossible(number, "Een nieuw deel heeft een eigen naam, zoals new:1.")
        self._part(number, change.into)
        place = self._place(number, change.into, change.name)
        part = copy.deepcopy(change.tree)
        self._insert(part, place, change.after)
        handles = self.parts.add(change.handle, part, place)
        for handle in handles:
            self._give_code(handle)
            _drop_empty(self.parts.found[handle])
        self.written.update(handles)

    def _remove(self, number: int, change: Remove) -> None:
        part = self._part(number, change.node)
        place = self.parts.places.get(change.node)
        if place is None:
            raise Impossible(number, "Een plan haalt u niet op deze manier weg.")
        if seen(part) != seen(change.was):
            self.clashes.append(Clash(number, change.node, "", seen(part)))
            return
        _take(self.parts.list_of(place), part)
        for handle in list(self.parts.inside(change.node)):
            del self.parts.found[handle]
            self.removed.add(handle)
        self.written.add(place.into)

    def _move(self, number: int, change: Move) -> None:
        part = self._part(number, change.node)
        self._part(number, change.into)
        place = self._place(number, change.into, change.name)
        before = self.parts.places.get(change.node)
        if before is None or self._kind_at(place) != self.parts.kind(change.node):
            raise Impossible(number, "Dat past daar niet.")
        inside = set(self.parts.inside(change.node))
        if change.into in inside or change.after in inside:
            raise Impossible(number, "Een deel past niet in zichzelf.")
        _take(self.parts.list_of(before), part)
        self._insert(part, place, change.after)
        self.parts.places[change.node] = place
        if self._kind_at(place) == "action":
            self._give_other_code(change.node)
        self.written |= {change.node, before.into, place.into}

    def _give_code(self, handle: str) -> None:
        """A code for a new action without one: the next of its list. The first below a
        point with a code needs none, for it is called after its point; nor does one that
        was said to have none (`code: ""`)."""
        action, place = self.parts.found[handle], self.parts.places[handle]
        if self.parts.kind(handle) == "action" and "code" not in action:
            codes = self._codes_beside(action, place)
            if codes or not self._names_actions(place):
                action["code"] = next_code(codes)

    def _give_other_code(self, handle: str) -> None:
        """Another code for an action that came where it cannot keep its own."""
        action, place = self.parts.found[handle], self.parts.places[handle]
        code, codes = action.get("code", ""), self._codes_beside(action, place)
        if code in codes or not (code or self._names_actions(place)):
            action["code"] = next_code(codes)

    def _names_actions(self, place: Place) -> bool:
        """Whether an action there can be called after its point."""
        is_point = self.parts.kind(place.into) == "point"
        return is_point and bool(self.parts.found[place.into].get("code"))

    def _codes_beside(self, action: Tree, place: Place) -> list[str]:
        """The codes of the others that are called after the same point, or after the line:
        those of its points without a code too."""
        above = self.parts.found[place.into]
        if self._names_actions(place):
            owners = [above]
        else:
            if self.parts.kind(place.into) == "point":
                above = self.parts.found[self.parts.places[place.into].into]
            points = above.get("points", [])
            owners = [*(point for point in points if not point.get("code")), above]
        return [
            other.get("code", "")
            for owner in owners
            for other in owner.get("actions", [])
            if other is not action
        ]

    def _place(self, number: int, into: str, name: str) -> Place:
        if name not in LISTS.get(self.parts.kind(into), {}):
            raise Impossible(number, f"Hier is geen lijst {name}.")
        return Place(into, name)

    def _kind_at(self, place: Place) -> str:
        return LISTS[self.parts.kind(place.into)][place.name]

    def _insert(self, part: Tree, place: Place, after: str) -> None:
        siblings = self.parts.list_of(place)
        if after == END:
            siblings.append(part)
        elif after == "":
            siblings.insert(0, part)
        else:
            # What it came after may be gone or moved away meanwhile: at the end is where it
            # does least harm.
            other = self.parts.found.get(after)
            turn = _index(siblings, other)
            siblings.insert(len(siblings) if turn is None else turn + 1, part)


def _index(parts: list[Tree], wanted: Tree | None) -> int | None:
    return next((n for n, part in enumerate(parts) if part is wanted), None)


def _take(parts: list[Tree], part: Tree) -> None:
    """Not `list.remove`, which takes the first that is equal."""
    parts[:] = [other for other in parts if other is not part]


def _drop_empty(part: Tree) -> None:
    """Take away what says nothing; an amount may be empty."""
    for key, value in list(part.items()):
        if value is None or (value in ("", []) and key != "amount"):
            del part[key]


def _fills(part: Tree, change: Put) -> bool:
    """Whether a change of nothing into nothing does something all the same: an amount may
    be there and empty, and of another key empty is absent."""
    return change.key == "amount" and (change.key in part) != (change.now is not None)


def _submitted(rounds: Any) -> list[Any]:
    """The rounds in which the plan was submitted."""
    rows = rounds if isinstance(rounds, list) else []
    return [row for row in rows if isinstance(row, dict) and row.get("submitted_on")]


def seen(value: Any) -> Any:
    """A value as a person sees it: the text of a cell whether it could be read or not,
    nothing for what is empty, and no key."""
    if isinstance(value, dict):
        if value.keys() == {"unread"}:
            return value["unread"]
        return {
            key: seen(part)
            for key, part in value.items()
            if key != KEY and (part not in ("", [], None) or key == "amount")
        }
    if isinstance(value, list):
        return [seen(part) for part in value] or None
    return value or None
