"""What is left: the only definition of available, granted, remaining and requested.

Every figure is a sum over dated entries up to and including a day (peildatum); the
day is an argument, the clock is not read here. Definitions in prose, with a worked
example that is a test: docs/calculations.md.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from funds.figure import Figure
from funds.models import (
    ApplicationLine,
    ApplicationWithdrawal,
    Envelope,
    EnvelopeMutation,
    Grant,
)
from funds.notation import AmountState


@dataclass(frozen=True)
class Balance:
    """The position of one envelope on one day, in euros."""

    envelope: Envelope
    on: datetime.date
    available: Figure
    granted: Figure
    requested: Figure

    @property
    def remaining(self) -> Figure:
        """Nog beschikbaar: what was made available and is not granted yet."""
        return self.available - self.granted

    @property
    def remaining_if_granted(self) -> Figure:
        """Resteert na toekenning: what is left when everything asked is granted."""
        return self.remaining - self.requested

    @property
    def used_if_granted(self) -> Decimal | None:
        """Percentage of available that is granted or asked, two decimals, half up.

        None where nothing is available. For reading only: never compute with it.
        """
        return percentage(self.granted.known + self.requested.known, self.available.known)

    def __add__(self, other: "Balance") -> "Balance":
        """Two envelopes as one; the envelope named is the first."""
        return Balance(
            self.envelope,
            self.on,
            self.available + other.available,
            self.granted + other.granted,
            self.requested + other.requested,
        )


def percentage(part: Decimal, whole: Decimal) -> Decimal | None:
    """Part of whole in percents with two decimals, half up; None when whole is zero."""
    if whole == 0:
        return None
    return (100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def balances(envelopes: Iterable[Envelope], on: datetime.date) -> list[Balance]:
    """The balance of each envelope on that day, in the order given. Four queries.

    An envelope whose own date lies after the day has nothing available yet.
    """
    wanted = list(envelopes)
    keys = [envelope.pk for envelope in wanted]
    mutations = _sums(
        EnvelopeMutation.objects.filter(envelope__in=keys, dated_on__lte=on, condition=""),
        "envelope",
    )
    granted = _sums(
        Grant.objects.filter(line__application__envelope__in=keys, dated_on__lte=on),
        "line__application__envelope",
    )
    requested = _requested(keys, on)
    return [
        Balance(
            envelope=envelope,
            on=on,
            available=_opening(envelope, on) + Figure.of(mutations[envelope.pk]),
            granted=Figure.of(granted[envelope.pk]),
            requested=requested[envelope.pk],
        )
        for envelope in wanted
    ]


def undecided(on: datetime.date) -> Q:
    """Application lines that were submitted on or before the day, and not decided or
    withdrawn yet."""
    decided = Grant.objects.filter(dated_on__lte=on).values("line")
    withdrawn = ApplicationWithdrawal.objects.filter(dated_on__lte=on).values("application")
    return Q(application__submitted_on__lte=on) & ~Q(pk__in=decided) & ~Q(application__in=withdrawn)


def _opening(envelope: Envelope, on: datetime.date) -> Figure:
    if envelope.dated_on > on:
        return Figure.zero()
    return Figure.of(envelope.amount.amount)


def _sums(entries: QuerySet[Any], by: str) -> dict[int, Decimal]:
    """Known amounts added up per envelope; zero where there are none."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    found.update(entries.values_list(by).annotate(total=Sum("amount")).order_by(by))
    return found


def _requested(keys: list[int], on: datetime.date) -> dict[int, Figure]:
    """What was asked and is not decided, with its gaps, per envelope."""
    found: dict[int, Figure] = defaultdict(Figure.zero)
    rows = (
        ApplicationLine.objects.filter(undecided(on), application__envelope__in=keys)
        .values_list("application__envelope", "state")
        .annotate(total=Sum("amount"), lines=Count("pk"))
        .order_by("application__envelope", "state")
    )
    for key, state, total, lines in rows:
        found[key] += Figure.entry(AmountState(state), total, lines)
    return found
