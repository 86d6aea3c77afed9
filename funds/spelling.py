"""How far a typed word is from a word that exists. Knows no texts and no readers."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 4


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """Those candidates that the word may have been meant as, the nearest first; among
    equals the order of the candidates."""
    most = forgiven(word)
    near = [(distance(word, candidate, most), candidate) for candidate in candidates]
    return [candidate for steps, candidate in sorted(near, key=lambda n: n[0]) if steps <= most]


def forgiven(word: str) -> int:
    """How many faults a word of this length may hold: a short one soon is another word."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, replace, or swap with a neighbour, to make one word the other.

    More than `most` is answered as `most + 1`.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, other_letter in enumerate(other, start=1):
            step = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other_letter))
            swapped = i > 1 < j and letter == other[j - 2] and other_letter == one[i - 2]
            row.append(min(step, earlier[j - 2] + 1) if swapped else step)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
