"""The entries behind the figures of a fund, newest first, and what they come to."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.urls import reverse
from django.utils.http import urlencode

from funds.balance import counted
from funds.figure import Figure
from funds.models import (
    ApplicationLine,
    Envelope,
    EnvelopeMutation,
    Fund,
    Grant,
    GrantEntry,
)
from funds.notation import AmountState
from municipalities.models import Region

Kind = GrantEntry.Kind

OF_FIGURE = {
    "beschikbaar": ("Ruimte", "Bijstelling"),
    "bijstellingen": ("Bijstelling",),
    "aangevraagd": ("Aangevraagd", "Ingetrokken"),
    "beschikt": ("Beschikt", "Gewijzigd"),
    "uitbetaald": ("Voorschot", "Eindbetaling"),
    "teruggevorderd": ("Teruggevorderd",),
    "vastgesteld": ("Vastgesteld",),
    "vrijgevallen": ("Vrijgevallen",),
}
"""Which entries a figure adds up, by the word that the address has for it."""
WORDS = {
    Kind.CHANGE: "Gewijzigd",
    Kind.ADVANCE: "Voorschot",
    Kind.FINAL: "Eindbetaling",
    Kind.SETTLEMENT: "Vastgesteld",
    Kind.RECOVERY: "Teruggevorderd",
}
RELEASED = "Vrijgevallen"


@dataclass(frozen=True)
class Asked:
    """Which entries are wanted: of a figure, a region, an application, a span of days."""

    figure: str = ""
    region: Region | None = None
    first: datetime.date | None = None
    application: int | None = None

    def takes(self, entry: Entry) -> bool:
        """Whether an entry is among them; the region and application are in the query."""
        return (not self.figure or entry.kind in OF_FIGURE[self.figure]) and (
            self.first is None or entry.day >= self.first
        )


@dataclass(frozen=True)
class Entry:
    """One entry as it is shown; `order` puts those of one day in their order, `correct_url`
    is where it can be taken back, if it can, and `closes` what a withdrawal takes along."""

    day: datetime.date
    order: int
    region: str
    title: str
    note: str
    kind: str
    figure: Figure | None
    text: str = ""
    url: str = ""
    correct_url: str = ""
    closes: Figure = field(default_factory=Figure.zero)


def entries_url(fund: Fund, figure: str, on: datetime.date, region: Region | None = None) -> str:
    """Where the entries of a figure stand."""
    asked = {"cijfer": figure, "tot": on.isoformat()}
    if region is not None:
        asked["regio"] = region.slug
    return f"{reverse('reports:fund_entries', args=[fund.slug])}?{urlencode(asked)}"


def entries(
    fund: Fund, on: datetime.date, in_full: Collection[int], asked: Asked | None = None
) -> list[Entry]:
    """The entries up to and including a day, of regions that the reader sees in full,
    newest first. Five queries."""
    asked = asked or Asked()
    regions = [key for key in in_full if asked.region is None or key == asked.region.pk]
    found = filter(asked.takes, _all(fund, on, regions, asked.application))
    return sorted(found, key=lambda e: (e.day, e.order, e.region), reverse=True)


def entry_total(found: Iterable[Entry]) -> Figure:
    """What the entries come to, with the gaps that no withdrawal among them took along."""
    found = list(found)
    closed = sum((entry.closes for entry in found), Figure.zero())
    return sum((entry.figure for entry in found if entry.figure), Figure.zero()).closing(closed)


def _all(
    fund: Fund, on: datetime.date, regions: Collection[int], application: int | None
) -> Iterator[Entry]:
    if application is None:
        yield from _made_available(fund, on, regions)
    lines = ApplicationLine.objects.filter(
        application__envelope__fund=fund,
        application__submitted_on__lte=on,
        application__envelope__region__in=regions,
    ).select_related(
        "application__envelope__region", "application__round", "application__withdrawal"
    )
    if application is not None:
        lines = lines.filter(application=application)
    yield from _asked_and_granted(fund, lines.order_by("application", "position"), on)
    moved = GrantEntry.objects.filter(counted(on), grant__line__in=lines).select_related(
        "grant__line__application__envelope__region",
        "grant__line__application__round",
        "corrects",
        "correction",
    )
    for entry in moved.order_by("dated_on", "pk"):
        yield from _of_grant(fund, entry)


def _made_available(fund: Fund, on: datetime.date, regions: Collection[int]) -> Iterator[Entry]:
    envelopes = Envelope.objects.filter(fund=fund, dated_on__lte=on, region__in=regions)
    for envelope in envelopes.select_related("region"):
        yield Entry(
            envelope.dated_on,
            0,
            envelope.region.name,
            envelope.label or "Ruimte",
            envelope.decision,
            "Ruimte",
            Figure.of(envelope.amount.amount),
        )
    mutations = EnvelopeMutation.objects.filter(
        envelope__fund=fund, dated_on__lte=on, envelope__region__in=regions
    )
    for mutation in mutations.select_related("envelope__region"):
        known = mutation.amount is not None
        yield Entry(
            mutation.dated_on,
            1,
            mutation.envelope.region.name,
            mutation.reason,
            f"Telt niet mee: {mutation.condition}" if mutation.condition else mutation.decision,
            "Voorwaardelijk" if mutation.condition else "Bijstelling",
            Figure.of(mutation.amount.amount) if known else None,
            "" if known else "n.t.b.",
        )


def _asked_and_granted(
    fund: Fund, lines: Iterable[ApplicationLine], on: datetime.date
) -> Iterator[Entry]:
    """Applications as a whole, by decided or not; a grant and a withdrawal take off, so
    they have a minus."""
    lines = list(lines)
    granted = {grant.line_id: grant for grant in Grant.objects.filter(counted(on), line__in=lines)}
    asked: dict[int, tuple[ApplicationLine, Figure]] = {}
    given: dict[tuple[int, datetime.date], tuple[ApplicationLine, Decimal, str]] = {}
    for line in lines:
        grant = granted.get(line.pk)
        if grant is None:
            amount = line.amount.amount if line.amount is not None else None
            figure = asked.get(line.application_id, (line, Figure.zero()))[1]
            asked[line.application_id] = (
                line,
                figure + Figure.entry(AmountState(line.state), amount),
            )
        else:
            key = (line.application_id, grant.dated_on)
            before = given.get(key, (line, Decimal(0), grant.decision))[1]
            given[key] = (line, before + grant.amount.amount, grant.decision)
    for line, figure in asked.values():
        yield _of_application(fund, line, line.application.submitted_on, 2, "Aangevraagd", figure)
        back = getattr(line.application, "withdrawal", None)
        if back is not None and back.dated_on <= on:
            less = Figure.of(-figure.known)
            taken = _of_application(fund, line, back.dated_on, 4, "Ingetrokken", less, back.reason)
            yield replace(taken, closes=figure)
    for (_, day), (line, amount, decision) in given.items():
        yield _of_application(fund, line, day, 3, "Beschikt", Figure.of(-amount), decision)


def _of_application(
    fund: Fund,
    line: ApplicationLine,
    day: datetime.date,
    order: int,
    kind: str,
    figure: Figure,
    note: str = "",
    correct_url: str = "",
) -> Entry:
    application = line.application
    return Entry(
        day,
        order,
        application.envelope.region.name,
        application.title,
        note or application.round.name,
        kind,
        figure,
        url=reverse("reports:application_detail", args=[fund.slug, application.pk]),
        correct_url=correct_url,
    )


def _of_grant(fund: Fund, entry: GrantEntry) -> Iterator[Entry]:
    """A change takes off what it adds; a settlement gives back what is released."""
    amount = entry.amount.amount
    sign = -1 if entry.kind == Kind.CHANGE else 1
    line = entry.grant.line
    said = (str(line), entry.reference, entry.decision, entry.reason)
    note = ", ".join(text for text in said if text)
    if entry.corrects is not None:
        note = f"Neemt de boeking van {entry.corrects.dated_on:%d-%m-%Y} terug. {note}"
    url = ""
    if entry.corrects is None and not hasattr(entry, "correction"):
        url = reverse("funds:entry_correct", args=[fund.slug, entry.pk])
    day, word = entry.dated_on, WORDS[Kind(entry.kind)]
    yield _of_application(fund, line, day, 4, word, Figure.of(sign * amount), note, url)
    if entry.released.amount:
        back = Figure.of(entry.released.amount)
        yield _of_application(fund, line, day, 5, RELEASED, back, note)
