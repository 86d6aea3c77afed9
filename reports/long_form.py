"""Tables as files have them: one long table, with the gaps of a figure beside it."""

from __future__ import annotations

from collections.abc import Iterable

from funds.figure import Figure
from reports.table import Amount, Cell, Table

LONG_COLUMNS = ("tabel", "rij", "kolom", "waarde", "toestand")


def long_form(tables: Iterable[Table]) -> Iterable[tuple[str, str, str, str, str]]:
    """Every cell of every table as one line: table, row, column, value, state.

    Amounts have a decimal point and two decimals; the state names the gaps of a
    figure (`pm:3`), or is `bekend`.
    """
    for table in tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                yield table.key, row.key, column.key, cell.plain, _state(cell)


def _state(cell: Cell) -> str:
    if cell.is_fault:
        return "niet gelezen"
    if isinstance(cell, Amount):
        return gaps_text(cell.figure)
    return "bekend" if cell.plain else "leeg"


def gaps_text(figure: Figure | None) -> str:
    """The gaps of a figure as files have them: `pm:3`, or `bekend` without any."""
    if figure is None:
        return "geen bedrag"
    gaps = [f"{state.value}:{count}" for state, count in figure.gaps.items()]
    return " ".join(gaps) or "bekend"
