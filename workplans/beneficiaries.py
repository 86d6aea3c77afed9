"""Who benefits from a joint action: the plan's own rule over the members of the region.

Derived, never stored: the same rule is checked when a plan is stored and used by every
document.
"""

from __future__ import annotations

import datetime

from funds.notation import NotationError
from municipalities.days import read_day
from workplans.notation.division import population_date
from workplans.notation.places import Places
from workplans.notation.shares import Rule, Sharing

EQUAL = "gelijk"
POPULATION = "inwoners"


def joint_weights(joint_text: str, places: Places) -> tuple[dict[str, int], datetime.date | None]:
    """How joint actions count per member: weights by CBS code, and the reference date.

    `gelijk` (also when nothing is said) or `inwoners`, with or without a date. Raises
    `NotationError` for other words, and, naming the dates there are, where figures are
    missing.
    """
    rule, _, typed = joint_text.partition(" ")
    if joint_text in ("", EQUAL):
        return dict.fromkeys(places.members, 1), None
    if rule != POPULATION:
        raise NotationError(
            f"“{joint_text}” is geen verdeling van gezamenlijke acties; schrijf gelijk, of "
            "inwoners met een peildatum, zoals inwoners 2017-01-01.",
            code="no_joint",
        )
    if not places.members:
        raise places.no_members()
    sharing = Sharing(Rule.POPULATION, places.members, date=_day(typed))
    chosen = population_date(sharing, places)
    assert chosen is not None
    return {code: places.populations[chosen][code] for code in places.members}, chosen


def _day(typed: str) -> datetime.date | None:
    try:
        return read_day(typed) if typed else None
    except ValueError:
        raise NotationError(
            f"De peildatum {typed} bestaat niet; kijk de dag na en schrijf die als jaar-maand-dag, "
            "zoals inwoners 2017-01-01.",
            code="no_date",
        ) from None
