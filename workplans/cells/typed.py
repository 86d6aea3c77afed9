"""The cells of an action as somebody typed them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Cell:
    """The text of a cell; `unread` when somebody left it although it cannot be read."""

    text: str = ""
    unread: bool = False


@dataclass(frozen=True)
class TypedCost:
    """One amount as typed, with what stands beside it.

    `municipalities` is empty where the cost is divided as the action says. `key_date` as
    in `Typed`, for a division of its own.
    """

    amount: Cell = Cell()
    nature: str = ""
    funding: str = ""
    label: str = ""
    municipalities: Cell = Cell()
    key_date: datetime.date | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it can stand at the action itself, in the columns of a table."""
        return not self.label and not self.municipalities.text


@dataclass(frozen=True)
class Typed:
    """The cells of one action as typed. No costs at all means: no cost line; then
    `funding` may name pots without an amount.

    `key_date` is the reference date of the inhabitants that an earlier reading of the
    same `municipalities` chose; it is kept while the text is unchanged.
    """

    costs: tuple[TypedCost, ...] = ()
    planning: Cell = Cell()
    start: Cell = Cell()
    end: Cell = Cell()
    municipalities: Cell = Cell()
    funding: str = ""
    key_date: datetime.date | None = None

    def cost_path(self, number: int) -> Path:
        """Where a cost stands in the tree of its action: a plain one alone in it."""
        alone = len(self.costs) == 1 and self.costs[0].is_plain
        return () if alone else ("costs", number)
