"""An action as a form: its costs are one amount among its fields, or a list of lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from workplans import planfile
from workplans.desk.fields import COST, Field
from workplans.desk.forms import NO_AMOUNT, PartForm, as_json, as_seen, field_of, value_of
from workplans.desk.sheet import typed_text
from workplans.editing import Change, Put
from workplans.editing.applying import seen
from workplans.planfile import COST_KEYS, Tree

COUNT = "kostenregels"
ASKED = "kosten"
"""The buttons that add, remove and move a line: `erbij`, `weg.1`, `hoger.1`."""
MOST = 20
ALL_KEYS = ("nature", "funding", "amount", "costs")
"""What says the costs of an action, in the order in which it is put: without an amount
there is no nature."""


@dataclass(frozen=True)
class CostFields:
    """The fields of one cost line; `turn` counts from nought."""

    turn: int
    name: str
    fields: list[forms.BoundField]


class ActionForm(PartForm):
    """With `typed` it shows what somebody typed and did not store yet."""

    def __init__(
        self,
        columns: Sequence[Field],
        part: Tree,
        handle: str,
        data: Any = None,
        *,
        typed: Mapping[str, str] | None = None,
    ) -> None:
        given = data if data is not None else typed
        self.costs = part.get("costs", []) if given is None else typed_costs(given)
        self.typed = typed or {}
        own = [one for one in columns if not (self.costs and one.key in COST_KEYS)]
        super().__init__(own, part, handle, data)
        self.fields[COUNT] = forms.CharField(widget=forms.HiddenInput, required=False)
        for turn in range(len(self.costs)):
            for column in COST:
                self.fields[_name(turn, column.key)] = field_of(column)
        keys = [column.key for column in own]
        after = keys.index("funding") + 1 if "funding" in keys else keys.index("monitoring")
        self._first = [*keys[:after], NO_AMOUNT]
        if NO_AMOUNT in self.fields:
            at = keys.index("amount") + 1
            self.order_fields(["gezien", *keys[:at], NO_AMOUNT])

    def _shown(self) -> dict[str, Any]:
        values = super()._shown()
        now = as_seen(values["gezien"])
        now |= {key: seen(self.part[key]) for key in ALL_KEYS if key in self.part}
        lines = {
            _name(turn, column.key): typed_text(cost.get(column.key))
            for turn, cost in enumerate(self.costs)
            for column in COST
        }
        kept = {COUNT: len(self.costs), "gezien": as_json(now)}
        is_absent = {NO_AMOUNT: NO_AMOUNT in self.typed} if self.typed else {}
        return values | lines | kept | self.typed | is_absent

    # ---- how it stands on the page

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.is_hidden or field.name in self._first]

    @property
    def last_fields(self) -> list[forms.BoundField]:
        own = {column.key for column in self.columns}
        return [field for field in self if field.name in own - set(self._first)]

    @property
    def cost_lines(self) -> list[CostFields]:
        return [
            CostFields(
                turn,
                f"Kostenregel {turn + 1}",
                [self[_name(turn, column.key)] for column in COST],
            )
            for turn in range(len(self.costs))
        ]

    @property
    def may_grow(self) -> bool:
        return len(self.costs) < MOST

    # ---- what comes of it

    def changes(self) -> list[Change]:
        """The costs are one thing: what somebody else made of them elsewhere in the
        action meanwhile is told before it is put away."""
        others = [
            change
            for change in super().changes()
            if not (isinstance(change, Put) and change.key in ALL_KEYS)
        ]
        was, now = as_seen(self.cleaned_data["gezien"]), self._costs()
        put = {key for key in ALL_KEYS if _differs(key, was, now)}
        if put:
            beside = ALL_KEYS if "costs" in now else ("costs",)
            put |= {key for key in beside if seen(self.part.get(key)) != was.get(key)}
        costs = [
            Put(self.handle, key, was.get(key), now.get(key)) for key in ALL_KEYS if key in put
        ]
        return [*others, *costs]

    def _costs(self) -> Tree:
        """The costs as the tree has them."""
        said = self.cleaned_data
        if self.costs:
            return planfile.costs_of(
                [
                    _filled({c.key: value_of(c, said[_name(turn, c.key)]) for c in COST})
                    for turn in range(len(self.costs))
                ]
            )
        typed = {one.key: value_of(one, said[one.key]) for one in self.columns if one.key in said}
        found = _filled({key: typed.get(key, "") for key in COST_KEYS})
        if said[NO_AMOUNT] and not found["amount"]:
            del found["amount"]
        return found


def typed_costs(typed: Mapping[str, str]) -> list[Tree]:
    """The cost lines that were sent; none where the action has one amount."""
    count = typed.get(COUNT, "")
    number = int(count) if count.isascii() and count.isdecimal() and len(count) < 3 else 0
    return [
        {column.key: typed.get(_name(turn, column.key), "") for column in COST}
        for turn in range(min(number, MOST))
    ]


def rearranged(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, after the line that was asked for came, went or moved up. A line
    that is left alone and says no more than an amount is one amount again."""
    costs = typed_costs(typed)
    asked, _, number = typed[ASKED].partition(".")
    turn = int(number) if number.isascii() and number.isdecimal() and len(number) < 3 else MOST
    if asked == "erbij" and len(costs) < MOST:
        costs = costs or [{key: typed.get(key, "") for key in COST_KEYS}]
        costs = [*costs, {}]
    elif asked == "weg" and turn < len(costs):
        costs = costs[:turn] + costs[turn + 1 :]
    elif asked == "hoger" and 0 < turn < len(costs):
        costs = [*costs[: turn - 1], costs[turn], costs[turn - 1], *costs[turn + 1 :]]
    rest = {
        name: value
        for name, value in typed.items()
        if not name.startswith("costs.") and name not in (ASKED, COUNT)
    }
    plain = planfile.costs_of([_filled(cost) for cost in costs])
    if "costs" in plain:
        lines = {
            _name(turn, key): value
            for turn, cost in enumerate(costs)
            for key, value in cost.items()
        }
        return rest | lines | {COUNT: str(len(costs))}
    if typed_costs(typed):
        rest |= {key: plain.get(key, "") for key in COST_KEYS}
        rest |= {} if plain else {NO_AMOUNT: "on"}
    return rest | {COUNT: "0"}


def _name(turn: int, key: str) -> str:
    """The name of a field, which is where a refusal of it lies."""
    return f"costs.{turn}.{key}"


def _filled(cost: Tree) -> Tree:
    """A cost without what is empty; an amount may be."""
    return {key: value for key, value in cost.items() if value or key == "amount"}


def _differs(key: str, was: Tree, now: Tree) -> bool:
    if key == "amount" and (key in was) != (key in now):
        return True
    return bool(seen(was.get(key)) != seen(now.get(key)))
