"""Applying changes to the tree of a plan: all of them, or a reason and none."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workplans.editing.change import END, Add, Change, Move, Put, Remove, Value
from workplans.editing.codes import follow_codes, next_code
from workplans.editing.parts import LISTS, Parts, Place, kind_of
from workplans.planfile import KEY, Tree

FIXED = {"plan": {"slug", "region", "status"}}
"""What a plan keeps for life, or changes by a step of its own."""
CELLS = ("amount", "planning", "start", "end", "municipalities")


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
    """The tree after the changes, with its parts, and the handles that were written."""

    tree: Tree
    parts: Parts
    written: set[str]
    removed: set[str]


def apply(tree: Tree, changes: Sequence[Change]) -> Applied | list[Clash]:
    """The tree with all changes, or what stands in their way. `tree` carries keys, and
    is not touched. Raises `Gone` and `Impossible`."""
    after = copy.deepcopy(tree)
    work = _Applying(after)
    for number, change in enumerate(changes):
        work.do(number, change)
    if work.clashes:
        return work.clashes
    follow_codes(tree, after)
    return Applied(after, work.parts, work.written, work.removed)


class _Applying:
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
        part = self._part(number, change.node)
        kind = kind_of(change.node)
        if change.key in FIXED.get(kind, ()) or change.key in LISTS.get(kind, ()):
            raise Impossible(number, f"{change.key} verandert niet op deze manier.")
        there = seen(part.get(change.key))
        if there == seen(change.now) and is_there(part, change.key) == (change.now is not None):
            return
        if there != seen(change.was):
            self.clashes.append(Clash(number, change.node, change.key, there))
            return
        if change.now or (change.key == "amount" and change.now is not None):
            part[change.key] = change.now
        else:
            part.pop(change.key, None)
            if change.key == "amount":
                part.pop("nature", None)
        self.written.add(change.node)

    def _add(self, number: int, change: Add) -> None:
        if not change.handle.startswith("new:") or change.handle in self.parts.found:
            raise Impossible(number, "Een nieuw deel heeft een eigen naam, zoals new:1.")
        self._part(number, change.into)
        place = self._place(number, change.into, change.name)
        part = copy.deepcopy(change.tree)
        if change.name == "actions":
            self._give_code(part, change.into, self.parts.list_of(place))
        self._insert(number, part, place, change.after)
        self.parts.add(change.handle, part, place)
        self.written.add(change.handle)

    def _remove(self, number: int, change: Remove) -> None:
        part = self._part(number, change.node)
        place = self.parts.places.get(change.node)
        if place is None:
            raise Impossible(number, "Een plan haalt u niet op deze manier weg.")
        if seen(part) != seen(change.was):
            self.clashes.append(Clash(number, change.node, "", seen(part)))
            return
        siblings = self.parts.list_of(place)
        del siblings[_index(siblings, part)]
        for handle in list(self.parts.inside(change.node)):
            del self.parts.found[handle]
            self.removed.add(handle)
        self.written.add(place.into)

    def _move(self, number: int, change: Move) -> None:
        part = self._part(number, change.node)
        self._part(number, change.into)
        place = self._place(number, change.into, change.name)
        before = self.parts.places[change.node]
        if LISTS[kind_of(before.into)][before.name] != LISTS[kind_of(place.into)][place.name]:
            raise Impossible(number, "Dat past daar niet.")
        if change.into in self.parts.inside(change.node):
            raise Impossible(number, "Een deel past niet in zichzelf.")
        siblings = self.parts.list_of(before)
        del siblings[_index(siblings, part)]
        others = self.parts.list_of(place)
        if change.name == "actions" and any(
            other.get("code") == part.get("code") for other in others
        ):
            part.pop("code", None)
            self._give_code(part, change.into, others)
        self._insert(number, part, place, change.after)
        self.parts.places[change.node] = place
        self.written |= {change.node, before.into, place.into}

    def _give_code(self, action: Tree, into: str, others: list[Tree]) -> None:
        """The next code of its list for an action without one. The first below a point
        with a code needs none: it is called after its point."""
        if "code" not in action and (others or not self.parts.found[into].get("code")):
            action["code"] = next_code([other.get("code", "") for other in others])
        elif "code" not in action and "kind" in self.parts.found[into]:
            action["code"] = next_code([])

    def _place(self, number: int, into: str, name: str) -> Place:
        # What was added in this batch has the lists of its kind.
        kind = kind_of(into)
        if kind == "new":
            above = self.parts.places[into]
            kind = LISTS[kind_of(above.into)][above.name]
        if name not in LISTS.get(kind, {}):
            raise Impossible(number, f"Hier is geen lijst {name}.")
        return Place(into, name)

    def _insert(self, number: int, part: Tree, place: Place, after: str) -> None:
        siblings = self.parts.list_of(place)
        if after == END:
            siblings.append(part)
        elif after == "":
            siblings.insert(0, part)
        else:
            other = self._part(number, after)
            if not any(sibling is other for sibling in siblings):
                # It moved away meanwhile: at the end is where it does least harm.
                siblings.append(part)
                return
            siblings.insert(_index(siblings, other) + 1, part)


def _index(parts: list[Tree], wanted: Tree) -> int:
    return next(n for n, part in enumerate(parts) if part is wanted)


def is_there(part: Tree, key: str) -> bool:
    """An amount may be there and empty; of another key empty is absent."""
    return key != "amount" or key in part


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
