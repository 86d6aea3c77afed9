"""Lays a plan out: which blocks its document has, each drawn after its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from reports import anchors
from reports.action_tables import action_table
from reports.budget import budget
from reports.content import Content
from reports.document import Block, Document
from reports.figure_tables import distribution_table, figure_table
from reports.figures.circles import circles
from reports.figures.fund import plan_waterfall
from reports.figures.municipalities import municipalities
from reports.figures.planning import planning
from reports.figures.shapes import Drawing
from reports.fund_positions import FundPosition
from reports.fund_statement import position_table
from reports.goals import line_goals
from reports.municipal_totals import municipal_totals
from reports.named_figures import NamedFigures
from reports.plan_totals import PlanTotals
from reports.pots import bearer_table, nature_table, pot_table
from reports.prose import Prose
from reports.row_tables import phase_table, row_table
from reports.rules import rule_table
from reports.table import State, Table
from workplans import lifecycle
from workplans.models import ActionLine, block_anchors
from workplans.models import Block as AuthoredBlock
from workplans.readiness import unread_cells

Kind = AuthoredBlock.Kind
DEEPEST = 3


def lay_out(
    content: Content,
    totals: PlanTotals,
    positions: tuple[FundPosition, ...],
    figures: NamedFigures,
) -> Document:
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
        blocks=tuple(_levelled(_Layout(content, totals, positions, figures).blocks())),
        unread=sum(len(unread_cells(action)) for action in content.actions),
        facts=_facts(content, totals, positions),
    )


def _levelled(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks with no level skipped, as headings ask."""
    level = 0
    for block in blocks:
        if block.heading:
            level = min(block.level, level + 1)
        yield replace(block, level=max(min(block.level, level), 1))


