"""What the page of the editor is made of: sections, grids, groups, rows and cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workplans.desk import fields
from workplans.desk.fields import Field
from workplans.notation.richtext_html import to_html

LINK = re.compile(r"<a [^>]*>(.*?)</a>", re.S)


@dataclass(frozen=True)
class Cell:
    """One value of a part, as it is typed. `is_absent`: there is no amount at all."""

    field: Field
    text: str
    says: str = ""
    fault: str = ""
    is_absent: bool = False

    @property
    def choice(self) -> str:
        """What a person reads for a value that is one of a few."""
        return dict(self.field.choices).get(self.text, self.text)

    @property
    def html(self) -> str:
        """Running text for its editor."""
        return to_html(self.text)

    @property
    def shown(self) -> str:
        """Running text to be read in a cell that opens as a whole: without links."""
        return LINK.sub(r"<u>\1</u>", self.html)


@dataclass(frozen=True)
class Row:
    """A part with its cells; `home` is where it stands: `line:3/actions`, and `code` the
    whole code of an action, as a document prints it."""

    handle: str
    name: str
    home: str
    cells: tuple[Cell, ...]
    code: str = ""

    @property
    def anchor(self) -> str:
        return self.handle.replace(":", "-")


@dataclass(frozen=True)
class Group:
    """Rows below one heading: those of an action point, or of a line itself."""

    home: str
    rows: tuple[Row, ...]
    handle: str = ""
    cells: tuple[Cell, ...] = ()

    @property
    def anchor(self) -> str:
        return self.handle.replace(":", "-")

    @property
    def owner(self) -> str:
        return self.home.partition("/")[0]

    @property
    def list(self) -> str:
        return self.home.partition("/")[2]


@dataclass(frozen=True)
class Grid:
    """A table to type in. `home` is where a new row goes when there is none yet."""

    home: str
    caption: str
    columns: tuple[Field, ...]
    groups: tuple[Group, ...]
    word: str

    @property
    def is_empty(self) -> bool:
        return not any(group.rows for group in self.groups)

    @property
    def owner(self) -> str:
        """Of the group where pasted rows come: the last."""
        return self.groups[-1].owner

    @property
    def list(self) -> str:
        return self.groups[-1].list


@dataclass(frozen=True)
class Section:
    """A block or an action line, with what can be typed there. `note` says what a live
    block draws by itself, `before` is the handle of the block before it."""

    handle: str
    anchor: str
    home: str
    heading: str
    level: int
    cells: tuple[Cell, ...]
    grids: tuple[Grid, ...] = ()
    note: str = ""
    standing: str = ""
    before: str = ""

    @property
    def tag(self) -> str:
        return f"h{min(self.level + 1, 6)}"

    @property
    def is_line(self) -> bool:
        return self.handle.startswith("line:")

    @property
    def kind(self) -> str:
        return next(cell.text for cell in self.cells if cell.field.key == "kind")

    @property
    def code(self) -> str:
        """That of a line; a block has none."""
        return next((cell.text for cell in self.cells if cell.field.key == "code"), "")

    @property
    def kind_cell(self) -> Cell:
        return next(cell for cell in self.cells if cell.field.key == "kind")

    @property
    def title_cells(self) -> tuple[Cell, ...]:
        """What stands in the heading: the code of a line, and the title."""
        return tuple(cell for cell in self.cells if cell.field.key in ("code", "title"))

    @property
    def text_cells(self) -> tuple[Cell, ...]:
        """What is read below the heading; an empty one can be filled."""
        return tuple(cell for cell in self.cells if cell.field.key in fields.READ_BELOW)
