"""What each part of a plan file says, key by key, in the words of the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reports.comparison.words import Run, runs
from workplans.planfile import Tree
from workplans.words import Words

Field = tuple[str, tuple[Run, ...]]


def fields(old: Tree, new: Tree, labels: Words, *, leaving: str = "") -> tuple[Field, ...]:
    """The keys that differ, in the order of the labels, each with its difference; those
    of `leaving` (words) are said elsewhere."""
    pairs = ((key, said(key, old.get(key)), said(key, new.get(key))) for key in labels)
    return tuple(
        (labels[key], runs(was, now))
        for key, was, now in pairs
        if was != now and key not in leaving.split()
    )


def said(key: str, value: Any) -> str:
    """A value of the tree as a person reads it; lists have a line for each item."""
    if isinstance(value, list):
        return "\n".join(LISTED.get(key, _item)(item) for item in value)
    if isinstance(value, dict):
        return f"{value['unread']} (niet gelezen)"
    return str(value or "")


def _item(item: Any) -> str:
    return said("", item)


def _result(result: Tree) -> str:
    counted = "; ".join(result.get("quantities", []))
    parts = [result.get("code", ""), result.get("text", ""), result.get("due", ""), counted]
    below = [f"  {line}" for part in result.get("results", []) for line in [_result(part)]]
    return "\n".join([" · ".join(filter(None, parts)), *below])


def _results(result: Any) -> str:
    """A result of a line; of an action only its code."""
    return _result(result) if isinstance(result, dict) else str(result)


def _cost(cost: Tree) -> str:
    keys = ("label", "amount", "nature", "funding", "municipalities")
    return " · ".join(filter(None, (said(key, cost.get(key)) for key in keys)))


def _point(point: Tree) -> str:
    return " ".join(filter(None, (point.get("code", ""), point.get("title", ""))))


LISTED: dict[str, Callable[[Any], str]] = {"results": _results, "costs": _cost, "points": _point}
