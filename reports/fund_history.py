"""A fund over time: a row per period, what changed between two days, and what of the
grants was not spent."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection

from django.db.models import F, Q
from django.urls import reverse

from funds.balance import Balance, balances, counted
from funds.figure import Figure
from funds.models import Envelope, Fund, GrantEntry
from municipalities.models import Region
from reports.fund_entries import OF_FIGURE, entries_url
from reports.fund_statement import FundStatement, StatementRow, added_up
from reports.table import Amount, Cell, Column, Row, Table, Text

MOST_UNDERSPENT = 20

CHANGING: tuple[tuple[str, str, Callable[[Balance], Figure]], ...] = (
    ("beschikbaar", "Beschikbaar", lambda balance: balance.available),
    ("voorwaardelijk", "Voorwaardelijk", lambda balance: balance.conditional),
    ("beschikt", "Beschikt", lambda balance: balance.granted),
    ("nog-beschikbaar", "Nog beschikbaar", lambda balance: balance.remaining),
    ("aangevraagd", "Aangevraagd", lambda balance: balance.requested),
    ("resteert", "Resteert na toekenning", lambda balance: balance.remaining_if_granted),
    ("uitbetaald", "Uitbetaald", lambda balance: balance.paid),
    ("verantwoord", "Verantwoord", lambda balance: balance.realised),
    ("vastgesteld", "Vastgesteld", lambda balance: balance.settled),
    ("vrijgevallen", "Vrijgevallen", lambda balance: balance.released),
    ("teruggevorderd", "Teruggevorderd", lambda balance: balance.recovered),
)


def period_table(statement: FundStatement) -> Table | None:
    """A row per period with what everybody may see; None with one period."""
    periods: dict[tuple[datetime.date, datetime.date], list[StatementRow]] = {}
    for row in statement.rows:
        envelope = row.balance.envelope
        periods.setdefault((envelope.starts_on, envelope.ends_on), []).append(row)
    if len(periods) < 2:
        return None
    return Table(
        key="perioden",
        caption="Alle perioden, in €",
        columns=(
            Column("periode", "Periode", "text", 34),
            Column("regios", "Regio’s", "number", 12),
            Column("beschikbaar", "Beschikbaar", "amount", 18),
            Column("beschikt", "Beschikt", "amount", 18),
            Column("nog-beschikbaar", "Nog beschikbaar", "amount", 18),
        ),
        rows=tuple(_period(*period, rows) for period, rows in sorted(periods.items())),
    )


def _period(first: datetime.date, last: datetime.date, rows: list[StatementRow]) -> Row:
    total = added_up(row.balance for row in rows)
    cells = (
        Text(f"{first:%d-%m-%Y} tot en met {last:%d-%m-%Y}", is_header=True),
        Text(str(len(rows))),
        Amount(total.available),
        Amount(total.granted),
        Amount(total.remaining),
    )
    return Row(f"{first:%Y-%m-%d}-{last:%Y-%m-%d}", cells)


def changed_between(
    fund: Fund,
    first: datetime.date,
    last: datetime.date,
    in_full: Collection[int],
    region: Region | None,
) -> Table | None:
    """What changed from one day to another in the envelopes that the reader sees in full,
    or in those of one region. None where there are none. At most nine queries."""
    regions = in_full if region is None else {region.pk}
    envelopes = list(Envelope.objects.filter(fund=fund, region__in=regions).order_by("pk"))
    if not envelopes:
        return None
    then, later = (added_up(balances(envelopes, day)) for day in (first, last))
    return change_table(fund, then, later, region)


def change_table(fund: Fund, then: Balance, later: Balance, region: Region | None) -> Table:
    """Every figure on two days with the difference, which leads to its entries; the
    region is the one that the reader chose, if one."""
    return Table(
        key="veranderd",
        caption=f"Van {then.on:%d-%m-%Y} naar {later.on:%d-%m-%Y}, in €",
        columns=(
            Column("cijfer", "Cijfer", "text", 40),
            Column("toen", f"Op {then.on:%d-%m-%Y}", "amount", 20),
            Column("nu", f"Op {later.on:%d-%m-%Y}", "amount", 20),
            Column("verschil", "Verschil", "amount", 20),
        ),
        rows=tuple(
            _changed(key, name, of(then), of(later), _between(fund, key, then, later, region))
            for key, name, of in CHANGING
        ),
    )


def _changed(key: str, name: str, then: Figure, later: Figure, url: str) -> Row:
    difference = (later - then).closing(then).closing(later)
    shown = Amount(difference, url=url if difference.known else "")
    return Row(key, (Text(name, is_header=True), Amount(then), Amount(later), shown))


def _between(fund: Fund, key: str, then: Balance, later: Balance, region: Region | None) -> str:
    """Where the entries between two days stand. What was asked has none of its own: a
    decision takes a line out of it."""
    if key not in OF_FIGURE or key == "aangevraagd":
        return ""
    return entries_url(fund, key, later.on, region, after=then.on)


def underspent_table(fund: Fund, on: datetime.date, in_full: Collection[int]) -> Table | None:
    """Lines that were settled for less than was granted, the largest difference first,
    with the ground. None where there are none. One query."""
    found = (
        GrantEntry.objects.filter(
            counted(on),
            fund=fund,
            kind=GrantEntry.Kind.SETTLEMENT,
            released__gt=0,
            grant__line__application__envelope__region__in=in_full,
        )
        .exclude(Q(correction__dated_on__lte=on))
        .select_related("grant__line__application")
        .order_by(F("released").desc(), "pk")
    )
    rows = tuple(_underspent(fund, entry) for entry in found[: MOST_UNDERSPENT + 1])
    if not rows:
        return None
    notes = ["Onderbesteding: wat is beschikt en niet is vastgesteld. Het valt vrij."]
    if len(rows) > MOST_UNDERSPENT:
        notes.append(f"Dit zijn de {MOST_UNDERSPENT} grootste; de boekingen hebben ze alle.")
    return Table(
        key="onderbesteding",
        caption="Onderbesteding per regel, in €",
        columns=(
            Column("regel", "Regel", "text", 36),
            Column("grond", "Grond", "text", 20),
            Column("beschikt", "Beschikt", "amount", 11),
            Column("verantwoord", "Verantwoord", "amount", 11),
            Column("vastgesteld", "Vastgesteld", "amount", 11),
            Column("vrijgevallen", "Vrijgevallen", "amount", 11),
        ),
        rows=rows[:MOST_UNDERSPENT],
        notes=tuple(notes),
        may_sort=True,
    )


def _underspent(fund: Fund, entry: GrantEntry) -> Row:
    line = entry.grant.line
    granted = entry.amount.amount + entry.released.amount
    realised = None if entry.realised is None else Figure.of(entry.realised.amount)
    url = reverse("reports:application_detail", args=[fund.slug, line.application_id])
    cells: tuple[Cell, ...] = (
        Text(str(line), is_header=True, note=line.application.title, url=url),
        Text(entry.reason),
        Amount(Figure.of(granted)),
        Amount(realised, text="niet ingevuld"),
        Amount(Figure.of(entry.amount.amount)),
        Amount(Figure.of(entry.released.amount)),
    )
    return Row(str(entry.pk), cells)
