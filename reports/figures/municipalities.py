"""The amount that each municipality receives, as bars in the order of the region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from funds.figure import Figure
from funds.notation import format_number
from reports.content import STRIPS, Content
from reports.figures.lettering import shortened, width_of
from reports.figures.shapes import SMALL, TEXT, Drawing, outlined, rect, svg, text
from reports.plan_totals import PlanTotals
from reports.table import Amount, Column, Place, Row, Table, Text

KEY = "figuur-gemeenten"
WIDTH = 400
ROW = 46
BAR_TOP, BAR = 19, 16
EXTRA = 17
MOST_BARS = 20
CAPTION = "Bedrag per gemeente, naar ontvanger, in €"

COLUMNS = (
    Column("gemeente", "Gemeente", "text", 65),
    Column("bedrag", "Ontvangt in €", "amount", 35),
)


@dataclass(frozen=True)
class _Bar:
    """A municipality, or with no place what is not divided yet."""

    figure: Figure
    place: Place | None = None

    @property
    def name(self) -> str:
        return self.place.name if self.place else "Niet verdeeld"

    @property
    def height(self) -> float:
        return ROW + EXTRA if self.words[1:] else ROW

    @property
    def words(self) -> list[str]:
        """What stands on the right: the amount, and the gaps below it."""
        return self.figure.parts(format_number(self.figure.known))


def municipalities(content: Content, totals: PlanTotals) -> Drawing | None:
    """What each municipality receives. None where no amount is known of any.

    With more than seven there are no strips to tell them apart, and with more than
    twenty only the largest are drawn.
    """
    every = [
        _Bar(figure, content.place(code))
        for code, figure in totals.by_municipality["recipient"].items()
    ]
    if not any(bar.figure.known > 0 for bar in every):
        return None
    bars = _largest(every)
    has_strips = len(every) <= STRIPS
    if totals.undivided != Figure.zero():
        bars = [*bars, _Bar(totals.undivided)]
    drawing = svg(
        KEY,
        "bars",
        (WIDTH, sum(bar.height for bar in bars) - 8),
        title=CAPTION,
        description=" ".join(f"{bar.name}: {bar.figure}." for bar in bars)
        + f" Samen, ook wat niet in beeld is: {totals.total}.",
        parts=_bars(bars, has_strips=has_strips),
    )
    return Drawing(drawing, CAPTION, _table(every, totals), _notes(every, totals))


def _largest(bars: list[_Bar]) -> list[_Bar]:
    if len(bars) <= MOST_BARS:
        return bars
    return sorted(bars, key=lambda bar: (-bar.figure.known, bar.name))[:MOST_BARS]


def _bars(bars: Sequence[_Bar], *, has_strips: bool) -> Iterator[SafeString]:
    scale = WIDTH / float(max(bar.figure.known for bar in bars))
    y = 0.0
    for bar in bars:
        yield from _bar(bar, y, scale, has_strips=has_strips)
        y += bar.height


def _bar(bar: _Bar, y: float, scale: float, *, has_strips: bool) -> Iterator[SafeString]:
    strip = str(bar.place.strip) if bar.place and has_strips and bar.place.strip else ""
    amount, *gaps = bar.words
    x = 0.0
    if strip and bar.place:
        yield rect(0, y + 1, 4, 14, strip)
        yield text(bar.place.abbreviation, (10, y + 13), bold=True)
        x = 18 + max(width_of(bar.place.abbreviation, TEXT, bold=True), 12)
    name = shortened(bar.name, WIDTH - x - width_of(amount, TEXT) - 12, TEXT)
    yield text(name, (x, y + 13))
    yield text(amount, (WIDTH, y + 13), anchor="end")
    length = float(bar.figure.known) * scale
    yield rect(0, y + BAR_TOP, WIDTH, BAR, "track")
    if bar.place:
        yield rect(0, y + BAR_TOP, length, BAR, strip or "granted")
    else:
        yield rect(0, y + BAR_TOP, length, BAR, "surface")
        yield outlined((0, y + BAR_TOP, length, BAR), "ink", dashed=True)
    if gaps:
        small = " ".join(f"+ {gap}" for gap in gaps)
        yield text(small, (WIDTH, y + ROW + 4), role="sub", size=SMALL, anchor="end")


def _notes(every: Sequence[_Bar], totals: PlanTotals) -> tuple[str, ...]:
    notes = []
    if len(every) > MOST_BARS:
        notes.append(
            f"In beeld staan de {MOST_BARS} gemeenten met het hoogste bedrag; de tabel heeft "
            f"alle {len(every)}."
        )
    if totals.joint != Figure.zero():
        notes.append(f"Gezamenlijke acties ({totals.joint}) tellen mee bij de penvoerder.")
    return tuple(notes)


def _table(bars: Sequence[_Bar], totals: PlanTotals) -> Table:
    rows = [
        Row(
            bar.place.code if bar.place else "",
            (Text(bar.name, is_header=True), Amount(bar.figure)),
        )
        for bar in bars
    ]
    if totals.undivided != Figure.zero():
        cells = (Text("Niet verdeeld", is_header=True), Amount(totals.undivided))
        rows.append(Row("niet-verdeeld", cells))
    total = Row("totaal", (Text("Totaal", is_header=True), Amount(totals.total)), kind="total")
    return Table(key=KEY, caption=CAPTION, columns=COLUMNS, rows=(*rows, total))
