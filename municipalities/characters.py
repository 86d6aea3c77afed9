"""Which characters may stand in a text that somebody writes, wherever it comes from."""

import re

# Control characters but a line feed and a tab, and halves of a surrogate pair.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

INVISIBLE = "Hier staat een onzichtbaar stuurteken; verwijder het of typ de tekst opnieuw."


def has_control(text: str) -> bool:
    """Whether the text holds a character that nobody sees and no document can print."""
    return _CONTROL.search(text) is not None
