"""A plan as a document: an ordered list of blocks, the same for page and PDF."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from funds.figure import Figure
from reports.action_tables import action_table
from reports.budget import budget
from reports.content import Content
from reports.figures.circles import circles
from reports.figures.fund import plan_waterfall
from reports.figures.municipalities import municipalities
from reports.figures.planning import planning
from reports.figures.shapes import Drawing
from reports.fund_positions import FundPosition
from reports.fund_statement import position_table
from reports.municipal_totals import municipal_totals
from reports.plan_totals import PlanTotals
from reports.table import Place, State, Table
from workplans import lifecycle
from workplans.models import ActionLine
from workplans.models import Block as Written


@dataclass(frozen=True)
class Paragraph:
    """A piece of running text: a paragraph, or the items of a list."""

    text: str = ""
    items: tuple[str, ...] = ()
    is_numbered: bool = False


@dataclass(frozen=True)
class Block:
    """One part of the document; its template is named after its kind."""

    kind: str
    anchor: str
    heading: str
    code: str = ""
    count_text: str = ""
    total: Figure | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def template(self) -> str:
        return f"reports/blocks/{self.kind}.html"


@dataclass(frozen=True)
class Document:
    """What a reader holds: cover, contents and blocks. No clock reaches it."""

    title: str
    kind: str
    status: State
    is_concept: bool
    region: str
    period: str
    as_of: datetime.date
    total: Figure
    members: tuple[Place, ...]
    blocks: tuple[Block, ...]
    unread: int
    facts: tuple[tuple[str, str], ...] = field(default=())

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of figures, in order, without those that repeat a drawing."""
        return tuple(table for block in self.blocks for table in block.tables)


def document(content: Content, totals: PlanTotals, positions: tuple[FundPosition, ...]) -> Document:
    """Lay the plan out. Asks the database nothing beyond what was fetched."""
    plan = content.plan
    status = lifecycle.Status(plan.status)
    return Document(
        title=plan.title,
        kind=plan.get_kind_display(),
        status=State(status.value, lifecycle.LABELS[status]),
        is_concept=status in lifecycle.UNSUBMITTED,
        region=plan.region.name,
        period=plan.period_text,
        as_of=content.on,
        total=totals.total,
        members=content.members,
        blocks=tuple(_blocks(content, totals, positions)),
        unread=_unread(content),
        facts=_facts(content, totals, positions),
    )


def _blocks(
    content: Content, totals: PlanTotals, positions: tuple[FundPosition, ...]
) -> Iterator[Block]:
    for n, written in enumerate(content.blocks, start=1):
        if written.kind == Written.Kind.TEXT:
            yield _text(written, n)
    yield from _figure("cirkels", circles(content, totals))
    for line in content.lines:
        yield _line(line, content, totals)
    yield from _figure("planning", planning(content))
    if content.lines:
        yield Block(
            "table",
            "gemeenten",
            "Bedrag per gemeente",
            tables=(municipal_totals(content, totals),),
            drawings=_drawn(municipalities(content, totals)),
        )
    if positions:
        yield Block(
            "table",
            "fonds",
            "Wat er in het fonds overblijft",
            tables=tuple(position_table(position) for position in positions),
            drawings=_drawn(
                *(
                    plan_waterfall(position, f"figuur-fonds-{n}")
                    for n, position in enumerate(positions, start=1)
                )
            ),
        )
    if content.lines:
        yield Block("table", "begroting", "Begroting", tables=(budget(content, totals),))
    yield Block("signatures", "ondertekening", "Ondertekening", places=content.members)


def _figure(anchor: str, drawing: Drawing | None) -> Iterator[Block]:
    for drawn in _drawn(drawing):
        yield Block("figure", anchor, drawn.caption, drawings=(drawn,))


def _drawn(*drawings: Drawing | None) -> tuple[Drawing, ...]:
    """Those of which there is anything to draw."""
    return tuple(drawing for drawing in drawings if drawing is not None)


def _text(written: Written, n: int) -> Block:
    return Block("text", f"tekst-{n}", written.title, paragraphs=tuple(paragraphs(written.text)))


def _line(line: ActionLine, content: Content, totals: PlanTotals) -> Block:
    count = len(line.actions.all())
    return Block(
        "actions",
        f"lijn-{line.code}",
        line.title,
        code=line.code,
        count_text="1 actie" if count == 1 else f"{count} acties",
        total=totals.by_line[line.code],
        tables=(action_table(line, content, totals),),
    )


_ITEM = re.compile(r"(?:- |(\d+)\. )(.*)", re.S)


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Plain text as paragraphs: parted at a blank line; `- ` and `1. ` make lists.

    An amount stays in one piece at the end of a line.
    """
    text = re.sub(r"€ (?=\d)", "€\u00a0", text)
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.split("\n")
        matches = [_ITEM.fullmatch(line) for line in lines]
        if lines != [""] and all(matches):
            items = tuple(match[2] for match in matches if match)
            yield Paragraph(items=items, is_numbered=bool(matches[0] and matches[0][1]))
        elif part:
            yield Paragraph(text=part)


def _unread(content: Content) -> int:
    """How many cells nobody could read."""
    return sum(
        action.planning_unread
        + action.start_unread
        + action.end_unread
        + action.municipalities_unread
        + any(cost.state == "unread" for cost in action.cost_lines.all())
        + sum(cost.municipalities_unread for cost in action.cost_lines.all())
        for action in content.actions
    )


def _facts(
    content: Content, totals: PlanTotals, positions: tuple[FundPosition, ...]
) -> tuple[tuple[str, str], ...]:
    """What the cover says beside title, status and date."""
    actions = len(content.actions)
    facts = [("Regio", content.plan.region.name), ("Periode", content.plan.period_text)]
    if actions:
        facts.append(("Acties", str(actions)))
        facts.append(("Totaal", str(totals.total)))
    for position in positions:
        facts.append(("Fonds", f"{position.fund.name}, {position.round.name.lower()}"))
    return tuple(facts)
