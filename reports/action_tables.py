"""The action tables of a plan, one per action line, in the columns that it chose."""

from __future__ import annotations

from dataclasses import replace

from reports.action_columns import ACTION_COLUMNS, ActionColumn, Shown
from reports.content import Content
from reports.plan_totals import PlanTotals
from reports.prose import Prose
from reports.table import Amount, Cell, Column, Row, Table, Text, widths
from workplans.models import Action, ActionLine
from workplans.styles import style_of


def action_table(
    line: ActionLine,
    content: Content,
    totals: PlanTotals,
    prose: Prose,
    chosen: tuple[str, ...] = (),
) -> Table:
    """The actions of one line with their total. `chosen` are the columns of the block;
    then come those of the line, then those of the style. Asks the database nothing.

    A column of the style that is empty in the whole table is left out; one that the
    author chose stays.
    """
    actions = list(line.actions.all())
    columns = _columns(line, content, actions, chosen)
    shown = Shown(content, prose, has_description="omschrijving" in dict(columns))
    rows = _rows(line, actions, columns, shown)
    if any(action.cost_lines.all() for action in actions):
        rows.append(_total(line, columns, totals))
    shares = widths([column.weight for _, column in columns])
    by_point = any(action.point_id for action in actions)
    return Table(
        key=f"acties-{line.code}",
        caption=f"Acties van {line.code} {line.title}",
        columns=tuple(
            Column(key, column.heading, column.kind, width)
            for (key, column), width in zip(columns, shares, strict=True)
        ),
        rows=tuple(rows),
        may_sort=not by_point,
    )


def _columns(
    line: ActionLine, content: Content, actions: list[Action], chosen: tuple[str, ...]
) -> list[tuple[str, ActionColumn]]:
    own = chosen or tuple(line.columns)
    found = []
    for text in own or style_of(content.plan).columns:
        key, _, heading = (part.strip() for part in text.partition(":"))
        column = ACTION_COLUMNS.get(key.casefold())
        if column and (own or not actions or any(map(column.is_filled, actions))):
            found.append((key.casefold(), replace(column, heading=heading) if heading else column))
    return found or [("actie", ACTION_COLUMNS["actie"])]


def _rows(
    line: ActionLine,
    actions: list[Action],
    columns: list[tuple[str, ActionColumn]],
    shown: Shown,
) -> list[Row]:
    """A row per action; a point stands in its own column, once, or as a heading above
    its actions where the table has no such column."""
    has_points = "actiepunt" in dict(columns)
    rows: list[Row] = []
    point: int | None = None
    for action in actions:
        cells = [column.cell(action, shown) for _, column in columns]
        if action.point_id != point:
            point = action.point_id
            if not has_points and action.point:
                turn = 1 + sum(row.kind == "group" for row in rows)
                rows.append(_heading(str(action.point), f"{line.code}-{turn}", len(columns)))
        elif has_points and point is not None:
            n = list(dict(columns)).index("actiepunt")
            cells[n] = Text("", empty="")
        name = shown.content.names[action.pk]
        rows.append(Row(name, tuple(cells), anchor=f"actie-{name}"))
    return rows


def _heading(text: str, key: str, columns: int) -> Row:
    blank = (Text("", empty=""),) * (columns - 1)
    return Row(f"punt-{key}", (Text(text, is_header=True), *blank), kind="group", spans=True)


def _total(line: ActionLine, columns: list[tuple[str, ActionColumn]], totals: PlanTotals) -> Row:
    """The total under the amount; its name in the first column that is wide enough."""
    keys = list(dict(columns))
    named = next((n for n, key in enumerate(keys) if key not in ("nr", "bedrag")), 0)
    cells: list[Cell] = []
    for n, key in enumerate(keys):
        if key == "bedrag":
            cells.append(Amount(totals.by_line[line.code]))
        elif n == named:
            cells.append(Text(f"Totaal {line.code}", is_header=True))
        else:
            cells.append(Text("", empty=""))
    return Row("totaal", tuple(cells), kind="total")
