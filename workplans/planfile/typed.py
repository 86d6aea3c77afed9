"""The cells of an action as its part of the tree has them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from workplans.cells import Cell, Typed, TypedCost
from workplans.planfile.tree import NATURE_OF, Tree

COST_KEYS = ("amount", "nature", "funding")


def typed_cells(tree: Tree, kept: Callable[[str], datetime.date | None]) -> Typed:
    """The cells of an action. `kept` gives the reference date of the inhabitants that an
    earlier reading chose for a text about municipalities."""
    municipalities = cell_of(tree.get("municipalities"))
    if "costs" in tree:
        costs = [_cost(cost, kept) for cost in tree["costs"]]
    elif "amount" in tree:
        costs = [_cost({key: tree[key] for key in COST_KEYS if key in tree}, kept)]
    else:
        costs = []
    return Typed(
        costs=tuple(costs),
        planning=cell_of(tree.get("planning")),
        start=cell_of(tree.get("start")),
        end=cell_of(tree.get("end")),
        municipalities=municipalities,
        funding=tree.get("funding", ""),
        key_date=kept(municipalities.text),
    )


def _cost(tree: Tree, kept: Callable[[str], datetime.date | None]) -> TypedCost:
    own = cell_of(tree.get("municipalities"))
    return TypedCost(
        amount=cell_of(tree.get("amount")),
        nature=NATURE_OF[tree["nature"]].value if tree.get("nature") else "",
        funding=tree.get("funding", ""),
        label=tree.get("label", ""),
        municipalities=own,
        key_date=kept(own.text),
    )


def cell_of(part: Any) -> Cell:
    """A cell of the file: its text, or the text that could not be read."""
    if isinstance(part, dict):
        return Cell(part["unread"], unread=True)
    return Cell(part or "")
