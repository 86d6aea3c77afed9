"""The guards that every entry of a fund passes: its day, its moment and the ceiling.

What they look at stands in the functions of the migrations `grant_entries`,
`distributions` (also for the reserve), `rounds_and_conclusions`, `earmarks`, `four_eyes`
and `four_eyes_of_changes`.
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
EARMARKS = {
    "earmark_elsewhere": (
        "Het oormerk is van een andere ruimte of geldt op die dag nog niet; kies een oormerk van "
        "deze ruimte, of een latere dag."
    ),
    "earmark_maximum": (
        "Binnen het oormerk {name} wordt hoogstens € {highest} beschikt, en dit gaat daar € {over} "
        "overheen; maak het bedrag zoveel lager."
    ),
    "earmark_maximum_low": (
        "Binnen het oormerk {name} is al € {held} beschikt; kies een maximum van ten minste dat "
        "bedrag."
    ),
    "earmark_reserved": (
        "Van wat er over is, is € {reserved} geoormerkt, en hierna komt daarvoor € {short} tekort; "
        "kies een bedrag waarbij dat over blijft."
    ),
    "earmark_room": (
        "Voor de oormerken van deze ruimte komt dan € {short} tekort; kies een minimum dat zoveel "
        "lager is, of stel eerst de ruimte bij."
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


def in_round() -> Guard:
    """The guard that no more is granted in a round than its ceiling, on any day."""
    return Guard(
        name="in_round",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        call="guard_round_ceiling()",
        sentences={
            "round_ceiling": (
                "In {round} kan nog € {left} worden beschikt, want het plafond is € {ceiling}; u "
                "beschikt € {asked}. Beschik hoogstens € {left}."
            )
        },
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


def earmarked() -> Guard:
    """The guard that what is earmarked stays free, and that no more is granted in it than
    its maximum, on any day."""
    return Guard(
        name="earmarked",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        call="guard_earmarked()",
        sentences=EARMARKS,
    )


def four_eyes(*, of_change: bool = False) -> Guard:
    """The guard that nobody grants alone where the fund asks for two people, nor brings a
    grant up. Of a change it looks when that stands there: by then entries take turns."""
    return Guard(
        name="four_eyes",
        when=pgtrigger.After if of_change else pgtrigger.Before,
        operation=pgtrigger.Insert,
        call="guard_four_eyes_change()" if of_change else "guard_four_eyes()",
        sentences={
            "four_eyes": (
                "In dit fonds besluiten twee mensen: de een stelt het voor, en een andere "
                "fondsbeheerder bevestigt precies dat. Doe eerst een voorstel."
            ),
            "four_eyes_change": (
                "In dit fonds besluiten twee mensen over een verhoging, en dit komt boven wat zij "
                "het laatst besloten; stel een wijziging van de beschikking voor."
            ),
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
