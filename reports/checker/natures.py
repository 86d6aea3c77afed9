"""The nature of an amount against the term of its action."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.checker.finding import Found
from reports.checker.material import Material
from reports.checker.moments import ends, starts
from workplans.models import Action, CostLine

_TRIAL = re.compile(r"\b(?:pilot|proef)\b", re.IGNORECASE)
_ONCE = re.compile(
    r"\b(?:incidente(?:el|le)|eenmalige?)\b|\b(?:proef van|voor) (?:1|één|een) jaar\b",
    re.IGNORECASE,
)


def structural(material: Material) -> Iterator[Found]:
    """A trial, or what is said to be incidental, as structureel. A pilot that only the
    description mentions may be another's."""
    for action in _with_nature(material, CostLine.Nature.STRUCTURAL):
        if action.kind == Action.Kind.PILOT or _TRIAL.search(action.title):
            why = "een pilot tijdelijk is"
        elif match := _ONCE.search(f"{action.title}\n{action.description}"):
            why = f"de tekst zegt “{match[0]}”"
        else:
            continue
        yield Found(
            material.action(action, "bedrag"),
            f"Het bedrag is structureel, terwijl {why}; kies incidenteel, of zeg waarom het "
            "blijft.",
        )


def multi_year(material: Material) -> Iterator[Found]:
    """Meerjarig, while the action begins and ends in one year."""
    for action in _with_nature(material, CostLine.Nature.MULTI_YEAR):
        years = _years(action)
        if years and len(years) == 1:
            yield Found(
                material.action(action, "bedrag"),
                f"Het bedrag is meerjarig, maar de actie begint en eindigt in {years.pop()}; kies "
                "incidenteel, of verleng de planning.",
            )


def _with_nature(material: Material, nature: str) -> Iterator[Action]:
    return (
        action
        for action in material.content.actions
        if any(cost.nature == nature for cost in action.cost_lines.all())
    )


def _years(action: Action) -> set[int]:
    """Every year that its planning names; none where an end is open or goes on."""
    found: set[int] = set()
    for entry in action.planning_entries.all():
        start, end = starts(entry), ends(entry)
        if start is None or end is None or entry.is_continuous:
            return set()
        found |= {start.year, end.year}
    return found
