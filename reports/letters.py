"""Which letters there are: a decision per application and day, a payment order per
reference. No letter is stored; each is found again from entries that never change."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max, Q
from django.urls import reverse

from funds.models import PAYMENTS, Application, Grant, GrantEntry
from reports.table import Column, Row, Table, Text

DECISION, PAYMENT = "beschikking", "betaalopdracht"
KINDS = {DECISION: "Beschikkingen", PAYMENT: "Betaalopdrachten"}
COLUMNS = (
    Column("datum", "Datum", "date", 15),
    Column("brief", "Brief (pdf)", "text", 60),
    Column("regio", "Regio", "text", 25),
)


@dataclass(frozen=True)
class Letter:
    """A letter that can be made; `known_at` is when the last of its entries was entered,
    and what was entered later is not in it.

    `payments` are the keys of its entries and `taken_back` how many of those were
    corrected since; a decision has neither.
    """

    kind: str
    application: Application
    on: datetime.date
    known_at: datetime.datetime
    reference: str
    payments: tuple[int, ...] = ()
    taken_back: int = 0

    @property
    def key(self) -> str:
        """Its word in an address, among those of its kind and application."""
        day = self.on.isoformat()
        return f"{day}-{self.payments[0]}" if self.payments else day

    @property
    def is_void(self) -> bool:
        """Whether everything in it was taken back."""
        return bool(self.payments) and self.taken_back == len(self.payments)

    @cached_property
    def file_name(self) -> str:
        region = self.application.envelope.region.slug
        return f"{self.kind}-{region}-{self.application.pk}-{self.key}.pdf"

    @property
    def url(self) -> str:
        slug = self.application.envelope.fund.slug
        return reverse(
            "reports:letter_download", args=[slug, self.application.pk, self.kind, self.key]
        )

    @property
    def note(self) -> str:
        """What it is about, and what a reader must know before it is sent."""
        about = self.application.title
        if self.is_void:
            return f"{about}. Teruggenomen; voer deze opdracht niet uit."
        if self.taken_back:
            return f"{about}. {self.taken_back} van {len(self.payments)} betalingen teruggenomen."
        return about


def letters(
    kind: str,
    applications: Iterable[Application],
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> list[Letter]:
    """The letters of one of `KINDS` about these applications, from and up to and including
    these days, oldest first. At most three queries, and that of the applications."""
    by_key = {application.pk: application for application in applications}
    span = Q(dated_on__gte=first or datetime.date.min) & Q(dated_on__lte=last or datetime.date.max)
    make = {DECISION: _decisions, PAYMENT: _payments}[kind]
    return sorted(make(by_key, span), key=lambda found: (found.on, found.application.pk, found.key))


def find_letter(kind: str, application: Application, key: str) -> Letter | None:
    """The letter at an address, or None."""
    found = letters(kind, [application]) if kind in KINDS else []
    return next((letter for letter in found if letter.key == key), None)


def letter_table(found: Iterable[Letter], caption: str) -> Table:
    """Letters to choose from, each a link to its file."""
    return Table(
        key="brieven",
        caption=caption,
        columns=COLUMNS,
        rows=tuple(
            Row(
                f"{letter.kind}-{letter.application.pk}-{letter.key}",
                (
                    Text(f"{letter.on:%d-%m-%Y}", order=letter.on.isoformat()),
                    Text(
                        f"{letter.kind.capitalize()} {letter.reference}",
                        url=letter.url,
                        note=letter.note,
                        is_header=True,
                    ),
                    Text(letter.application.envelope.region.name),
                ),
            )
            for letter in found
        ),
    )


def _decisions(applications: dict[int, Application], span: Q) -> Iterator[Letter]:
    """A day on which something was granted, refused or changed."""
    sources = (
        (Grant.objects.all(), "line__application"),
        (GrantEntry.objects.filter(kind=GrantEntry.Kind.CHANGE), "grant__line__application"),
    )
    moments: dict[tuple[int, datetime.date], list[datetime.datetime]] = defaultdict(list)
    for rows, path in sources:
        asked = rows.filter(span, **{f"{path}__in": applications})
        for key, day, moment in (
            asked.values_list(path, "dated_on").annotate(Max("entered_at")).order_by()
        ):
            moments[key, day].append(moment)
    for (key, day), entered in moments.items():
        yield Letter(DECISION, applications[key], day, max(entered), f"B-{key}-{day:%Y%m%d}")


def _payments(applications: dict[int, Application], span: Q) -> Iterator[Letter]:
    """What was paid with one reference. A payment of a whole application has an entry per
    line, whose reference ends on the place of the line."""
    rows = GrantEntry.objects.filter(
        span,
        kind__in=PAYMENTS,
        corrects=None,
        grant__line__application__in=applications,
    ).values_list(
        "grant__line__application",
        "dated_on",
        "reference",
        "grant__line__position",
        "pk",
        "entered_at",
        "correction",
    )
    found = defaultdict(list)
    for application, day, reference, place, *entry in rows.order_by("pk"):
        found[application, day, reference.removesuffix(f"/{place}")].append(entry)
    for (application, day, reference), entries in found.items():
        keys, entered, corrections = zip(*entries, strict=True)
        taken_back = sum(correction is not None for correction in corrections)
        yield Letter(
            PAYMENT, applications[application], day, max(entered), reference, keys, taken_back
        )
