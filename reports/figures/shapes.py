"""The shapes that figures are made of, as SVG that is safe to print.

WeasyPrint does not apply the page's CSS inside an inline SVG: so every shape carries its
colour as an attribute, and a class by which figure.css overrules it on the screen.
Nothing has a style attribute (content security policy) or opacity (PDF/UA). Lengths are
units of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from reports.figures.palette import colour, font_family
from reports.table import Table

TEXT = 14
SMALL = 13

Anchor = Literal["start", "middle", "end"]
Box = tuple[float, float, float, float]  # x, y, width, height


@dataclass(frozen=True)
class Drawing:
    """An SVG with its caption and the same data as a table.

    `notes` say what the drawing leaves out. A drawing that `is_wide` scrolls in its own
    region on a small screen, because its text would become too small to read.
    """

    svg: SafeString
    caption: str
    table: Table
    notes: tuple[str, ...] = ()
    is_wide: bool = False


def svg(
    key: str,
    kind: str,
    size: tuple[float, float],
    *,
    title: str,
    description: str,
    parts: Iterable[SafeString],
) -> SafeString:
    """The drawing itself. `key` must be unique in the page: all ids begin with it."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="drawing {}" viewBox="0 0 {} {}" '
        'role="img" aria-labelledby="{}-t {}-d" font-family="{}">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        f"drawing-{kind}",
        number(size[0]),
        number(size[1]),
        key,
        key,
        font_family(),
        key,
        title,
        key,
        description,
        joined(parts),
    )


def joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def rect(x: float, y: float, width: float, height: float, role: str) -> SafeString:
    """A filled rectangle; nothing where there is no width."""
    if width <= 0:
        return mark_safe("")
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" class="f-{}"/>',
        number(x),
        number(y),
        number(width),
        number(height),
        colour(role),
        role,
    )


def hatch(key: str, name: str, stripe: str, ground: str) -> SafeString:
    """Declare the hatching of something that is not certain yet, for `hatched`."""
    return format_html(
        '<defs><pattern id="{}-{}" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)">{}{}</pattern></defs>',
        key,
        name,
        rect(0, 0, 7, 7, ground),
        rect(0, 0, 3.2, 7, stripe),
    )


def hatched(key: str, name: str, box: Box, stripe: str) -> SafeString:
    """A rectangle with the hatching declared under that key and name, and its edge."""
    x, y, width, height = box
    if width <= 0:
        return mark_safe("")
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="url(#{}-{})"/>{}',
        number(x),
        number(y),
        number(width),
        number(height),
        key,
        name,
        outlined(box, stripe),
    )


def outlined(box: Box, role: str, *, dashed: bool = False) -> SafeString:
    """Only the edge of a rectangle, inside its box."""
    x, y, width, height = box
    if width <= 0:
        return mark_safe("")
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="none" stroke="{}"{} class="s-{}"/>',
        number(x + 0.5),
        number(y + 0.5),
        number(max(width - 1, 0.2)),
        number(max(height - 1, 0.2)),
        colour(role),
        mark_safe(' stroke-dasharray="4 3"') if dashed else "",
        role,
    )


def line(
    start: tuple[float, float], end: tuple[float, float], role: str, *, width: float = 1
) -> SafeString:
    return format_html(
        '<path d="M{} {}L{} {}" fill="none" stroke="{}" stroke-width="{}" class="s-{}"/>',
        *(number(value) for value in (*start, *end)),
        colour(role),
        number(width),
        role,
    )


def text(
    words: str,
    at: tuple[float, float],
    *,
    role: str = "ink",
    size: float = TEXT,
    anchor: Anchor = "start",
    bold: bool = False,
) -> SafeString:
    """A line of text; `at` is on its baseline."""
    return format_html(
        '<text x="{}" y="{}" font-size="{}"{}{} fill="{}" class="f-{}">{}</text>',
        number(at[0]),
        number(at[1]),
        number(size),
        "" if anchor == "start" else format_html(' text-anchor="{}"', anchor),
        mark_safe(' font-weight="600"') if bold else "",
        colour(role),
        role,
        words,
    )


def number(value: float) -> str:
    """With one decimal at most: a tenth of a unit is less than anybody sees."""
    rounded = round(value, 1) or 0.0
    return f"{rounded:.1f}".removesuffix(".0")
