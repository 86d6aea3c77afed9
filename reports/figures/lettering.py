"""How much room a text takes: SVG neither wraps nor clips, so this must know beforehand.

An estimate on the wide side, because the system font stands in where ours is missing.
"""

from __future__ import annotations

_NARROW = frozenset("iljtfrI.,:;'’‘|()[]- ·\u00a0")
_WIDE = frozenset("mwMWGOQ@%€×+−…–")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in the units of the drawing."""
    ems = sum(
        0.32 if c in _NARROW else 0.82 if c in _WIDE else 0.62 if c.isupper() else 0.535
        for c in text
    )
    return ems * size * (1.06 if bold else 1)


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as many of its words as fit and an ellipsis."""
    if width_of(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width_of(kept + "…", size, bold=bold) > room:
        kept = kept.rpartition(" ")[0] if " " in kept else kept[:-1]
    return kept.rstrip(",;:. ") + "…"


def wrapped(
    text: str, room: float, size: float, *, most: int = 2, bold: bool = False
) -> tuple[str, ...]:
    """The text in at most so many lines; the last one is shortened when it must."""
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < most - 1:
        fits = 1
        while fits < len(words) and (
            width_of(" ".join(words[: fits + 1]), size, bold=bold) <= room
        ):
            fits += 1
        lines.append(shortened(" ".join(words[:fits]), room, size, bold=bold))
        words = words[fits:]
    if words:
        lines.append(shortened(" ".join(words), room, size, bold=bold))
    return tuple(lines)
