"""The progress of a round as tables for page and paper, and as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from django.utils.timezone import localtime

from funds.notation import AmountState
from reports.content import Content
from reports.files import CSV, Rendered, rows_as_csv
from reports.long_form import gaps_text
from reports.progress import ActionRow, RoundProgress
from reports.table import Amount, Cell, Column, Places, Row, State, Table, Text, widths
from workplans.models import ActionProgress
from workplans.notation.places import format_date

COLUMNS = (
    Column("nr", "Nr", "code", 6),
    Column("actie", "Actie", "text", 25),
    Column("gemeenten", "Gemeente", "places", 13),
    Column("voortgang", "Voortgang", "text", 13),
    Column("begroot", "Begroot in €", "amount", 10),
    Column("gerealiseerd", "Gerealiseerd in €", "amount", 11),
    Column("verschil", "Verschil in €", "amount", 10),
    Column("geschreven", "Geschreven", "text", 12),
)
MISSING_COLUMNS = (
    Column("gemeente", "Gemeente", "text", 30),
    Column("aantal", "Aantal", "number", 12),
    Column("acties", "Acties zonder verslag", "text", 58),
)
OF_ALL = "Alle gemeenten samen"
Address = Callable[[ActionRow], str]


def progress_table(found: RoundProgress, address: Address | None = None) -> Table:
    """A row per action with what was budgeted and spent, and the total at the end.

    `address` is where the title of an action leads; without it, on paper, there is no
    column of who wrote, which would make each row twice as high.
    """
    rows = [_row(row, found.content, address(row) if address else "") for row in found.rows]
    if rows:
        rows.append(
            Row(
                "totaal",
                (
                    Text("", empty=""),
                    Text("Totaal", is_header=True),
                    *(Text("", empty="") for _ in range(2)),
                    Amount(found.budget),
                    Amount(found.actual),
                    Amount(found.difference),
                    Text("", empty=""),
                ),
                kind="total",
            )
        )
    columns: tuple[Column, ...] = COLUMNS
    if address is None:
        shares = widths([column.width for column in COLUMNS[:-1]])
        columns = tuple(replace(c, width=n) for c, n in zip(COLUMNS, shares, strict=False))
        rows = [replace(row, cells=row.cells[:-1]) for row in rows]
    return Table(
        "voortgang",
        "Voortgang per actie",
        columns,
        tuple(rows),
        tuple(_notes(found)),
    )


def _row(row: ActionRow, content: Content, url: str) -> Row:
    action, report = row.action, row.report
    return Row(
        content.names[action.pk],
        (
            Text(action.full_code),
            Text(action.title, url=url, is_header=True),
            places_of_row(row, content),
            State(report.status, report.get_status_display().capitalize())
            if report
            else Text("", empty="Nog geen verslag", is_missing=True),
            Amount(row.budget, text="–"),
            _actual(row),
            Amount(row.difference, text="–"),
            Text(report.written_by_name, note=_day(report)) if report else Text(""),
        ),
        anchor=f"voortgang-{content.names[action.pk]}",
    )


def places_of_row(row: ActionRow, content: Content) -> Cell:
    """Who carries an action out."""
    if not row.codes:
        return Places(OF_ALL, lead_text=content.places.region)
    places = tuple(content.place(code) for code in row.codes)
    return Places(", ".join(place.name for place in places), places=places)


def _actual(row: ActionRow) -> Cell:
    if row.report and row.report.is_unread:
        return Text(row.report.actual_text, is_fault=True)
    is_none = row.report is not None and row.report.state == AmountState.NOT_APPLICABLE
    return Amount(row.actual, text="n.v.t." if is_none else "–")


def _day(report: ActionProgress) -> str:
    return format_date(localtime(report.written_at).date())


def _notes(found: RoundProgress) -> Iterator[str]:
    day = format_date(found.round.ends_on)
    yield (
        f"Gerealiseerd is alles wat tot en met {day} is uitgegeven, sinds het begin van het plan. "
        "Het verschil is wat er van het bedrag in het plan over is."
    )
    if not found.actual.is_complete or not found.budget.is_complete:
        yield (
            "Wat niet bekend is, telt niet als nul: het staat met een woord achter het bedrag, ook "
            "in het verschil."
        )


def missing_table(found: RoundProgress) -> Table | None:
    """What is still to be written, and by whom; None when all is there. An action of more
    than one municipality stands with each."""
    if not found.missing:
        return None
    content = found.content
    return Table(
        "ontbreekt",
        "Nog geen verslag",
        MISSING_COLUMNS,
        tuple(
            Row(
                code or "alle",
                (
                    Text(content.places.name(code) if code else OF_ALL, is_header=True),
                    Text(str(len(rows))),
                    Text(", ".join(row.action.full_code for row in rows)),
                ),
            )
            for code, rows in found.missing.items()
        ),
    )


HEADINGS = (
    *("nr", "actie", "gemeenten", "voortgang", "begroot", "begroot_toestand"),
    *("gerealiseerd", "gerealiseerd_toestand", "gerealiseerd_getypt", "verschil"),
    *("verschil_toestand", "verslag", "aandachtspunten", "metingen", "geschreven_door"),
    "geschreven_op",
)


def progress_csv(found: RoundProgress) -> Rendered:
    """Every action as a line; amounts have a decimal point, with their gaps beside them."""
    name = f"{found.content.plan.slug}-voortgang-{found.round.moment}.csv"
    return Rendered(rows_as_csv(HEADINGS, map(_line(found.content), found.rows)), CSV, name)


def _line(content: Content) -> Callable[[ActionRow], tuple[str, ...]]:
    def line(row: ActionRow) -> tuple[str, ...]:
        report = row.report
        return (
            row.action.full_code,
            row.action.title,
            places_of_row(row, content).plain,
            report.get_status_display() if report else "nog geen verslag",
            *_figure(row, "budget"),
            *_figure(row, "actual"),
            report.actual_text if report else "",
            *_figure(row, "difference"),
            report.text if report else "",
            report.attention if report else "",
            "; ".join(map(str, report.measurements.all())) if report else "",
            report.written_by_name if report else "",
            localtime(report.written_at).date().isoformat() if report else "",
        )

    return line


def _figure(row: ActionRow, name: str) -> tuple[str, str]:
    figure = getattr(row, name)
    return (f"{figure.known:.2f}" if figure else "", gaps_text(figure))
