"""How script/bench measures: the clock, and beside it the processor.

A machine that others use makes the clock slow and leaves the processor's time nearly as
it is; where the two differ much, the clock says nothing about Penvoerder.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

TURNS = 5


@dataclass(frozen=True)
class Took:
    """Milliseconds of one call: on the clock, and of the processor."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:8.0f} ms   {self.processor:6.0f} ms processor"


def milliseconds(work: Callable[[], Any]) -> float:
    """The time of one call on the clock."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def took(work: Callable[[], Any], *, helpers: Iterable[int] = ()) -> Took:
    """Five calls, after one that warms up: the median of the clock, the mean of the
    processor. `helpers` are processes that work for us, such
    as the one of the database; their time is only known on the same machine."""
    work()
    beside = tuple(helpers)
    before = _processor(beside)
    clock = [milliseconds(work) for _ in range(TURNS)]
    return Took(median(clock), (_processor(beside) - before) / TURNS)


def side_by_side(
    one: Callable[[], Any],
    other: Callable[[], Any],
    turns: int,
    helpers: Callable[[], Iterable[int]],
) -> tuple[Took, Took]:
    """Two calls that take turns, so that a busy machine hits both; medians of both.
    `helpers` are asked for after the first call, which may start some."""
    one()
    other()
    beside = tuple(helpers())
    pairs = [(_once(one, beside), _once(other, beside)) for _ in range(turns)]
    first, second = zip(*pairs, strict=True)
    return _middle(first), _middle(second)


def _once(work: Callable[[], Any], helpers: tuple[int, ...]) -> Took:
    before = _processor(helpers)
    return Took(milliseconds(work), _processor(helpers) - before)


def _middle(all_: Iterable[Took]) -> Took:
    found = list(all_)
    return Took(median(t.clock for t in found), median(t.processor for t in found))


def heading(text: str) -> None:
    print(f"\n{text}", flush=True)


def line(name: str, value: object) -> None:
    print(f"  {name:<52}{value}", flush=True)


def _processor(helpers: Iterable[int]) -> float:
    """Milliseconds of processor that this process and its helpers used so far."""
    return time.process_time() * 1000 + sum(map(_processor_of, helpers))


def _processor_of(pid: int) -> float:
    """Zero where the system does not tell. It counts in hundredths of a second."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")
