"""The guards that every entry of a fund passes: its day, its moment and the ceiling.

What they look at stands in the functions of migration `0008_grant_entries`, and for
distributions and the reserve of `0010_distributions`.
"""

import pgtrigger

from municipalities.guard import Guard

LOCKED = (
    "Het fonds is afgesloten tot en met {locked_until} en dit is van {day}; kies een latere dag."
)
TERM = (
    "Een beschikking van {day} valt buiten de looptijd van het fonds ({starts_on} tot en met "
    "{ends_on}); kies een dag daarbinnen."
)
CEILINGS = {
    "grant_ceiling": (
        "Er is nog € {left} beschikbaar; u beschikt € {asked}. Beschik hoogstens € {left}."
    ),
    "change_ceiling": (
        "Er is nog € {left} beschikbaar; de beschikking gaat met € {asked} omhoog. Verhoog haar "
        "met hoogstens € {left}."
    ),
    "mutation_ceiling": (
        "Van deze ruimte is nog € {left} vrij; de bijstelling neemt er € {asked} af. Neem er "
        "hoogstens € {left} af."
    ),
    "correction_ceiling": (
        "Wat bij de vaststelling vrijviel, is al weer gebruikt: er is nog € {left} beschikbaar en "
        "dit neemt € {asked} terug. Maak eerst ruimte met een bijstelling of een wijziging."
    ),
}
RESERVE = {
    "reserve_below_zero": (
        "In de reserve zit op {day} nog € {left} en dit neemt er € {taken} uit; neem er hoogstens "
        "€ {left} uit."
    ),
    "reserve_begin": (
        "Een reserve heeft één beginstand, en niets ervoor; boek een toevoeging of een onttrekking "
        "na die dag, of neem eerst terug wat er staat."
    ),
    "reserve_correction": (
        "Een terugname neemt één boeking van dezelfde reserve precies terug, niet eerder dan die "
        "boeking; neem de boeking zelf terug."
    ),
}


def entered() -> Guard:
    """The guard of the day of an entry; it also writes when it was entered, by the clock
    of the database, so that nobody enters anything in the past."""
    return Guard(
        name="entered",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        call="guard_entered()",
        sentences={"entry_locked": LOCKED, "entry_term": TERM},
    )


def counted() -> Guard:
    """The guard that no more is granted than there is, on any day."""
    return Guard(
        name="counted",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        call="guard_counted()",
        sentences=CEILINGS,
    )


def counter_kept() -> Guard:
    """The guard that only guards write a counter."""
    return Guard(
        name="kept",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        call="guard_counter()",
        sentences={
            "counter_kept": "De teller houdt de database zelf bij; leg een boeking vast.",
        },
    )


def reserve_guards(*, counts: bool = True) -> list[Guard]:
    """The guard of the day and the moment of what is entered beside the envelopes, and,
    where it `counts`, that the reserve of the fund is never below zero."""
    day = Guard(
        name="entered",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        call="guard_fund_entered()",
        sentences={"entry_locked": LOCKED},
    )
    rest = Guard(
        name="counted",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        call="guard_reserve()",
        sentences=RESERVE,
    )
    return [day, rest] if counts else [day]
