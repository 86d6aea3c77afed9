"""The values that cells fill, by field of the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workplans.cells.reading import PLANNING_CELLS, Division, Payment, Reading
from workplans.cells.typed import Cell, Typed


def action_values(typed: Typed, reading: Reading) -> dict[str, Any]:
    """The fields of an `Action` that its cells fill; `lead` as CBS code."""
    values: dict[str, Any] = {"funding_text": "" if typed.costs else typed.funding}
    for name, planning in reading.plannings.items():
        cell: Cell = getattr(typed, name)
        values[f"{name}_text"] = cell.text
        values[f"{name}_unread"] = cell.unread or (name,) in reading.faults
        values[f"{name}_by_hand"] = planning.by_hand
    is_wrong = ("municipalities",) in reading.faults
    return values | _division_values(typed.municipalities, reading.division, is_wrong)


def _division_values(cell: Cell, division: Division, is_wrong: bool) -> dict[str, Any]:
    return {
        "municipalities_text": cell.text,
        "municipalities_unread": cell.unread or is_wrong,
        "sharing": division.sharing.rule.value,
        "lead": division.sharing.lead,
        "key_date": division.key_date,
    }


def cost_values(typed: Typed, reading: Reading) -> Iterator[dict[str, Any]]:
    """The fields of each `CostLine`; `lead` as CBS code. Nature and funding beside the
    amount are used where its text does not say them itself."""
    for number, (cost, read) in enumerate(zip(typed.costs, reading.costs, strict=True)):
        said = read.amount
        is_wrong = (*typed.cost_path(number), "municipalities") in reading.faults
        yield {
            "position": number,
            "label": cost.label,
            "text": cost.amount.text,
            "state": read.state.value,
            "amount": said.amount if said else None,
            "nature": (said.nature if said else "") or cost.nature,
            "nature_note": said.nature_note if said else "",
            "cover": said.cover if said else "",
            "basis": said.basis if said else "",
            "bound": said.bound if said else "",
            "vat": said.vat if said else "",
            "is_provisional": said.provisional if said else False,
            "note": said.note if said else "",
            "funding_text": (said.funding if said else "") or cost.funding,
            **_division_values(
                cost.municipalities,
                read.division or Division(),
                is_wrong and read.division is not None,
            ),
        }


def planning_values(reading: Reading) -> Iterator[dict[str, Any]]:
    """The fields of each `PlanningEntry`, by cell and in the order of its text."""
    for name, planning in reading.plannings.items():
        for position, entry in enumerate(planning.entries):
            yield {
                "aspect": PLANNING_CELLS[name],
                "position": position,
                "label": entry.label,
                "group": entry.group,
                "start_year": entry.start.year if entry.start else None,
                "start_quarter": entry.start.quarter if entry.start else None,
                "end_year": entry.end.year if entry.end else None,
                "end_quarter": entry.end.quarter if entry.end else None,
                "is_continuous": entry.continuous,
                "is_alternative": entry.alternative,
                "state": entry.state.value,
                "reference": entry.reference,
            }


def payment_values(paid: tuple[Payment, ...]) -> Iterator[dict[str, Any]]:
    """The fields of each `FundingEntry`; `municipality` as CBS code."""
    for position, payment in enumerate(paid):
        source = payment.source
        yield {
            "position": position,
            "pot": source.pot,
            "year": source.year,
            "municipality": source.municipality,
            "percentage": source.percentage,
            "stated": source.amount,
            "amount": payment.amount,
            "is_rest": source.rest,
            "is_alternative": source.alternative,
            "is_certain": source.certain,
        }
