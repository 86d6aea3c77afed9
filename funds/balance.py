"""What is left: the only definition of every figure of a fund.

Every figure is a sum over dated entries up to and including a day (peildatum), as known
at a moment; both are arguments, the clock is not read here. Definitions in prose, with a
worked example that is a test: docs/calculations.md.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

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


Keys = Sequence[int] | QuerySet[Any, Any]
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Moved:
    """What entries on grants come to, in euros: each the sum of one or two kinds."""

    changed: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    recovered: Decimal = Decimal(0)
    settled: Decimal = Decimal(0)
    released: Decimal = Decimal(0)
    realised: Figure = field(default_factory=Figure.zero)

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(
            self.changed + other.changed,
            self.paid + other.paid,
            self.recovered + other.recovered,
            self.settled + other.settled,
            self.released + other.released,
            self.realised + other.realised,
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
    conditional: Figure = field(default_factory=Figure.zero)
    moved: Moved = Moved()

    @property
    def available_with_conditional(self) -> Figure:
        """Beschikbaar met voorwaardelijk: if every condition is met."""
        return self.available + self.conditional

    @property
    def realised(self) -> Figure:
        """Verantwoord: what was spent according to the accountability. Settlements that
        do not say it are a gap."""
        return self.moved.realised

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
            self.conditional + other.conditional,
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
    """The balance of each envelope on that day, in the order given. Six queries, and one
    for the envelopes where those are a query themselves.

    An envelope whose own date lies after the day has nothing available yet.
    """
    keys = _keys(envelopes)
    wanted = list(envelopes)
    of_grant = "line__application__envelope"
    mutations, conditional = _mutations(keys, on, known_at)
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
            available=Figure.of(_opening(envelope, on, known_at) + mutations[envelope.pk]),
            granted=Figure.of(granted[envelope.pk] + moved[envelope.pk].changed),
            requested=requested[envelope.pk],
            mutations=Figure.of(mutations[envelope.pk]),
            conditional=conditional[envelope.pk],
            moved=moved[envelope.pk],
        )
        for envelope in wanted
    ]


def standings(
    lines: QuerySet[ApplicationLine], on: datetime.date, *, known_at: Known = None
) -> list[Standing]:
    """Each line on that day, in the order of the query. Four queries."""
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


def _keys(envelopes: Iterable[Envelope]) -> Keys:
    """What the sums are narrowed to: thousands of numbers take longer to read than to find."""
    if isinstance(envelopes, QuerySet) and not envelopes.query.is_sliced:
        return envelopes.order_by().values("pk")
    return [envelope.pk for envelope in envelopes]


def _opening(envelope: Envelope, on: datetime.date, known_at: Known) -> Decimal:
    if envelope.dated_on > on or (known_at is not None and envelope.entered_at > known_at):
        return Decimal(0)
    amount: Decimal = envelope.amount.amount
    return amount


def _mutations(
    keys: Keys, on: datetime.date, known_at: Known
) -> tuple[dict[int, Decimal], dict[int, Figure]]:
    """Per envelope: the mutations that count, and the conditional ones that nothing came
    of yet, with those of which the amount is not known."""
    counts: dict[int, Decimal] = defaultdict(Decimal)
    waits: dict[int, Figure] = defaultdict(Figure.zero)
    found = EnvelopeMutation.objects.filter(counted(on, known_at), envelope__in=keys)
    concluded = found.filter(concludes__isnull=False).values("concludes")
    rows = found.exclude(pk__in=concluded).values_list(
        "envelope", ExpressionWrapper(Q(condition=""), output_field=BooleanField())
    )
    totals = rows.annotate(total=Sum("amount"), open=Count("pk", filter=Q(amount=None)))
    for key, is_sure, total, unknown in totals.order_by("envelope"):
        if is_sure:
            counts[key] = total
        else:
            known = total or Decimal(0)
            waits[key] = Figure(known, {AmountState.TBD: unknown}, has_known=bool(known))
    return counts, waits


def _sums(entries: QuerySet[Any], by: str) -> dict[int, Decimal]:
    """Known amounts added up per envelope; zero where there are none."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    found.update(entries.values_list(by).annotate(total=Sum("amount")).order_by(by))
    return found


def _moved(entries: QuerySet[GrantEntry], by: str) -> dict[int, Moved]:
    """Entries on grants added up by what they do; nothing where there are none. Two
    queries."""
    kind = GrantEntry.Kind
    settled = Q(kind=kind.SETTLEMENT)
    silent = settled & Q(realised=None, corrects=None)
    taken = _taken_back(entries.filter(settled, corrects__isnull=False), by)
    rows = (
        entries.values_list(by)
        .annotate(
            total_changed=_sum("amount", Q(kind=kind.CHANGE)),
            total_paid=_sum("amount", Q(kind__in=PAYMENTS)),
            total_recovered=_sum("amount", Q(kind=kind.RECOVERY)),
            total_settled=_sum("amount", settled),
            total_released=_sum("released", settled),
            total_realised=_sum("realised", settled),
            count_silent=Count("pk", filter=silent),
        )
        .order_by()
    )
    return defaultdict(Moved, {row[0]: _row(row, *taken[row[0]]) for row in rows})


def _row(row: tuple[Any, ...], spent: Decimal, silent: int) -> Moved:
    """`spent` and `silent` are what corrections take back of what was accounted for."""
    _, changed, paid, recovered, settled, released, realised, open_ = row
    known = realised - spent
    gaps = {AmountState.BLANK: open_ - silent} if open_ > silent else {}
    accounted = Figure(known, gaps, has_known=bool(known))
    return Moved(changed, paid, recovered, settled, released, accounted)


def _taken_back(corrections: QuerySet[GrantEntry], by: str) -> dict[int, tuple[Decimal, int]]:
    """What the settlements that were taken back said of what was spent, and how many of
    them said nothing: a correction does not say it again."""
    rows = corrections.values_list(by).annotate(
        spent=_sum("corrects__realised", Q()),
        silent=Count("pk", filter=Q(corrects__realised=None)),
    )
    return defaultdict(lambda: (NOTHING, 0), {key: (spent, n) for key, spent, n in rows.order_by()})


def _sum(field_name: str, where: Q) -> Coalesce:
    return Coalesce(Sum(field_name, filter=where), NOTHING)


def _requested(keys: Keys, on: datetime.date, known_at: Known) -> dict[int, Figure]:
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
