"""Two texts as one, with what was taken out and what was put in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

RunKind = Literal["same", "removed", "added", "left out"]

SHORT = 60  # letters; a cell this short is shown whole, before and after
MOST_PAIRS = 1_000_000  # words of one times words of the other; beyond, whole lines
CONTEXT = 120  # letters of what stayed that are shown on either side of a change
WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Run:
    """A stretch of text that stayed, went or came; `left out` stands for what stayed far
    from any change and is not shown."""

    kind: RunKind
    text: str


def runs(old: str, new: str) -> tuple[Run, ...]:
    """The difference of two texts: a short one whole, a longer one by its words."""
    if not old or not new or (max(len(old), len(new)) <= SHORT and "\n" not in old + new):
        return tuple(_whole(old, new))
    return tuple(_near_changes(list(_joined(_by_line(old, new)))))


def _near_changes(found: list[Run]) -> Iterator[Run]:
    """What stayed only as far as it helps to see where a change is."""
    last = len(found) - 1
    for n, run in enumerate(found):
        before = "" if n == 0 else run.text[:CONTEXT]
        after = "" if n == last else run.text[-CONTEXT:]
        if run.kind != "same" or len(before + after) + CONTEXT >= len(run.text):
            yield run
            continue
        if before:
            yield Run("same", before.rpartition(" ")[0] + " ")
        yield Run("left out", "")
        if after:
            yield Run("same", " " + after.partition(" ")[2])


def _whole(old: str, new: str) -> Iterator[Run]:
    if old:
        yield Run("removed", old)
    if new:
        yield Run("added", new)


def _by_line(old: str, new: str) -> Iterator[Run]:
    """Lines first: long texts change in few places, and words are costly to compare."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for step, i, j, m, n in _steps(_stripped(before), _stripped(after), autojunk=True):
        was, now = "".join(before[i:j]), "".join(after[m:n])
        if step == "equal":
            yield Run("same", now)
        else:
            yield from _by_word(WORD.findall(was), WORD.findall(now))


def _by_word(before: list[str], after: list[str]) -> Iterator[Run]:
    if not before or not after or len(before) * len(after) > MOST_PAIRS:
        yield from _whole("".join(before), "".join(after))
        return
    for step, i, j, m, n in _steps(_stripped(before), _stripped(after), autojunk=False):
        was, now = "".join(before[i:j]), "".join(after[m:n])
        if step == "equal":
            yield Run("same", now)
        else:
            yield from _whole(was, now)


def _steps(
    before: Sequence[str], after: Sequence[str], *, autojunk: bool
) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=autojunk).get_opcodes()


def _stripped(parts: Iterable[str]) -> list[str]:
    """Without the space behind them: the last word of a text has none."""
    return [part.rstrip() for part in parts]


def _joined(found: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one kind as one; between two stretches that stayed first what went,
    then what came."""
    for stayed, group in groupby(found, lambda run: run.kind == "same"):
        stretch = list(group)
        kinds: tuple[RunKind, ...] = ("same",) if stayed else ("removed", "added")
        for kind in kinds:
            text = "".join(run.text for run in stretch if run.kind == kind)
            if text:
                yield Run(kind, text)
