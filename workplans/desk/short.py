"""How a part with a long name is called where there is little room."""

from __future__ import annotations

import re

_LAST_WORD = re.compile(r"\s+\S*\Z")
_LOOSE_ENDS = " ,;:.-–("


def shortened(text: str, most: int) -> str:
    """The text in at most so many characters: cut after a word, and ending in … where
    something is left out. A first word that is too long is cut itself."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut if text[most - 1].isspace() else _LAST_WORD.sub("", cut)
    return f"{whole.rstrip(_LOOSE_ENDS)}…"