class _Layout:
    """Draws each authored block; one method per kind that is not just rows."""

    def __init__(
        self,
        content: Content,
        totals: PlanTotals,
        positions: tuple[FundPosition, ...],
        figures: NamedFigures,
    ) -> None:
        self.content = content
        self.totals = totals
        self.positions = positions
        self.figures = figures
        self.prose = Prose(figures, anchors.anchors(content))
        self.drawn_lines: set[int] = set()

    def blocks(self) -> Iterator[Block]:
        authored = self.content.blocks
        for block, anchor in zip(authored, block_anchors(authored), strict=True):
            draw = self._DRAW.get(Kind(block.kind), _Layout._rows)
            yield from draw(self, block, anchor)

    def _start(self, block: AuthoredBlock, anchor: str, kind: str = "table") -> Block:
        """A block with its heading and text, to which its kind adds what it draws."""
        return Block(
            kind,
            anchor,
            anchors.heading_of(block),
            level=block.level,
            pieces=self.prose.read(block.text),
            source=block.options.get("source", ""),
        )

    def _text(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield self._start(block, anchor, "text")

    def _quote(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield self._start(block, anchor, "quote")

    def _signatures(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield replace(self._start(block, anchor, "signatures"), places=self.content.members)

    def _tables(
        self,
        block: AuthoredBlock,
        anchor: str,
        *tables: Table | None,
        drawings: tuple[Drawing, ...] = (),
    ) -> Iterator[Block]:
        """A block of tables; nothing at all where there is nothing to show."""
        start = self._start(block, anchor)
        found = tuple(table for table in tables if table is not None)
        if found or drawings or start.pieces:
            yield replace(start, tables=found, drawings=drawings)

    def _rows(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        caption = anchors.heading_of(block)
        yield from self._tables(block, anchor, row_table(block, anchor, caption, self.prose))

    def _phases(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield from self._tables(
            block, anchor, phase_table(block, anchor, anchors.heading_of(block))
        )

    def _figure(
        self, block: AuthoredBlock, anchor: str, drawing: Drawing | None
    ) -> Iterator[Block]:
        if drawing is not None:
            start = self._start(block, anchor, "figure")
            heading = block.title or drawing.caption
            yield replace(start, heading=heading, drawings=(drawing,))

    def _circles(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield from self._figure(block, anchor, circles(self.content, self.totals))

    def _planning(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield from self._figure(block, anchor, planning(self.content))

    def _lines(self, block: AuthoredBlock) -> list[ActionLine]:
        """The lines that a block is about, in its order; without a choice all of them
        that no earlier block of actions chose."""
        tops = [line for line in self.content.lines if line.parent_id is None]
        if chosen := block.options.get("lines"):
            by_code = {line.code: line for line in self.content.lines}
            return [by_code[code] for code in chosen if code in by_code]
        return [line for line in tops if line.pk not in self.drawn_lines]

    def _actions(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        """A part per action line; above them the block's own heading and text, if any."""
        lines = self._lines(block)
        level = block.level
        if block.title or block.text:
            yield self._start(block, anchor, "text")
            level += bool(block.title)
        chosen = tuple(block.options.get("columns", ()))
        for line in lines:
            self.drawn_lines.add(line.pk)
            parts = self.content.parts(line)
            if parts or line.actions.all() or line.text:
                yield self._line(line, level, chosen)
            for part in parts:
                if part.actions.all() or part.text:
                    yield self._line(part, level + 1, chosen)

    def _line(self, line: ActionLine, level: int, chosen: tuple[str, ...]) -> Block:
        count = len(line.actions.all())
        has_costs = any(action.cost_lines.all() for action in line.actions.all())
        count_text = "1 actie" if count == 1 else f"{count} acties"
        return Block(
            "actions",
            f"lijn-{line.code}",
            line.title,
            level=min(level, DEEPEST),
            code=line.code,
            count_text=count_text if count else "",
            total=self.totals.by_line[line.code] if has_costs else None,
            pieces=self.prose.read(line.text),
            tables=(action_table(line, self.content, self.totals, self.prose, chosen),)
            if count
            else (),
        )

    def _goals(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        start = self._start(block, anchor, "goals")
        caption = anchors.heading_of(block)
        table = row_table(block, anchor, caption, self.prose)
        chosen = block.options.get("lines")
        lines = [
            line
            for line in self.content.lines
            if (line.code in chosen if chosen else line.parent_id is None)
        ]
        found = tuple(
            goals
            for goals in (line_goals(line, self.content.parts(line), self.prose) for line in lines)
            if not goals.is_empty
        )
        if table is not None or found or start.pieces:
            yield replace(start, goals=found, tables=(table,) if table else ())

    def _municipalities(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        if self._has_costs():
            yield from self._tables(
                block,
                anchor,
                municipal_totals(self.content, self.totals),
                drawings=_drawn(municipalities(self.content, self.totals)),
            )

    def _budget(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        if self._has_costs():
            yield from self._tables(block, anchor, budget(self.content, self.totals))

    def _has_costs(self) -> bool:
        return any(action.cost_lines.all() for action in self.content.actions)

    def _funding(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield from self._tables(
            block,
            anchor,
            nature_table(self.content),
            pot_table(self.content),
            bearer_table(self.content, self.totals.by_municipality["bearer"]),
        )

    def _fund(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield from self._tables(
            block,
            anchor,
            *(position_table(position) for position in self.positions),
            drawings=_drawn(
                *(
                    plan_waterfall(position, f"figuur-fonds-{n}")
                    for n, position in enumerate(self.positions, start=1)
                )
            ),
        )

    def _figure_list(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield from self._tables(block, anchor, figure_table(anchor, self.content, self.figures))

    def _distribution(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield from self._tables(
            block, anchor, distribution_table(block, anchor, self.content, self.figures)
        )

    def _rules(self, block: AuthoredBlock, anchor: str) -> Iterator[Block]:
        yield from self._tables(block, anchor, rule_table(anchor, self.content, self.figures))

    _DRAW: dict[str, Callable[[_Layout, AuthoredBlock, str], Iterator[Block]]] = {
        Kind.TEXT: _text,
        Kind.QUOTE: _quote,
        Kind.SIGNATURES: _signatures,
        Kind.CIRCLES: _circles,
        Kind.PLANNING: _planning,
        Kind.ACTIONS: _actions,
        Kind.GOALS: _goals,
        Kind.MUNICIPALITIES: _municipalities,
        Kind.BUDGET: _budget,
        Kind.FUNDING: _funding,
        Kind.FUND: _fund,
        Kind.FIGURES: _figure_list,
        Kind.DISTRIBUTION: _distribution,
        Kind.RULES: _rules,
        Kind.PHASES: _phases,
    }


def _drawn(*drawings: Drawing | None) -> tuple[Drawing, ...]:
    """Those of which there is anything to draw."""
    return tuple(drawing for drawing in drawings if drawing is not None)


def _facts(
    content: Content, totals: PlanTotals, positions: tuple[FundPosition, ...]
) -> tuple[tuple[str, str], ...]:
    """What the cover says beside title, status and date."""
    actions = len(content.actions)
    facts = [("Regio", content.plan.region.name), ("Periode", content.plan.period_text)]
    if actions:
        facts.append(("Acties", str(actions)))
    if any(action.cost_lines.all() for action in content.actions):
        facts.append(("Totaal", str(totals.total)))
    for position in positions:
        facts.append(("Fonds", f"{position.fund.name}, {position.round.name.lower()}"))
    return tuple(facts)
