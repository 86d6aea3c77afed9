"""How many actions run in each quarter: solid, hatched or open by how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from reports.content import Content
from reports.figures.agenda import Agenda, Certainty, Period, agenda, stretches
from reports.figures.legend import Swatch, legend
from reports.figures.lettering import width_of
from reports.figures.shapes import (
    SMALL,
    TEXT,
    Box,
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
from reports.table import Column, Row, Table, Text

KEY = "figuur-planning"
WIDTH = 400
LEFT = 32
TOP, PLOT = 26, 170
MOST_COLUMNS = 24
MOST_NAMED = 12

WORDS = {
    Certainty.QUARTER: "Kwartaal bekend",
    Certainty.YEAR: "Alleen het jaar bekend",
    Certainty.OPEN: "Doorlopend of zonder begin of einde",
}
IN_SENTENCE = {
    Certainty.QUARTER: "met een bekend kwartaal",
    Certainty.YEAR: "waarvan alleen het jaar bekend is",
    Certainty.OPEN: "doorlopend of zonder begin of einde",
}


def planning(content: Content) -> Drawing | None:
    """The actions of a plan over its period, by quarter or, when those do not fit, by year.

    None when no action has a moment in it, or when even the years do not fit. What is
    left out is named in the notes.
    """
    read = agenda(
        content.plan,
        ((action.full_code, action) for action in content.actions),
    )
    periods = read.by_quarter()
    if not _fits(periods):
        periods = read.by_year()
    most = max((period.total for period in periods), default=0)
    if not most or not _fits(periods):
        return None
    caption = f"Acties per {'kwartaal' if periods[0].quarter else 'jaar'}"
    drawn = [c for c in WORDS if any(period.counts[c] for period in periods)]
    axis = TOP + PLOT
    below = axis + (52 if periods[0].quarter else 30)
    explained, height = legend(
        ((_swatch(certainty), WORDS[certainty]) for certainty in drawn), top=below, room=WIDTH
    )
    drawing = svg(
        KEY,
        "bars",
        (WIDTH, below + height),
        title=caption,
        description=" ".join([*_sentences(periods), *_notes(read)]),
        parts=[
            hatch(KEY, "jaar", "granted", "ring-2"),
            *_grid(most),
            *_columns(periods, _step(most)[1]),
            *_years(periods, axis),
            *explained,
        ],
    )
    return Drawing(drawing, caption, _table(periods, drawn, caption), _notes(read))


def _pitch(periods: Sequence[Period]) -> float:
    return (WIDTH - LEFT) / len(periods)


def _fits(periods: Sequence[Period]) -> bool:
    """Whether every column has room for its own number."""
    digits = len(str(max(period.total for period in periods)))
    room = width_of("0" * digits, SMALL, bold=True)
    return len(periods) <= MOST_COLUMNS and _pitch(periods) >= room


def _step(most: int) -> tuple[int, int]:
    """A round step for the grid, with at most four of them, and the top of the scale."""
    magnitude = 10 ** max(len(str(most)) - 2, 0)
    step = next(
        n * scale
        for scale in (magnitude, magnitude * 10)
        for n in (1, 2, 4, 5)
        if n * scale * 4 >= most
    )
    return step, step * math.ceil(most / step)


def _grid(most: int) -> Iterator[SafeString]:
    step, high = _step(most)
    for value in range(0, high + 1, step):
        y = TOP + PLOT * (1 - value / high)
        yield line((LEFT, y), (WIDTH, y), "grid" if value else "line")
        yield text(str(value), (LEFT - 6, y + 5), role="sub", size=SMALL, anchor="end")


def _columns(periods: Sequence[Period], high: int) -> Iterator[SafeString]:
    pitch = _pitch(periods)
    width = min(pitch * 0.72, 44)
    for n, period in enumerate(periods):
        middle = LEFT + pitch * (n + 0.5)
        y: float = TOP + PLOT
        for certainty in WORDS:
            height = PLOT * period.counts[certainty] / high
            if height:
                y -= height
                yield _area(certainty, (middle - width / 2, y, width, height))
        if period.total:
            yield text(str(period.total), (middle, y - 6), size=SMALL, anchor="middle", bold=True)
        if period.quarter:
            tick = f"Q{period.quarter}" if pitch >= 24 else str(period.quarter)
            at = (middle, TOP + PLOT + 17)
            yield text(tick, at, role="sub", size=SMALL if pitch >= 24 else 11, anchor="middle")


def _years(periods: Sequence[Period], axis: float) -> Iterator[SafeString]:
    """The years under their quarters, or under their own columns."""
    pitch = _pitch(periods)
    for year in dict.fromkeys(period.year for period in periods):
        own = [n for n, period in enumerate(periods) if period.year == year]
        left, right = LEFT + pitch * own[0], LEFT + pitch * (own[-1] + 1)
        if periods[0].quarter:
            yield line((left + 3, axis + 24), (right - 3, axis + 24), "line")
            at = ((left + right) / 2, axis + 40)
            yield text(str(year), at, size=TEXT, anchor="middle", bold=True)
        else:
            words = str(year) if pitch >= 34 else f"’{year % 100:02d}"
            at = ((left + right) / 2, axis + 18)
            size = SMALL if pitch >= 24 else 11
            yield text(words, at, role="sub", size=size, anchor="middle")


def _area(certainty: Certainty, box: Box) -> SafeString:
    if certainty == Certainty.QUARTER:
        return rect(*box, "granted")
    if certainty == Certainty.YEAR:
        return hatched(KEY, "jaar", box, "granted")
    return joined([rect(*box, "surface"), outlined(box, "granted", dashed=True)])


def _swatch(certainty: Certainty) -> Swatch:
    return lambda box: _area(certainty, box)


# ---- the same in words and as a table


def _sentences(periods: Sequence[Period]) -> Iterator[str]:
    for first, last in stretches(periods):
        when = first.name if first == last else f"{first.name} tot en met {last.name}"
        parts = [f"{count} {IN_SENTENCE[c]}" for c, count in first.counts.items() if count]
        actions = "1 actie" if first.total == 1 else f"{first.total or 'geen'} acties"
        yield f"{when}: {actions}{': ' if parts else ''}{', '.join(parts)}."


def _notes(read: Agenda) -> tuple[str, ...]:
    said = (
        (read.missing, "heeft geen planning", "hebben geen planning"),
        (read.undated, "heeft nog geen datum", "hebben nog geen datum"),
        (read.by_hand, "is in eigen woorden gepland", "zijn in eigen woorden gepland"),
        (read.unread, "is niet gelezen", "zijn niet gelezen"),
    )
    notes = [
        f"{_named(codes)} {one} en staat er niet in."
        if len(codes) == 1
        else f"{_named(codes)} {more} en staan er niet in."
        for codes, one, more in said
        if codes
    ]
    if read.outside:
        verb = "valt" if len(read.outside) == 1 else "vallen"
        notes.append(
            f"{_named(read.outside)} {verb} voor een deel of helemaal buiten de periode van het "
            "plan; dat deel staat er niet in."
        )
    return tuple(notes)


def _named(codes: Sequence[str]) -> str:
    """`D3`, `A1 en D3`, or the first twelve and how many more."""
    if len(codes) > MOST_NAMED:
        return f"{', '.join(codes[:MOST_NAMED])} en nog {len(codes) - MOST_NAMED} acties"
    *before, last = codes
    return f"{', '.join(before)} en {last}" if before else last


def _table(periods: Sequence[Period], drawn: Sequence[Certainty], caption: str) -> Table:
    columns = (
        Column("periode", "Kwartaal" if periods[0].quarter else "Jaar", "text", 22),
        *(Column(c.name.lower(), WORDS[c], "number", 20) for c in drawn),
        Column("acties", "Acties", "number", 16),
    )
    rows = tuple(
        Row(
            period.name,
            (
                Text(period.name, is_header=True),
                *(Text(str(period.counts[c])) for c in drawn),
                Text(str(period.total)),
            ),
        )
        for period in periods
    )
    return Table(key=KEY, caption=caption, columns=columns, rows=rows)
