"""What is due, paid and open of the instalments of applications: the only calculation.

A plan bends with what happens: when less is granted or settled, or more was paid beside
the schedule, the last instalments become less. So planned and paid are never more than
what may be paid.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import Q, QuerySet, Sum

from funds.balance import Known, counted, standings
from funds.models import (
    PAYMENTS,
    Application,
    ApplicationLine,
    GrantEntry,
    Instalment,
    PaymentSchedule,
)
from municipalities.models import User

NOTHING = Decimal(0)
SOON = datetime.timedelta(days=14)
"""So long before its day an instalment waits for the fund manager."""


@dataclass(frozen=True)
class Part:
    """What an instalment comes to on one line: what is paid of it, and what is open."""

    instalment: Instalment
    paid: Decimal
    open: Decimal


@dataclass(frozen=True)
class Due:
    """What of one application is due on a day, over its lines; or, without `parts`, what
    was paid on that day beside any schedule."""

    application: Application
    day: datetime.date
    kind: str
    schedule: PaymentSchedule | None
    paid: Decimal
    open: Decimal
    parts: tuple[Part, ...] = ()

    @property
    def key(self) -> str:
        """Its word in an address, among those of the schedule that holds."""
        return f"{self.day.isoformat()}-{self.kind}"

    @property
    def planned(self) -> Decimal:
        """What was or is to be paid of the instalment; nothing beside a schedule."""
        return self.paid + self.open if self.parts else NOTHING

    @property
    def stated(self) -> Decimal:
        """What the schedule says, whatever came afterwards."""
        return sum((each.instalment.amount.amount for each in self.parts), NOTHING)

    def late(self, on: datetime.date) -> Decimal:
        """What should have been paid before that day and was not."""
        return self.open if self.day < on else NOTHING


def dues(
    applications: QuerySet[Application], on: datetime.date, *, known_at: Known = None
) -> list[Due]:
    """The instalments of these applications on a day, the earliest first: those of the
    schedule that holds, and of earlier ones what was paid; and what was paid beside them.
    Nine queries."""
    schedules = PaymentSchedule.objects.filter(
        counted(on, known_at), application__in=applications.order_by().values("pk")
    )
    holds = set(schedules.order_by("application_id", "-number").distinct("application_id"))
    paid = defaultdict(
        Decimal,
        GrantEntry.objects.filter(counted(on, known_at), instalment__schedule__in=schedules)
        .values_list("instalment")
        .annotate(total=Sum("amount"))
        .order_by(),
    )
    payable = _payable(holds, on, known_at)
    instalments = Instalment.objects.filter(schedule__in=schedules).select_related(
        "schedule__application__envelope__region",
        "schedule__application__envelope__fund",
        "grant__line",
    )
    parts = []
    for row in instalments.order_by("due_on", "-kind", "schedule", "grant__line__position"):
        is_open = row.amount.amount - paid[row.pk] if row.schedule in holds else NOTHING
        is_open = min(is_open, payable[row.grant_id])
        payable[row.grant_id] -= is_open
        parts.append(Part(row, paid[row.pk], is_open))
    found = [*_together(parts, holds), *_beside(applications, on, known_at)]
    return sorted(found, key=lambda due: (due.day, due.application.pk, not due.parts, due.kind))


def open_dues(application: Application, on: datetime.date) -> list[Due]:
    """What is still to be paid of the schedule that holds, the earliest first."""
    found = dues(Application.objects.filter(pk=application.pk), on)
    return [due for due in found if due.open]


def waiting_dues(user: User, *, on: datetime.date) -> list[Due]:
    """What is due by now or soon, of funds that the user manages."""
    managed = Application.objects.managed_by(user).filter(schedules__isnull=False).distinct()
    return [due for due in dues(managed, on) if due.open and due.day <= on + SOON]


def _payable(
    holds: Iterable[PaymentSchedule], on: datetime.date, known_at: Known
) -> dict[int, Decimal]:
    """What may still be paid per grant that a schedule plans for."""
    lines = ApplicationLine.objects.filter(grant__instalments__schedule__in=holds).distinct()
    found = standings(lines, on, known_at=known_at)
    return defaultdict(
        Decimal, {each.grant.pk: each.payable for each in found if each.grant is not None}
    )


def _together(parts: Iterable[Part], holds: set[PaymentSchedule]) -> Iterable[Due]:
    """Parts of one day, kind and schedule as one; of a schedule that was replaced only
    what was paid."""

    def of(part: Part) -> tuple[datetime.date, str, int]:
        row = part.instalment
        return (row.due_on, row.kind, row.schedule_id)

    for (day, kind, _), group in groupby(sorted(parts, key=of), key=of):
        row = tuple(group)
        schedule = row[0].instalment.schedule
        paid = sum((part.paid for part in row), NOTHING)
        is_open = sum((part.open for part in row), NOTHING)
        if schedule in holds or paid:
            yield Due(schedule.application, day, kind, schedule, paid, is_open, row)


def _beside(
    applications: QuerySet[Application], on: datetime.date, known_at: Known
) -> Iterable[Due]:
    """What was paid without an instalment, per application and day."""
    path = "grant__line__application"
    rows = (
        GrantEntry.objects.filter(
            counted(on, known_at),
            Q(instalment=None, kind__in=PAYMENTS),
            **{f"{path}__in": applications.order_by().values("pk")},
        )
        .values_list(path, "dated_on", "kind")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    totals = [row for row in rows if row[3]]
    keys = {key for key, *_ in totals}
    known = (
        Application.objects.filter(pk__in=keys)
        .select_related("envelope__region", "envelope__fund")
        .in_bulk()
    )
    for key, day, kind, total in totals:
        yield Due(known[key], day, kind, None, total, NOTHING)
