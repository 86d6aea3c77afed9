"""Which thing of one list is which thing of another, without keys of a database. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T")

ALIKE = 0.5  # of the words of two texts; from here on they are one text that was changed
MOST_COMPARED = 40  # left over on one side; more are not held against one another
MOST_WORDS = 400


@dataclass(frozen=True)
class Pair(Generic[T]):
    """One thing before and after; one of the two is missing where it came or went.

    `moved`: among those that stayed it stands in another place than before.
    """

    old: T | None
    new: T | None
    moved: bool = False


def match(
    old: Sequence[T],
    new: Sequence[T],
    *keys: Callable[[T], Hashable],
    words: Callable[[T], str] | None = None,
) -> list[Pair[T]]:
    """Pair two lists, in the order of the new one; what is gone stands where it stood.

    Each key in turn pairs what is left by equal value, in order; None is no value.
    `words` pairs what is left then and reads alike.
    """
    found: dict[int, int] = {}  # place in new: place in old
    left = set(range(len(old)))
    for key in keys:
        places: dict[Hashable, deque[int]] = defaultdict(deque)
        for i in sorted(left):
            if (value := key(old[i])) is not None:
                places[value].append(i)
        for n, thing in enumerate(new):
            if n not in found and (there := places.get(key(thing))):
                found[n] = there.popleft()
                left.discard(found[n])
    if words is not None:
        _pair_alike(old, new, found, left, words)
    return list(_in_order(old, new, found))


def _pair_alike(
    old: Sequence[T],
    new: Sequence[T],
    found: dict[int, int],
    left: set[int],
    words: Callable[[T], str],
) -> None:
    rest = [n for n in range(len(new)) if n not in found]
    if max(len(rest), len(left)) > MOST_COMPARED:
        return
    texts = {i: words(old[i]).split()[:MOST_WORDS] for i in left}
    for n in rest:
        wanted = words(new[n]).split()[:MOST_WORDS]
        ratios = [(SequenceMatcher(None, texts[i], wanted).ratio(), -i) for i in left if texts[i]]
        best, place = max(ratios, default=(0.0, 0))
        if best >= ALIKE:
            found[n] = -place
            left.discard(-place)


def _in_order(old: Sequence[T], new: Sequence[T], found: dict[int, int]) -> Iterator[Pair[T]]:
    stayed = _stayed([found[n] for n in sorted(found)])
    gone = [i for i in range(len(old)) if i not in found.values()]
    for n, thing in enumerate(new):
        place = found.get(n)
        # What is gone comes right before the first thing that stood behind it.
        while place in stayed and gone and gone[0] < place:
            yield Pair(old[gone.pop(0)], None)
        yield Pair(None if place is None else old[place], thing, _is_moved(place, stayed))
    for i in gone:
        yield Pair(old[i], None)


def _is_moved(place: int | None, stayed: set[int]) -> bool:
    return place is not None and place not in stayed


def _stayed(places: list[int]) -> set[int]:
    """The places of the longest stretch that kept its order: the others moved."""
    ends: list[int] = []
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(ends, place)
        before[place] = tails[at - 1] if at else None
        ends[at : at + 1] = [place]
        tails[at : at + 1] = [place]
    stayed: set[int] = set()
    last: int | None = tails[-1] if tails else None
    while last is not None:
        stayed.add(last)
        last = before[last]
    return stayed
