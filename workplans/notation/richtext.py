"""The little that text in a plan can be besides plain: a safe subset, typed as people
type it in mail.

Paragraphs part at a blank line; `- ` and `1. ` make lists, `### ` a small heading,
`> ` a quotation, and lines of `| cel | cel |` a table whose first row is its heading
(`\\|` is a bar in a cell); inside, `*nadruk*`, `**vet**`, `[tekst](https://…)`, a footnote
`[^1]`, a cross-reference `[[A1]]` and a live figure `{{totaal A}}`. All else is text:
no HTML, no other scheme than http, https and mailto. Reading never fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import dropwhile


class Mark(StrEnum):
    """What a run of text is."""

    PLAIN = "plain"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    LINK = "link"
    FOOTNOTE = "footnote"
    CROSS_REFERENCE = "cross_reference"
    FIGURE = "figure"


class Kind(StrEnum):
    """What a piece of running text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST = "list"
    NUMBERED = "numbered"
    NOTES = "notes"
    TABLE = "table"


@dataclass(frozen=True)
class Run:
    """A stretch of text with one mark.

    `target` is the address of a link, the number of a footnote, what a cross-reference
    points at, or the name of a figure (its text is as typed, with the braces).
    """

    mark: Mark
    text: str
    target: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Piece:
    """A paragraph, heading, quotation, list or table; a list has a line per item, a table
    one per cell, row by row, the others have one. Of notes each line begins with a run of
    mark FOOTNOTE that is its number. `columns` is that of a table."""

    kind: Kind
    lines: tuple[Line, ...]
    columns: int = 0

    @property
    def rows(self) -> tuple[tuple[Line, ...], ...]:
        """The rows of a table; the first is its heading."""
        starts = range(0, len(self.lines), self.columns) if self.columns else ()
        return tuple(self.lines[start : start + self.columns] for start in starts)


MOST_COLUMNS = 20
"""Of a table; what is wider is no table of words, and stays text."""

_ITEM = re.compile(r"(?:- |(\d{1,4})\. )(.*)", re.S)
_NOTE = re.compile(r"\[\^(\d{1,3})\]: ?(.*)", re.S)
_ROW = re.compile(r"\|.*(?<!\\)\|[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
_RUN = re.compile(
    r"\*\*(?P<strong>[^*\s](?:[^*]*[^*\s])?)\*\*"
    r"|\*(?P<emphasis>[^*\s](?:[^*]*[^*\s])?)\*"
    r"|\[\^(?P<footnote>\d{1,3})\]"
    r"|\[\[(?P<cross>[^\[\]\n]{1,200})\]\]"
    r"|\[(?P<text>[^\[\]\n]{1,500})\]\((?P<address>(?:https?://|mailto:)[^\s()<>\"]{1,2000})\)"
    r"|\{\{(?P<figure>[^{}\n]{1,200})\}\}"
)
_MARKS = {
    "strong": Mark.STRONG,
    "emphasis": Mark.EMPHASIS,
    "footnote": Mark.FOOTNOTE,
    "cross": Mark.CROSS_REFERENCE,
    "text": Mark.LINK,
    "figure": Mark.FIGURE,
}


def read_text(text: str) -> tuple[Piece, ...]:
    """Read typed text as pieces, in order; an empty text has none.

    Cost is linear in the length. An amount stays in one piece at the end of a line.
    """
    text = re.sub(r"€ (?=\d)", "€\u00a0", text.replace("\r\n", "\n"))
    parts = re.split(r"\n[ \t]*\n", text.strip())
    return tuple(piece for part in parts if part.strip() for piece in _pieces(part.strip("\n")))


def _pieces(part: str) -> Iterator[Piece]:
    """The pieces of what stands between blank lines: a heading is a line of its own, a
    list may follow the line that introduces it."""
    kind, held = Kind.PARAGRAPH, list[str]()
    for typed in part.split("\n"):
        found, line = _kind_of(typed)
        goes_on = found == kind and kind != Kind.HEADING
        if held and not goes_on:
            yield _piece(kind, held)
            held = []
        kind = found
        held.append(line)
    if held:
        yield _piece(kind, held)


def _kind_of(typed: str) -> tuple[Kind, str]:
    if typed.startswith("### "):
        return Kind.HEADING, typed[4:].strip()
    if typed.startswith("> "):
        return Kind.QUOTE, typed[2:]
    if _ROW.fullmatch(typed):
        return Kind.TABLE, typed
    if match := _NOTE.fullmatch(typed):
        return Kind.NOTES, f"[^{match[1]}]{match[2]}"
    if match := _ITEM.fullmatch(typed):
        return Kind.NUMBERED if match[1] else Kind.LIST, match[2]
    return Kind.PARAGRAPH, typed


def _piece(kind: Kind, held: list[str]) -> Piece:
    if kind is Kind.TABLE:
        if rows := _rows(held):
            return Piece(kind, tuple(runs(cell) for row in rows for cell in row), len(rows[0]))
        kind = Kind.PARAGRAPH
    if kind in (Kind.LIST, Kind.NUMBERED, Kind.NOTES):
        return Piece(kind, tuple(runs(line) for line in held))
    return Piece(kind, (runs("\n".join(held)),))


def _rows(held: list[str]) -> list[list[str]]:
    """The rows of a table; a second row of dashes, as others write it, says nothing."""
    rows = [
        [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.rstrip())[1:-1]]
        for line in held
    ]
    if len(rows) > 1 and all(map(_RULE.fullmatch, rows[1])):
        del rows[1]
    return squared(rows)


