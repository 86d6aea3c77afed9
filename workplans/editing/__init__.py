"""Changes of a plan, said in the keys and values of the plan file. Asks no database.

A change is what somebody did in one place: put a value in a cell, add a part, take one
away, move one. It says what was there before, so that it can be refused when somebody
else was first, and be undone by the same change turned around.
"""

from workplans.editing.applying import Clash, Gone, Impossible, apply
from workplans.editing.change import (
    Add,
    Change,
    Move,
    Put,
    Remove,
    Unclear,
    on_the_line,
    read_changes,
)
from workplans.editing.parts import LISTS, Parts
from workplans.editing.undoing import WayBack, renamed, way_back

__all__ = [
    "LISTS",
    "Add",
    "Change",
    "Clash",
    "Gone",
    "Impossible",
    "Move",
    "Parts",
    "Put",
    "Remove",
    "Unclear",
    "WayBack",
    "apply",
    "on_the_line",
    "read_changes",
    "renamed",
    "way_back",
]
