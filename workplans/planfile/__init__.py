"""A plan as one file: the tree that fixtures, exchange and the attachment in the PDF
share. Pure reading and writing, and the tree of a plan that is stored.

The law: load(dump(plan)) is that plan, and for a file as the writer lays it out
dump(load(file)) is that file, byte for byte. Storing a tree is a service.
"""

from workplans.planfile.beginning import NewPlan, first_tree, lines_after
from workplans.planfile.dump import dump, dump_actions
from workplans.planfile.look_back import Told
from workplans.planfile.tree import (
    FORMAT,
    KEY,
    NATURE_OF,
    NATURES,
    Tree,
    costs_of,
    digest,
    lines_of,
    normalised,
    read,
    schema,
    to_json,
    to_yaml,
)
from workplans.planfile.typed import COST_KEYS, typed_cells

__all__ = [
    "COST_KEYS",
    "FORMAT",
    "KEY",
    "NATURES",
    "NATURE_OF",
    "NewPlan",
    "Told",
    "Tree",
    "costs_of",
    "digest",
    "dump",
    "dump_actions",
    "first_tree",
    "lines_after",
    "lines_of",
    "normalised",
    "read",
    "schema",
    "to_json",
    "to_yaml",
    "typed_cells",
]
