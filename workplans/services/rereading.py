"""What cannot be read any more in a tree of which the years changed, left unread.

Pure: a cell becomes unread with its text kept; what can have no unread text is taken
away, and said.
"""

from __future__ import annotations

from typing import Any

from municipalities.textfile import Path
from workplans.planfile import Tree
from workplans.planfile.look_back import actions_of

CELLS = {
    "amount": "past het bedrag",
    "planning": "past de planning",
    "start": "past de start",
    "end": "past het eind",
    "municipalities": "passen de gemeenten",
}
KEYS = ("joint", "key")
POTS = "Uit welke pot: {text}"


def leave_unread(tree: Tree, path: Path) -> str:
    """Make a part of the tree storable that could not be read; changes the tree.

    Returns the Dutch sentence about it, empty when nothing could be done.
    """
    if not path:
        return ""
    above, name = _at(tree, path[:-1]), path[-1]
    text = above.get(name) if isinstance(above, dict) else None
    if not isinstance(text, str) or not text:
        return ""
    place = place_of(tree, path)
    if name in CELLS:
        above[name] = {"unread": text}
        return f"Bij {place} {CELLS[str(name)]} niet meer (“{text[:60]}”); vul die cel opnieuw in."
    if name == "funding":
        del above[name]
        action = _action(tree, path)
        action["note"] = "\n\n".join(filter(None, [action.get("note"), POTS.format(text=text)]))
        return f"Bij {place} past de pot niet meer; “{text[:60]}” staat nu bij de opmerking."
    if name in KEYS:
        del above[name]
        return f"Bij {place} past de verdeling “{text[:60]}” niet meer; er wordt gelijk verdeeld."
    return ""


def place_of(tree: Tree, path: Path) -> str:
    """The part of the plan that a path lies in, as a person would name it."""
    if path[:1] == ("blocks",) and len(path) > 1:
        block = tree["blocks"][path[1]]
        return f"het blok {block.get('title') or block['kind']}"
    if path[:1] != ("lines",) or len(path) < 2:
        return "het plan"
    line = tree["lines"][path[1]]
    if path[2:3] == ("parts",) and len(path) > 3:
        line = line["parts"][path[3]]
    if "actions" not in path[:-1]:
        return f"actielijn {line['code']}"
    wanted = _action(tree, path)
    return next(code for code, action in actions_of(line) if action is wanted)


def _action(tree: Tree, path: Path) -> Tree:
    """The action that a path lies in."""
    found: Tree = _at(tree, path[: path.index("actions") + 2])
    return found


def _at(tree: Tree, path: Path) -> Any:
    part: Any = tree
    for step in path:
        part = part[step]
    return part
