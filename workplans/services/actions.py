"""Storing actions by their typed cells, one at a time or all of a plan again."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from funds.notation import AmountState
from municipalities.guard import guarded
from workplans import cells
from workplans.cells import Cell, Reading, Typed, TypedCost
from workplans.gazetteer import places_of
from workplans.models import Action, CostLine, WorkPlan
from workplans.services.parts import Read, municipality_keys, values_of, write_parts
from workplans.services.turn import locked_plan


def typed_cells(action: Action) -> Typed:
    """The cells of a stored action. Two queries, unless its cost lines were prefetched."""
    return Typed(
        costs=tuple(_typed_cost(cost) for cost in action.cost_lines.all()),
        planning=Cell(action.planning_text, action.planning_unread),
        start=Cell(action.start_text, action.start_unread),
        end=Cell(action.end_text, action.end_unread),
        municipalities=Cell(action.municipalities_text, action.municipalities_unread),
        funding=action.funding_text,
        key_date=action.key_date,
    )


def _typed_cost(cost: CostLine) -> TypedCost:
    return TypedCost(
        amount=Cell(cost.text, cost.state == AmountState.UNREAD),
        nature=cost.nature,
        funding=cost.funding_text,
        label=cost.label,
        municipalities=Cell(cost.municipalities_text, cost.municipalities_unread),
        key_date=cost.key_date,
    )


def read_typed(action: Action, typed: Typed) -> Reading:
    """Read cells as they would be read for this action, without storing. Five queries."""
    plan = action.line.plan
    return cells.read_cells(typed, places_of(plan.region, plan.starts_on))


def store_cells(action: Action, *, typed: Typed) -> Reading:
    """Store an action (new or changed) with its typed cells and all that they say.

    What cannot be read is refused with a `ValidationError` by cell (`amount`,
    `planning`, `costs.1.municipalities`), unless the cell says that it is `unread`.
    Waits while somebody else changes or submits the plan.
    """
    with guarded():
        action.line.plan = locked_plan(action.line.plan_id)
        reading = read_typed(action, typed)
        if reading.faults:
            raise ValidationError(
                {".".join(map(str, path)): [text] for path, text in reading.faults.items()}
            )
        keys = municipality_keys()
        for name, value in values_of(cells.action_values(typed, reading), keys).items():
            setattr(action, name, value)
        action.save()
        write_parts([Read(action, typed, reading)], keys)
    return reading


def reread_plan(plan: WorkPlan) -> None:
    """Read every cell again, once region or first year of a saved plan have changed:
    both decide which municipalities a cell may name and over whom it divides.

    Raises `ValidationError` with a sentence for each cell that no longer fits; nothing
    is stored then. Some twenty queries, and one per action that changes.
    """
    keys = municipality_keys()
    read: list[Read] = []
    faults: list[str] = []
    with guarded():
        plan = locked_plan(plan.pk)
        places = places_of(plan.region, plan.starts_on)
        actions = Action.objects.filter(line__plan=plan).select_related("line", "point")
        for action in actions.prefetch_related("cost_lines"):
            typed = typed_cells(action)
            reading = cells.read_cells(typed, places)
            faults += [f"Actie {action.full_code}: {text}" for text in reading.faults.values()]
            values = values_of(cells.action_values(typed, reading), keys)
            if any(getattr(action, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(action, name, value)
                action.save()
            read.append(Read(action, typed, reading))
        if faults:
            raise ValidationError(faults)
        write_parts(read, keys)
