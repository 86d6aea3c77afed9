"""What the rules look at: a plan with its figures, printed figures, texts and places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from funds.models import Rule
from funds.notation import NotationError
from reports.anchors import anchors, heading_of
from reports.checker.finding import Spot
from reports.content import Content
from reports.rendering import Reported
from workplans.models import Action, ActionLine, Block, PrintedFigure, block_anchors
from workplans.notation.references import read_reference
from workplans.notation.richtext import Piece, Run, read_text
from workplans.styles import rows_of, style_of


@dataclass(frozen=True)
class Written:
    """A text of the plan, and where it stands."""

    spot: Spot
    text: str

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        return read_text(self.text)

    @property
    def runs(self) -> Iterator[Run]:
        return (run for piece in self.pieces for line in piece.lines for run in line)


class Material:
    """A computed plan as the rules ask for it. Asks the database nothing."""

    def __init__(self, reported: Reported, printed: tuple[PrintedFigure, ...]) -> None:
        self.reported = reported
        self.content: Content = reported.content
        self.figures = reported.figures
        self.printed = printed

    # ---- places

    @cached_property
    def order(self) -> dict[str, int]:
        """Every address of the document, with its place in the order of reading."""
        found: dict[str, int] = {"": 0}
        for block in self.reported.document.blocks:
            found.setdefault(block.anchor, len(found))
            for table in block.tables:
                for row in table.rows:
                    if row.anchor:
                        found.setdefault(row.anchor, len(found))
        return found

    @property
    def plan(self) -> Spot:
        return Spot("Het plan")

    def action(self, action: Action, cell: str = "") -> Spot:
        """An action, or one cell of it."""
        where = f"Actie {action.full_code}" + (f", {cell}" if cell else "")
        name = self.content.names[action.pk]
        return Spot(where, self._drawn(f"actie-{name}", f"lijn-{action.line.code}"))

    def line(self, line: ActionLine) -> Spot:
        """An action line; where the document draws only its goals, those."""
        return Spot(f"Actielijn {line.code}", self._drawn(f"lijn-{line.code}", "doelen"))

    def block(self, block: Block) -> Spot:
        name = heading_of(block) or block.get_kind_display()
        return Spot(f"Blok {name}", self._drawn(self._block_anchors[block.position]))

    def rule(self, rule: Rule) -> Spot:
        return Spot(f"Regel {rule.code}", self.first_of_kind("regels"))

    def printed_figure(self, printed: PrintedFigure) -> Spot:
        """Where the document shows what a printed figure is about."""
        return Spot(printed.place[:1].upper() + printed.place[1:], self._home(printed))

    def first_of_kind(self, kind: str) -> str:
        """The address of the first block of a kind; "" when the document draws none."""
        return next(
            (
                self._drawn(self._block_anchors[block.position])
                for block in self.content.blocks
                if block.kind == kind
            ),
            "",
        )

    def _drawn(self, *candidates: str) -> str:
        return next((anchor for anchor in candidates if anchor in self.order), "")

    @cached_property
    def _block_anchors(self) -> dict[int, str]:
        blocks = self.content.blocks
        return {
            block.position: anchor
            for block, anchor in zip(blocks, block_anchors(blocks), strict=True)
        }

    def _home(self, printed: PrintedFigure) -> str:
        kinds = {
            "verdeling": Block.Kind.DISTRIBUTION,
            "cijfer": Block.Kind.FIGURES,
            "fonds": Block.Kind.FUND,
            "gemeente": Block.Kind.MUNICIPALITIES,
            "aard": Block.Kind.BUDGET,
            "dekking": Block.Kind.FUNDING,
        }
        if not printed.figure:
            return ""
        try:
            reference = read_reference(printed.figure)
        except NotationError:
            return ""
        if reference.kind in kinds:
            return self.first_of_kind(kinds[reference.kind])
        if reference.subject in self.lines:
            return self.line(self.lines[reference.subject]).anchor
        return self.first_of_kind(Block.Kind.BUDGET)

    @cached_property
    def lines(self) -> dict[str, ActionLine]:
        return {line.code: line for line in self.content.lines}

    @cached_property
    def anchors(self) -> dict[str, tuple[str, str]]:
        """Addresses and words by what a cross-reference says, in small letters."""
        return anchors(self.content)

    # ---- texts

    @cached_property
    def texts(self) -> tuple[Written, ...]:
        """Every running text of the plan, in the order of the document's parts."""
        return tuple(
            Written(spot, text)
            for spot, text in (*self._block_texts(), *self._line_texts())
            if text
        )

    def _block_texts(self) -> Iterator[tuple[Spot, str]]:
        for block in self.content.blocks:
            spot = self.block(block)
            yield spot, block.text
            for row in rows_of(block):
                of_row = spot.part(row.title or row.code)
                for text in (row.text, row.note, *row.items):
                    yield of_row, text

    def _line_texts(self) -> Iterator[tuple[Spot, str]]:
        for line in self.content.lines:
            spot = self.line(line)
            yield spot, line.general_goal
            yield spot, line.text
            yield from ((spot, goal.text) for goal in line.goals.all())
            yield from ((spot, result.text) for result in line.results.all())
            for action in line.actions.all():
                yield self.action(action, "omschrijving"), action.description

    # ---- actions

    @cached_property
    def by_key(self) -> dict[int, Action]:
        return {action.pk: action for action in self.content.actions}

    def shows(self, action: Action, *columns: str) -> bool:
        """Whether the table of the action was meant to have one of these columns."""
        asked = self._columns.get(action.line.code, ())
        return any(column in asked for column in columns)

    @cached_property
    def _columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of each line's table: of its block, of itself or of the style."""
        found = {}
        for line in self.content.lines:
            own = self._block_columns.get(line.code) or tuple(line.columns)
            texts = own or style_of(self.content.plan).columns
            found[line.code] = tuple(text.partition(":")[0].strip().casefold() for text in texts)
        return found

    @cached_property
    def _block_columns(self) -> dict[str, tuple[str, ...]]:
        return {
            code: tuple(block.options.get("columns", ()))
            for block in self.content.blocks
            if block.kind == Block.Kind.ACTIONS
            for code in block.options.get("lines", self.lines)
        }
