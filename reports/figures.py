"""Figures drawn on the server as SVG, the same on the screen and in the PDF.

Each has a title and a description, and its data stand as a table beside it. WeasyPrint
does not apply the page's CSS inside an SVG: so every shape carries its colour as an
attribute, and a class by which the screen's style sheet overrules it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from funds.figure import Figure
from reports.content import Content
from reports.plan_totals import PlanTotals
from reports.table import Amount, Column, Row, Table, Text
from workplans.models import ActionLine

CENTRE_X, CENTRE_Y = 172, 168
CORE, OUTER = 44, 154
LABEL_X = 360
MOST_RINGS = 4
DOT = 5
RINGS = (("#b9d7e9", 1), ("#deecf5", 2), ("#f0f6fa", 3), ("#faf9f6", 4))


@dataclass(frozen=True)
class Drawing:
    """An SVG with its caption and the same data as a table."""

    svg: SafeString
    caption: str
    table: Table


@dataclass(frozen=True)
class _Label:
    code: str
    title: str
    detail: str


def circles(content: Content, totals: PlanTotals) -> Drawing | None:
    """The action lines of kind cirkel as rings around the resident, others beneath.

    None for a plan without circles, or with more than can be drawn.
    """
    rings = [line for line in content.lines if line.kind == ActionLine.Kind.CIRCLE]
    if not 1 <= len(rings) <= MOST_RINGS:
        return None
    others = [line for line in content.lines if line.kind != ActionLine.Kind.CIRCLE]
    caption = f"{_count_word(len(rings))} om de inwoner"
    labels = {line.pk: _label(line, totals) for line in content.lines}
    inside = ", dan ".join(
        f"{label.code} {label.title} ({label.detail})"
        for label in (labels[line.pk] for line in rings)
    )
    outside = "; ".join(
        f"{label.code} {label.title} ({label.detail})"
        for label in (labels[line.pk] for line in others)
    )
    height = max(330, 52 + 70 * len(rings) + (14 + 46 * len(others) if others else 0))
    svg = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="figure-circles" viewBox="0 0 620 {}" '
        'role="img" aria-labelledby="cirkels-t cirkels-d"><title id="cirkels-t">{}</title>'
        '<desc id="cirkels-d">Van binnen naar buiten: de inwoner, dan {}.{}</desc>{}</svg>',
        height,
        caption,
        inside,
        f" Daaronder: {outside}." if outside else "",
        format_html_join("", "{}", ((part,) for part in _circle_parts(rings, others, labels))),
    )
    return Drawing(svg, caption, _circle_table(caption, [*rings, *others], totals))


def _circle_parts(
    rings: list[ActionLine], others: list[ActionLine], labels: dict[int, _Label]
) -> Iterator[SafeString]:
    radii = [CORE + (OUTER - CORE) * (n + 1) / len(rings) for n in range(len(rings))]
    for radius, (colour, shade) in reversed(list(zip(radii, RINGS, strict=False))):
        yield format_html(
            '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="#b9d7e9" class="f-ring-{}"/>',
            CENTRE_X,
            CENTRE_Y,
            _number(radius),
            colour,
            shade,
        )
    yield format_html(
        '<circle cx="{0}" cy="{1}" r="{2}" fill="#11507a" class="f-ring-0"/>'
        '<text x="{0}" y="{3}" text-anchor="middle" font-size="16" font-weight="600" '
        'fill="#ffffff" class="f-on f-bold">Inwoner</text>',
        CENTRE_X,
        CENTRE_Y,
        CORE,
        CENTRE_Y + 5,
    )
    middles = [(inner + outer) / 2 for inner, outer in pairwise([CORE, *radii])]
    for line, middle in zip(rings, middles, strict=True):
        yield from _dots(len(line.actions.all()), middle, width=(OUTER - CORE) / len(rings))
    top = CENTRE_Y - 35 * len(rings) + 7
    for n, (line, middle) in enumerate(zip(rings, middles, strict=True)):
        y = top + 70 * n
        yield _leader(middle, y, turn=_turn(n, len(rings)))
        yield _text(labels[line.pk], y)
    if others:
        yield from _beneath(others, labels, top + 70 * len(rings) - 12)


def _dots(count: int, radius: float, *, width: float) -> Iterator[SafeString]:
    """A dot per action on the left half of a ring, evenly; smaller when they are many."""
    room = math.pi * 1.1 * radius
    size = min(DOT, width / 4, room / max(count, 1) / 2.6)
    step = min(2 * math.pi * 27 / (2 * math.pi * radius), math.pi * 1.1 / max(count, 1))
    for n in range(count):
        angle = math.pi + (n - (count - 1) / 2) * step
        yield format_html(
            '<circle cx="{}" cy="{}" r="{}" fill="#1b1f21" class="f-ink"/>',
            _number(CENTRE_X + radius * math.cos(angle)),
            _number(CENTRE_Y + radius * math.sin(angle)),
            _number(size),
        )


def _turn(n: int, count: int) -> float:
    """Where a leader leaves its ring: spread over the right half, top first."""
    return -math.pi / 4 + (math.pi / 2) * (n / max(count - 1, 1))


def _leader(radius: float, y: float, *, turn: float) -> SafeString:
    x0 = CENTRE_X + radius * math.cos(turn)
    y0 = CENTRE_Y + radius * math.sin(turn)
    return format_html(
        '<path d="M{0} {1}L{2} {3}H{4}" fill="none" stroke="#827c6f" stroke-width="1.2" '
        'class="f-line"/><circle cx="{0}" cy="{1}" r="3" fill="#bd4308" class="f-requested"/>',
        _number(x0),
        _number(y0),
        LABEL_X - 18,
        _number(y + 2),
        LABEL_X - 8,
    )


def _text(label: _Label, y: float) -> SafeString:
    """Code and title, with the detail beneath."""
    return format_html(
        '<text x="{0}" y="{1}" font-size="16" font-weight="600" fill="#1b1f21" '
        'class="f-bold f-ink"><tspan fill="#bd4308" class="f-requested">{2}</tspan> {3}</text>'
        '<text x="{0}" y="{4}" font-size="15" fill="#5b584f" class="f-sub">{5}</text>',
        LABEL_X,
        _number(y),
        label.code,
        _shortened(label.title),
        _number(y + 20),
        label.detail,
    )


def _beneath(others: list[ActionLine], labels: dict[int, _Label], y: float) -> Iterator[SafeString]:
    yield format_html(
        '<path d="M{} {}H612" fill="none" stroke="#dcd8cd" class="f-grid"/>',
        LABEL_X,
        _number(y - 16),
    )
    for n, line in enumerate(others):
        yield _text(labels[line.pk], y + 10 + 46 * n)


def _label(line: ActionLine, totals: PlanTotals) -> _Label:
    count = len(line.actions.all())
    figure = totals.by_line[line.code]
    noun = "actie" if count == 1 else "acties"
    detail = f"{count} {noun} · {figure}" if _has_amounts(line) else f"{count} {noun}"
    return _Label(line.code, line.title, detail)


def _has_amounts(line: ActionLine) -> bool:
    return any(action.cost_lines.all() for action in line.actions.all())


def _circle_table(caption: str, lines: list[ActionLine], totals: PlanTotals) -> Table:
    rows = [
        Row(
            line.code,
            (
                Text(line.code, is_header=True),
                Text(line.title),
                Text(str(len(line.actions.all()))),
                Amount(totals.by_line[line.code]),
            ),
        )
        for line in lines
    ]
    total = (
        Text("", is_header=True, empty=""),
        Text("Totaal", is_header=True),
        Text(str(sum(len(line.actions.all()) for line in lines))),
        Amount(sum((totals.by_line[line.code] for line in lines), Figure.zero())),
    )
    return Table(
        key="cirkels",
        caption=f"{caption}, als tabel",
        columns=(
            Column("lijn", "Lijn", "code", 10),
            Column("titel", "Actielijn", "text", 50),
            Column("acties", "Acties", "number", 15),
            Column("bedrag", "Bedrag in €", "amount", 25),
        ),
        rows=(*rows, Row("totaal", total, kind="total")),
    )


def _count_word(count: int) -> str:
    words = {1: "Eén cirkel", 2: "Twee cirkels", 3: "Drie cirkels", 4: "Vier cirkels"}
    return words[count]


def _shortened(title: str, most: int = 32) -> str:
    """SVG text does not wrap: a long title ends at a word."""
    if len(title) <= most:
        return title
    return title[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
