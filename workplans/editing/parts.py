"""The parts of a tree by their handle: `plan`, `line:3`, `action:12`, `new:a`."""

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
        for handle, part, place in _walk("plan", tree):
            self.found[handle] = part
            self.places[handle] = place

    def list_of(self, place: Place) -> list[Tree]:
        """The list at a place, made where it is not there yet."""
        owner = self.tree if place.into == "plan" else self.found[place.into]
        found: list[Tree] = owner.setdefault(place.name, [])
        return found

    def add(self, handle: str, part: Tree, place: Place) -> None:
        self.found[handle] = part
        self.places[handle] = place

    def handle_of(self, part: Tree) -> str:
        """The handle of a part that stands in the tree."""
        return next(handle for handle, found in self.found.items() if found is part)

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


def _walk(into: str, owner: Tree) -> Iterator[tuple[str, Tree, Place]]:
    for name, kind in LISTS.get(kind_of(into), {}).items():
        for part in owner.get(name, []):
            handle = f"{kind}:{part[KEY]}"
            yield handle, part, Place(into, name)
            yield from _walk(handle, part)
