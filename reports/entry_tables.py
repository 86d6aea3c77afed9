"""The entries of a fund as tables, for its page, a page of their own and an application;
and as a file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace

from funds.models import Fund
from reports.entry_sources import Entry
from reports.files import CSV, Rendered, rows_as_csv
from reports.table import Amount, Cell, Column, Row, Table, Text

COLUMNS = (
    Column("datum", "Datum", "date", 14),
    Column("regio", "Regio", "text", 20),
    Column("boeking", "Boeking", "text", 32),
    Column("soort", "Soort", "text", 18),
    Column("bedrag", "Bedrag in €", "amount", 16),
)
STEP = Column("stap", "Stap", "text", 12)


def entry_table(found: Iterable[Entry]) -> Table:
    """The entries as a table, in the order given."""
    return Table(
        key="boekingen",
        caption="Boekingen, de nieuwste eerst",
        columns=COLUMNS,
        rows=tuple(_rows(list(found))),
        may_sort=True,
    )


def step_table(found: Iterable[Entry], *, can_correct: bool) -> Table:
    """The entries of one application: without the region, for who may with a step."""
    shown = list(found)
    day, _, what, kind, amount = COLUMNS
    columns: tuple[Column, ...] = (
        day,
        replace(what, width=52 - STEP.width),
        kind,
        amount,
        STEP,
    )
    if not can_correct:
        columns = (day, replace(what, width=52), kind, amount)
    rows = zip(_rows(shown), shown, strict=True)
    cells = ((row.key, (row.cells[0], *row.cells[2:], _step(entry))) for row, entry in rows)
    return Table(
        key="boekingen",
        caption="Boekingen, de nieuwste eerst",
        columns=columns,
        rows=tuple(Row(key, found[: len(columns)]) for key, found in cells),
    )


def entries_csv(fund: Fund, found: Iterable[Entry], on: datetime.date) -> Rendered:
    """The entries as a file; amounts as numbers, what is open in words."""
    rows = (
        (
            entry.day.isoformat(),
            entry.region,
            entry.title,
            entry.note,
            entry.kind,
            "" if entry.figure.is_open else f"{entry.figure.known:.2f}",
            " + ".join(entry.figure.gap_words),
        )
        for entry in found
    )
    headings = ("Datum", "Regio", "Boeking", "Toelichting", "Soort", "Bedrag", "Open")
    name = f"boekingen-{fund.slug}-peildatum-{on.isoformat()}.csv"
    return Rendered(rows_as_csv(headings, rows), CSV, name)


def _step(entry: Entry) -> Text:
    return Text("Neem terug" if entry.correct_url else "", url=entry.correct_url, empty="")


def _rows(shown: list[Entry]) -> Iterator[Row]:
    """Numbered as they were entered, so that the newest has the highest."""
    return (_row(len(shown) - place, entry) for place, entry in enumerate(shown))


def _row(number: int, entry: Entry) -> Row:
    cells: tuple[Cell, ...] = (
        Text(f"{entry.day:%d-%m-%Y}", is_header=True, order=entry.day.isoformat()),
        Text(entry.region),
        Text(entry.title, note=entry.note, url=entry.url),
        Text(entry.kind),
        Amount(entry.figure),
    )
    return Row(str(number), cells)
