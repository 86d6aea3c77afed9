"""A fund on a day: what each region has left, and the entries behind the figures."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from funds.figure import Figure
from funds.models import ApplicationLine, Envelope, EnvelopeMutation, Fund, Grant
from funds.notation import AmountState
from reports.figures.fund import region_waterfall
from reports.figures.regions import region_bars
from reports.figures.shapes import Drawing
from reports.fund_statement import FundStatement, StatementRow, fund_statement, region_table
from reports.table import Amount, Column, Row, Table, Text

ENTRY_COLUMNS = (
    Column("datum", "Datum", "text", 14),
    Column("regio", "Regio", "text", 20),
    Column("boeking", "Boeking", "text", 32),
    Column("soort", "Soort", "text", 18),
    Column("bedrag", "Bedrag in €", "amount", 16),
)


@dataclass(frozen=True)
class FundPage:
    """What the page of a fund shows."""

    statement: FundStatement
    table: Table
    entries: Table

    @property
    def headline(self) -> StatementRow | None:
        """The one region that the reader sees in full, if it is one."""
        full = [row for row in self.statement.rows if row.in_full]
        return full[0] if len(full) == 1 else None

    @property
    def waterfall(self) -> Drawing | None:
        """From available to rest, of the headline."""
        headline = self.headline
        return region_waterfall(headline.balance, "figuur-rest") if headline else None

    @property
    def bars(self) -> Drawing | None:
        """What every region has left."""
        return region_bars(self.statement, "figuur-regio")


@dataclass(frozen=True)
class _Entry:
    day: datetime.date
    order: int
    region: str
    title: str
    note: str
    kind: str
    figure: Figure | None
    text: str = ""


def fund_page(fund: Fund, *, on: datetime.date, in_full: Collection[int]) -> FundPage:
    """Everything about a fund on a day that this reader may see. Nine queries."""
    statement = fund_statement(fund, on=on, in_full=in_full)
    return FundPage(statement, region_table(statement), _entries(fund, on, in_full))


def _entries(fund: Fund, on: datetime.date, in_full: Collection[int]) -> Table:
    entries = sorted(
        _all_entries(fund, on, in_full), key=lambda e: (e.day, e.order, e.region), reverse=True
    )
    return Table(
        key="boekingen",
        caption="Boekingen, de nieuwste eerst",
        columns=ENTRY_COLUMNS,
        rows=tuple(_row(n, entry) for n, entry in enumerate(reversed(entries), start=1))[::-1],
        may_sort=True,
    )


def _row(number: int, entry: _Entry) -> Row:
    return Row(
        str(number),
        (
            Text(f"{entry.day:%d-%m-%Y}", is_header=True, order=entry.day.isoformat()),
            Text(entry.region),
            Text(entry.title, note=entry.note),
            Text(entry.kind),
            Amount(entry.figure, text=entry.text),
        ),
    )


def _all_entries(fund: Fund, on: datetime.date, in_full: Collection[int]) -> Iterator[_Entry]:
    """Envelopes and their mutations, grants, and what was asked and is not decided."""
    envelopes = Envelope.objects.filter(fund=fund, dated_on__lte=on, region__in=in_full)
    for envelope in envelopes.select_related("region"):
        title = envelope.label or "Ruimte"
        yield _Entry(
            envelope.dated_on,
            0,
            envelope.region.name,
            title,
            envelope.decision,
            "Ruimte",
            Figure.of(envelope.amount.amount),
        )
    mutations = EnvelopeMutation.objects.filter(
        envelope__fund=fund, dated_on__lte=on, envelope__region__in=in_full
    )
    for mutation in mutations.select_related("envelope__region"):
        known = mutation.amount is not None
        yield _Entry(
            mutation.dated_on,
            1,
            mutation.envelope.region.name,
            mutation.reason,
            f"Telt niet mee: {mutation.condition}" if mutation.condition else mutation.decision,
            "Voorwaardelijk" if mutation.condition else "Bijstelling",
            Figure.of(mutation.amount.amount) if known else None,
            "" if known else "n.t.b.",
        )
    yield from _asked_and_granted(fund, on, in_full)


def _asked_and_granted(fund: Fund, on: datetime.date, in_full: Collection[int]) -> Iterator[_Entry]:
    """Applications as a whole, by decided or not; a grant and a withdrawal take off, so
    they have a minus."""
    lines = ApplicationLine.objects.filter(
        application__envelope__fund=fund,
        application__submitted_on__lte=on,
        application__envelope__region__in=in_full,
    ).select_related(
        "application__envelope__region", "application__round", "application__withdrawal"
    )
    granted = {
        grant.line_id: grant for grant in Grant.objects.filter(line__in=lines, dated_on__lte=on)
    }
    asked: dict[int, tuple[ApplicationLine, Figure]] = {}
    given: dict[tuple[int, datetime.date], tuple[ApplicationLine, Decimal, str]] = {}
    for line in lines.order_by("application", "position"):
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
        yield _of_application(line, line.application.submitted_on, 2, "Aangevraagd", figure)
        back = getattr(line.application, "withdrawal", None)
        if back is not None and back.dated_on <= on:
            less = Figure.of(-figure.known)
            yield _of_application(line, back.dated_on, 4, "Ingetrokken", less, back.reason)
    for (_, day), (line, amount, decision) in given.items():
        yield _of_application(line, day, 3, "Beschikt", Figure.of(-amount), decision)


def _of_application(
    line: ApplicationLine,
    day: datetime.date,
    order: int,
    kind: str,
    figure: Figure,
    decision: str = "",
) -> _Entry:
    application = line.application
    return _Entry(
        day,
        order,
        application.envelope.region.name,
        application.title,
        decision or application.round.name,
        kind,
        figure,
    )
