"""Where the entries of a fund come from: each kind read as rows, added up by the database."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse

from funds.balance import counted
from funds.figure import Figure
from funds.models import (
    Application,
    ApplicationLine,
    ApplicationWithdrawal,
    DistributionShare,
    Envelope,
    EnvelopeMutation,
    Fund,
    Grant,
    GrantEntry,
)
from funds.notation import AmountState

Kind = GrantEntry.Kind

WORDS = {
    Kind.CHANGE: "Gewijzigd",
    Kind.ADVANCE: "Voorschot",
    Kind.FINAL: "Eindbetaling",
    Kind.SETTLEMENT: "Vastgesteld",
    Kind.RECOVERY: "Teruggevorderd",
}
RELEASED = "Vrijgevallen"


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
    figure: Figure
    url: str = ""
    correct_url: str = ""
    closes: Figure = field(default_factory=Figure.zero)


@dataclass(frozen=True)
class Scope:
    """Which entries are read: up to and including a day, of these regions, or of one
    application of them; of each source no more than the `newest` so many."""

    fund: Fund
    on: datetime.date
    regions: Collection[int]
    application: int | None = None
    newest: int | None = None

    def of(self, path: str) -> Q:
        """The condition on rows whose application, with its underscores, is at `path`."""
        here = Q(
            **{
                f"{path}envelope__fund": self.fund,
                f"{path}envelope__region__in": self.regions,
                f"{path}submitted_on__lte": self.on,
            }
        )
        return here if self.application is None else here & Q(**{f"{path}pk": self.application})

    def cut(self, rows: QuerySet[Any, Any], day: str, *then: str) -> QuerySet[Any, Any]:
        """The rows, the newest first."""
        return rows.order_by(f"-{day}", *(then or ("-pk",)))[: self.newest]

    def url(self, application: int) -> str:
        """The page of an application."""
        return reverse("reports:application_detail", args=[self.fund.slug, application])


def sources(scope: Scope, kinds: Collection[str] | None = None) -> Iterator[Entry]:
    """The entries of every source that has one of these kinds; None is all kinds. At most
    eight queries."""
    for source, words in SOURCES.items():
        if kinds is None or not words.isdisjoint(kinds):
            yield from source(scope)


def _envelopes(scope: Scope) -> Iterator[Entry]:
    rows = Envelope.objects.filter(
        fund=scope.fund, dated_on__lte=scope.on, region__in=scope.regions
    ).select_related("region")
    for row in scope.cut(_beside(rows, scope), "dated_on"):
        yield Entry(
            row.dated_on,
            0,
            row.region.name,
            row.label or "Ruimte",
            row.decision,
            "Ruimte",
            Figure.of(row.amount.amount),
        )


def _mutations(scope: Scope) -> Iterator[Entry]:
    rows = EnvelopeMutation.objects.filter(
        envelope__fund=scope.fund, dated_on__lte=scope.on, envelope__region__in=scope.regions
    ).select_related("envelope__region", "conclusion")
    for row in scope.cut(_beside(rows, scope), "dated_on"):
        kind = "Voorwaardelijk" if row.waits_on(scope.on) else "Afgehandeld"
        known = row.amount is not None
        yield Entry(
            row.dated_on,
            1,
            row.envelope.region.name,
            row.reason,
            f"Telt niet mee: {row.condition}" if row.condition else row.decision,
            kind if row.condition else "Bijstelling",
            Figure.of(row.amount.amount) if known else Figure.gap(AmountState.TBD),
        )


def _shares(scope: Scope) -> Iterator[Entry]:
    """What each municipality got of a distribution; no part of what is available."""
    rows = DistributionShare.objects.filter(
        tranche__distribution__fund=scope.fund,
        tranche__distribution__region__in=scope.regions,
        tranche__dated_on__lte=scope.on,
    ).select_related("municipality", "tranche__distribution__region")
    for row in scope.cut(_beside(rows, scope), "tranche__dated_on"):
        whole, number = row.tranche.distribution, row.tranche.number
        yield Entry(
            row.tranche.dated_on,
            6,
            whole.region.name,
            f"{whole.title}: {row.municipality.name}",
            f"Teruggenomen: {whole.reason}" if whole.corrects_id else f"Tranche {number}",
            "Verdeling",
            Figure.of(row.amount.amount),
            url=reverse(
                "reports:distribution_detail", args=[scope.fund.slug, whole.corrects_id or whole.pk]
            ),
        )


def _beside(rows: QuerySet[Any, Any], scope: Scope) -> QuerySet[Any, Any]:
    """What belongs to no application, and so not to the entries of one."""
    return rows if scope.application is None else rows.none()


def _applications(scope: Scope) -> Iterator[Entry]:
    """What was asked and is not decided, an entry per application; what was withdrawn
    takes it off, so it has a minus."""
    undecided = ApplicationLine.objects.filter(application=OuterRef("pk")).exclude(
        pk__in=Grant.objects.filter(counted(scope.on)).values("line")
    )
    asked = scope.cut(
        Application.objects.filter(scope.of(""), Exists(undecided)).select_related(
            "envelope__region", "round"
        ),
        "submitted_on",
    )
    withdrawn = scope.cut(
        ApplicationWithdrawal.objects.filter(
            scope.of("application__"), counted(scope.on)
        ).select_related("application__envelope__region", "application__round"),
        "dated_on",
    )
    keys = {row.pk for row in asked} | {row.application_id for row in withdrawn}
    figures = _undecided(scope, keys)
    for row in asked:
        yield _entry(scope, row, row.submitted_on, 2, "Aangevraagd", figures[row.pk])
    for back in withdrawn:
        row, whole = back.application, figures[back.application_id]
        less = Figure.of(-whole.known)
        yield _entry(
            scope, row, back.dated_on, 4, "Ingetrokken", less, note=back.reason, closes=whole
        )


def _undecided(scope: Scope, applications: Iterable[int]) -> dict[int, Figure]:
    """What the lines without a decision come to, per application."""
    found: dict[int, Figure] = defaultdict(Figure.zero)
    rows = (
        ApplicationLine.objects.filter(application__in=applications)
        .exclude(pk__in=Grant.objects.filter(counted(scope.on)).values("line"))
        .values_list("application", "state")
        .annotate(total=Sum("amount"), lines=Count("pk"))
        .order_by("application", "state")
    )
    for key, state, total, lines in rows:
        found[key] += Figure.entry(AmountState(state), total, lines)
    return found


def _grants(scope: Scope) -> Iterator[Entry]:
    """What was granted on one application by one decision, together."""
    path = "line__application__"
    rows = (
        Grant.objects.filter(scope.of(path), counted(scope.on))
        .values_list(
            "dated_on",
            "decision",
            "line__application",
            f"{path}title",
            f"{path}round__name",
            f"{path}envelope__region__name",
        )
        .annotate(total=Sum("amount"))
    )
    for day, decision, key, title, turn, region, total in scope.cut(
        rows, "dated_on", "-line__application", "decision"
    ):
        granted = Figure.of(total)
        yield Entry(
            day, 3, region, title, decision or turn, "Beschikt", granted, url=scope.url(key)
        )


def _grant_entries(scope: Scope) -> Iterator[Entry]:
    rows = GrantEntry.objects.filter(
        scope.of("grant__line__application__"), counted(scope.on)
    ).select_related(
        "grant__line__application__envelope__region",
        "grant__line__application__round",
        "corrects",
        "correction",
    )
    for row in scope.cut(rows, "dated_on"):
        yield from _of_grant(scope, row)


def _of_grant(scope: Scope, row: GrantEntry) -> Iterator[Entry]:
    """One entry, and beside a settlement what it releases."""
    line, url = row.grant.line, ""
    said = (str(line), row.reference, row.decision, row.reason)
    note = ", ".join(text for text in said if text)
    if row.corrects is not None:
        note = f"Neemt de boeking van {row.corrects.dated_on:%d-%m-%Y} terug. {note}"
    elif not hasattr(row, "correction"):
        url = reverse("funds:entry_correct", args=[scope.fund.slug, row.pk])
    day, amount, back = row.dated_on, Figure.of(row.amount.amount), row.released.amount
    word, application = WORDS[Kind(row.kind)], line.application
    yield _entry(scope, application, day, 4, word, amount, note=note, correct_url=url)
    if back:
        yield _entry(scope, application, day, 5, RELEASED, Figure.of(back), note=note)


def _entry(
    scope: Scope,
    application: Application,
    day: datetime.date,
    order: int,
    kind: str,
    figure: Figure,
    *,
    note: str = "",
    **more: Any,
) -> Entry:
    return Entry(
        day,
        order,
        application.envelope.region.name,
        application.title,
        note or application.round.name,
        kind,
        figure,
        url=scope.url(application.pk),
        **more,
    )


SOURCES: dict[Callable[[Scope], Iterator[Entry]], frozenset[str]] = {
    _envelopes: frozenset({"Ruimte"}),
    _mutations: frozenset({"Bijstelling", "Voorwaardelijk", "Afgehandeld"}),
    _shares: frozenset({"Verdeling"}),
    _applications: frozenset({"Aangevraagd", "Ingetrokken"}),
    _grants: frozenset({"Beschikt"}),
    _grant_entries: frozenset({*WORDS.values(), RELEASED}),
}
"""Every source, with the kinds of entries that it has."""
