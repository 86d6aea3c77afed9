"""The look-back block with which a plan begins: what became of the actions before, pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workplans.models import Block, full_code
from workplans.planfile.tree import Tree, lines_of

ActionName = tuple[str, int]
"""The code of the line, and the turn of the action in it as `actions_of` gives them:
codes of actions may be equal, or empty."""

COLUMNS = ("onderwerp", "lijn", "tekst")
"""Said outright, so that the column that is still to be written is seen empty."""
NOTES = "aandachtspunten"
FINISHED = "afgerond"


@dataclass(frozen=True)
class Told:
    """What was last reported of an action; `actual` is what was spent, as people say it."""

    status: str
    text: str = ""
    attention: str = ""
    actual: str = ""


def actions_of(line: Tree) -> Iterator[tuple[str, Tree]]:
    """Every action of a line with its full code, those under points first."""
    for point in line.get("points", []):
        for action in point.get("actions", []):
            yield full_code(line["code"], point.get("code", ""), action.get("code", "")), action
    for action in line.get("actions", []):
        yield full_code(line["code"], "", action.get("code", "")), action


def topics(
    tree: Tree, told: Mapping[ActionName, Told], finished: Sequence[ActionName] = ()
) -> list[Tree]:
    """A row for each action of which something was told, in the order of the plan, and
    one that is still to be written for each other action that is `finished`."""
    rows = []
    for _, line, _ in lines_of(tree):
        for turn, (_, action) in enumerate(actions_of(line)):
            name = line["code"], turn
            if name in told or name in finished:
                row = _topic(line, action, told.get(name, Told("")))
                rows.append(row | {"status": FINISHED} if name in finished else row)
    return rows


def look_back(period: str, rows: Sequence[Tree], old: Tree | None = None) -> list[Tree]:
    """The block with these rows; none without any. It is laid out as the `old` one was,
    with a column for what asks attention where a row has any."""
    if not rows:
        return []
    layout: Tree = {"columns": list(COLUMNS)}
    layout |= {key: old[key] for key in ("level", "columns") if old and key in old}
    has_column = any(column.partition(":")[0].strip() == NOTES for column in layout["columns"])
    if not has_column and any("note" in row for row in rows):
        layout["columns"] = [*layout["columns"], NOTES]
    title = f"Terugblik op {period}"
    return [{"kind": Block.Kind.LOOK_BACK.value, "title": title, **layout, "rows": list(rows)}]


def _topic(line: Tree, action: Tree, told: Told) -> Tree:
    actual = f"Gerealiseerd: {told.actual}." if told.actual else ""
    row = {
        "title": action["title"],
        "line": line["code"],
        "status": told.status,
        "text": "\n\n".join(filter(None, (told.text, actual))),
        "note": told.attention,
    }
    return {key: value for key, value in row.items() if value}
