"""The places of a plan at which people say something, by key and by address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.http import urlencode

from workplans.models import (
    WHOLE_PLAN,
    Action,
    ActionLine,
    Block,
    Comment,
    WorkPlan,
    action_names,
    block_anchors,
)

GROUPS = {"Hoofdstukken": ("blok",), "Actielijnen en acties": ("lijn", "actie")}

Row = Block | ActionLine | Action

KINDS = {"actie": "Actie", "lijn": "Actielijn", "blok": "Dit hoofdstuk"}
"""The keys under which an address names a place, with the word for people."""
FIELDS = {"actie": "action", "lijn": "line", "blok": "block"}
"""The column of a comment for each of them."""


@dataclass(frozen=True)
class Spot:
    """A block, action line or action: `kind` and `name` are how an address names it,
    `key` how a form does, and `anchor` is where it stands on the page of the plan."""

    kind: str
    name: str
    row: Row
    anchor: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.row.pk}"

    @property
    def label(self) -> str:
        return str(self.row)

    @property
    def query(self) -> str:
        """`actie=A3`, as part of an address."""
        return urlencode({self.kind: self.name})


class Spots:
    """The places of a plan, in its order. Three queries, when first asked."""

    def __init__(self, plan: WorkPlan) -> None:
        self.plan = plan

    @cached_property
    def all(self) -> tuple[Spot, ...]:
        return tuple(self._found())

    def _found(self) -> Iterator[Spot]:
        blocks = list(self.plan.blocks.order_by("position", "pk"))
        for block, anchor in zip(blocks, block_anchors(blocks), strict=True):
            yield Spot("blok", str(block.pk), block, anchor)
        lines = list(self.plan.lines.order_by("position", "pk"))
        of_plan = Action.objects.filter(line__plan=self.plan).select_related("line", "point")
        actions = list(of_plan.order_by("line__position", "line", "position", "pk"))
        names = action_names(actions, [line.code for line in lines])
        for line in lines:
            yield Spot("lijn", line.code, line, f"lijn-{line.code}")
            for action in actions:
                if action.line_id == line.pk:
                    yield Spot("actie", names[action.pk], action, f"actie-{names[action.pk]}")

    @cached_property
    def by_key(self) -> dict[str, Spot]:
        return {spot.key: spot for spot in self.all}

    def of(self, comment: Comment) -> Spot | None:
        """Where a comment stands; None for the whole plan and for a place that is gone."""
        for kind, field in FIELDS.items():
            if pk := getattr(comment, f"{field}_id"):
                return self.by_key.get(f"{kind}-{pk}")
        return None

    def named(self, kind: str, name: str) -> Spot | None:
        """The place that an address means, if it is in the plan."""
        return next((spot for spot in self.all if (spot.kind, spot.name) == (kind, name)), None)

    @property
    def choices(self) -> list[tuple[str, object]]:
        """For a field: the plan, and the places in groups."""
        groups: list[tuple[str, object]] = [("", WHOLE_PLAN.capitalize())]
        for word, kinds in GROUPS.items():
            found = [(spot.key, spot.label) for spot in self.all if spot.kind in kinds]
            if found:
                groups.append((word, found))
        return groups
