"""The four things that somebody does to a plan, and how they look on the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from municipalities.characters import INVISIBLE, has_control
from workplans.planfile import KEY, Tree

END = "end"
MOST = 500
"""So many changes fit in one batch: a table of two thousand rows comes in a few."""

Value = str | list[Any] | None


class Unclear(ValueError):
    """What was sent is no change; says why in Dutch."""


@dataclass(frozen=True)
class Put:
    """Another value for `key` of a part; None where the key is to be absent.

    `was` is the value that the person saw. A cell that cannot be read has its text as
    value, like any other.
    """

    node: str
    key: str
    was: Value
    now: Value


@dataclass(frozen=True)
class Add:
    """A new part in the list `name` of the part `into`, after `after`: the handle of a
    part of that list, `""` for first, or `END`. Others call it `handle` until it has a
    key: a name that starts with `new:`."""

    handle: str
    into: str
    name: str
    after: str
    tree: Tree


@dataclass(frozen=True)
class Remove:
    """Take a part away that looks like `was`, with all that is in it."""

    node: str
    was: Tree


@dataclass(frozen=True)
class Move:
    """Bring a part to the list `name` of `into`, after `after` (see `Add`)."""

    node: str
    into: str
    name: str
    after: str


Change = Put | Add | Remove | Move
SHAPES: Mapping[str, tuple[type[Any], Mapping[str, type[Any] | tuple[type[Any], ...]]]] = {
    "put": (
        Put,
        {
            "node": str,
            "key": str,
            "was": (str, list, type(None)),
            "now": (str, list, type(None)),
        },
    ),
    "add": (Add, {"handle": str, "into": str, "name": str, "after": str, "tree": dict}),
    "remove": (Remove, {"node": str, "was": dict}),
    "move": (Move, {"node": str, "into": str, "name": str, "after": str}),
}


def read_changes(sent: object) -> tuple[Change, ...]:
    """The changes of a batch as JSON brings them. Raises `Unclear`."""
    if not isinstance(sent, list) or not sent:
        raise Unclear("Er staat geen wijziging in; stuur een lijst van wijzigingen.")
    if len(sent) > MOST:
        raise Unclear(f"Dit zijn {len(sent)} wijzigingen; stuur er hoogstens {MOST} tegelijk.")
    return tuple(_change(part) for part in sent)


def _change(part: object) -> Change:
    kind = part.get("do") if isinstance(part, dict) else None
    if not isinstance(part, dict) or kind not in SHAPES:
        raise Unclear(f"Een wijziging heeft do: {', '.join(SHAPES)}.")
    shape, fields = SHAPES[kind]
    if part.keys() != fields.keys() | {"do"}:
        raise Unclear(f"Een wijziging {kind} heeft precies: do, {', '.join(fields)}.")
    for name, types in fields.items():
        if not isinstance(part[name], types):
            raise Unclear(f"Bij {kind} is {name} geen waarde die daar kan staan.")
    if _has_control(part):
        raise Unclear(INVISIBLE)
    change: Change = shape(**{name: part[name] for name in fields})
    return change


def _has_control(part: Any) -> bool:
    if isinstance(part, str):
        return has_control(part)
    if isinstance(part, dict):
        return KEY in part or any(map(_has_control, part.values()))
    return any(map(_has_control, part)) if isinstance(part, Sequence) else False
