"""Blocks of rows that are only read, as tables: which columns they have is data."""

from __future__ import annotations

import re
from collections.abc import Callable

from reports.prose import Prose
from reports.table import Cell, Column, Rich, Row, Table, Text, widths
from workplans.models import Block, BlockRow
from workplans.styles import rows_of

Key = str

KEYS: dict[Key, tuple[str, int]] = {
    "code": ("Nr", 7),
    "onderwerp": ("Onderwerp", 24),
    "lijn": ("Actielijn", 18),
    "tekst": ("Toelichting", 44),
    "punten": ("Punten", 40),
    "aandachtspunten": ("Aandachtspunten", 28),
    "doelgroep": ("Doelgroep", 20),
    "partners": ("Partners", 20),
    "aantallen": ("Aantallen", 18),
    "actie": ("Actie", 10),
    "status": ("Stand", 15),
    "jaar": ("Jaar", 8),
}
"""Each column: its heading, and how wide it is beside the others."""

OWN_HEADINGS: dict[str, dict[Key, str]] = {
    Block.Kind.PRINCIPLES: {"tekst": "Uitgangspunt", "aandachtspunten": "Aantekening"},
    Block.Kind.FOCUS_POINTS: {"onderwerp": "Speerpunt", "status": "Nieuw of voortgezet"},
    Block.Kind.DEVELOPMENTS: {"onderwerp": "Ontwikkeling", "tekst": "Wat het betekent"},
    Block.Kind.TARGET_GROUPS: {"onderwerp": "Doelgroep", "tekst": "Wie dat zijn"},
    Block.Kind.LOOK_BACK: {"tekst": "Realisatie"},
    Block.Kind.MEMBERS: {"onderwerp": "Organisatie", "tekst": "Wie zij zijn"},
    Block.Kind.SCENARIOS: {"onderwerp": "Scenario", "tekst": "Wat het inhoudt"},
    Block.Kind.DEVELOPMENT_AGENDA: {"tekst": "Wat er te doen is"},
    Block.Kind.ORGANISATION: {"onderwerp": "Rol", "tekst": "Wie", "punten": "Taken"},
    Block.Kind.WORKING_GROUPS: {"onderwerp": "Werkgroep", "tekst": "Vertegenwoordiger"},
    Block.Kind.MEETINGS: {"onderwerp": "Overleg", "tekst": "Wat er besproken is"},
    Block.Kind.GOALS: {"onderwerp": "Resultaat", "lijn": "Uitgewerkt in"},
}


def row_table(block: Block, key: str, caption: str, prose: Prose) -> Table | None:
    """The rows of a block as a table; None when it has none. A heading stands above
    rows of one group. Asks the database nothing."""
    rows = rows_of(block)
    if not rows:
        return None
    columns = _columns(block, rows)
    shares = widths([KEYS[name][1] for name, _ in columns])
    found: list[Row] = []
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            found.append(_group(group, len(found), len(columns)))
        cells = tuple(CELLS[name](row, prose) for name, _ in columns)
        found.append(Row(f"{key}-{row.position + 1}", _with_header(cells)))
    return Table(
        key=key,
        caption=caption,
        columns=tuple(
            Column(name, heading, "code" if name == "code" else "text", width)
            for (name, heading), width in zip(columns, shares, strict=True)
        ),
        rows=tuple(found),
    )


def _columns(block: Block, rows: list[BlockRow]) -> list[tuple[Key, str]]:
    """The columns that the author chose, or those of which a row has anything."""
    headings = {key: heading for key, (heading, _) in KEYS.items()}
    headings |= OWN_HEADINGS.get(block.kind, {})
    if chosen := block.options.get("columns"):
        return [
            (key, heading or headings[key])
            for key, heading in map(_chosen, chosen)
            if key in headings
        ]
    filled = [key for key in KEYS if any(FILLED[key](row) for row in rows)]
    if "lijn" in filled and len(rows) > 1 and len({row.line_id for row in rows}) == 1:
        filled.remove("lijn")  # the same in every row says nothing
    return [(key, headings[key]) for key in filled]


def _chosen(text: str) -> tuple[Key, str]:
    key, _, heading = text.partition(":")
    return key.strip().casefold(), heading.strip()


def _group(title: str, n: int, columns: int) -> Row:
    cells: tuple[Cell, ...] = (Text(title, is_header=True, empty=""),)
    return Row(
        f"groep-{n}",
        cells + tuple(Text("", empty="") for _ in range(columns - 1)),
        kind="group",
        spans=True,
    )


