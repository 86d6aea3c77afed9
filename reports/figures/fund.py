"""What a fund has left, drawn: from available to rest as steps, and as a bar per region.

Beschikt is solid, aangevraagd hatched (not yet money), what is left is outlined or green.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.safestring import SafeString

from funds.balance import Balance
from funds.figure import Figure
from funds.notation import format_euro, format_number
from reports.figures.lettering import shortened, width_of
from reports.figures.shapes import (
    SMALL,
    TEXT,
    Box,
    Drawing,
    hatch,
    hatched,
    line,
    rect,
    svg,
    text,
)
from reports.fund_positions import FundPosition
from reports.table import Amount, Column, Row, Table, Text

Kind = Literal["balance", "granted", "requested", "rest"]

WIDTH = 360
ROW = 48
BAR_TOP, BAR = 20, 16
EXTRA = 17

COLUMNS = (
    Column("stap", "Stap", "text", 65),
    Column("bedrag", "Bedrag in €", "amount", 35),
)


@dataclass(frozen=True)
class Step:
    """One bar: a balance, or what is taken off (its figure is not negative)."""

    label: str
    figure: Figure
    kind: Kind

    @property
    def is_balance(self) -> bool:
        return self.kind in ("balance", "rest")

    @property
    def shown(self) -> Figure:
        """The figure as a reader sees it: what is taken off has a minus."""
        return self.figure if self.is_balance else Figure.zero() - self.figure

    @property
    def shortage(self) -> Decimal:
        """How much there is too little, of a balance below zero."""
        return max(-self.figure.known, Decimal(0)) if self.is_balance else Decimal(0)

    @property
    def small_print(self) -> str:
        """What must stand beside the amount: what is unknown, and a shortage in words."""
        parts = [f"+ {gap}" for gap in self.figure.gap_words]
        if self.shortage:
            parts.append(f"Tekort: {format_euro(self.shortage)}")
        return " · ".join(parts)


def region_waterfall(balance: Balance, key: str) -> Drawing | None:
    """The steps of one region. None where there is no money to draw."""
    name = balance.envelope.region.name
    steps = (
        *_until_remaining(balance),
        Step("Aangevraagd", balance.requested, "requested"),
        Step("Resteert na toekenning", balance.remaining_if_granted, "rest"),
    )
    return _waterfall(steps, key, f"Van beschikbaar naar rest: {name}, in €")


def plan_waterfall(position: FundPosition, key: str) -> Drawing | None:
    """The steps of a fund for the plan that draws on it; what others ask apart."""
    balance = position.balance
    if balance is None:
        return None
    steps = [*_until_remaining(balance)]
    here, elsewhere = position.requested_here, position.requested_elsewhere
    if here != Figure.zero():
        steps.append(Step("Aangevraagd met dit plan", here, "requested"))
    if elsewhere != Figure.zero():
        steps.append(Step("Aangevraagd met andere plannen", elsewhere, "requested"))
    steps.append(Step("Resteert na toekenning", balance.remaining_if_granted, "rest"))
    with_draft = position.remaining_with_draft
    if position.draft != Figure.zero() and with_draft is not None:
        steps.append(Step("Dit plan als concept", position.draft, "requested"))
        steps.append(Step("Resteert met dit concept", with_draft, "rest"))
    return _waterfall(tuple(steps), key, f"{position.fund.name}: van beschikbaar naar rest, in €")


def _until_remaining(balance: Balance) -> tuple[Step, ...]:
    return (
        Step(balance.envelope.label or "Beschikbaar", balance.available, "balance"),
        Step(_spent(balance), balance.committed, "granted"),
        Step("Nog beschikbaar", balance.remaining, "balance"),
    )


def _spent(balance: Balance) -> str:
    return "Beschikt, min wat vrijviel" if balance.released.known else "Beschikt"


def _waterfall(steps: tuple[Step, ...], key: str, caption: str) -> Drawing | None:
    spans = list(_spans(steps))
    low = min((start for start, _end in spans), default=Decimal(0))
    high = max((end for _start, end in spans), default=Decimal(0))
    if low == high:
        return None
    heights = [ROW + (EXTRA if step.small_print else 0) for step in steps]
    height = sum(heights) + (EXTRA if low < 0 else 0)
    drawing = svg(
        key,
        "fund",
        (WIDTH, height - 8),
        title=caption,
        description=" ".join(_in_words(step) for step in steps),
        parts=[
            hatch(key, "gevraagd", "requested", "surface"),
            *_rows(steps, spans, key, _Scale(low, high)),
            *_zero_word(_Scale(low, high), sum(heights)),
        ],
    )
    return Drawing(drawing, caption, _table(steps, key, caption))


def _spans(steps: Iterable[Step]) -> Iterator[tuple[Decimal, Decimal]]:
    """From where to where each bar runs, in euros."""
    level = Decimal(0)
    for step in steps:
        known = step.figure.known
        if step.is_balance:
            level = known
            yield min(level, Decimal(0)), max(level, Decimal(0))
        else:
            yield level - known, level
            level -= known


@dataclass(frozen=True)
class _Scale:
    """Euros on the width of the drawing; where the least is below zero, zero moves in."""

    low: Decimal
    high: Decimal

    def x(self, euros: Decimal | int) -> float:
        return WIDTH * float((euros - self.low) / (self.high - self.low))


def _rows(
    steps: Iterable[Step], spans: Iterable[tuple[Decimal, Decimal]], key: str, scale: _Scale
) -> Iterator[SafeString]:
    y = 0.0
    for step, (start, end) in zip(steps, spans, strict=True):
        amount = format_number(step.shown.known)
        room = WIDTH - width_of(amount, TEXT, bold=True) - 12
        bold = step.is_balance
        yield text(shortened(step.label, room, TEXT, bold=bold), (0, y + 13), bold=bold)
        yield text(amount, (WIDTH, y + 13), anchor="end", bold=bold)
        yield rect(0, y + BAR_TOP, WIDTH, BAR, "track")
        left, right = scale.x(start), scale.x(end)
        yield _bar(step, (left, y + BAR_TOP, right - left, BAR), key)
        if scale.low < 0:
            # Through the bars only, never through a word.
            x = scale.x(0)
            yield line((x, y + BAR_TOP - 3), (x, y + BAR_TOP + BAR + 3), "ink", width=2)
        if step.small_print:
            at = (WIDTH, y + BAR_TOP + BAR + 15)
            yield text(step.small_print, at, role="sub", size=SMALL, anchor="end")
            y += EXTRA
        y += ROW


def _bar(step: Step, box: Box, key: str) -> SafeString:
    if step.kind == "requested":
        return hatched(key, "gevraagd", box, "requested")
    role = {"balance": "balance", "granted": "granted", "rest": "remaining"}[step.kind]
    return rect(*box, "ink" if step.shortage else role)


def _zero_word(scale: _Scale, height: float) -> Iterator[SafeString]:
    """What the line in the bars means, when something ends below zero."""
    if scale.low < 0:
        at = (min(max(scale.x(0), 5), WIDTH - 5), height + 9)
        yield text("0", at, role="sub", size=SMALL, anchor="middle")


def _in_words(step: Step) -> str:
    short = f" Dat is {format_euro(step.shortage)} te weinig." if step.shortage else ""
    return f"{step.label}: {step.figure}.{short}"


def _table(steps: Iterable[Step], key: str, caption: str) -> Table:
    rows = [
        Row(
            str(n),
            (Text(step.label, is_header=True), Amount(step.shown)),
            kind="total" if step.kind == "rest" else "body",
        )
        for n, step in enumerate(steps, start=1)
    ]
    return Table(key=key, caption=caption, columns=COLUMNS, rows=tuple(rows))
