"""The legend under a drawing: a swatch and a word for each kind of area in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.utils.safestring import SafeString

from reports.figures.lettering import width_of
from reports.figures.shapes import SMALL, Box, text

SWATCH = 13
LINE = 22

# Draws an area as it looks in the figure, in the box of the swatch.
Swatch = Callable[[Box], SafeString]


def legend(
    entries: Iterable[tuple[Swatch, str]], *, top: float, room: float
) -> tuple[tuple[SafeString, ...], float]:
    """The legend in so much room from the left edge, and the height it takes."""
    parts: list[SafeString] = []
    x, y = 0.0, top
    for swatch, word in entries:
        width = SWATCH + 6 + width_of(word, SMALL)
        if x and x + width > room:
            x, y = 0.0, y + LINE
        parts += _entry(swatch, word, x, y)
        x += width + 14
    return tuple(parts), y + LINE - top


def _entry(swatch: Swatch, word: str, x: float, y: float) -> Iterator[SafeString]:
    yield swatch((x, y, SWATCH, SWATCH))
    yield text(word, (x + SWATCH + 6, y + 11), role="sub", size=SMALL)
