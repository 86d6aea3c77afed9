"""What is kept free for a purpose in an envelope, and what an earmark still takes."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from funds.balance import counted
from funds.figure import Figure
from funds.models import Earmark, Envelope, Grant, GrantEntry

Kind = GrantEntry.Kind


@dataclass(frozen=True)
class EarmarkStanding:
    """An earmark as it is on a day: what is granted in it and not released, in euros."""

    earmark: Earmark
    held: Decimal

    @property
    def minimum(self) -> Decimal:
        return Decimal(self.earmark.minimum.amount)

    @property
    def reserved(self) -> Decimal:
        """What of the minimum is not granted yet, and is kept free."""
        return max(self.minimum - self.held, Decimal(0))

    @property
    def left(self) -> Decimal | None:
        """What may still be granted in it; None without a maximum."""
        maximum = self.earmark.maximum
        return None if maximum is None else Decimal(maximum.amount) - self.held

    def granting(self, amount: Decimal) -> EarmarkStanding:
        """As it would be after a grant in it."""
        return EarmarkStanding(self.earmark, self.held + amount)


def earmark_standings(
    envelopes: Iterable[Envelope], on: datetime.date
) -> dict[int, list[EarmarkStanding]]:
    """The earmarks that hold on that day, by key of the envelope and in order of name.
    One query where there are none, else three."""
    current: dict[tuple[int, str], Earmark] = {}
    rows = Earmark.objects.filter(dated_on__lte=on, envelope__in=[each.pk for each in envelopes])
    for row in rows.order_by("envelope", "name", "dated_on", "pk"):
        current[row.envelope_id, row.name] = row
    found: dict[int, list[EarmarkStanding]] = defaultdict(list)
    held = _held({key for key, _ in current}, on) if current else {}
    for (key, name), row in current.items():
        found[key].append(EarmarkStanding(row, held.get((key, name), Decimal(0))))
    return found


def reserved(standings: Iterable[EarmarkStanding]) -> Figure:
    """What of the minima of these earmarks is kept free (geoormerkt)."""
    return Figure.of(sum((each.reserved for each in standings), Decimal(0)))


def _held(envelopes: Iterable[int], on: datetime.date) -> dict[tuple[int, str], Decimal]:
    """What is granted and not released, by envelope and name of the earmark."""
    held: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    of = ("earmark__envelope", "earmark__name")
    grants = Grant.objects.filter(counted(on), earmark__envelope__in=envelopes)
    for key, name, total in grants.values_list(*of).annotate(total=Sum("amount")).order_by(*of):
        held[key, name] += total
    of = ("grant__earmark__envelope", "grant__earmark__name")
    moves = GrantEntry.objects.filter(counted(on), grant__earmark__envelope__in=envelopes)
    rows = moves.values_list(*of).annotate(
        changed=Sum("amount", filter=Q(kind=Kind.CHANGE), default=0), back=Sum("released")
    )
    for key, name, changed, back in rows.order_by(*of):
        held[key, name] += changed - back
    return held
