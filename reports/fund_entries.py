"""The entries behind the figures of a fund, newest first, and what they come to."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.http import urlencode

from funds.figure import Figure
from funds.models import Fund
from municipalities.models import Region
from reports.entry_sources import Entry, Scope, sources

OF_FIGURE = {
    "beschikbaar": ("Ruimte", "Bijstelling"),
    "bijstellingen": ("Bijstelling",),
    "voorwaardelijk": ("Voorwaardelijk",),
    "aangevraagd": ("Aangevraagd", "Ingetrokken"),
    "beschikt": ("Beschikt", "Gewijzigd"),
    "uitbetaald": ("Voorschot", "Eindbetaling"),
    "teruggevorderd": ("Teruggevorderd",),
    "vastgesteld": ("Vastgesteld",),
    "vrijgevallen": ("Vrijgevallen",),
    "verdeeld": ("Verdeling",),
}
"""Which entries a figure adds up, by the word that the address has for it. The sign of an
entry is that of its figure, so that the entries come to what the page shows."""


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


def entries_url(
    fund: Fund,
    figure: str,
    on: datetime.date,
    region: Region | None = None,
    *,
    after: datetime.date | None = None,
) -> str:
    """Where the entries of a figure stand; with `after` only those of later days."""
    asked = {"cijfer": figure, "tot": on.isoformat()}
    if after is not None:
        asked["van"] = (after + datetime.timedelta(days=1)).isoformat()
    if region is not None:
        asked["regio"] = region.slug
    return f"{_page(fund.slug)}?{urlencode(asked)}"


@lru_cache(maxsize=64)
def _page(slug: str) -> str:
    """Where the entries stand; a table of hundreds of regions asks it thousands of times."""
    return reverse("reports:fund_entries", args=[slug])


def entries(
    fund: Fund,
    on: datetime.date,
    in_full: Collection[int],
    asked: Asked | None = None,
    *,
    newest: int | None = None,
) -> list[Entry]:
    """The entries up to and including a day, of regions that the reader sees in full,
    newest first; with `newest` no more than so many. At most eight queries."""
    asked = asked or Asked()
    regions = [key for key in in_full if asked.region is None or key == asked.region.pk]
    scope = Scope(fund, on, regions, asked.application, newest)
    kinds = OF_FIGURE.get(asked.figure)
    found = filter(asked.takes, sources(scope, kinds))
    return sorted(found, key=lambda e: (e.day, e.order, e.region), reverse=True)[:newest]


def entry_total(found: Iterable[Entry]) -> Figure:
    """What the entries come to, with the gaps that no withdrawal among them took along."""
    found = list(found)
    closed = sum((entry.closes for entry in found), Figure.zero())
    return sum((entry.figure for entry in found), Figure.zero()).closing(closed)
