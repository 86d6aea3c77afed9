"""Doing operations on lines, one after another, in whole cents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from funds.figure import Figure
from funds.notation import AmountState
from funds.portion import read_portion
from funds.scenario.operation import Kind, Operation
from funds.scenario.outcome import Line, Result, WhatIf, cents_of, euros_of
from municipalities.apportion import apportion


def work_out(lines: Sequence[Line], operations: Iterable[Operation], budget: Decimal) -> WhatIf:
    """Do the operations one after another. Every division is exact to the cent and adds
    up; an amount that is not known is touched only by hand, or when it drops as a whole."""
    work = _Work(lines, cents_of(budget))
    for operation in operations:
        work.do(operation)
    results = tuple(
        Result(
            line,
            None if (cents := work.now[line.key]) is None else euros_of(cents),
            tuple(work.steps[line.key]),
            line.key in work.protected,
        )
        for line in lines
    )
    return WhatIf(results, budget, tuple(dict.fromkeys(work.lost_names)))


class _Work:
    """The amounts while operations are done, in cents; None is not known."""

    def __init__(self, lines: Sequence[Line], budget: int) -> None:
        self.lines = {line.key: line for line in lines}
        self.budget = budget
        self.now = {
            line.key: cents_of(line.asked) if line.state == AmountState.KNOWN else None
            for line in lines
        }
        self.steps: dict[str, list[str]] = {line.key: [] for line in lines}
        self.protected: set[str] = set()
        self.lost_names: list[str] = []

    def do(self, operation: Operation) -> None:
        self.lost_names += [name for name in operation.lines if name not in self.lines]
        kinds: Mapping[Kind, Callable[[Operation], Mapping[str, int]]] = {
            Kind.PROTECT: self._protect,
            Kind.CUT: self._cut,
            Kind.PRIORITY: self._by_priority,
            Kind.DROP_NEW: self._drop_new,
            Kind.SWAP: self._swap,
            Kind.BY_HAND: self._by_hand,
        }
        for key, cents in kinds[operation.kind](operation).items():
            if self.now[key] != cents:
                self.now[key] = cents
                self.steps[key].append(str(operation))

    @property
    def over(self) -> int:
        """What the known amounts are above the budget, or nothing."""
        return max(sum(cents or 0 for cents in self.now.values()) - self.budget, 0)

    def _free(self, *, new: bool | None = None) -> dict[str, int]:
        """The known amounts that nobody protected; only new or only old lines."""
        return {
            key: cents
            for key, cents in self.now.items()
            if cents is not None
            and key not in self.protected
            and new in (None, self.lines[key].is_new)
        }

    def _protect(self, operation: Operation) -> Mapping[str, int]:
        earmarked = {key for key, line in self.lines.items() if line.is_earmarked}
        self.protected |= earmarked if operation.earmarked else set()
        self.protected |= {key for key in operation.lines if key in self.lines}
        return {}

    def _cut(self, operation: Operation) -> Mapping[str, int]:
        free = self._free()
        whole = sum(free.values())
        if operation.part:
            numerator, denominator = read_portion(operation.part)
            left = _half_up(whole * max(denominator - numerator, 0), denominator)
        else:
            left = max(whole - self.over, 0)
        return apportion(left, free) if whole else {}

    def _by_priority(self, operation: Operation) -> Mapping[str, int]:
        free, over = self._free(), self.over
        found = {}
        for key in operation.lines:
            if key in free:
                taken = min(free.pop(key), over)
                found[key] = (self.now[key] or 0) - taken
                over -= taken
        return found

    def _drop_new(self, operation: Operation) -> Mapping[str, int]:
        return {
            key: 0
            for key, line in self.lines.items()
            if line.is_new and line.figure != Figure.zero() and key not in self.protected
        }

    def _swap(self, operation: Operation) -> Mapping[str, int]:
        """What old lines gave up so far is all that the new ones share."""
        old = (key for key, line in self.lines.items() if not line.is_new)
        left = sum(
            max(cents_of(self.lines[key].asked) - cents, 0)
            for key in old
            if (cents := self.now[key]) is not None and self.lines[key].state == AmountState.KNOWN
        )
        new = self._free(new=True)
        return apportion(left, new) if left < sum(new.values()) else {}

    def _by_hand(self, operation: Operation) -> Mapping[str, int]:
        """Never above what was asked, where that is known."""
        cents = cents_of(operation.amount or Decimal(0))
        found = {}
        for key in operation.lines:
            if line := self.lines.get(key):
                is_known = line.state == AmountState.KNOWN
                found[key] = min(cents, cents_of(line.asked)) if is_known else cents
        return found


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
