"""What the editor shows of a plan, fetched."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from workplans import planfile
from workplans.desk import fields
from workplans.desk.fields import Field
from workplans.desk.sheet import Row, Sheet
from workplans.desk.short import shortened
from workplans.editing.parts import LISTS, Parts, key_of, kind_of
from workplans.gazetteer import places_of
from workplans.models import ActionLine, Block, CostLine, WorkPlan
from workplans.planfile import KEY, Tree

OF_KIND: dict[str, tuple[Field, ...]] = {
    "plan": fields.PLAN,
    "line": fields.LINE,
    "point": fields.POINT,
    "action": tuple(fields.ACTION.values()),
    "result": fields.RESULT,
    "block": fields.BLOCK,
    "row": tuple(fields.ROW.values()),
    "rule": fields.RULE,
    "figure": fields.FIGURE,
    "printed": fields.PRINTED,
}
WORDS = {
    "plan": "plan",
    "line": "actielijn",
    "point": "actiepunt",
    "action": "actie",
    "result": "resultaat",
    "block": "blok",
    "row": "rij",
    "rule": "regel",
    "figure": "cijfer",
    "printed": "gedrukt bedrag",
}


def sheet(plan: WorkPlan) -> Sheet:
    """The whole plan. Some twenty-five queries, whatever its size."""
    tree = planfile.dump(plan, keys=True)
    return Sheet(plan, tree, places_of(plan.region, plan.starts_on))


def rows(plan: WorkPlan, handles: Collection[str]) -> list[Row]:
    """The rows of these actions, as far as they are there. Some fifteen queries."""
    keys = [key_of(handle) for handle in handles if kind_of(handle) == "action"]
    tree = planfile.dump_actions(plan, keys)
    blocks = list(plan.blocks.filter(kind=Block.Kind.ACTIONS).order_by("position", "pk"))
    shown = Sheet(plan, tree, places_of(plan.region, plan.starts_on))
    stored = {line.code: line for line in plan.lines.select_related("parent")}
    with_costs = set(
        CostLine.objects.filter(action__line__in=[line.pk for line in stored.values()])
        .order_by()
        .values_list("action__line", flat=True)
        .distinct()
    )
    for line in tree.get("lines", []):
        line["has_costs"] = line[KEY] in with_costs
    return [row for line in tree.get("lines", []) for row in _rows_of(line, shown, stored, blocks)]


def _rows_of(
    line: Tree, shown: Sheet, stored: dict[str, ActionLine], blocks: list[Block]
) -> Iterator[Row]:
    """The rows of one line of a tree of actions, in the columns that the page has."""
    kept = stored[line["code"]]
    line["columns"] = kept.columns
    top = kept.parent.code if kept.parent else kept.code
    options = next((b.options for b in blocks if top in b.options.get("lines", [top])), {})
    columns = shown.columns_of(line, options)
    for above, kind in [*((point, "point") for point in line.get("points", [])), (line, "line")]:
        code = above.get("code") or line["code"]
        home = f"{kind}:{above[KEY]}/actions"
        for action in above.get("actions", []):
            yield shown.action_row(action, code + action.get("code", ""), home, columns)


@dataclass(frozen=True)
class Target:
    """A table of the editor that something can be pasted into. New rows come at `home`;
    `parts` has the rows in the order of the page, `full` their codes as a document prints
    them, `codes` those that a new row cannot have."""

    home: str
    kind: str
    word: str
    caption: str
    columns: tuple[Field, ...]
    parts: dict[str, Tree]
    names: dict[str, str]
    full: dict[str, str]
    codes: frozenset[str]
    above: tuple[str, ...]

    @property
    def fields(self) -> dict[str, Field]:
        """What can be typed at a row: the columns of the table first, with their labels."""
        shown = {column.key: column for column in self.columns}
        return shown | {one.key: one for one in OF_KIND[self.kind] if one.key not in shown}

    def short(self, code: str) -> str:
        """A number without the code of the line or point that it stands under: `1` of
        `A1`, `2.1` or `1.`."""
        bare = code.strip().rstrip(".")
        for prefix in self.above:
            rest = bare.removeprefix(prefix)
            is_apart = prefix.isalpha() and not rest[:1].isalpha()
            if prefix and rest and rest != bare and (is_apart or rest[0] in ".-"):
                return rest.lstrip(".- ") or bare
        return bare


def target(shown: Sheet, home: str) -> Target | None:
    """The table that has rows at `home` (`line:3/actions`); none where there is none."""
    grids = [grid for section in shown.sections() for grid in section.grids]
    grids += shown.lists()
    grid = next((one for one in grids if home in {group.home for group in one.groups}), None)
    if grid is None:
        return None
    parts = Parts(shown.tree)
    rows = [row for group in grid.groups for row in group.rows]
    owner, _, name = home.partition("/")
    lines = [part for handle, part in parts.found.items() if kind_of(handle) == "line"]
    return Target(
        home,
        LISTS[kind_of(owner)][name],
        grid.word,
        grid.caption,
        grid.columns,
        {row.handle: parts.found[row.handle] for row in rows},
        {row.handle: row.name for row in rows},
        {row.handle: _full_code(parts, row.handle) for row in rows},
        frozenset(parts.found[row.handle].get("code", "") for row in rows),
        tuple(dict.fromkeys([parts.found[owner].get("code", ""), *(one["code"] for one in lines)])),
    )


def _full_code(parts: Parts, handle: str) -> str:
    """The code of an action after that of its point or line; of another part its own."""
    own = str(parts.found[handle].get("code", ""))
    above = parts.places[handle].into
    if kind_of(handle) != "action":
        return own
    if kind_of(above) == "point" and not parts.found[above].get("code"):
        above = parts.places[above].into
    return f"{parts.found[above].get('code', '')}{own}"


@dataclass(frozen=True)
class Part:
    """One part of a plan with what can be typed at it."""

    handle: str
    tree: Tree
    columns: tuple[Field, ...]
    word: str
    name: str
    parts: Parts


def part(plan: WorkPlan, handle: str) -> Part | None:
    """A part of the plan by its handle; none that is not there."""
    parts = Parts(planfile.dump(plan, keys=True))
    found = parts.found.get(handle)
    if found is None:
        return None
    kind = kind_of(handle)
    name = " ".join(filter(None, (found.get("code"), found.get("title") or found.get("text"))))
    columns = fields.of_block(found) if kind == "block" else OF_KIND[kind]
    return Part(handle, found, columns, WORDS[kind], shortened(name, 80) or WORDS[kind], parts)
