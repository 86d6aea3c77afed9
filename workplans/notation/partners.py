"""Partners of an action as a table names them: an organisation by any of its names, or
an open group such as `ten minste drie partners`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workplans.notation.words import NUMBERS

_OPEN = re.compile(
    rf"(?:ten ?minste|minstens|minimaal) (?P<number>\d{{1,3}}|{'|'.join(NUMBERS)}) \S.*", re.I
)


@dataclass(frozen=True)
class Partner:
    """One partner: the text as typed, and the organisation that it names, if any.

    `minimum` is filled for an open group: how many partners at least.
    """

    text: str
    organisation: str = ""
    minimum: int | None = None


def read_partner(text: str, names: Mapping[str, str]) -> Partner:
    """Read one partner. `names` gives an organisation's own name by each of its
    spellings as `fold` makes them; who is not in it stays text (huisarts, gemeenten)."""
    plain = " ".join(text.split())
    if match := _OPEN.fullmatch(plain):
        number = match["number"].casefold()
        return Partner(
            plain, minimum=NUMBERS.index(number) + 1 if number in NUMBERS else int(number)
        )
    return Partner(plain, names.get(fold(plain), ""))


def names_of(organisations: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Spellings to own names, from pairs of a name and its aliases."""
    found: dict[str, str] = {}
    for name, aliases in organisations:
        for spelling in (name, *aliases):
            found.setdefault(fold(spelling), name)
    return found


def fold(text: str) -> str:
    """Make spellings comparable: `St. Zelfhelp` and `st zelfhelp`, `S&W` and `s & w`."""
    plain = re.sub(r"[-‐‑–—./’']", " ", text.casefold())
    return " ".join(re.sub(r"\s*&\s*", " & ", plain).split())
