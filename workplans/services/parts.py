"""Storing the reading of the cells of actions: planning, costs, shares and pots.

Works on many actions at once: a query or two per table, whatever their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from municipalities.models import Municipality
from workplans import cells
from workplans.cells import Reading, Typed
from workplans.models import Action, CostLine, FundingEntry, PlanningEntry, Share
from workplans.services.rows import money, sync


class Read(NamedTuple):
    """A stored action with its cells, and what they say."""

    action: Action
    typed: Typed
    reading: Reading


def municipality_keys() -> dict[str, int]:
    """Keys by CBS code; the empty code is nobody. One query."""
    return dict(Municipality.objects.values_list("code", "pk"))


def values_of(values: Mapping[str, Any], keys: Mapping[str, int]) -> dict[str, Any]:
    """Values for `sync`: municipalities as keys, amounts as money."""
    ready = dict(values)
    for name in ("lead", "municipality"):
        if name in ready:
            ready[f"{name}_id"] = keys.get(ready.pop(name) or "")
    for name in ("amount", "stated"):
        if name in ready:
            ready[name] = money(ready[name])
    return ready


def write_parts(read: Sequence[Read], keys: Mapping[str, int]) -> None:
    """Bring planning entries, cost lines, shares and pots of saved actions up to date."""
    actions = [part.action.pk for part in read]
    sync(
        PlanningEntry,
        PlanningEntry.objects.filter(action__in=actions),
        {
            (part.action.pk, values["aspect"], values["position"]): {
                "action_id": part.action.pk,
                **values,
            }
            for part in read
            for values in cells.planning_values(part.reading)
        },
        lambda entry: (entry.action_id, entry.aspect, entry.position),
    )
    costs = sync(
        CostLine,
        CostLine.objects.filter(action__in=actions),
        {
            (part.action.pk, values["position"]): {
                "action_id": part.action.pk,
                **values_of(values, keys),
            }
            for part in read
            for values in cells.cost_values(part.typed, part.reading)
        },
        lambda cost: (cost.action_id, cost.position),
    )
    _write_shares(read, costs, keys)
    _write_funding(read, costs, keys)


Costs = Mapping[tuple[int, int], CostLine]


def _write_shares(read: Sequence[Read], costs: Costs, keys: Mapping[str, int]) -> None:
    wanted: dict[tuple[int, str, int], dict[str, Any]] = {}
    for part in read:
        for number, cost in enumerate(part.reading.costs):
            line = costs[part.action.pk, number]
            for capacity, shares in (
                (Share.Capacity.RECIPIENT.value, cost.shares),
                (Share.Capacity.BEARER.value, cost.bearers),
            ):
                for position, (code, amount) in enumerate(shares):
                    wanted[line.pk, capacity, keys[code]] = {
                        "cost_line_id": line.pk,
                        "municipality_id": keys[code],
                        "capacity": capacity,
                        "position": position,
                        "state": cost.state.value,
                        "amount": money(amount),
                    }
    sync(
        Share,
        Share.objects.filter(cost_line__in=[line.pk for line in costs.values()]),
        wanted,
        lambda share: (share.cost_line_id, share.capacity, share.municipality_id),
    )


def _write_funding(read: Sequence[Read], costs: Costs, keys: Mapping[str, int]) -> None:
    wanted: dict[tuple[int, int | None, int], dict[str, Any]] = {}
    for part in read:
        action = part.action.pk
        alone: list[tuple[int | None, Any]] = [(None, part.reading.payments)]
        of_costs = [
            (costs[action, number].pk, cost.payments)
            for number, cost in enumerate(part.reading.costs)
        ]
        for line, paid in [*alone, *of_costs]:
            for values in cells.payment_values(paid):
                wanted[action, line, values["position"]] = {
                    "action_id": action,
                    "cost_line_id": line,
                    **values_of(values, keys),
                }
    sync(
        FundingEntry,
        FundingEntry.objects.filter(action__in=[part.action.pk for part in read]),
        wanted,
        lambda entry: (entry.action_id, entry.cost_line_id, entry.position),
    )
