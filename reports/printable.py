"""Text for paper: a character without a glyph in our letters is printed as its code.

Which fonts a machine has besides ours would otherwise decide whether there is a PDF at
all, and an archive may not show a character as an empty box.
"""

import re

from reports.fonts import characters

# What the layout knows without a glyph: spaces, and marks of direction and of where a
# line may break.
_UNSEEN = re.compile("[\u2000-\u200c\u200e\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff]")

# No letters of ours have these, but a plain character says the same; what only joins or
# colours signs that are printed as codes says nothing.
_PLAIN = {"\u0085": " ", "\u2010": "-", "\u2011": "-", "\u2028": " ", "\u2029": " "}
_PLAIN |= dict.fromkeys(["\u200d", *map(chr, range(0xFE00, 0xFE10))], "")


def without_glyph(html: str) -> list[str]:
    """The characters that paper cannot show, each once, by their number."""
    return sorted(
        sign
        for sign in set(html)
        if ord(sign) >= 0x80
        and ord(sign) not in characters()
        and sign not in _PLAIN
        and not _UNSEEN.match(sign)
    )


def printable(html: str) -> str:
    """The same HTML with `[U+1F600]` for each character that has no glyph."""
    codes = {ord(sign): code(sign) for sign in without_glyph(html)}
    return html.translate({ord(sign): plain for sign, plain in _PLAIN.items()} | codes)


def code(sign: str) -> str:
    return f"[U+{ord(sign):04X}]"
