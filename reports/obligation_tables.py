"""What decisions say beside their amounts, as a table and in a letter."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from funds.models import Obligation
from funds.provisions import ObligationStanding
from reports.table import Column, Row, State, Table, Text

COLUMNS = (
    Column("wat", "Wat", "text", 46),
    Column("uiterlijk", "Uiterlijk", "text", 14),
    Column("stand", "Stand", "text", 16),
    Column("toelichting", "Toelichting", "text", 24),
)
ON_PAPER = (
    Column("wat", "Wat", "text", 58),
    Column("soort", "Soort", "text", 20),
    Column("uiterlijk", "Uiterlijk", "text", 22),
)


def obligation_table(
    found: Iterable[ObligationStanding], slug: str, *, may_administer: bool
) -> Table | None:
    """Each obligation with what came of it, and for who may, the way to record that; None
    without any."""
    rows = tuple(_row(each, slug if may_administer else "") for each in found)
    if not rows:
        return None
    return Table(
        key="verplichtingen",
        caption="Verplichtingen en voorwaarden",
        columns=COLUMNS,
        rows=rows,
        may_sort=True,
    )


def obligations_on_paper(found: Iterable[Obligation]) -> Table | None:
    """The obligations as the letter of their decision says them; None without any."""
    rows = tuple(
        Row(
            str(each.pk),
            (
                Text(each.text, is_header=True),
                Text(each.get_kind_display().capitalize()),
                Text(_day(each), empty="–"),
            ),
        )
        for each in found
    )
    if not rows:
        return None
    return Table("verplichtingen", "Verplichtingen en voorwaarden", ON_PAPER, rows)


def _row(standing: ObligationStanding, slug: str) -> Row:
    obligation, entry = standing.obligation, standing.entry
    url = reverse("funds:obligation_record", args=[slug, obligation.pk]) if slug else ""
    kind = obligation.get_kind_display().capitalize()
    note = f"{kind}, besluit van {obligation.provision.dated_on:%d-%m-%Y}"
    due = obligation.due_on
    return Row(
        str(obligation.pk),
        (
            Text(obligation.text, url=url, note=note, is_header=True),
            Text(_day(obligation), order=due.isoformat() if due else "9999"),
            State(*_state(standing)),
            Text(f"{entry.dated_on:%d-%m-%Y}: {entry.note}" if entry else ""),
        ),
    )


def _state(standing: ObligationStanding) -> tuple[str, str]:
    if standing.is_late:
        return "warning", "Te laat"
    if standing.entry is None:
        return "info", "Open"
    label = standing.entry.get_outcome_display().capitalize()
    return ("info" if standing.is_open else "check"), label


def _day(obligation: Obligation) -> str:
    return f"{obligation.due_on:%d-%m-%Y}" if obligation.due_on else ""
