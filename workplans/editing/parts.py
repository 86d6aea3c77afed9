"""The parts of a tree by their handle: `plan`, `line:3`, `action:12`, `new:a`.

A part that came inside a new one is called after it: `new:a.actions.0`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workplans.planfile import KEY, Tree

LISTS = {
    "plan": {
        "blocks": "block",
        "lines": "line",
        "rules": "rule",
        "figures": "figure",
        "printed": "printed",
    },
    "line": {"parts": "line", "points": "point", "actions": "action", "results": "result"},
    "point": {"actions": "action"},
    "result": {"results": "result"},
    "block": {"rows": "row"},
}
"""The lists that a kind of part has, and what stands in each."""

BESIDE = ("applications",)
"""What is said of the plan at the top of its tree, beside the plan itself."""


@dataclass(frozen=True)
class Place:
    """Where a part is: the handle of what it is in, and the name of its list there."""

    into: str
    name: str


class Parts:
    """Every part of a tree that carries a key, or that was added under a new name."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.found: dict[str, Tree] = {"plan": tree["plan"]}
        self.places: dict[str, Place] = {}
        for handle, part, place in _walk("plan", "plan", tree):
            self.found[handle] = part
            self.places[handle] = place

    def list_of(self, place: Place) -> list[Tree]:
        """The list at a place, made where it is not there yet."""
        owner = self.tree if place.into == "plan" else self.found[place.into]
        found: list[Tree] = owner.setdefault(place.name, [])
        return found

    def holder(self, handle: str, key: str) -> Tree:
        """What the value of a part stands in: the part, or the top of the tree."""
        return self.tree if handle == "plan" and key in BESIDE else self.found[handle]

    def add(self, handle: str, part: Tree, place: Place) -> list[str]:
        """Know a new part, and all that came in it; gives their handles."""
        self.found[handle] = part
        self.places[handle] = place
        inside = list(_walk(handle, self.kind(handle), part))
        for name, inner, where in inside:
            self.found[name] = inner
            self.places[name] = where
        return [handle, *(name for name, _, _ in inside)]

    def kind(self, handle: str) -> str:
        """The kind of a part, also of a new one: `action`."""
        if not is_new(handle):
            return kind_of(handle)
        place = self.places[handle]
        return LISTS[self.kind(place.into)][place.name]

    def inside(self, handle: str) -> Iterator[str]:
        """A part and all that is in it."""
        yield handle
        for other, place in self.places.items():
            if place.into == handle and other in self.found:
                yield from self.inside(other)


def kind_of(handle: str) -> str:
    return handle.partition(":")[0]


def key_of(handle: str) -> int:
    """The key of the row; nought for a handle that has none."""
    number = handle.partition(":")[2]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0


def is_new(handle: str) -> bool:
    return handle.startswith("new:")


def _walk(into: str, kind: str, owner: Tree) -> Iterator[tuple[str, Tree, Place]]:
    for name, inner in LISTS.get(kind, {}).items():
        for n, part in enumerate(owner.get(name, [])):
            handle = f"{inner}:{part[KEY]}" if KEY in part else f"{into}.{name}.{n}"
            yield handle, part, Place(into, name)
            yield from _walk(handle, inner, part)
