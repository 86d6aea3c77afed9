"""The order of the operations of a scenario: one away, or one forward."""

from __future__ import annotations

from collections.abc import Callable

from funds.scenario.operation import Operation


def _without(there: list[Operation], at: int) -> list[Operation]:
    return there[:at] + there[at + 1 :]


def _earlier(there: list[Operation], at: int) -> list[Operation]:
    before = max(at - 1, 0)
    rest = _without(there, at)
    return [*rest[:before], there[at], *rest[before:]]


STEPS: dict[str, Callable[[list[Operation], int], list[Operation]]] = {
    "weg": _without,
    "eerder": _earlier,
}
"""Word of the button to what it makes of the operations; `at` counts from zero."""
