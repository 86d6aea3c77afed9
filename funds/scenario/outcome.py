"""What a scenario makes of the lines: per line, organisation and municipality."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from funds.figure import Figure
from funds.notation import AmountState
from municipalities.apportion import apportion


@dataclass(frozen=True)
class Line:
    """An amount that was asked, with what operations look at. `shares` is what each
    municipality has of it, by code; `organisation` who carries it out, in one text."""

    key: str
    title: str
    state: AmountState
    asked: Decimal = Decimal(0)
    is_new: bool = False
    is_provisional: bool = False
    is_earmarked: bool = False
    organisation: str = ""
    shares: tuple[tuple[str, Decimal], ...] = ()

    @property
    def figure(self) -> Figure:
        return Figure.entry(self.state, self.asked)

    def as_json(self) -> dict[str, Any]:
        shares = [[code, f"{amount:.2f}"] for code, amount in self.shares]
        return dataclasses.asdict(self) | {"asked": f"{self.asked:.2f}", "shares": shares}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Line:
        shares = tuple((code, Decimal(amount)) for code, amount in stored["shares"])
        asked, state = Decimal(stored["asked"]), AmountState(stored["state"])
        return cls(**{**stored, "state": state, "asked": asked, "shares": shares})


@dataclass(frozen=True)
class Result:
    """What becomes of one line; `steps` are the operations that changed it, in words.
    `now` is None where the amount was not known and still is not."""

    line: Line
    now: Decimal | None
    steps: tuple[str, ...]
    is_protected: bool

    @property
    def figure(self) -> Figure:
        return self.line.figure if self.now is None else Figure.of(self.now)

    @property
    def lost(self) -> Decimal:
        """How much less than asked."""
        return self.line.asked - (self.line.asked if self.now is None else self.now)

    @property
    def is_dropped(self) -> bool:
        """Whether something was asked and nothing is left."""
        return self.now == 0 and bool(self.steps)

    @property
    def is_changed(self) -> bool:
        return bool(self.steps)

    @property
    def shares(self) -> dict[str, Decimal]:
        """What each municipality has of it now: as they had of what was asked."""
        weights = {code: cents_of(amount) for code, amount in self.line.shares}
        if self.now is None or not sum(weights.values()):
            return {}
        divided = apportion(cents_of(self.now), weights)
        return {code: euros_of(cents) for code, cents in divided.items()}


@dataclass(frozen=True)
class Effect:
    """Asked and what is left of it, of one organisation, municipality or all."""

    asked: Figure
    now: Figure

    @property
    def lost(self) -> Decimal:
        return self.asked.known - self.now.known


@dataclass(frozen=True)
class WhatIf:
    """The outcome of operations on lines within a budget."""

    results: tuple[Result, ...]
    budget: Decimal
    lost_names: tuple[str, ...]
    """Lines that an operation names and that are not there (any more)."""

    @cached_property
    def total(self) -> Effect:
        return _effect(self.results)

    @property
    def firm(self) -> Figure:
        """What is not provisional."""
        return _effect(row for row in self.results if not row.line.is_provisional).now

    @property
    def provisional(self) -> Figure:
        return _effect(row for row in self.results if row.line.is_provisional).now

    @property
    def deficit(self) -> Decimal:
        """What is still above the budget; below zero it is room. Amounts that are not
        known are in neither."""
        return self.total.now.known - self.budget

    @property
    def budget_figure(self) -> Figure:
        return Figure.of(self.budget)

    @property
    def deficit_term(self) -> str:
        return "Tekort" if self.deficit > 0 else "Ruimte"

    @property
    def deficit_figure(self) -> Figure:
        """The deficit, or the room, as an amount above zero."""
        return Figure.of(abs(self.deficit))

    @property
    def fits(self) -> bool:
        return self.deficit <= 0

    @property
    def lost_sentence(self) -> str:
        names = ", ".join(self.lost_names)
        return f"Een bewerking noemt wat er niet meer bij staat: {names}. Pas haar aan."

    @property
    def dropped(self) -> tuple[Result, ...]:
        return tuple(row for row in self.results if row.is_dropped)

    @cached_property
    def by_organisation(self) -> dict[str, Effect]:
        """In the order in which they first occur."""
        names = dict.fromkeys(row.line.organisation for row in self.results)
        return {
            name: _effect(row for row in self.results if row.line.organisation == name)
            for name in names
        }

    @cached_property
    def by_municipality(self) -> dict[str, Effect]:
        """By code; "" is what is divided over nobody. Gaps stand with each who has a share."""
        found: dict[str, Effect] = {}
        for row in self.results:
            asked = dict(row.line.shares)
            now = row.shares
            for code in list(asked) or [""]:
                before = found.get(code, Effect(Figure.zero(), Figure.zero()))
                whole = not asked or not row.line.figure.is_complete
                found[code] = Effect(
                    before.asked + (row.line.figure if whole else Figure.of(asked[code])),
                    before.now + (Figure.of(now[code]) if code in now else row.figure),
                )
        return found

    @property
    def digest(self) -> str:
        """The mark of this outcome: another one when any amount in it changed."""
        said = [[row.line.key, str(row.line.figure), str(row.figure)] for row in self.results]
        return hashlib.sha256(json.dumps([f"{self.budget:.2f}", said]).encode()).hexdigest()


def _effect(results: Iterable[Result]) -> Effect:
    rows = tuple(results)
    asked = sum((row.line.figure for row in rows), Figure.zero())
    return Effect(asked, sum((row.figure for row in rows), Figure.zero()))


def cents_of(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def euros_of(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
