"""The key of a distribution: what part of the whole each municipality has.

A key is a sum of three parts that make 100 %: percentages per municipality, a part that
is shared equally and a part that is shared by inhabitants. Any one of them alone is a
plain key, more are a mixed one. Whole numbers only; knows no Django.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from municipalities.apportion import apportion_table

WHOLE = 100 * 10**4
"""100 %; a percentage has four decimals at most."""


@dataclass(frozen=True)
class Key:
    """Parts of `WHOLE`, by CBS code where they differ.

    `sharers` share the parts `equally` and `by_inhabitants`; `inhabitants` holds theirs.
    """

    percentages: Mapping[str, int] = field(default_factory=dict)
    equally: int = 0
    by_inhabitants: int = 0
    sharers: Sequence[str] = ()
    inhabitants: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """What the parts come to; `WHOLE`, or the key says nothing."""
        return sum(self.percentages.values()) + self.equally + self.by_inhabitants

    def weights(self) -> dict[str, int]:
        """Whole weights on one scale, as small as they can be, of everybody who takes
        part; ValueError for a key that is not whole or has nobody to share a part."""
        if self.total != WHOLE:
            raise ValueError(f"The parts of a key come to {self.total}, not {WHOLE}.")
        people = sum(self.inhabitants[code] for code in self.sharers) if self.by_inhabitants else 1
        heads = len(self.sharers) if self.equally else 1
        if not people or not heads or (self.by_inhabitants and not self.sharers):
            raise ValueError("There is nobody to share a part of the key.")
        found = {code: part * people * heads for code, part in self.percentages.items()}
        for code in self.sharers:
            by_head = self.equally * people
            by_inhabitant = self.by_inhabitants * heads * self.inhabitants.get(code, 0)
            found[code] = found.get(code, 0) + by_head + by_inhabitant
        smallest = math.gcd(*found.values())
        return {code: weight // smallest for code, weight in found.items()}


@dataclass(frozen=True)
class Portion:
    """What one municipality gets, in units: `exact`, and what is given in each tranche.

    `rank` says the how-many-th it was to be rounded up, and is None where it was not.
    """

    code: str
    weight: int
    exact: Fraction
    tranches: tuple[int, ...]
    rank: int | None = None

    @property
    def given(self) -> int:
        return sum(self.tranches)

    @property
    def rounding(self) -> Fraction:
        """What was given above the exact share, in units; below it, a minus."""
        return self.given - self.exact


def portions(tranches: Sequence[int], weights: Mapping[str, int]) -> list[Portion]:
    """Divide tranches, in units, so that rows and columns add up; in the order of weights.

    The ranks follow the remainders, the largest first; equal remainders the larger weight
    and then the CBS code, as `apportion` does.
    """
    table = apportion_table(tranches, weights)
    total, whole = sum(tranches), sum(weights.values())
    exact = {code: Fraction(total * weight, whole) for code, weight in weights.items()}
    up = [code for code in weights if sum(table[code]) > exact[code]]
    up.sort(key=lambda code: (-(exact[code] % 1), -weights[code], code))
    ranks = {code: rank for rank, code in enumerate(up, 1)}
    return [
        Portion(code, weight, exact[code], tuple(table[code]), ranks.get(code))
        for code, weight in weights.items()
    ]
