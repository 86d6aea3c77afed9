"""Storing the reading of an action's cells: values, planning entries and shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from djmoney.money import Money

from funds.notation import AmountState
from municipalities.guard import guarded
from municipalities.models import Municipality
from workplans import cells
from workplans.cells import Cell, Reading, Typed
from workplans.gazetteer import places_of
from workplans.models import Action, CostLine, PlanningEntry, Share, WorkPlan
from workplans.services.rows import sync
from workplans.services.turn import locked_plan


def typed_cells(action: Action) -> Typed:
    """The cells of a stored action. Two queries, unless its cost lines were prefetched."""
    cost = next(iter(action.cost_lines.all()), None)
    return Typed(
        amount=Cell(cost.text, cost.state == AmountState.UNREAD) if cost else None,
        planning=Cell(action.planning_text, action.planning_unread),
        municipalities=Cell(action.municipalities_text, action.municipalities_unread),
        key_date=action.key_date,
    )


def read_typed(action: Action, typed: Typed) -> Reading:
    """Read cells as they would be read for this action, without storing. Three queries."""
    plan = action.line.plan
    return cells.read_cells(typed, places_of(plan.region, plan.starts_on))


def store_cells(action: Action, *, typed: Typed, nature: str = "", funding: str = "") -> Reading:
    """Store an action (new or changed) with its typed cells and all that they say.

    What cannot be read is refused with a `ValidationError` by cell (`amount`,
    `planning`, `municipalities`), unless the cell says that it is `unread`. `nature` and
    `funding` stand beside the amount, and are refused where they do not go with it. Waits
    while somebody else changes or submits the plan.
    """
    with guarded():
        action.line.plan = locked_plan(action.line.plan_id)
        reading = read_typed(action, typed)
        faults = reading.faults | cells.clashes(typed, reading, nature=nature, funding=funding)
        if faults:
            raise ValidationError({cell: [text] for cell, text in faults.items()})
        municipalities = {m.code: m for m in Municipality.objects.all()}
        for name, value in cells.action_values(typed, reading).items():
            setattr(action, name, municipalities.get(value) if name == "lead" else value)
        action.save()
        write_parts(action, typed, reading, municipalities, nature=nature, funding=funding)
    return reading


def reread_plan(plan: WorkPlan) -> None:
    """Read every cell again, once region or first year of a saved plan have changed:
    both decide which municipalities a cell may name and over whom it divides.

    Raises `ValidationError` with a sentence for each cell that no longer fits; nothing
    is stored then. Some seven queries an action.
    """
    municipalities = {m.code: m for m in Municipality.objects.all()}
    faults: list[str] = []
    with guarded():
        plan = locked_plan(plan.pk)
        places = places_of(plan.region, plan.starts_on)
        for action in Action.objects.filter(line__plan=plan).select_related("line"):
            typed = typed_cells(action)
            reading = cells.read_cells(typed, places)
            faults += [f"Actie {action.full_code}: {text}" for text in reading.faults.values()]
            for name, value in cells.action_values(typed, reading).items():
                setattr(action, name, municipalities.get(value) if name == "lead" else value)
            cost = action.cost_lines.first()
            beside = {
                "nature": cost.nature if cost else "",
                "funding": cost.funding_text if cost else "",
            }
            action.save()
            write_parts(action, typed, reading, municipalities, **beside)
        if faults:
            raise ValidationError(faults)


def write_parts(
    action: Action,
    typed: Typed,
    reading: Reading,
    municipalities: Mapping[str, Municipality],
    *,
    nature: str,
    funding: str,
) -> None:
    """Bring planning entries, cost line and shares of a saved action up to the reading."""
    sync(
        PlanningEntry,
        {"action": action},
        list(action.planning_entries.all()),
        _numbered(cells.planning_values(reading)),
        lambda entry: entry.position,
    )
    wanted = {}
    if typed.amount is not None:
        values = cells.cost_values(typed, reading, nature=nature, funding=funding)
        wanted[0] = values | {"amount": _money(values["amount"]), "position": 0}
    costs = sync(
        CostLine,
        {"action": action},
        list(action.cost_lines.all()),
        wanted,
        lambda cost: cost.position,
    )
    if costs:
        _write_shares(costs[0], reading, municipalities)


def _write_shares(
    cost: CostLine, reading: Reading, municipalities: Mapping[str, Municipality]
) -> None:
    sync(
        Share,
        {"cost_line": cost, "capacity": Share.Capacity.RECIPIENT},
        list(cost.shares.filter(capacity=Share.Capacity.RECIPIENT).select_related("municipality")),
        {
            code: {
                "municipality": municipalities[code],
                "position": position,
                "state": cost.state,
                "amount": _money(amount),
            }
            for position, (code, amount) in enumerate(reading.shares)
        },
        lambda share: share.municipality.code,
    )


def _numbered(rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {position: row | {"position": position} for position, row in enumerate(rows)}


def _money(amount: Any) -> Money | None:
    return None if amount is None else Money(amount, "EUR")
