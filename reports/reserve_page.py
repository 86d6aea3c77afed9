"""The reserve of a fund: begin, added, withdrawn and end per year, and what moved it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from funds.figure import Figure
from funds.models import Fund
from funds.notation import format_euro
from funds.reserve import ReserveEntry, ReserveYear, reserve_entries, reserve_rest, reserve_years
from reports.kept_answers import with_note
from reports.table import Amount, Cell, Column, Row, Table, Text

STEP = Column("stap", "Stap", "text", 12)


@dataclass(frozen=True)
class ReservePage:
    """What the page of a reserve shows; `later` is what goes out or comes in after the
    day, in a sentence."""

    rest: Figure
    years: Table | None
    entries: Table | None
    later: str


def reserve_page(fund: Fund, *, on: datetime.date, may_correct: bool) -> ReservePage:
    """The reserve at the end of a day. Two queries."""
    found = reserve_entries(fund)
    shown = [entry for entry in found if entry.day <= on]
    moved = sum((entry.amount for entry in found if entry.day > on), Decimal(0))
    later = ""
    if moved:
        word = "gaat er" if moved < 0 else "komt er"
        way = "uit" if moved < 0 else "bij"
        later = f"Na deze dag {word} nog {format_euro(abs(moved))} {way}; dat is al vastgelegd."
    return ReservePage(
        Figure.of(reserve_rest(found, on)),
        _year_table(reserve_years(found, on)) if shown else None,
        _entry_table(fund, shown[::-1], may_correct=may_correct) if shown else None,
        later,
    )


def _year_table(years: Sequence[ReserveYear]) -> Table:
    return Table(
        key="reserve-jaren",
        caption="De reserve per jaar, in €",
        columns=(
            Column("jaar", "Jaar", "text", 20),
            Column("begin", "Begin", "amount", 20),
            Column("toegevoegd", "Toegevoegd", "amount", 20),
            Column("onttrokken", "Onttrokken", "amount", 20),
            Column("eind", "Eind", "amount", 20),
        ),
        rows=tuple(
            Row(
                str(year.year),
                (
                    Text(str(year.year), is_header=True),
                    *(
                        Amount(Figure.of(amount))
                        for amount in (year.begin, year.added, year.withdrawn, year.end)
                    ),
                ),
            )
            for year in reversed(years)
        ),
        notes=("Eind is begin, plus wat is toegevoegd, min wat is onttrokken.",),
    )


def _entry_table(fund: Fund, found: Sequence[ReserveEntry], *, may_correct: bool) -> Table:
    columns = (
        Column("datum", "Datum", "date", 14),
        Column("boeking", "Boeking", "text", 40 if may_correct else 52),
        Column("soort", "Soort", "text", 18),
        Column("bedrag", "Bedrag in €", "amount", 16),
        *((STEP,) if may_correct else ()),
    )
    rows = enumerate(found)
    return Table(
        key="reserve-boekingen",
        caption="Boekingen op de reserve, de nieuwste eerst",
        columns=columns,
        rows=tuple(
            Row(str(len(found) - place), _cells(fund, entry, may_correct=may_correct))
            for place, entry in rows
        ),
    )


def _cells(fund: Fund, entry: ReserveEntry, *, may_correct: bool) -> tuple[Cell, ...]:
    url = back = ""
    whole = entry.tranche.distribution if entry.tranche is not None else None
    row = entry.movement or whole
    note = with_note(entry.decision, row.answers if row is not None else ())
    if whole is not None:
        url = reverse(
            "reports:distribution_detail", args=[fund.slug, whole.corrects_id or whole.pk]
        )
    movement = entry.movement
    if movement is not None and movement.corrects is not None:
        note = f"Neemt de boeking van {movement.corrects.dated_on:%d-%m-%Y} terug"
    elif movement is not None and not hasattr(movement, "correction"):
        carry = getattr(movement, "carry_over", None)
        name = "reserve_correct" if carry is None else "carry_over_take_back"
        back = reverse(f"funds:{name}", args=[fund.slug, (carry or movement).pk])
    cells: tuple[Cell, ...] = (
        Text(f"{entry.day:%d-%m-%Y}", is_header=True, order=entry.day.isoformat()),
        Text(entry.reason, note=note, url=url),
        Text("Verdeling" if entry.tranche is not None else entry.kind.capitalize()),
        Amount(Figure.of(entry.amount)),
    )
    if may_correct:
        cells += (Text("Neem terug" if back else "", url=back, empty=""),)
    return cells
