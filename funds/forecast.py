"""How long an envelope lasts if money is granted at the pace until now. An estimate, to be
read and never to be calculated with."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from funds.balance import Balance

DAYS_PER_MONTH = Decimal("365.25") / 12
SHORTEST = 90
"""So many days of a period have to be over before its pace says anything."""


@dataclass(frozen=True)
class Forecast:
    """`per_month` in whole euros; `empty_on` is the day on which nothing is left, and
    None where something is left at the end of the period: `left_at_end`, in whole euros."""

    per_month: Decimal
    empty_on: datetime.date | None
    left_at_end: Decimal


def forecast(balance: Balance) -> Forecast | None:
    """What the pace since the beginning of the period leads to. None where the period is
    too young or over, where nothing was granted, and where nothing is left."""
    envelope, on = balance.envelope, balance.on
    days = (on - envelope.starts_on).days + 1
    to_come = (envelope.ends_on - on).days
    committed, left = balance.committed.known, balance.remaining.known
    if days < SHORTEST or to_come <= 0 or committed <= 0 or left <= 0:
        return None
    used = committed * to_come / days
    empty_on = None
    if used > left:
        empty_on = on + datetime.timedelta(days=int(left * days / committed))
    return Forecast(_euros(committed / days * DAYS_PER_MONTH), empty_on, _euros(left - used))


def _euros(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)
