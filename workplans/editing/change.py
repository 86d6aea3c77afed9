"""The four things that somebody does to a plan, and how they look on the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from municipalities.characters import INVISIBLE, has_control
from workplans.editing.parts import LISTS
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
    key: a name that starts with `new:`; what came in it is `new:a.actions.0`. An action
    gets the next code unless it has one; with `code: ""` it gets none."""

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


def on_the_line(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Changes as JSON takes them: what `read_changes` reads."""
    return [{"do": type(change).__name__.lower(), **vars(change)} for change in changes]


def _change(part: object) -> Change:
    kind = part.get("do") if isinstance(part, dict) else None
    if not isinstance(part, dict) or not isinstance(kind, str) or kind not in SHAPES:
        raise Unclear(f"Een wijziging heeft do: {', '.join(SHAPES)}.")
    shape, fields = SHAPES[kind]
    if part.keys() != fields.keys() | {"do"}:
        raise Unclear(f"Een wijziging {kind} heeft precies: do, {', '.join(fields)}.")
    for name, types in fields.items():
        if not isinstance(part[name], types):
            raise Unclear(f"Bij {kind} is {name} geen waarde die daar kan staan.")
    if not _is_shaped(part):
        raise Unclear(f"Bij {kind} staat iets wat in geen plan kan staan.")
    if _has_control(part):
        raise Unclear(INVISIBLE)
    change: Change = shape(**{name: part[name] for name in fields})
    return change


def _has_control(part: Any) -> bool:
    if isinstance(part, str):
        return has_control(part)
    if isinstance(part, dict):
        return any(has_control(key) for key in part) or any(map(_has_control, part.values()))
    return any(map(_has_control, part)) if isinstance(part, Sequence) else False


DEEPEST = 12
"""A plan is not deeper: line, part, point, action, cost and cell, with their lists."""
KINDS = {name: kind for lists in LISTS.values() for name, kind in lists.items()}


def _is_shaped(change: Mapping[str, Any]) -> bool:
    """Whether it can be worked with as a part of a tree: what is wrong in its values is
    said when it is stored, where they stand."""
    if change["do"] == "add":
        return _is_part(change["tree"], KINDS.get(change["name"], ""), DEEPEST)
    if change.get("key") == "code" and isinstance(change["now"], list):
        return False
    return all(_is_value(change.get(name), DEEPEST) for name in ("was", "now"))


def _is_part(part: Any, kind: str, depth: int) -> bool:
    if not isinstance(part, dict) or KEY in part or depth == 0:
        return False
    if not isinstance(part.get("code", ""), str):
        return False
    lists = LISTS.get(kind, {})
    return all(isinstance(part.get(name, []), list) for name in lists) and all(
        all(_is_part(inner, lists[key], depth - 1) for inner in value)
        if key in lists
        else _is_value(value, depth)
        for key, value in part.items()
    )


def _is_value(value: Any, depth: int) -> bool:
    """Texts in lists and objects, without a key of a row."""
    if isinstance(value, list):
        return depth > 0 and all(_is_value(item, depth - 1) for item in value)
    if isinstance(value, dict):
        values = value.values()
        return depth > 0 and KEY not in value and all(_is_value(v, depth - 1) for v in values)
    return value is None or isinstance(value, str)
