"""An amount divided in tranches over municipalities, and the proof that is kept of it.

Knows no Django: what is stored is read into the same `Division` as what is proposed, so
that a page shows both alike.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from funds.key import WHOLE, Key, portions

PLACES = {"euro": 0, "cent": 2}
"""How many decimals a unit has."""


@dataclass(frozen=True)
class Place:
    """A municipality that takes part; `source` is where its inhabitants were counted."""

    code: str
    name: str
    source: str = ""


@dataclass(frozen=True)
class Tranche:
    """A part of the whole that comes on one day, in euros."""

    day: datetime.date
    amount: Decimal


@dataclass(frozen=True)
class DivisionRow:
    """What one municipality gets, in euros: exactly, and in each tranche."""

    place: Place
    weight: int
    exact: Fraction
    tranches: tuple[Decimal, ...]
    rank: int | None

    @property
    def given(self) -> Decimal:
        return sum(self.tranches, Decimal(0))

    @property
    def rounding(self) -> Fraction:
        """What is given above the exact share; below it, a minus."""
        return Fraction(self.given) - self.exact


@dataclass(frozen=True)
class Division:
    """Who gets what, and why. `day` is the reference date of the inhabitants."""

    key: Key
    unit: str
    day: datetime.date | None
    tranches: tuple[Tranche, ...]
    rows: tuple[DivisionRow, ...]

    @property
    def amount(self) -> Decimal:
        return sum((tranche.amount for tranche in self.tranches), Decimal(0))

    @property
    def weight(self) -> int:
        return sum(row.weight for row in self.rows)

    @property
    def last(self) -> int:
        """The rank of who got the last unit; zero where nothing had to be rounded."""
        return max((row.rank or 0 for row in self.rows), default=0)

    @property
    def follows_remainders(self) -> bool:
        """Whether nobody with a larger remainder was passed over. With tranches that
        cannot always be: see `apportion_table`."""
        unit = Fraction(1, 10 ** PLACES[self.unit])
        up = [unit - row.rounding for row in self.rows if row.rank]
        down = [-row.rounding for row in self.rows if not row.rank]
        return not up or not down or min(up) >= max(down)

    @property
    def is_proven(self) -> bool:
        """Whether the same key gives the same amounts when it is divided again."""
        places = [row.place for row in self.rows]
        return divide(self.key, places, self.tranches, unit=self.unit, day=self.day) == self

    def proof(self) -> dict[str, Any]:
        """What is kept beside the amounts, as JSON; percentages and shares as text."""
        return {
            "key": {
                "percentages": {code: percent(part) for code, part in self.key.percentages.items()},
                "equally": percent(self.key.equally),
                "by_inhabitants": percent(self.key.by_inhabitants),
                "sharers": list(self.key.sharers),
                "inhabitants": dict(self.key.inhabitants),
            },
            "reference_date": self.day.isoformat() if self.day else "",
            "rows": [
                {
                    "code": row.place.code,
                    "name": row.place.name,
                    "source": row.place.source,
                    "weight": row.weight,
                    "exact": str(row.exact),
                    "rank": row.rank,
                }
                for row in self.rows
            ],
        }


def divide(
    key: Key,
    places: Sequence[Place],
    tranches: Sequence[Tranche],
    *,
    unit: str,
    day: datetime.date | None = None,
) -> Division:
    """Divide by the key over those of the places that it gives a part, in their order.

    ValueError for a tranche that is no whole number of units, and as `Key.weights`.
    """
    decimals = PLACES[unit]
    units = [tranche.amount.scaleb(decimals) for tranche in tranches]
    if any(number != number.to_integral_value() for number in units):
        raise ValueError("A tranche is no whole number of units.")
    weights = key.weights()
    taking = [place for place in places if place.code in weights]
    found = portions([int(n) for n in units], {place.code: weights[place.code] for place in taking})
    return Division(
        key,
        unit,
        day,
        tuple(tranches),
        tuple(
            DivisionRow(
                place,
                portion.weight,
                portion.exact / 10**decimals,
                tuple(Decimal(given).scaleb(-decimals) for given in portion.tranches),
                portion.rank,
            )
            for place, portion in zip(taking, found, strict=True)
        ),
    )


def read_division(
    proof: Mapping[str, Any],
    tranches: Sequence[Tranche],
    shares: Mapping[str, Sequence[Decimal]],
    *,
    unit: str,
) -> Division:
    """What was stored: the proof, with the amounts of each tranche by CBS code."""
    key, day = read_key(proof)
    return Division(
        key,
        unit,
        day,
        tuple(tranches),
        tuple(
            DivisionRow(
                Place(row["code"], row["name"], row["source"]),
                row["weight"],
                Fraction(row["exact"]),
                tuple(shares[row["code"]]),
                row["rank"],
            )
            for row in proof["rows"]
        ),
    )


def read_key(proof: Mapping[str, Any]) -> tuple[Key, datetime.date | None]:
    """The key of what was stored, and the reference date of its inhabitants."""
    key, day = proof["key"], proof["reference_date"]
    return (
        Key(
            {code: part_of(text) for code, text in key["percentages"].items()},
            part_of(key["equally"]),
            part_of(key["by_inhabitants"]),
            tuple(key["sharers"]),
            key["inhabitants"],
        ),
        datetime.date.fromisoformat(day) if day else None,
    )


def percent(part: int) -> str:
    """A part of the whole as a percentage: `33.3333`."""
    return f"{Decimal(part * 100) / WHOLE:.4f}".rstrip("0").rstrip(".")


def part_of(text: str) -> int:
    """The other way round, exactly."""
    return int(Decimal(text) * WHOLE / 100)
