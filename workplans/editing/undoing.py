"""Turning changes around."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workplans.editing.applying import Applying, seen
from workplans.editing.change import Add, Change, Move, Put, Remove, Value
from workplans.editing.parts import LISTS
from workplans.planfile import KEY, Tree


@dataclass(frozen=True)
class WayBack:
    """The changes that undo others. A part that those took away comes back under a new
    handle: `again` says which, by the one it had."""

    changes: tuple[Change, ...]
    again: Mapping[str, str]


def way_back(
    changes: Sequence[Change],
    before: Tree,
    new: Mapping[str, str] | None = None,
    stored: Mapping[str, Tree] | None = None,
) -> WayBack:
    """What brings the tree back to `before`, to which `changes` were applied.

    `new` says which handles the parts that they added have got since, and `stored` how
    parts look now. What names a part by its code follows when the code goes back.
    """
    work = _Turning(before)
    for number, change in enumerate(changes):
        work.turn(number, change)
    names = dict(new or {}) | work.again
    turned = [renamed(change, names) for change in reversed(work.back)]
    is_only_added = all(isinstance(change, Add) for change in changes)
    found = (stored or {}) if is_only_added else {}
    return WayBack(tuple(_as_stored(change, found) for change in turned), work.again)


def _as_stored(change: Change, found: Mapping[str, Tree]) -> Change:
    """A new part goes as it was stored, in the form that a plan file gives it."""
    if isinstance(change, Remove) and change.node in found:
        return Remove(change.node, seen(found[change.node]))
    return change


class _Turning:
    """The changes back, the last one first to be done; `again` has the new handles of
    what was taken away."""

    def __init__(self, before: Tree) -> None:
        self.work = Applying(copy.deepcopy(before))
        self.parts = self.work.parts
        self.back: list[Change] = []
        self.again: dict[str, str] = {}

    def turn(self, number: int, change: Change) -> None:
        if isinstance(change, Add):
            self.work.do(number, change)
            added = seen(self.parts.found[change.handle])
            self.back.append(Remove(change.handle, added))
            return
        part = copy.copy(self.parts.found[change.node])
        if isinstance(change, Put):
            self._turn_put(change, self.parts.holder(change.node, change.key))
        elif isinstance(change, Remove):
            self._turn_remove(f"new:back{number}", change, part)
        else:
            place = self.parts.places[change.node]
            self.back.append(Move(change.node, place.into, place.name, self._after(change.node)))
        self.work.do(number, change)
        code = self.parts.found.get(change.node, part).get("code")
        if isinstance(change, Move) and code != part.get("code"):
            self.back.append(Put(change.node, "code", code, part.get("code")))

    def _turn_put(self, change: Put, part: Tree) -> None:
        was = _typed(part.get(change.key))
        if change.key == "amount" and change.now is None and "nature" in part:
            self.back.append(Put(change.node, "nature", None, part["nature"]))
        self.back.append(Put(change.node, change.key, change.now, was))

    def _turn_remove(self, handle: str, change: Remove, part: Tree) -> None:
        place, kind = self.parts.places[change.node], self.parts.kind(change.node)
        self.back.append(
            Add(handle, place.into, place.name, self._after(change.node), _bare(part, kind))
        )
        self._name_again(change.node, handle)

    def _name_again(self, node: str, handle: str) -> None:
        self.again[node] = handle
        handles = {id(part): name for name, part in self.parts.found.items()}
        for name in LISTS.get(self.parts.kind(node), {}):
            for n, inner in enumerate(self.parts.found[node].get(name, [])):
                self._name_again(handles[id(inner)], f"{handle}.{name}.{n}")

    def _after(self, node: str) -> str:
        """The handle of what stands before a part."""
        siblings = self.parts.list_of(self.parts.places[node])
        turn = next(n for n, part in enumerate(siblings) if part is self.parts.found[node])
        handles = {id(part): name for name, part in self.parts.found.items()}
        return handles[id(siblings[turn - 1])] if turn else ""


def _bare(part: Tree, kind: str) -> Tree:
    """A part as it can be added: without keys, cells as typed, and an action that has no
    code without getting one."""
    lists = LISTS.get(kind, {})
    bare = {
        key: [_bare(inner, lists[key]) for inner in value] if key in lists else _typed(value)
        for key, value in part.items()
        if key != KEY
    }
    return {"code": ""} | bare if kind == "action" else bare


def _typed(value: Any) -> Value | Any:
    """A value as it was typed: the text of a cell that could not be read."""
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if isinstance(value, dict):
        unread = value.keys() == {"unread"}
        return value["unread"] if unread else {key: _typed(item) for key, item in value.items()}
    return value


def renamed(change: Change, names: Mapping[str, str]) -> Change:
    """The same change of parts that go by other handles now."""
    values = vars(change)
    handles = {name: values[name] for name in ("node", "into", "after") if name in values}
    return type(change)(
        **values | {name: names.get(handle, handle) for name, handle in handles.items()}
    )
