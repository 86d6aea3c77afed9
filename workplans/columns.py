"""The columns that a table of actions can have, as the plan file names them."""

from __future__ import annotations

COLUMNS = (
    "nr",
    "actiepunt",
    "actie",
    "omschrijving",
    "doelgroep",
    "partners",
    "planning",
    "start",
    "eind",
    "bedrag",
    "dekking",
    "monitoring",
    "gemeenten",
    "onderbrengen in",
    "aantallen",
    "status",
)


def column_key(text: str) -> str:
    """The key of a column that may carry its own heading: `actie` of `actie: Pilot`."""
    return text.partition(":")[0].strip()
