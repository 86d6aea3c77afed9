"""Which characters may stand in a text or a key that somebody writes, wherever it
comes from: a file, a form or a command."""

import re

# Control characters but a line feed and a tab, and halves of a surrogate pair.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
"""What a key (kenmerk) looks like; the published schemas have the same pattern."""

NO_SLUG = (
    "Een kenmerk bestaat uit kleine letters en cijfers met streepjes ertussen, zoals "
    "duin-en-bollenstreek-2020."
)
INVISIBLE = "Hier staat een onzichtbaar stuurteken; verwijder het of typ de tekst opnieuw."


def has_control(text: str) -> bool:
    """Whether the text holds a character that nobody sees and no document can print."""
    return _CONTROL.search(text) is not None


def is_slug(text: str) -> bool:
    """Whether the text may be the key of a plan, region, fund or round."""
    return re.fullmatch(SLUG, text) is not None
