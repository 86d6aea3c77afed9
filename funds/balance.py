"""What is left: the only definition of every figure of a fund.

Every figure is a sum over dated entries up to and including a day (peildatum), as known
at a moment; both are arguments, the clock is not read here. Definitions in prose, with a
worked example that is a test: docs/calculations.md.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from funds.figure import Figure
from funds.models import (
    PAYMENTS,
    ApplicationLine,
    ApplicationWithdrawal,
    Envelope,
    EnvelopeMutation,
    Grant,
    GrantEntry,
)
from funds.notation import AmountState

Known = datetime.datetime | None
"""A moment: what was entered after it does not count. None: all that is known."""


@dataclass(frozen=True)
class Moved:
    """What entries on grants come to, in euros: each the sum of one or two kinds."""

    changed: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    recovered: Decimal = Decimal(0)
    settled: Decimal = Decimal(0)
    released: Decimal = Decimal(0)

    @classmethod
    def of(cls, kind: str, amount: Decimal, released: Decimal) -> "Moved":
        """The sum of entries of one kind."""
        name = {
            GrantEntry.Kind.CHANGE: "changed",
            GrantEntry.Kind.SETTLEMENT: "settled",
            GrantEntry.Kind.RECOVERY: "recovered",
        } | dict.fromkeys(PAYMENTS, "paid")
        return cls(**{name[GrantEntry.Kind(kind)]: amount}, released=released)

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(
            self.changed + other.changed,
            self.paid + other.paid,
            self.recovered + other.recovered,
            self.settled + other.settled,
            self.released + other.released,
        )


@dataclass(frozen=True)
class Balance:
    """The position of one envelope on one day, in euros.

    `available` holds `mutations`, and `granted` the changes of grants.
    """

    envelope: Envelope
    on: datetime.date
    available: Figure
    granted: Figure
    requested: Figure
    mutations: Figure = field(default_factory=Figure.zero)
    moved: Moved = Moved()

    @property
    def paid(self) -> Figure:
        """Uitbetaald: advances and final payments."""
        return Figure.of(self.moved.paid)

    @property
    def recovered(self) -> Figure:
        """Teruggevorderd: what was paid above the settled amount and asked back."""
        return Figure.of(self.moved.recovered)

    @property
    def settled(self) -> Figure:
        """Vastgesteld: what was settled after the accountability."""
        return Figure.of(self.moved.settled)

    @property
    def released(self) -> Figure:
        """Vrijgevallen: granted and not settled; it returns to what is left."""
        return Figure.of(self.moved.released)

    @property
    def committed(self) -> Figure:
        """Vastgelegd: granted and not released."""
        return Figure.of(self.granted.known - self.moved.released)

    @property
    def remaining(self) -> Figure:
        """Nog beschikbaar: what was made available and is not granted, or came back."""
        return self.available - self.committed

    @property
    def remaining_if_granted(self) -> Figure:
        """Resteert na toekenning: what is left when everything asked is granted."""
        return self.remaining - self.requested

    @property
    def used_if_granted(self) -> Decimal | None:
        """Percentage of available that is committed or asked, two decimals, half up.

        None where nothing is available. For reading only: never compute with it.
        """
        return percentage(self.committed.known + self.requested.known, self.available.known)

    def __add__(self, other: "Balance") -> "Balance":
        """Two envelopes as one; the envelope named is the first."""
        return Balance(
            self.envelope,
            self.on,
            self.available + other.available,
            self.granted + other.granted,
            self.requested + other.requested,
            self.mutations + other.mutations,
            self.moved + other.moved,
        )


@dataclass(frozen=True)
class Standing:
    """One application line on a day: what was asked and what became of it, in euros.

    `granted` is None as long as nobody decided; a refusal is zero.
    """

    line: ApplicationLine
    grant: Grant | None
    granted: Decimal | None
    moved: Moved

    @property
    def asked(self) -> Figure:
        amount = self.line.amount.amount if self.line.amount is not None else None
        return Figure.entry(AmountState(self.line.state), amount)

    @property
    def is_decided(self) -> bool:
        """Whether somebody granted or refused it."""
        return self.granted is not None

    @property
    def is_settled(self) -> bool:
        return self.moved.settled + self.moved.released > 0

    @property
    def is_changeable(self) -> bool:
        """Whether the amount that was granted can still become another."""
        return self.is_decided and not self.is_settled

    @property
    def is_settleable(self) -> bool:
        """Whether something was granted that is not settled yet."""
        return bool(self.granted) and not self.is_settled

    @property
    def payable(self) -> Decimal:
        """What may still be paid: up to what is granted, or settled."""
        bound = self.moved.settled if self.is_settled else self.granted or Decimal(0)
        return max(bound - self.moved.paid + self.moved.recovered, Decimal(0))

    @property
    def recoverable(self) -> Decimal:
        """What was paid above the settled amount and is not recovered yet."""
        if not self.is_settled:
            return Decimal(0)
        return max(self.moved.paid - self.moved.recovered - self.moved.settled, Decimal(0))


def percentage(part: Decimal, whole: Decimal) -> Decimal | None:
    """Part of whole in percents with two decimals, half up; None when whole is zero."""
    if whole == 0:
        return None
    return (100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def balances(
    envelopes: Iterable[Envelope], on: datetime.date, *, known_at: Known = None
) -> list[Balance]:
    """The balance of each envelope on that day, in the order given. Five queries.

    An envelope whose own date lies after the day has nothing available yet.
    """
    wanted = list(envelopes)
    keys = [envelope.pk for envelope in wanted]
    of_grant = "line__application__envelope"
    mutations = _sums(
        EnvelopeMutation.objects.filter(
            counted(on, known_at), envelope__in=keys, condition="", amount__isnull=False
        ),
        "envelope",
    )
    granted = _sums(
        Grant.objects.filter(counted(on, known_at), line__application__envelope__in=keys), of_grant
    )
    moved = _moved(
        GrantEntry.objects.filter(
            counted(on, known_at), grant__line__application__envelope__in=keys
        ),
        f"grant__{of_grant}",
    )
    requested = _requested(keys, on, known_at)
    return [
        Balance(
            envelope=envelope,
            on=on,
            available=_opening(envelope, on, known_at) + Figure.of(mutations[envelope.pk]),
            granted=Figure.of(granted[envelope.pk] + moved[envelope.pk].changed),
            requested=requested[envelope.pk],
            mutations=Figure.of(mutations[envelope.pk]),
            moved=moved[envelope.pk],
        )
        for envelope in wanted
    ]


def standings(
    lines: QuerySet[ApplicationLine], on: datetime.date, *, known_at: Known = None
) -> list[Standing]:
    """Each line on that day, in the order of the query. Three queries."""
    wanted = list(lines)
    grants = {
        grant.line_id: grant
        for grant in Grant.objects.filter(counted(on, known_at), line__in=wanted)
    }
    moved = _moved(
        GrantEntry.objects.filter(counted(on, known_at), grant__in=grants.values()), "grant__line"
    )
    return [
        Standing(
            line,
            grant := grants.get(line.pk),
            None if grant is None else grant.amount.amount + moved[line.pk].changed,
            moved[line.pk],
        )
        for line in wanted
    ]


def counted(on: datetime.date, known_at: Known = None) -> Q:
    """Entries of that day or before, as far as they were known at the moment."""
    return Q(dated_on__lte=on) & _known(known_at)


def undecided(on: datetime.date, known_at: Known = None) -> Q:
    """Application lines that were submitted on or before the day, and not decided or
    withdrawn yet."""
    decided = Grant.objects.filter(counted(on, known_at)).values("line")
    withdrawn = ApplicationWithdrawal.objects.filter(counted(on, known_at)).values("application")
    submitted = Q(application__submitted_on__lte=on) & _known(known_at, "application__")
    return submitted & ~Q(pk__in=decided) & ~Q(application__in=withdrawn)


def _known(known_at: Known, prefix: str = "") -> Q:
    return Q() if known_at is None else Q(**{f"{prefix}entered_at__lte": known_at})


def _opening(envelope: Envelope, on: datetime.date, known_at: Known) -> Figure:
    if envelope.dated_on > on or (known_at is not None and envelope.entered_at > known_at):
        return Figure.zero()
    return Figure.of(envelope.amount.amount)


def _sums(entries: QuerySet[Any], by: str) -> dict[int, Decimal]:
    """Known amounts added up per envelope; zero where there are none."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    found.update(entries.values_list(by).annotate(total=Sum("amount")).order_by(by))
    return found


def _moved(entries: QuerySet[GrantEntry], by: str) -> dict[int, Moved]:
    """Entries on grants added up by kind; nothing where there are none."""
    found: dict[int, Moved] = defaultdict(Moved)
    rows = entries.values_list(by, "kind").annotate(total=Sum("amount"), back=Sum("released"))
    for key, kind, total, back in rows.order_by(by, "kind"):
        found[key] += Moved.of(kind, total, back)
    return found


def _requested(keys: list[int], on: datetime.date, known_at: Known) -> dict[int, Figure]:
    """What was asked and is not decided, with its gaps, per envelope."""
    found: dict[int, Figure] = defaultdict(Figure.zero)
    rows = (
        ApplicationLine.objects.filter(undecided(on, known_at), application__envelope__in=keys)
        .values_list("application__envelope", "state")
        .annotate(total=Sum("amount"), lines=Count("pk"))
        .order_by("application__envelope", "state")
    )
    for key, state, total, lines in rows:
        found[key] += Figure.entry(AmountState(state), total, lines)
    return found
