"""A distribution annex (verdeling): an amount in tranches over the members of a region.

Rows as well as columns add up, in whole cents or whole euros; what a document printed
instead is not looked at here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from funds.notation import NotationError, read_plain_amount
from municipalities.apportion import apportion_table
from workplans.notation.division import population_date
from workplans.notation.places import Places, read_date
from workplans.notation.shares import Rule, Sharing

_BY_POPULATION = "inwoners"


@dataclass(frozen=True)
class DistributionRow:
    """What one municipality has: CBS code, its weight, and its tranches in euros."""

    code: str
    weight: int
    percentage: Decimal
    tranches: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.tranches, Decimal())


@dataclass(frozen=True)
class Distribution:
    """An amount divided, in the order of the region's members.

    `day` is the reference date of the inhabitants, None where all weigh the same.
    """

    rows: tuple[DistributionRow, ...]
    day: date | None
    amount: Decimal
    tranches: tuple[Decimal, ...]

    @property
    def weight(self) -> int:
        return sum(row.weight for row in self.rows)

    def row(self, code: str) -> DistributionRow | None:
        return next((row for row in self.rows if row.code == code), None)


def distribute(
    amount_text: str, places: Places, *, key: str = "gelijk", tranches: int = 1, unit: str = "cent"
) -> Distribution:
    """Divide an amount as typed (`€ 600.000`) over the members of the region.

    `key` is `gelijk` or `inwoners`, with or without a date; without one the newest that
    everybody has on the plan's first day. NotationError when the amount is no plain
    amount, no whole number of units, or inhabitants are missing.
    """
    amount = read_plain_amount(amount_text.strip())
    scale = 0 if unit == "euro" else 2
    units = amount.scaleb(scale)
    if units != units.to_integral_value():
        raise NotationError(
            f"{amount_text.strip()} is geen bedrag in hele euro’s; verdeel het in centen.",
            code="no_whole_units",
        )
    weights, day = _weights(key, places)
    parts = _equal_parts(int(units), tranches)
    table = apportion_table(parts, weights)
    whole = sum(weights.values())
    return Distribution(
        rows=tuple(
            DistributionRow(
                code,
                weights[code],
                (Decimal(100 * weights[code]) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP),
                tuple(Decimal(cell).scaleb(-scale) for cell in table[code]),
            )
            for code in places.members
        ),
        day=day,
        amount=amount,
        tranches=tuple(Decimal(part).scaleb(-scale) for part in parts),
    )


def _equal_parts(units: int, count: int) -> list[int]:
    """As equal as can be; what is left over goes to the first tranches."""
    part, left = divmod(units, count)
    return [part + (n < left) for n in range(count)]


def _weights(key: str, places: Places) -> tuple[dict[str, int], date | None]:
    rule, _, day_text = key.partition(" ")
    if rule != _BY_POPULATION:
        return dict.fromkeys(places.members, 1), None
    sharing = Sharing(Rule.POPULATION, places.members, date=read_date(day_text))
    day = population_date(sharing, places)
    assert day is not None
    return {code: places.populations[day][code] for code in places.members}, day
