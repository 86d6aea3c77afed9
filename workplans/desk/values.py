"""A pasted text as a value of the tree, and whether it says what stood there."""

from __future__ import annotations

import re

from funds.notation import NotationError, read_amount
from workplans.desk.fields import Field
from workplans.notation.places import Places
from workplans.notation.planning import read_planning
from workplans.notation.shares import Sharing, read_shares

READ = ("amount", "nature", "funding", "planning", "start", "end", "municipalities")
"""The cells of an action that are read beside each other."""


def value_of(column: Field, text: str, places: Places | None = None) -> str | list[str]:
    """A text as a value of the tree."""
    if column.control == "list":
        lines = [re.sub(r"^[-•·▪–] +", "", line).strip() for line in text.split("\n")]
        if column.key == "partners" and len(lines) == 1 and "(" not in text:
            lines = [part.strip() for part in re.split(r"[;,] ", text)]
        return [line for line in lines if line]
    if column.choices:
        return _choice(column, text)
    if column.key == "municipalities" and "\n" in text and places is not None:
        listed = ", ".join(text.split("\n"))
        return text if _sharing(text, places) or not _sharing(listed, places) else listed
    is_one_line = column.control in ("line", "read") or column.key == "title"
    return " ".join(text.split()) if is_one_line and column.key != "municipalities" else text


def _choice(column: Field, text: str) -> str:
    wanted = text.strip().casefold()
    for value, label in column.choices:
        if wanted and wanted in (value.casefold(), label.casefold()):
            return value
    return "" if wanted == "–" else text.strip()


def means_same(key: str, was: str, now: str, places: Places) -> bool:
    """Whether a text says what stood there: to the letter but for spaces, or read alike."""
    if was.split() == now.split():
        return True
    if not was or not now:
        return False
    try:
        if key == "amount":
            return read_amount(was) == read_amount(now)
        if key in ("planning", "start", "end"):
            before = read_planning(was)
            return bool(before.entries) and before == read_planning(now)
    except NotationError:
        return False
    if key == "municipalities":
        return (found := _sharing(was, places)) is not None and found == _sharing(now, places)
    return False


def _sharing(text: str, places: Places) -> Sharing | None:
    try:
        return read_shares(text, places)
    except NotationError:
        return None
