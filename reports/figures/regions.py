"""What each region has left in a fund, as a bar: granted, asked, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from django.utils.safestring import SafeString

from funds.figure import Figure
from funds.notation import format_euro, format_number
from reports.figures.legend import Swatch, legend
from reports.figures.lettering import shortened, width_of
from reports.figures.shapes import (
    SMALL,
    TEXT,
    Drawing,
    hatch,
    hatched,
    joined,
    line,
    outlined,
    rect,
    svg,
    text,
)
from reports.fund_statement import FundStatement, StatementRow
from reports.table import Amount, Column, Row, Table, Text

WIDTH, CARD_WIDTH = 360, 320
BAR = 16
ROW = 66
EXTRA = 17
MOST_REGIONS = 20

COLUMNS = (
    Column("regio", "Regio", "text", 30),
    Column("beschikbaar", "Beschikbaar", "amount", 17),
    Column("beschikt", "Beschikt", "amount", 17),
    Column("aangevraagd", "Aangevraagd", "amount", 17),
    Column("resteert", "Resteert", "amount", 19),
)


def region_bars(statement: FundStatement, key: str) -> Drawing | None:
    """A bar per region on one scale. None where there is no money to draw.

    Of a region that the reader does not see in full, what is left before the requests.
    """
    names = _names(statement.current)
    shown = list(zip(names, statement.current, strict=True))[:MOST_REGIONS]
    most = max((_length(row) for row in statement.current), default=Decimal(0))
    if most == 0:
        return None
    caption = "Per regio: wat is beschikt, gevraagd en over"
    heights = [ROW + (EXTRA if _left(row).gap_words else 0) for _name, row in shown]
    rows = [
        part
        for (name, row), y in zip(shown, accumulate([0, *heights]), strict=False)
        for part in _region(name, row, key, y, WIDTH / float(most))
    ]
    explained, height = legend(_swatches(key, statement.current), top=sum(heights), room=WIDTH)
    drawing = svg(
        key,
        "fund",
        (WIDTH, sum(heights) + height),
        title=caption,
        description=" ".join(_in_words(name, row) for name, row in shown),
        parts=[hatch(key, "gevraagd", "requested", "surface"), *rows, *explained],
    )
    left_out = len(statement.current) - len(shown)
    notes = (f"Nog {left_out} regio’s staan alleen in de tabel.",) if left_out else ()
    return Drawing(drawing, caption, _table(names, statement.current, key, caption), notes)


def region_bar(row: StatementRow, key: str) -> Drawing | None:
    """One region as a bar with its legend, for a card that has the amounts as text."""
    if _length(row) == 0:
        return None
    name = row.balance.envelope.region.name
    explained, height = legend(_swatches(key, [row]), top=BAR + 12, room=CARD_WIDTH)
    drawing = svg(
        key,
        "card",
        (CARD_WIDTH, BAR + 12 + height - 6),
        title=f"Stand van {name}",
        description=_in_words(name, row),
        parts=[
            hatch(key, "gevraagd", "requested", "surface"),
            *_bar(row, key, 2, CARD_WIDTH / float(_length(row))),
            *explained,
        ],
    )
    return Drawing(drawing, f"Stand van {name}", _table([name], [row], key, f"Stand van {name}"))


def _names(rows: Sequence[StatementRow]) -> list[str]:
    """The name of each region, with the first year where it has several envelopes."""
    count = Counter(row.balance.envelope.region_id for row in rows)
    return [
        f"{envelope.region.name} vanaf {envelope.starts_on.year}"
        if count[envelope.region_id] > 1
        else envelope.region.name
        for envelope in (row.balance.envelope for row in rows)
    ]


def _requested(row: StatementRow) -> Figure:
    return row.balance.requested if row.in_full else Figure.zero()


def _left(row: StatementRow) -> Figure:
    return row.balance.remaining_if_granted if row.in_full else row.balance.remaining


def _length(row: StatementRow) -> Decimal:
    """How far the bar runs, in euros: beyond what is available when more was asked."""
    used = row.balance.committed.known + _requested(row).known
    return max(row.balance.available.known, used, Decimal(0))


def _region(name: str, row: StatementRow, key: str, y: float, scale: float) -> Iterator[SafeString]:
    left = _left_words(row)
    room = WIDTH - width_of(left, SMALL) - 14
    yield text(shortened(name, room, TEXT, bold=True), (0, y + 13), bold=True)
    yield text(left, (WIDTH, y + 13), role="sub", size=SMALL, anchor="end")
    yield from _bar(row, key, y + 20, scale)
    granted, available = row.balance.committed.known, row.balance.available.known
    released = " (min wat vrijviel)" if row.balance.released.known else ""
    spent = f"{format_number(granted)} beschikt{released} van {format_number(available)}"
    yield text(spent, (0, y + 52), role="sub", size=SMALL)
    if gaps := _left(row).gap_words:
        words = shortened(f"Ook aangevraagd: {', '.join(gaps)}", WIDTH, SMALL)
        yield text(words, (0, y + 52 + EXTRA), role="sub", size=SMALL)


def _left_words(row: StatementRow) -> str:
    left = _left(row).known
    if left < 0:
        return f"tekort {format_euro(-left)}"
    return f"{'resteert' if row.in_full else 'nog beschikbaar'} {format_euro(left)}"


def _bar(row: StatementRow, key: str, y: float, scale: float) -> Iterator[SafeString]:
    available = float(row.balance.available.known) * scale
    granted = float(row.balance.committed.known) * scale
    requested = float(_requested(row).known) * scale
    yield rect(0, y, available, BAR, "surface")
    yield outlined((0, y, available, BAR), "line")
    yield rect(0, y, granted, BAR, "granted")
    yield hatched(key, "gevraagd", (granted, y, requested, BAR), "requested")
    if granted + requested > available:
        yield line((available, y - 3), (available, y + BAR + 3), "ink", width=2.5)


def _swatches(key: str, rows: Iterable[StatementRow]) -> Iterator[tuple[Swatch, str]]:
    rows = list(rows)
    yield lambda box: rect(*box, "granted"), "Beschikt"
    if any(row.in_full for row in rows):
        yield lambda box: hatched(key, "gevraagd", box, "requested"), "Aangevraagd"
    yield (
        lambda box: joined([rect(*box, "surface"), outlined(box, "line")]),
        "Resteert" if any(row.in_full for row in rows) else "Nog beschikbaar",
    )
    if any(_left(row).known < 0 for row in rows):
        yield (
            lambda box: line((box[0] + 6, box[1]), (box[0] + 6, box[1] + 13), "ink", width=2.5),
            "Wat er is",
        )


def _in_words(name: str, row: StatementRow) -> str:
    balance = row.balance
    asked = f", aangevraagd {balance.requested}" if row.in_full else ""
    return (
        f"{name}: beschikbaar {balance.available}, beschikt {balance.granted}{asked}, "
        f"{'resteert' if row.in_full else 'nog beschikbaar'} {_left(row)}."
    )


def _table(names: Sequence[str], rows: Sequence[StatementRow], key: str, caption: str) -> Table:
    hidden = Amount(None, text="–")
    return Table(
        key=key,
        caption=f"{caption}, in €",
        columns=COLUMNS,
        rows=tuple(
            Row(
                str(n),
                (
                    Text(name, is_header=True),
                    Amount(row.balance.available),
                    Amount(row.balance.granted),
                    Amount(row.balance.requested) if row.in_full else hidden,
                    Amount(_left(row)),
                ),
            )
            for n, (name, row) in enumerate(zip(names, rows, strict=True), start=1)
        ),
    )
