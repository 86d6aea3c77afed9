"""A table that knows its columns, rows, totals, notes and caption, and no output
format: the page, the PDF and the files all read this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from funds.figure import Figure, shows_cents
from workplans.notation.richtext import Piece

ColumnKind = Literal["text", "code", "amount", "percentage", "number", "places", "planning", "date"]
RowKind = Literal["body", "total", "group"]
Direction = Literal["", "ascending", "descending"]
NARROW = 13  # percents
TALL = 25  # rows; from here on the head of a table stays in sight


@dataclass(frozen=True)
class Sort:
    """Where sorting by a column leads, and how the table is sorted by it now, if it is."""

    url: str
    direction: Direction = ""


@dataclass(frozen=True)
class Column:
    """A column; `width` is its share of the table in percents, the same in every plan."""

    key: str
    heading: str
    kind: ColumnKind = "text"
    width: int = 10
    sort: Sort | None = None

    @property
    def is_figure(self) -> bool:
        """Whether it stands on the right and sorts by value."""
        return self.kind in ("amount", "percentage", "number")


@dataclass(frozen=True)
class Place:
    """A municipality as tables show it: tile, name and, in a division, its amount.

    `strip` is 1 to 7, the colour by position among the members of the region; 0 has
    no colour of its own.
    """

    code: str
    name: str
    abbreviation: str = ""
    strip: int = 0
    amount_text: str = ""


@dataclass(frozen=True)
class Text:
    """Plain text; `empty` is the word that stands there when there is none, and `order`
    what the row sorts by where the text itself would not do (a date)."""

    text: str
    empty: str = "–"
    url: str = ""
    note: str = ""
    is_header: bool = False
    is_fault: bool = False
    is_missing: bool = False
    order: str = ""
    kind: str = field(default="text", init=False)

    @property
    def plain(self) -> str:
        return self.text

    @property
    def sort_key(self) -> str:
        return self.order or self.text


@dataclass(frozen=True)
class Titled:
    """A title with its description beneath."""

    title: str
    text: str = ""
    pieces: tuple[Piece, ...] = ()
    is_header: bool = True
    is_fault: bool = False
    kind: str = field(default="titled", init=False)

    @property
    def plain(self) -> str:
        return self.title

    @property
    def sort_key(self) -> str:
        return self.title


@dataclass(frozen=True)
class Rich:
    """Running text in a cell: paragraphs and lists, and the text as it was typed."""

    text: str
    pieces: tuple[Piece, ...] = ()
    empty: str = "–"
    is_header: bool = False
    is_fault: bool = False
    kind: str = field(default="rich", init=False)

    @classmethod
    def of(cls, pieces: tuple[Piece, ...], text: str, *, empty: str = "–") -> Rich:
        return cls(text, pieces, empty)

    @property
    def plain(self) -> str:
        return self.text

    @property
    def sort_key(self) -> str:
        return self.text


@dataclass(frozen=True)
class Amount:
    """A figure, or None where the row has no amount in this column; `note` is what the
    plan says of the amount (incidenteel, regiobudget), `url` where its entries stand. The
    table sets `cents` where another amount in the column has any."""

    figure: Figure | None
    text: str = ""
    note: str = ""
    is_header: bool = False
    is_fault: bool = False
    url: str = ""
    cents: bool | None = field(default=None, compare=False)
    kind: str = field(default="figure", init=False)

    @property
    def plain(self) -> str:
        return f"{self.figure.known:.2f}" if self.figure else ""

    @property
    def sort_key(self) -> str:
        """The amount; nothing for what is a gap and no more, so that it comes last."""
        if self.figure is None or self.figure.is_open:
            return ""
        return self.plain


@dataclass(frozen=True)
class Percentage:
    """A percentage with two decimals, for reading only."""

    value: Decimal | None
    is_header: bool = False
    is_fault: bool = False
    kind: str = field(default="percentage", init=False)

    @property
    def plain(self) -> str:
        return "" if self.value is None else f"{self.value:.2f}"

    @property
    def sort_key(self) -> str:
        return self.plain


@dataclass(frozen=True)
class Places:
    """Who: a lead text ("Duin en Bollen"), a note ("Penvoerder Lisse") and places."""

    typed: str
    lead_text: str = ""
    note: str = ""
    places: tuple[Place, ...] = ()
    is_header: bool = False
    is_fault: bool = False
    kind: str = field(default="places", init=False)

    @property
    def plain(self) -> str:
        return self.typed

    @property
    def sort_key(self) -> str:
        """As it is shown: those that are for all stand together."""
        return self.lead_text or ", ".join(place.name for place in self.places) or self.typed


@dataclass(frozen=True)
class State:
    """A status with its own shape and word."""

    key: str
    label: str
    is_header: bool = False
    is_fault: bool = False
    kind: str = field(default="status", init=False)

    @property
    def plain(self) -> str:
        return self.label

    @property
    def sort_key(self) -> str:
        return self.label


Cell = Text | Titled | Rich | Amount | Percentage | Places | State

LINES_ON_A_PAGE = 30  # with some to spare, like the letters that stand on a line
_LETTERS_ON_A_LINE = 16
_LETTERS_IN_A_PERCENT = 1.3  # of the width of a page
_HALF_A_PAGE = 18  # lines
_EDGES = 0.6  # lines, of the white and the rule of a row


def _lines(cell: Cell, letters: int = _LETTERS_ON_A_LINE) -> int:
    """How many lines a cell takes on paper below its first, and rather too many than too
    few."""
    match cell:
        case Titled():
            return _wrapped(cell.title + cell.text, letters)
        case Places():
            return len(cell.places) + _wrapped(cell.plain, letters)
        case _:
            return _wrapped(cell.plain, letters)


def _wrapped(text: str, letters: int) -> int:
    return sum(1 + len(line) // letters for line in text.split("\n")) - 1


@dataclass(frozen=True)
class Remark:
    """How many open comments there are at a place, where they are read, and where one
    adds one (empty for who may not)."""

    place: str
    count: int
    url: str
    add_url: str = ""

    @property
    def count_text(self) -> str:
        return "1 open opmerking" if self.count == 1 else f"{self.count} open opmerkingen"


@dataclass(frozen=True)
class Row:
    """A row; `key` is stable and names it in files, `anchor` in addresses. One that
    `spans` is a heading over the rows below it: its first cell is as wide as the table.
    A page shows its `remark`, a document does not."""

    key: str
    cells: tuple[Cell, ...]
    kind: RowKind = "body"
    anchor: str = ""
    spans: bool = False
    remark: Remark | None = None

    @cached_property
    def remark_at(self) -> int:
        """The cell that has room for the remark: that of the title, or else the last."""
        titles = [n for n, cell in enumerate(self.cells) if isinstance(cell, Titled)]
        return titles[0] if titles else len(self.cells) - 1

    @property
    def is_long(self) -> bool:
        """Whether it might not fit on one page of paper, in its narrowest column."""
        return any(
            _lines(cell, _LETTERS_ON_A_LINE * (1 + isinstance(cell, Titled))) > LINES_ON_A_PAGE
            for cell in self.cells
        )


@dataclass(frozen=True)
class Table:
    """A table. Cells stand in the order of the columns, totals are rows of their own.

    `may_sort`: the order of its rows is not its message, so a reader may change it.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    may_sort: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"Row {row.key} of table {self.key} misses cells.")
        object.__setattr__(self, "rows", _aligned(self.rows))

    @cached_property
    def is_sortable(self) -> bool:
        """Whether the page sorts it in place: there is something to sort, and no row
        heads or sums a group of others."""
        kinds = [row.kind for row in self.rows]
        ends = kinds[kinds.index("total") :] if "total" in kinds else []
        return (
            self.may_sort
            and kinds.count("body") > 1
            and "group" not in kinds
            and "body" not in ends
        )

    @property
    def is_short(self) -> bool:
        """Whether it takes no more than about half a page of paper, and so stays on one:
        what it leaves empty on the page before it is never more than that."""
        letters = [int(column.width * _LETTERS_IN_A_PERCENT) or 1 for column in self.columns]
        lines = (1 + _EDGES + max(map(_lines, row.cells, letters)) for row in self.rows)
        return sum(lines) <= _HALF_A_PAGE

    @property
    def is_tall(self) -> bool:
        return len(self.rows) > TALL


def widths(weights: Sequence[int]) -> list[int]:
    """Widths of columns in percents that make 100, by how wide each is beside the
    others; what is left goes to the widest. A narrow column (a code, a year, a stand)
    gets no more than its weight in percents where there are few columns."""
    whole = sum(weights)
    narrow = [weight for weight in weights if weight <= NARROW]
    if whole < 100 and len(narrow) < len(weights):
        rest = whole - sum(narrow)
        shares = [
            weight if weight <= NARROW else (100 - sum(narrow)) * weight // rest
            for weight in weights
        ]
    else:
        shares = [100 * weight // whole for weight in weights]
    shares[weights.index(max(weights))] += 100 - sum(shares)
    return shares


def _aligned(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows, with cents in the whole column where one amount has them."""
    columns = zip(*(row.cells for row in rows), strict=True)
    cents = [
        shows_cents(cell.figure for cell in column if isinstance(cell, Amount))
        for column in columns
    ]
    if not any(cents):
        return rows
    return tuple(replace(row, cells=tuple(map(_with_cents, row.cells, cents))) for row in rows)


def _with_cents(cell: Cell, has_cents: bool) -> Cell:
    return replace(cell, cents=True) if has_cents and isinstance(cell, Amount) else cell
