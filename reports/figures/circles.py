"""The action lines of a plan as circles around the resident, with a dot per action."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString

from funds.figure import Figure
from funds.notation import NO_BREAK_SPACE
from reports.content import Content
from reports.figures.lettering import width_of, wrapped
from reports.figures.palette import colour
from reports.figures.shapes import TEXT, Drawing, line, number, svg, text
from reports.plan_totals import PlanTotals
from reports.table import Amount, Column, Row, Table, Text
from workplans.models import ActionLine

KEY = "figuur-cirkels"
WIDTH = 620
CENTRE_X, CENTRE_Y = 164, 164
CORE, OUTER = 44, 154
LABEL_X = 352
MOST_RINGS = 4
TITLE = 16
LINE_HEIGHT = 19
BETWEEN = 16
DOT, LEAST_DOT, PITCH = 5, 1, 2.7
ARC = 1.1 * math.pi  # the left side of a ring; the right side is for the leaders


@dataclass(frozen=True)
class _Label:
    code: str
    title: tuple[str, ...]
    detail: tuple[str, ...]

    @property
    def height(self) -> float:
        return LINE_HEIGHT * (len(self.title) + len(self.detail)) + BETWEEN


def circles(content: Content, totals: PlanTotals) -> Drawing | None:
    """The action lines of kind cirkel as rings around the resident, others beneath.

    None for a plan without circles, or with more than can be drawn.
    """
    lines = [line for line in content.lines if line.parent_id is None]
    rings = [line for line in lines if line.kind == ActionLine.Kind.CIRCLE]
    if not 1 <= len(rings) <= MOST_RINGS:
        return None
    others = [line for line in lines if line.kind != ActionLine.Kind.CIRCLE]
    caption = f"{_count_word(len(rings))} om de inwoner"
    labels = {line.pk: _label(line, totals) for line in content.lines}
    beside = sum(labels[line.pk].height for line in rings)
    top = max(24.0, CENTRE_Y - beside / 2 + 20)
    bottom = top + beside + sum(labels[line.pk].height for line in others) + (20 if others else 0)
    drawing = svg(
        KEY,
        "circles",
        (WIDTH, max(CENTRE_Y + OUTER + 10, bottom - LINE_HEIGHT)),
        title=caption,
        description=_description(rings, others, totals),
        parts=[*_rings(rings), *_labels(rings, others, labels, top)],
    )
    table = _circle_table(caption, [*rings, *others], totals)
    return Drawing(drawing, caption, table, is_wide=True)


def _description(rings: list[ActionLine], others: list[ActionLine], totals: PlanTotals) -> str:
    inside = ", dan ".join(_in_words(line, totals) for line in rings)
    outside = "; ".join(_in_words(line, totals) for line in others)
    return f"Van binnen naar buiten: de inwoner, dan {inside}." + (
        f" Daaronder: {outside}." if outside else ""
    )


def _in_words(line: ActionLine, totals: PlanTotals) -> str:
    detail = ", ".join(_details(line, totals.by_line[line.code]))
    return f"{line.code} {line.title} ({detail})" if detail else f"{line.code} {line.title}"


def _details(line: ActionLine, figure: Figure) -> list[str]:
    """The number of actions and, where there is any, the amount with its gaps; nothing
    of a line that sets goals and leaves the actions to other plans."""
    count = len(line.actions.all())
    if not count and (line.general_goal or line.goals.all()):
        return []
    details = ["1 actie" if count == 1 else f"{count} acties"]
    if any(action.cost_lines.all() for action in line.actions.all()):
        details.append(str(figure))
    return details


def _label(line: ActionLine, totals: PlanTotals) -> _Label:
    room = WIDTH - LABEL_X
    indent = width_of(f"{line.code} ", TITLE, bold=True)
    title = wrapped(line.title, room - indent, TITLE, bold=True)
    figure = totals.by_line[line.code]
    detail = " · ".join(_details(line, figure))
    if width_of(detail, TEXT) <= room:
        return _Label(line.code, title, (detail,) if detail else ())
    # A line ends between two gaps, never inside one, and none is left out.
    first, *gaps = detail.split(" + ")
    gaps = [f"+ {gap}".replace(" ", NO_BREAK_SPACE) for gap in gaps]
    lines = wrapped(" ".join(gaps), room, TEXT, most=len(gaps))
    return _Label(line.code, title, (first, *lines))


def _rings(rings: Sequence[ActionLine]) -> Iterator[SafeString]:
    radii = _radii(len(rings))
    for n, radius in reversed(list(enumerate(radii, start=1))):
        yield format_html(
            '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" class="f-ring-{} s-ring-1"/>',
            CENTRE_X,
            CENTRE_Y,
            number(radius),
            colour(f"ring-{n}"),
            colour("ring-1"),
            n,
        )
    yield _disc(CENTRE_X, CENTRE_Y, CORE, "ring-0")
    yield text(
        "Inwoner", (CENTRE_X, CENTRE_Y + 5), role="on", size=TITLE, anchor="middle", bold=True
    )
    for ring, (inner, outer) in zip(rings, pairwise([CORE, *radii]), strict=True):
        yield from _dots(len(ring.actions.all()), inner, outer)


def _radii(count: int) -> list[float]:
    return [CORE + (OUTER - CORE) * (n + 1) / count for n in range(count)]


def _dots(count: int, inner: float, outer: float) -> Iterator[SafeString]:
    """A dot per action on the left of a ring: in one arc, or in several when they are many.

    None when they would be too small to see: the label has the number.
    """
    size, arcs = max(
        ((_fitting(count, inner, outer, arcs), arcs) for arcs in range(1, 9)),
        key=lambda found: (found[0], -found[1]),
    )
    if not count or size < LEAST_DOT:
        return
    radii = [inner + (outer - inner) * (n + 0.5) / arcs for n in range(arcs)]
    for n, on_arc in enumerate(_spread(count, radii)):
        step = min(27 / radii[n], ARC / max(on_arc, 1))
        for m in range(on_arc):
            angle = math.pi + (m - (on_arc - 1) / 2) * step
            x = CENTRE_X + radii[n] * math.cos(angle)
            yield _disc(x, CENTRE_Y + radii[n] * math.sin(angle), size, "ink")


def _fitting(count: int, inner: float, outer: float, arcs: int) -> float:
    """How large the dots may be on so many arcs."""
    room = ARC * (inner + outer) / 2 * arcs
    return min(DOT, (outer - inner) / arcs / 3, room / max(count, 1) / PITCH)


def _spread(count: int, radii: Sequence[float]) -> list[int]:
    """So many dots over arcs by their length; the longest takes what is left."""
    whole = sum(radii)
    shares = [int(count * radius / whole) for radius in radii]
    shares[-1] += count - sum(shares)
    return shares


def _disc(x: float, y: float, radius: float, role: str) -> SafeString:
    return format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" class="f-{}"/>',
        number(x),
        number(y),
        number(radius),
        colour(role),
        role,
    )


def _labels(
    rings: list[ActionLine], others: list[ActionLine], labels: dict[int, _Label], top: float
) -> Iterator[SafeString]:
    middles = [(inner + outer) / 2 for inner, outer in pairwise([CORE, *_radii(len(rings))])]
    y = top
    for n, (ring, middle) in enumerate(zip(rings, middles, strict=True)):
        yield from _leader(middle, y - 5, turn=_turn(n, len(rings)))
        yield from _text(labels[ring.pk], y)
        y += labels[ring.pk].height
    if others:
        yield line((LABEL_X, y - 8), (WIDTH, y - 8), "grid")
        y += 20
    for other in others:
        yield from _text(labels[other.pk], y)
        y += labels[other.pk].height


def _turn(n: int, count: int) -> float:
    """Where a leader leaves its ring: spread over the right half, top first."""
    return -math.pi / 4 + (math.pi / 2) * (n / max(count - 1, 1))


def _leader(radius: float, y: float, *, turn: float) -> Iterator[SafeString]:
    x0 = CENTRE_X + radius * math.cos(turn)
    y0 = CENTRE_Y + radius * math.sin(turn)
    yield line((x0, y0), (LABEL_X - 18, y), "line")
    yield line((LABEL_X - 18, y), (LABEL_X - 8, y), "line")
    yield _disc(x0, y0, 3, "requested")


def _text(label: _Label, y: float) -> Iterator[SafeString]:
    """Code and title, with the detail beneath."""
    indent = width_of(f"{label.code} ", TITLE, bold=True)
    yield text(label.code, (LABEL_X, y), role="requested", size=TITLE, bold=True)
    for words in label.title:
        yield text(words, (LABEL_X + indent, y), size=TITLE, bold=True)
        y += LINE_HEIGHT
    for words in label.detail:
        yield text(words, (LABEL_X, y), role="sub")
        y += LINE_HEIGHT


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
        key=KEY,
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
