"""Quantities as people write them: `3 plaatsen`, `0,5 fte casemanagement`,
`250 tot 300 mensen`, `ca. 5 woningen`.

A number, the unit it counts in, and what it is of. Quantities of one unit can be added
up; what is no quantity is refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from funds.notation import NotationError
from workplans.notation.words import NUMBERS

Bound = Literal["", "minimum", "maximum"]

_VALUES = {word: Decimal(n) for n, word in enumerate(NUMBERS, start=1)} | {"één": Decimal(1)}
_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,12}})(?:,\d{{1,4}})?|{'|'.join(_VALUES)}"
_BOUNDS: dict[Bound, str] = {
    "minimum": r"ten ?minste|minstens|minimaal|min\.",
    "maximum": r"ten hoogste|hoogstens|maximaal|max\.",
}
_WRITTEN: dict[Bound, str] = {"minimum": "ten minste ", "maximum": "maximaal ", "": ""}
_QUANTITY = re.compile(
    rf"(?:(?P<minimum>{_BOUNDS['minimum']})|(?P<maximum>{_BOUNDS['maximum']})"
    r"|(?P<about>ca\.|circa|ongeveer|ruim|bijna))?"
    rf" ?(?P<low>{_NUMBER})(?:(?: tot(?: en met)? | t/m | à | ?[-–] ?)(?P<high>{_NUMBER}))?"
    r" ?(?P<unit>%|[^\W\d_][^\s\d]*)(?: (?P<what>.+))?",
    re.I,
)
_SINGULAR = {
    "plaatsen": "plaats",
    "plekken": "plaats",
    "plek": "plaats",
    "woningen": "woning",
    "personen": "mens",
    "persoon": "mens",
    "mensen": "mens",
    "inwoners": "inwoner",
    "uren": "uur",
    "locaties": "locatie",
}


@dataclass(frozen=True)
class Quantity:
    """A number of units, or from `low` up to and including `high`.

    `unit` is the word as typed; `counts_in` makes one word of its spellings. `is_about`
    and `bound` say that the number is not exactly meant.
    """

    low: Decimal
    unit: str
    what: str = ""
    high: Decimal | None = None
    is_about: bool = False
    bound: Bound = ""

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise ValueError(f"not from low to high: {self!r}")
        if not self.unit or (self.is_about and self.bound):
            raise ValueError(f"this is no quantity: {self!r}")

    @property
    def counts_in(self) -> str:
        """The unit by which quantities add up: `plekken` and `plaatsen` are one."""
        plain = self.unit.casefold()
        return _SINGULAR.get(plain, plain)


def read_quantity(text: str) -> Quantity:
    """Read one quantity; NotationError when the text does not begin with a number."""
    plain = " ".join(text.split())
    match = _QUANTITY.fullmatch(plain)
    if match is None:
        raise NotationError(
            f"“{plain[:80]}” is geen aantal; schrijf een getal en wat u telt, zoals 3 plaatsen.",
            code="no_quantity",
        )
    low, high = _number(match["low"]), _number(match["high"]) if match["high"] else None
    if high is not None and high < low:
        raise NotationError(
            f"“{plain[:80]}” loopt van meer naar minder; draai de twee getallen om.",
            code="reversed_quantity",
        )
    bound: Bound = "minimum" if match["minimum"] else "maximum" if match["maximum"] else ""
    return Quantity(
        low=low,
        high=high,
        unit=match["unit"],
        what=match["what"] or "",
        is_about=bool(match["about"]),
        bound=bound,
    )


def format_quantity(quantity: Quantity) -> str:
    """Write a quantity in one fixed way: `ca. 5 woningen`."""
    number = _written(quantity.low)
    if quantity.high is not None:
        number += f" tot {_written(quantity.high)}"
    front = "ca. " if quantity.is_about else _WRITTEN[quantity.bound]
    return f"{front}{number} {quantity.unit} {quantity.what}".rstrip()


def total(quantities: Iterable[Quantity], unit: str) -> tuple[Decimal, Decimal]:
    """The least and the most that quantities of one unit add up to; (0, 0) for none."""
    wanted = Quantity(Decimal(0), unit).counts_in
    low = high = Decimal(0)
    for quantity in quantities:
        if quantity.counts_in == wanted:
            low += quantity.low
            high += quantity.low if quantity.high is None else quantity.high
    return low, high


def _number(text: str) -> Decimal:
    plain = text.casefold()
    if plain in _VALUES:
        return _VALUES[plain]
    return Decimal(plain.replace(".", "").replace(",", "."))


def _written(number: Decimal) -> str:
    whole, _, part = f"{number:f}".partition(".")
    part = part.rstrip("0")
    return f"{int(whole):,}".replace(",", ".") + (f",{part}" if part else "")
