"""From the typed cells of an action to values, and only here.

Amounts, planning, municipalities and funding are typed as in the documents. What can
be read gives values and shares; what cannot gives a fault with its Dutch sentence. The
caller decides whether a fault refuses the change or leaves the cell unread.
"""

from workplans.cells.reading import Reading, read_cells
from workplans.cells.typed import Cell, Path, Typed, TypedCost
from workplans.cells.values import action_values, cost_values, payment_values, planning_values

__all__ = [
    "Cell",
    "Path",
    "Reading",
    "Typed",
    "TypedCost",
    "action_values",
    "cost_values",
    "payment_values",
    "planning_values",
    "read_cells",
]
