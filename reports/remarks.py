"""What was said about each place of a plan, as links beside it; on the page only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from reports.content import Content
from reports.document import Block, Document
from reports.table import Remark, Row, Table
from workplans.models import WorkPlan, block_anchors

FIELDS = {"blok": "block", "lijn": "line", "actie": "action"}


class Remarks:
    """The open conversations of a plan, counted per place in one query.

    `may_comment` says whether the reader gets a link to add one.
    """

    def __init__(self, content: Content, *, may_comment: bool) -> None:
        self.content, self.may_comment = content, may_comment
        self.list = reverse("workplans:comment_list", args=[content.plan.slug])
        self.add = reverse("workplans:comment_create", args=[content.plan.slug])
        self.count, self._counts = _counted(content.plan)

    def beside(self, document: Document) -> Document:
        """The document with a remark at each block, line and action that has one."""
        places = self._places()
        return replace(document, blocks=tuple(_block(block, places) for block in document.blocks))

    def _places(self) -> Mapping[str, Remark]:
        """The remark of each place by its address in the page."""
        content = self.content
        found: dict[str, Remark | None] = {}
        anchors = block_anchors(content.blocks)
        for block, anchor in zip(content.blocks, anchors, strict=True):
            if block.pk is not None:
                found[anchor] = self._remark("blok", block.pk, str(block.pk), str(block))
        for line in content.lines:
            found[f"lijn-{line.code}"] = self._remark("lijn", line.pk, line.code, str(line))
        for action in content.actions:
            name = content.names[action.pk]
            found[f"actie-{name}"] = self._remark("actie", action.pk, name, action.full_code)
        return {anchor: remark for anchor, remark in found.items() if remark is not None}

    def _remark(self, kind: str, key: int, name: str, place: str) -> Remark | None:
        count = self._counts.get((kind, key), 0)
        if not count and not self.may_comment:
            return None
        return Remark(
            place=place,
            count=count,
            url=f"{self.list}?{urlencode({'plaats': f'{kind}-{key}'})}",
            add_url=f"{self.add}?{urlencode({kind: name})}" if self.may_comment else "",
        )


def _counted(plan: WorkPlan) -> tuple[int, dict[tuple[str, int], int]]:
    """How many conversations are open in all, and at each place."""
    rows = list(
        plan.comments.unsettled().order_by().values_list(*FIELDS.values()).annotate(n=Count("pk"))
    )
    by_place: dict[tuple[str, int], int] = {}
    for *keys, n in rows:
        for kind, key in zip(FIELDS, keys, strict=True):
            if key is not None:
                by_place[kind, key] = n
    return sum(n for *_, n in rows), by_place


def _block(block: Block, places: Mapping[str, Remark]) -> Block:
    return replace(
        block,
        remark=places.get(block.anchor),
        tables=tuple(_table(table, places) for table in block.tables),
    )


def _table(table: Table, places: Mapping[str, Remark]) -> Table:
    if not any(row.anchor in places for row in table.rows):
        return table
    return replace(table, rows=tuple(_row(row, places) for row in table.rows))


def _row(row: Row, places: Mapping[str, Remark]) -> Row:
    remark = places.get(row.anchor) if row.anchor else None
    return row if remark is None else replace(row, remark=remark)
