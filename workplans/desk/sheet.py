"""A plan as the editor shows it: the blocks in the order of the author, and in each the
cells and rows that can be typed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from workplans.columns import column_key
from workplans.desk import fields
from workplans.desk.fields import Field
from workplans.desk.saying import said
from workplans.desk.short import shortened
from workplans.desk.shown import Cell, Grid, Group, Row, Section
from workplans.editing.change import KINDS
from workplans.models import Block, WorkPlan
from workplans.notation.places import Places
from workplans.planfile import KEY, Tree
from workplans.styles import HEADINGS, style_of

LISTS = (
    ("rules", "regel", "Regels van het plan", fields.RULE),
    ("figures", "cijfer", "Cijfers van het plan", fields.FIGURE),
    ("printed", "gedrukt bedrag", "Bedragen zoals de bron ze drukt", fields.PRINTED),
)
"""The lists of a plan that are no part of its document: name, word for a row, heading."""

MOST_NAMED = 60
"""So many characters of its text name a row."""


class Sheet:
    """The editor's view of a tree that carries keys. Asks the database nothing."""

    def __init__(self, plan: WorkPlan, tree: Tree, places: Places) -> None:
        self.plan, self.tree, self.places = plan, tree, places
        self.columns = style_of(plan).columns

    def sections(self) -> Iterator[Section]:
        """The sections, none a step too deep below the one before it."""
        level = 0
        for section in self._in_order():
            level = min(section.level, level + 1)
            yield replace(section, level=level)

    def lists(self) -> Iterator[Grid]:
        """What stands beside the document: the rules, figures and printed figures of the
        plan. One without rows has a button of its own."""
        for name, word, caption, columns in LISTS:
            kind = KINDS[name]
            home = f"plan/{name}"
            rows = tuple(
                Row(
                    f"{kind}:{part[KEY]}",
                    shortened(part.get("title") or part.get("where", ""), MOST_NAMED),
                    home,
                    _cells(columns, part),
                )
                for part in self.tree.get(name, [])
            )
            yield Grid(home, caption, columns, (Group(home, rows),), word)

    def _in_order(self) -> Iterator[Section]:
        """Every block, and after a block of actions its lines; at the end the lines that
        no block shows."""
        lines = {line["code"]: line for line in self.tree.get("lines", [])}
        chosen = {
            code
            for block in self.tree.get("blocks", [])
            if block["kind"] == Block.Kind.ACTIONS.value
            for code in block.get("lines", [])
        }
        shown: set[str] = set()
        before = ""
        for block in self.tree.get("blocks", []):
            yield replace(self._block(block), before=before)
            before = f"block:{block[KEY]}"
            if block["kind"] != Block.Kind.ACTIONS.value:
                continue
            codes = block.get("lines") or [code for code in lines if code not in chosen]
            for code in codes:
                if code in lines and code not in shown:
                    shown.add(code)
                    yield from self._lines(lines[code], int(block.get("level", 1)), block)
        for code, line in lines.items():
            if code not in shown:
                yield from self._lines(line, 1, {})

    def _block(self, block: Tree) -> Section:
        kind = Block.Kind(block["kind"])
        standing = HEADINGS.get(kind, "Zonder kop")
        heading = block.get("title") or standing
        cells = _cells(fields.BLOCK, block)
        grids = () if kind.value in fields.WITHOUT_ROWS else (self._rows(block, heading),)
        is_text = kind.value in fields.TEXT_BLOCKS
        is_live = kind.value in fields.WITHOUT_ROWS and not is_text and kind != Block.Kind.ACTIONS
        return Section(
            f"block:{block[KEY]}",
            f"block-{block[KEY]}",
            "plan/blocks",
            heading,
            int(block.get("level", 1)),
            cells,
            grids,
            f"Dit blok ({kind.label}) vult zichzelf uit het plan." if is_live else "",
            standing,
        )

    def _rows(self, block: Tree, caption: str) -> Grid:
        rows = block.get("rows", [])
        filled = [key for key in fields.ROW if any(row.get(key) for row in rows)]
        keys = filled or ["title", "text"]
        columns = tuple(fields.ROW[key] for key in keys)
        home = f"block:{block[KEY]}/rows"
        found = tuple(
            Row(
                f"row:{row[KEY]}",
                shortened(row.get("title") or row.get("text", ""), MOST_NAMED),
                home,
                _cells(columns, row),
            )
            for row in rows
        )
        return Grid(home, caption, columns, (Group(home, found),), "rij")

    def _lines(self, line: Tree, level: int, block: Tree) -> Iterator[Section]:
        yield self._line(line, level, block, "plan/lines")
        for part in line.get("parts", []):
            yield self._line(part, level + 1, block, f"line:{line[KEY]}/parts")

    def _line(self, line: Tree, level: int, block: Tree, home: str) -> Section:
        return Section(
            f"line:{line[KEY]}",
            f"line-{line[KEY]}",
            home,
            line["title"],
            min(level, 3),
            _cells(fields.LINE, line),
            tuple(self._grids(line, block)),
        )

    def _grids(self, line: Tree, block: Tree) -> Iterator[Grid]:
        handle = f"line:{line[KEY]}"
        if line.get("results"):
            yield self._results(line)
        columns = self.columns_of(line, block)
        groups = [
            Group(
                f"point:{point[KEY]}/actions",
                tuple(self._actions(point, line, f"point:{point[KEY]}/actions", columns)),
                f"point:{point[KEY]}",
                _cells(fields.POINT, point),
            )
            for point in line.get("points", [])
        ]
        home = f"{handle}/actions"
        own = tuple(self._actions({}, line, home, columns))
        if own or not groups:
            groups.append(Group(home, own))
        caption = f"Acties van {line['code']} {line['title']}"
        yield Grid(home, caption, columns, tuple(groups), "actie")

    def _results(self, line: Tree) -> Grid:
        home = f"line:{line[KEY]}/results"
        rows = []
        for result in line.get("results", []):
            rows.append(_result(result, home))
            below = f"result:{result[KEY]}/results"
            rows += [_result(part, below) for part in result.get("results", [])]
        caption = f"Resultaten van {line['code']} {line['title']}"
        return Grid(home, caption, fields.RESULT, (Group(home, tuple(rows)),), "resultaat")

    def columns_of(self, line: Tree, block: Tree) -> tuple[Field, ...]:
        """What is typed in the table of a line: the columns of its block, its own, or
        those of the style, and the costs where there are any. A tree of some actions
        says itself whether the line `has_costs`."""
        texts = block.get("columns") or line.get("columns") or self.columns
        keys: dict[str, None] = {}
        for text in texts:
            for key in fields.OF_COLUMN.get(column_key(text).casefold(), ()):
                keys[key] = None
        if line.get("has_costs", _has_costs(line)):
            keys |= dict.fromkeys(("amount", "municipalities"))
        if "amount" in keys:
            keys["nature"] = None
        keys.setdefault("title", None)
        headings = {"title": "Actie"} | _headings(texts)
        return tuple(
            _named(fields.ACTION[key], headings.get(key, ""))
            for key in fields.ACTION
            if key in keys
        )

    def _actions(
        self, above: Tree, line: Tree, home: str, columns: tuple[Field, ...]
    ) -> Iterator[Row]:
        for action in (above or line).get("actions", []):
            code = f"{above.get('code') or line['code']}{action.get('code', '')}"
            yield self.action_row(action, code, home, columns)

    def action_row(self, action: Tree, code: str, home: str, columns: tuple[Field, ...]) -> Row:
        """An action with how its cells were read."""
        heard = said(action, self.places)
        cells = tuple(
            _cell(
                column,
                action,
                heard.says.get(column.key, ""),
                heard.faults.get(column.key, ""),
            )
            for column in columns
        )
        return Row(
            f"action:{action[KEY]}",
            f"{code} {shortened(action['title'], MOST_NAMED)}",
            home,
            cells,
            code,
        )


