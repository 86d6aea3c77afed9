"""The document: blocks with their rows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from funds.limits import known_amount
from workplans.models import Action, ActionLine, Block, BlockRow, WorkPlan
from workplans.planfile import Tree
from workplans.services.rows import Later, sync
from workplans.services.storing.details import Details
from workplans.services.storing.head import Head
from workplans.services.storing.lines import check_columns
from workplans.services.storing.source import Path, Source

OPTIONS = ("lines", "columns", "source", "amount", "tranches", "key", "unit", "vat")
ROW_TEXTS = ("group", "code", "title", "text", "note", "target_group", "marks", "status")


class Blocks:
    """What `blocks` of a file mean."""

    def __init__(self, source: Source, head: Head, details: Details) -> None:
        self.source, self.head, self.details = source, head, details
        self.trees: list[Tree] = source.tree.get("blocks", [])
        for n, tree in enumerate(source.raw.get("blocks", [])):
            self._check(("blocks", n), tree)

    def _check(self, path: Path, tree: Tree) -> None:
        for n, code in enumerate(tree.get("lines", [])):
            self.source.check_line((*path, "lines", n), code)
        if tree["kind"] == Block.Kind.ACTIONS:
            check_columns(self.source, (*path, "columns"), tree.get("columns", []))
        self.source.understand((*path, "amount"), tree.get("amount", ""), known_amount)
        if self.head.places is not None:
            self.head.check_key((*path, "key"), tree.get("key", ""), self.head.places)
        for n, row in enumerate(tree.get("rows", [])):
            place = (*path, "rows", n)
            if not row:
                self.source.fault(place, "Deze rij is leeg; vul haar in of haal haar weg.")
            self.source.check_line((*place, "line"), row.get("line", ""))
            self.source.check_action((*place, "action"), row.get("action", ""))
            self.details.check(place, row)

    def write(
        self,
        plan: WorkPlan,
        lines: Mapping[str, ActionLine],
        actions: Mapping[str, Action],
        later: Later,
    ) -> None:
        """Bring blocks and rows up to the file; both are known by key or by their place."""
        names = self.source.names
        blocks = sync(
            Block,
            plan.blocks.all(),
            {names.of(tree, n): _block_row(plan, n, tree) for n, tree in enumerate(self.trees)},
            names.known(lambda block: block.position),
            later,
        )
        wanted: dict[Hashable, dict[str, Any]] = {}
        trees: dict[Hashable, Tree] = {}
        for tree, block in zip(self.trees, blocks.values(), strict=True):
            for m, row in enumerate(tree.get("rows", [])):
                key = names.of(row, (block.pk, m))
                trees[key] = row
                wanted[key] = {
                    "block_id": block.pk,
                    "position": m,
                    **{name: row.get(name, "") for name in ROW_TEXTS},
                    "items": row.get("items", []),
                    "year": int(row["year"]) if "year" in row else None,
                    "line_id": lines[row["line"]].pk if "line" in row else None,
                    "action_id": actions[row["action"]].pk if "action" in row else None,
                }
        rows = sync(
            BlockRow,
            BlockRow.objects.filter(block__plan=plan),
            wanted,
            names.known(lambda row: (row.block_id, row.position)),
        )
        for key, stored in rows.items():
            self.details.note("row", stored.pk, trees[key])


def _block_row(plan: WorkPlan, position: int, tree: Tree) -> dict[str, Any]:
    return {
        "plan_id": plan.pk,
        "position": position,
        "kind": tree["kind"],
        "title": tree.get("title", ""),
        "level": int(tree.get("level", 1)),
        "text": tree.get("text", ""),
        "options": {name: tree[name] for name in OPTIONS if name in tree},
    }
