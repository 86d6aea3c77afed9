"""What is in the reserve of a fund: the only definition of its figures.

A sum over dated movements and over the tranches of distributions that are taken from it,
up to and including a day; the clock is not read here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from funds.models import DistributionTranche, Fund, ReserveMovement

Kind = ReserveMovement.Kind


@dataclass(frozen=True)
class ReserveEntry:
    """One movement; `amount` is what it adds. `movement` or `tranche` is its row."""

    day: datetime.date
    kind: str
    amount: Decimal
    reason: str
    decision: str
    movement: ReserveMovement | None = None
    tranche: DistributionTranche | None = None


@dataclass(frozen=True)
class ReserveYear:
    """The reserve over one year, in euros; `withdrawn` is what went out, without a minus."""

    year: int
    begin: Decimal
    added: Decimal = Decimal(0)
    withdrawn: Decimal = Decimal(0)

    @property
    def end(self) -> Decimal:
        return self.begin + self.added - self.withdrawn

    def moved(self, entry: ReserveEntry) -> ReserveYear:
        """The year with one entry more."""
        if entry.kind == Kind.BEGIN:
            return replace(self, begin=self.begin + entry.amount)
        if entry.kind == Kind.ADDITION:
            return replace(self, added=self.added + entry.amount)
        return replace(self, withdrawn=self.withdrawn - entry.amount)


def reserve_entries(fund: Fund) -> list[ReserveEntry]:
    """Everything that moves the reserve, also what is still to come, the oldest first.
    Two queries."""
    movements = fund.reserve_movements.select_related("corrects", "correction", "carry_over")
    found = [
        ReserveEntry(
            each.dated_on,
            each.kind,
            each.amount.amount,
            each.reason,
            each.decision,
            movement=each,
        )
        for each in movements
    ]
    tranches = DistributionTranche.objects.filter(
        distribution__fund=fund, distribution__from_reserve=True
    ).select_related("distribution")
    for each in tranches:
        whole = each.distribution
        found.append(
            ReserveEntry(
                each.dated_on,
                Kind.WITHDRAWAL,
                -each.amount.amount,
                f"{whole.title}, tranche {each.number}",
                whole.decision or whole.reason,
                tranche=each,
            )
        )
    return sorted(found, key=lambda entry: entry.day)


def reserve_rest(entries: Iterable[ReserveEntry], on: datetime.date) -> Decimal:
    """What is in the reserve at the end of a day."""
    return sum((entry.amount for entry in entries if entry.day <= on), Decimal(0))


def reserve_years(entries: Iterable[ReserveEntry], on: datetime.date) -> list[ReserveYear]:
    """Every year from the first movement up to the day, the oldest first; empty without
    movements."""
    shown = [entry for entry in entries if entry.day <= on]
    years: list[ReserveYear] = []
    for number in range(shown[0].day.year, on.year + 1) if shown else ():
        year = ReserveYear(number, begin=years[-1].end if years else Decimal(0))
        for entry in shown:
            if entry.day.year == number:
                year = year.moved(entry)
        years.append(year)
    return years