def _has_costs(line: Tree) -> bool:
    above = [line, *line.get("points", [])]
    actions = (action for part in above for action in part.get("actions", []))
    return any("amount" in action or "costs" in action for action in actions)


def _result(result: Tree, home: str) -> Row:
    name = result.get("code") or shortened(result["text"], MOST_NAMED)
    return Row(f"result:{result[KEY]}", name, home, _cells(fields.RESULT, result))


def _cells(columns: tuple[Field, ...], part: Tree) -> tuple[Cell, ...]:
    return tuple(_cell(column, part) for column in columns)


def _cell(
    column: Field,
    part: Tree,
    says: str = "",
    fault: str = "",
) -> Cell:
    value = part.get(column.key)
    if column.key == "amount" and part.get("costs"):
        own_page = replace(column, control="several")
        return Cell(own_page, several(part), "", fault)
    return Cell(
        column,
        typed_text(value),
        says,
        fault,
        is_absent=column.key == "amount" and value is None,
    )


def several(part: Tree) -> str:
    """What stands in the cell of an action with more than one cost."""
    return f"{len(part['costs'])} kostenregels"


def typed_text(value: Any) -> str:
    """A value of the tree as it stands in a field: a list has a line for each item."""
    if isinstance(value, Mapping):
        return str(value["unread"])
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(value or "")


def _headings(texts: Any) -> dict[str, str]:
    """Headings of columns by the key that is typed there: that of the author, or else the
    name of the column, as above the table of the document."""
    found = {}
    for text in texts:
        key, _, heading = text.partition(":")
        keys = fields.OF_COLUMN.get(key.strip().casefold(), ())
        if keys:
            found[keys[0]] = heading.strip() or key.strip().capitalize()
    return found


def _named(field: Field, heading: str) -> Field:
    return replace(field, label=heading) if heading else field