def squared(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows from the first that says something, all as wide as the widest; none where
    they make no table: two rows and two columns, and no more than `MOST_COLUMNS`."""
    said = [list(row) for row in dropwhile(lambda row: not any(row), rows)]
    width = max(map(len, said), default=0)
    if len(said) < 2 or not 2 <= width <= MOST_COLUMNS:
        return []
    return [row + [""] * (width - len(row)) for row in said]


def format_table(rows: Sequence[Sequence[str]]) -> str:
    """A table as it is typed. Dashes in its second row are words where a row of them
    stands before."""
    if len(rows) > 1 and all(map(_RULE.fullmatch, rows[1])):
        rows = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join("|" + "".join(map(_cell, row)) for row in rows)


def _cell(text: str) -> str:
    barred = text.replace("|", "\\|")
    return f" {barred} |" if barred else " |"


def runs(text: str) -> Line:
    """Read one line of text as runs; what is no mark stays as it was typed."""
    return tuple(_runs(text))


def _runs(text: str) -> Iterator[Run]:
    end = 0
    for match in _RUN.finditer(text):
        if match.start() > end:
            yield Run(Mark.PLAIN, text[end : match.start()])
        end = match.end()
        name = match.lastgroup if match["address"] is None else "text"
        assert name is not None
        inside = match[name].strip()
        said = match[0] if name == "figure" else inside
        yield Run(_MARKS[name], said, match["address"] or _target(name, inside))
    if end < len(text):
        yield Run(Mark.PLAIN, text[end:])


def _target(name: str, inside: str) -> str:
    return inside if name in ("footnote", "cross", "figure") else ""


def plain_text(text: str) -> str:
    """The words of a text on one line, without marks, bars and numbers of footnotes."""
    return " ".join(
        word
        for piece in read_text(text)
        for line in piece.lines
        for word in "".join(run.text for run in line if run.mark is not Mark.FOOTNOTE).split()
    )


def figures(text: str) -> tuple[str, ...]:
    """The names of the live figures in a text, in order."""
    return tuple(
        run.target
        for piece in read_text(text)
        for line in piece.lines
        for run in line
        if run.mark is Mark.FIGURE
    )