def _with_header(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The first cell that is plain text names the row."""
    for n, cell in enumerate(cells):
        if isinstance(cell, Text) and cell.text:
            named = Text(cell.text, is_header=True)
            return (*cells[:n], named, *cells[n + 1 :])
    return cells


def _listed(row: BlockRow) -> str:
    return "\n".join(f"- {item}" for item in row.items)


CELLS: dict[Key, Callable[[BlockRow, Prose], Cell]] = {
    "code": lambda row, _: Text(row.code, empty=""),
    "onderwerp": lambda row, _: Text(row.title, empty=""),
    "lijn": lambda row, _: Text(str(row.line) if row.line else ""),
    "tekst": lambda row, prose: Rich.of(prose.read(row.text), row.text),
    "punten": lambda row, prose: Rich.of(prose.read(_listed(row)), "; ".join(row.items)),
    "aandachtspunten": lambda row, prose: Rich.of(prose.read(row.note), row.note),
    "doelgroep": lambda row, _: Text(row.target_group),
    "partners": lambda row, _: Text(", ".join(p.text for p in row.partners.all())),
    "aantallen": lambda row, _: Text("; ".join(_told(q.text) for q in row.quantities.all())),
    "actie": lambda row, _: Text(row.action.full_code if row.action else ""),
    "status": lambda row, _: Text(row.status.capitalize()),
    "jaar": lambda row, _: Text(str(row.year or "")),
}
FILLED: dict[Key, Callable[[BlockRow], object]] = {
    "code": lambda row: row.code,
    "onderwerp": lambda row: row.title,
    "lijn": lambda row: row.line_id,
    "tekst": lambda row: row.text,
    "punten": lambda row: row.items,
    "aandachtspunten": lambda row: row.note,
    "doelgroep": lambda row: row.target_group,
    "partners": lambda row: row.partners.all(),
    "aantallen": lambda row: row.quantities.all(),
    "actie": lambda row: row.action_id,
    "status": lambda row: row.status,
    "jaar": lambda row: row.year,
}


def _told(quantity: str) -> str:
    """A unit of more words is typed with hyphens (`scheve-huisjes`) and shown without."""
    return re.sub(r"(?<=\w)-(?=[^\W\d_]{3})", " ", quantity)


MARKED, NOT_MARKED, LOST = "x", "", "?"


def phase_table(block: Block, key: str, caption: str) -> Table | None:
    """The phase matrix: per row a mark in each phase that it belongs to.

    Where the source does not show which columns have the marks (`2 van 4`), every
    phase has a question mark and a column says how many there are.
    """
    rows = rows_of(block)
    phases = [_chosen(text)[1] or text.strip() for text in block.options.get("columns", [])]
    if not rows or not phases:
        return None
    lost = any(_lost(row) for row in rows)
    groups = any(row.target_group for row in rows)
    shares = widths(
        [16, 21, *([18] if groups else []), *[11] * len(phases), *([10] if lost else [])]
    )
    headings = ["Organisatie", "Activiteit", *(["Doelgroep"] if groups else []), *phases]
    headings += ["Hoeveel fasen"] if lost else []
    return Table(
        key=key,
        caption=caption,
        columns=tuple(
            Column(f"k{n}", heading, "text", width)
            for n, (heading, width) in enumerate(zip(headings, shares, strict=True), start=1)
        ),
        rows=tuple(
            Row(f"{key}-{row.position + 1}", _phases(row, phases, groups=groups, lost=lost))
            for row in rows
        ),
        notes=("Een vraagteken: de bron laat niet zien bij welke fasen de kruisjes staan.",)
        if lost
        else (),
    )


def _phases(row: BlockRow, phases: list[str], *, groups: bool, lost: bool) -> tuple[Cell, ...]:
    marked = {name.strip().casefold() for name in row.marks.split(",")}
    is_lost = _lost(row)
    cells: list[Cell] = [
        Text(", ".join(p.text for p in row.partners.all()), empty=""),
        Text(row.title, is_header=True),
    ]
    if groups:
        cells.append(Text(row.target_group, empty=""))
    cells += [
        Text(LOST if is_lost else MARKED if phase.casefold() in marked else NOT_MARKED, empty="–")
        for phase in phases
    ]
    if lost:
        cells.append(Text(row.marks if is_lost else "", empty=""))
    return tuple(cells)


def _lost(row: BlockRow) -> bool:
    return re.fullmatch(r"\d+ van \d+", row.marks) is not None
