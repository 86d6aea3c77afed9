"""Payments of a fund beside those of the financial system: what agrees and what does not.

Stores nothing. A payment that is spread over lines is one payment: its entries have its
reference with the place of their line behind it (`funds.ledger.pay_all`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.urls import reverse

from funds.figure import Figure
from funds.models import PAYMENTS, Fund, GrantEntry
from reports.files import CSV, Rendered, rows_as_csv
from reports.fund_entries import entries_url
from reports.payment_rows import PaymentRow
from reports.table import Amount, Column, Row, Table, Text


class Agreement(StrEnum):
    """What the two say of one reference, the most urgent first."""

    AMOUNT = "Bedrag verschilt"
    DAY = "Datum verschilt"
    ONLY_THERE = "Alleen in het financiële systeem"
    ONLY_HERE = "Alleen in Penvoerder"
    SAME = "Klopt"


@dataclass
class Side:
    """What one of the two knows of a reference, as it writes it; nothing if it has neither
    an amount nor a day."""

    reference: str = ""
    application: int | None = None
    amount: Decimal = Decimal(0)
    days: set[datetime.date] = field(default_factory=set)

    @property
    def is_known(self) -> bool:
        return bool(self.amount or self.days)

    def add(self, amount: Decimal, day: datetime.date) -> None:
        """A payment, or one taken back, which has no day of payment."""
        self.amount += amount
        if amount > 0:
            self.days.add(day)


@dataclass(frozen=True)
class Pair:
    """What both sides know of one reference."""

    there: Side
    here: Side

    @property
    def reference(self) -> str:
        return self.here.reference or self.there.reference

    @property
    def outcome(self) -> Agreement:
        """A payment that was taken back on one side and is not on the other agrees: on
        both nothing is paid."""
        there, here = self.there, self.here
        if there.amount == here.amount:
            agrees = not there.days or not here.days or there.days == here.days
            return Agreement.SAME if agrees else Agreement.DAY
        if not here.is_known:
            return Agreement.ONLY_THERE
        return Agreement.AMOUNT if there.is_known else Agreement.ONLY_HERE


def reconcile(
    fund: Fund,
    rows: Iterable[PaymentRow],
    *,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> list[Pair]:
    """Every reference of the rows and of the fund, those that differ first. With `first`
    and `last` no payments of other days that only this side knows. One query."""
    here, whole_of = _paid(fund)
    there: dict[str, Side] = {}
    for row in rows:
        typed = row.reference.casefold()
        key = typed if typed in here else whole_of.get(typed, typed)
        there.setdefault(key, Side(row.reference)).add(row.amount, row.day)
    wanted = dict.fromkeys(there) | dict.fromkeys(
        key for key, side in here.items() if any(_within(day, first, last) for day in side.days)
    )
    pairs = [Pair(there.get(key, Side()), here.get(key, Side())) for key in wanted]
    order = list(Agreement)
    return sorted(pairs, key=lambda pair: (order.index(pair.outcome), pair.reference.casefold()))


def _paid(fund: Fund) -> tuple[dict[str, Side], dict[str, str]]:
    """What the fund paid, by reference in small letters; and for the reference of each
    part, so written too, that of the whole."""
    found: dict[str, Side] = {}
    whole_of: dict[str, str] = {}
    entries = GrantEntry.objects.filter(fund=fund, kind__in=PAYMENTS).select_related(
        "corrects", "grant__line"
    )
    for entry in entries:
        line = entry.grant.line
        part = (entry.corrects or entry).reference
        whole = part.removesuffix(f"/{line.position}")
        whole_of[part.casefold()] = whole.casefold()
        side = found.setdefault(whole.casefold(), Side(whole, line.application_id))
        side.add(entry.amount.amount, entry.dated_on)
    return found, whole_of


def _within(day: datetime.date, first: datetime.date | None, last: datetime.date | None) -> bool:
    return (first is None or day >= first) and (last is None or day <= last)


# ---- as a table and as a file

COLUMNS = (
    Column("kenmerk", "Kenmerk", "text", 26),
    Column("datum-daar", "Datum financieel", "text", 14),
    Column("datum-hier", "Datum Penvoerder", "text", 14),
    Column("bedrag-daar", "Financieel in €", "amount", 16),
    Column("bedrag-hier", "Penvoerder in €", "amount", 16),
    Column("verschil", "Verschil in €", "amount", 14),
)


def pair_table(fund: Fund, pairs: list[Pair], on: datetime.date) -> Table:
    """The pairs below the heading of their outcome, each with its total."""
    rows: list[Row] = []
    for outcome in Agreement:
        group = [pair for pair in pairs if pair.outcome == outcome]
        if group:
            blank = (Text("", empty=""),) * (len(COLUMNS) - 1)
            heading = Text(f"{outcome} ({len(group)})", is_header=True)
            rows.append(Row(outcome.name, (heading, *blank), "group", spans=True))
            rows += [_row(fund, pair, on) for pair in group]
            rows.append(_total(outcome.name, "Samen", group))
    rows.append(_total("totaal", "Totaal", pairs))
    return Table("aansluiting", "Betalingen naast elkaar", COLUMNS, tuple(rows))


def pair_csv(fund: Fund, pairs: list[Pair], on: datetime.date) -> Rendered:
    """What differs; amounts as numbers."""
    rows = (
        (
            pair.reference,
            pair.outcome,
            _days(pair.there, "%Y-%m-%d"),
            _days(pair.here, "%Y-%m-%d"),
            f"{pair.there.amount:.2f}" if pair.there.is_known else "",
            f"{pair.here.amount:.2f}" if pair.here.is_known else "",
            f"{pair.there.amount - pair.here.amount:.2f}",
        )
        for pair in pairs
        if pair.outcome != Agreement.SAME
    )
    headings = (
        *("Kenmerk", "Uitkomst", "Datum financieel", "Datum Penvoerder"),
        *("Bedrag financieel", "Bedrag Penvoerder", "Verschil"),
    )
    name = f"verschillen-{fund.slug}-peildatum-{on.isoformat()}.csv"
    return Rendered(rows_as_csv(headings, rows), CSV, name)


def _row(fund: Fund, pair: Pair, on: datetime.date) -> Row:
    if pair.here.application is None:
        # Whoever enters it begins at what was granted.
        url, note = entries_url(fund, "beschikt", on), "leg vast bij de beschikking"
    else:
        url = reverse("reports:application_detail", args=[fund.slug, pair.here.application])
        note = "" if pair.here.amount else "hier teruggenomen"
    return Row(
        f"{pair.outcome.name}-{pair.reference}",
        (
            Text(pair.reference, url=url, note=note, is_header=True),
            Text(_days(pair.there, "%d-%m-%Y")),
            Text(_days(pair.here, "%d-%m-%Y")),
            *_amounts([pair]),
        ),
    )


def _total(key: str, heading: str, pairs: list[Pair]) -> Row:
    nothing = Text("", empty="")
    cells = (Text(heading, is_header=True), nothing, nothing, *_amounts(pairs))
    return Row(f"som-{key}", cells, "total")


def _amounts(pairs: list[Pair]) -> tuple[Amount, Amount, Amount]:
    there = sum((pair.there.amount for pair in pairs), Decimal(0))
    here = sum((pair.here.amount for pair in pairs), Decimal(0))
    return Amount(Figure.of(there)), Amount(Figure.of(here)), Amount(Figure.of(there - here))


def _days(side: Side, form: str) -> str:
    return ", ".join(day.strftime(form) for day in sorted(side.days))
