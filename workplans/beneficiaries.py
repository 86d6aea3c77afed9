"""Who benefits from a joint action: the plan's own rule over the members of the region.

Derived, never stored: the same rule is checked when a plan is stored and used by every
document.
"""

from __future__ import annotations

import datetime

from workplans.notation.division import population_date
from workplans.notation.places import Places
from workplans.notation.shares import Rule, Sharing

EQUAL = "gelijk"
POPULATION = "inwoners"


def joint_weights(joint_text: str, places: Places) -> tuple[dict[str, int], datetime.date | None]:
    """How joint actions count per member: weights by CBS code, and the reference date.

    `gelijk` (also when nothing is said) or `inwoners`, with or without a date. Raises
    `NotationError`, naming the dates there are, where figures are missing.
    """
    rule, _, day = joint_text.partition(" ")
    if rule != POPULATION:
        return dict.fromkeys(places.members, 1), None
    sharing = Sharing(
        Rule.POPULATION,
        places.members,
        date=datetime.date.fromisoformat(day) if day else None,
    )
    chosen = population_date(sharing, places)
    assert chosen is not None
    return {code: places.populations[chosen][code] for code in places.members}, chosen
