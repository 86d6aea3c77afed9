"""A plan as a document: an ordered list of blocks, the same for page and PDF."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from funds.figure import Figure
from reports.figures.shapes import Drawing
from reports.goals import LineGoals
from reports.table import Place, Remark, State, Table
from workplans.notation.richtext import Piece


@dataclass(frozen=True)
class Block:
    """One part of the document; its template is named after its kind.

    `level` 1 is a chapter; no part is more than one deeper than the one before it.
    """

    kind: str
    anchor: str
    heading: str
    level: int = 1
    code: str = ""
    count_text: str = ""
    total: Figure | None = None
    pieces: tuple[Piece, ...] = ()
    source: str = ""
    goals: tuple[LineGoals, ...] = ()
    tables: tuple[Table, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    places: tuple[Place, ...] = ()
    remark: Remark | None = None

    @property
    def template(self) -> str:
        return f"reports/blocks/{self.kind}.html"

    @property
    def is_lead(self) -> bool:
        """Whether it is only a heading for what follows."""
        return self.kind == "text" and not self.pieces

    @property
    def is_beside(self) -> bool:
        """Whether paper has room for its only drawing beside its only table."""
        return len(self.drawings) == len(self.tables) == 1 and self.tables[0].is_short

    @property
    def says_caption(self) -> bool:
        """Whether the heading says what the caption of the only table says."""
        return (
            len(self.tables) == 1 and not self.drawings and self.tables[0].caption == self.heading
        )

    @property
    def tag(self) -> str:
        """The element of the heading; the title of the document is `h1`."""
        return f"h{self.level + 1}"

    @property
    def tag_below(self) -> str:
        """The element of a heading inside this part."""
        return f"h{self.level + 2}"

    @property
    def tag_deeper(self) -> str:
        return f"h{self.level + 3}"


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
