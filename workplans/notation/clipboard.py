"""Tables as a clipboard has them: the HTML of Excel, LibreOffice and Word, and text with
tabs. What a cell means is for others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from workplans.notation.spans import Spans, span

MOST_ROWS = 2_000
MOST_COLUMNS = 60
"""A clipboard may claim a cell of a million columns."""

_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "del", "object", "svg"})
_VOID = frozenset({"br", "img", "col", "hr", "input", "meta", "link", "wbr"})
_SPACES = re.compile("[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_NOTHING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
_NEW_LINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Row:
    """The texts of a row. `is_heading`: one cell over the whole width, which no row of
    values has. `merged` says how many places a merged cell left empty."""

    cells: tuple[str, ...]
    is_heading: bool = False
    merged: int = 0

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)


def clean(text: str) -> str:
    """The text of a cell without what nobody sees: other spaces become a space, other
    ends of lines a line feed, and control characters go."""
    lines = _NOTHING.sub("", _NEW_LINE.sub("\n", text)).split("\n")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip("\n")


# ---- text with tabs


def read_text(text: str) -> list[Row]:
    """Rows of text with tabs. A cell that begins with a quotation mark goes on to the
    next single one, as Excel writes a cell of several lines; a quote that never ends is a
    mark like any other."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    at = 0
    while at <= len(plain):
        cell, at = _quoted(plain, at) or _bare(plain, at)
        rows[-1].append(clean(cell))
        if at < len(plain) and plain[at] == "\n":
            rows.append([])
        at += 1
    if len(rows) > 1 and rows[-1] == [""]:
        rows.pop()
    return _even(Row(tuple(row[:MOST_COLUMNS])) for row in rows)


_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
_BARE = re.compile(r"[^\t\n]*")


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    found = _QUOTED.match(text, at) if text.startswith('"', at) else None
    return (found[1].replace('""', '"'), found.end()) if found else None


def _bare(text: str, at: int) -> tuple[str, int]:
    found = _BARE.match(text, at)
    return (found[0], found.end()) if found else ("", at)


def write_text(rows: Iterable[Sequence[str]]) -> str:
    """Text with tabs that `read_text` reads as these rows."""
    return "\n".join("\t".join(map(_written, row)) for row in rows) + "\n"


def _written(cell: str) -> str:
    needs = cell.startswith('"') or "\n" in cell or "\t" in cell
    return '"' + cell.replace('"', '""') + '"' if needs else cell


# ---- HTML


def read_html(html: str) -> list[Row]:
    """Rows of every table in the HTML, one table below the other; none where there is no
    table. A merged cell stands in its first place, and its other places are empty: an
    amount that was merged is counted once."""
    reader = _Tables()
    reader.feed(_NOTHING.sub("", html))
    reader.close()
    reader.end_row()
    return _even(row for row in reader.rows if row.cells)


def _even(rows: Iterable[Row]) -> list[Row]:
    """Rows of the same length; a heading is one only beside wider rows."""
    found = list(rows)
    width = max((len(row.cells) for row in found), default=0)
    return [
        Row(
            row.cells + ("",) * (width - len(row.cells)),
            row.is_heading and width > 1,
            row.merged,
        )
        for row in found
    ]


@dataclass
class _Cell:
    across: int = 1
    down: int = 1
    parts: list[str] = field(default_factory=list)

    def text(self) -> str:
        joined = re.sub(r" *\n *", "\n", re.sub(r"[ \t]+", " ", "".join(self.parts)))
        return clean(re.sub(r"\n{3,}", "\n\n", joined))


class _Tables(HTMLParser):
    """Collects rows; a table inside a cell is text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self.depth = self.unseen = 0
        self.row: list[_Cell] | None = None
        self.cell: _Cell | None = None
        self.bullet = 0
        self.mark = ""
        self.spans = Spans()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.spans = Spans()
        elif self.depth > 1:
            self._new_line(tag in ("tr", "p", "br", "li"))
        elif self.depth == 1 and tag == "tr":
            self.end_row()
            self.row = []
        elif self.depth == 1 and tag in ("td", "th"):
            self.row = self.row if self.row is not None else []
            self.cell = _Cell(_span(attrs, "colspan"), _span(attrs, "rowspan"))
            self.row.append(self.cell)
        elif tag == "br" and self.cell is not None:
            self.cell.parts.append("\n")
        else:
            self._new_line(tag in _BLOCKS)
            self._mark(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag == "table":
            if self.depth == 1:
                self.end_row()
            self.depth = max(0, self.depth - 1)
        elif self.depth == 1 and tag == "tr":
            self.end_row()
        elif self.depth == 1 and tag in ("td", "th"):
            self.cell = None
        else:
            self._new_line(tag in _BLOCKS)
        if self.bullet and tag == "span":
            self.bullet -= 1
            if not self.bullet and self.cell is not None:
                has_sign = any(letter.isalnum() for letter in self.mark)
                self.cell.parts.append(f"{self.mark.strip()} " if has_sign else "- ")

    def handle_data(self, data: str) -> None:
        if self.bullet:
            self.mark += data
        elif self.cell is not None and not self.unseen:
            self.cell.parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _mark(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Word draws the mark of a list with signs and spaces of its own: a number stays, and
        any other becomes a dash."""
        style = (dict(attrs).get("style") or "").casefold().replace(" ", "")
        if tag != "span" or self.cell is None:
            return
        if self.bullet:
            self.bullet += 1
        elif "mso-list:ignore" in style:
            self.bullet, self.mark = 1, ""

    def _new_line(self, is_block: bool) -> None:
        tail = "".join(self.cell.parts[-2:]).rstrip(" ") if self.cell is not None else ""
        if is_block and self.cell is not None and tail and not tail.endswith("\n"):
            self.cell.parts.append("\n")

    def end_row(self) -> None:
        row, self.row, self.cell = self.row, None, None
        if row is None or len(self.rows) > MOST_ROWS + 100:
            return
        cells: list[str] = []
        merged = 0
        for cell in row:
            merged += self.spans.skip(cells)
            if len(cells) >= MOST_COLUMNS:
                break
            across = min(cell.across, MOST_COLUMNS - len(cells))
            merged += self.spans.put(cells, cell.text(), across, cell.down)
        merged += self.spans.skip(cells)
        self.rows.append(Row(tuple(cells), len(row) == 1 and row[0].across > 1, merged))


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    return span(dict(attrs).get(name) or "", MOST_ROWS)
