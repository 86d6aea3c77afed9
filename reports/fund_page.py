"""A fund on a day: what each region has left, and the entries behind the figures."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from funds.balance import Balance
from funds.figure import Figure
from funds.forecast import Forecast, forecast
from funds.models import Fund
from municipalities.models import Region
from reports.entry_tables import entry_table
from reports.figures.fund import region_waterfall
from reports.figures.regions import region_bars
from reports.figures.shapes import Drawing
from reports.fund_entries import OF_FIGURE, entries, entries_url
from reports.fund_history import period_table, underspent_table
from reports.fund_statement import FundStatement, StatementRow, fund_statement, region_table
from reports.table import Amount, Column, Row, Table, Text

AFTERWARDS: tuple[tuple[str, str, Callable[[Balance], Figure]], ...] = (
    ("bijstellingen", "Bijgesteld", lambda balance: balance.mutations),
    ("voorwaardelijk", "Voorwaardelijk", lambda balance: balance.conditional),
    ("beschikt", "Beschikt", lambda balance: balance.granted),
    ("uitbetaald", "Uitbetaald", lambda balance: balance.paid),
    ("verantwoord", "Verantwoord", lambda balance: balance.realised),
    ("vastgesteld", "Vastgesteld", lambda balance: balance.settled),
    ("vrijgevallen", "Vrijgevallen", lambda balance: balance.released),
    ("teruggevorderd", "Teruggevorderd", lambda balance: balance.recovered),
)
AFTERWARDS_WIDTHS = {"voorwaardelijk": 12, "teruggevorderd": 12}
AFTERWARDS_NOTES = (
    "Bijgesteld: wat er bij de ruimte bij kwam of af ging; het zit al in beschikbaar.",
    "Voorwaardelijk: bijstellingen die nog ergens op wachten; zij tellen nergens in mee.",
    "Uitbetaald: voorschotten en eindbetalingen.",
    "Verantwoord: wat er volgens de verantwoording is uitgegeven, van wat is vastgesteld.",
    "Vastgesteld: waar na de verantwoording recht op is.",
    "Vrijgevallen: wat beschikt is en niet vastgesteld; dat is weer beschikbaar.",
    "Teruggevorderd: wat meer betaald was dan vastgesteld.",
)


NEWEST = 20
"""So many entries stand on the page of the fund; a page of their own has them all."""


@dataclass(frozen=True)
class FundPage:
    """What the page of a fund shows."""

    statement: FundStatement
    table: Table
    afterwards: Table | None
    periods: Table | None
    underspent: Table | None
    entries: Table

    @property
    def headline(self) -> StatementRow | None:
        """The one region that the reader sees in full, if it is one."""
        full = [row for row in self.statement.current if row.in_full]
        return full[0] if len(full) == 1 else None

    @property
    def forecast(self) -> Forecast | None:
        """How long the envelope of the headline lasts."""
        headline = self.headline
        return forecast(headline.balance) if headline else None

    @property
    def waterfall(self) -> Drawing | None:
        """From available to rest, of the headline."""
        headline = self.headline
        return region_waterfall(headline.balance, "figuur-rest") if headline else None

    @property
    def bars(self) -> Drawing | None:
        """What every region has left."""
        return region_bars(self.statement, "figuur-regio")


def fund_page(fund: Fund, *, on: datetime.date, in_full: Collection[int]) -> FundPage:
    """Everything about a fund on a day that this reader may see: of its entries the
    newest. At most sixteen queries."""
    statement = fund_statement(fund, on=on, in_full=in_full)
    return FundPage(
        statement,
        region_table(statement),
        afterwards_table(statement),
        period_table(statement),
        underspent_table(fund, on, in_full),
        entry_table(entries(fund, on, in_full, newest=NEWEST)),
    )


def afterwards_table(statement: FundStatement) -> Table | None:
    """What became of the envelope, a row per region that the reader sees in full; each
    figure leads to its entries. None when nothing happened yet."""
    full = [row.balance for row in statement.current if row.in_full]
    rows = [each for each in full if _has_moved(each)]
    if not rows:
        return None
    return Table(
        key="daarna",
        caption="Wat er daarna gebeurde, in €",
        columns=(
            Column("regio", "Regio", "text", 16),
            *(
                Column(key, heading, "amount", AFTERWARDS_WIDTHS.get(key, 10))
                for key, heading, _ in AFTERWARDS
            ),
        ),
        rows=tuple(_afterwards(statement, balance) for balance in rows),
        notes=AFTERWARDS_NOTES,
        may_sort=True,
    )


def _has_moved(balance: Balance) -> bool:
    return any(of(balance) != Figure.zero() for _, _, of in AFTERWARDS)


def _afterwards(statement: FundStatement, balance: Balance) -> Row:
    region = balance.envelope.region
    heading = Text(region.name, is_header=True, note=balance.envelope.label)
    cells = (Amount(of(balance), url=_url(statement, key, region)) for key, _, of in AFTERWARDS)
    return Row(f"{region.slug}-{balance.envelope.starts_on:%Y}", (heading, *cells))


def _url(statement: FundStatement, key: str, region: Region) -> str:
    """Where the entries of a figure stand; what was accounted for has none of its own."""
    return entries_url(statement.fund, key, statement.on, region) if key in OF_FIGURE else ""
