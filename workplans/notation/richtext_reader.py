"""The blocks of HTML that anybody may have made: Word, a mail, a page, an editor."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from workplans.notation.richtext import MOST_COLUMNS, Kind, Mark, Run, squared
from workplans.notation.richtext_blocks import LISTS, Block, typed
from workplans.notation.spans import Spans, span

FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.S)
CONDITION = re.compile(r"<!\[[^>]*>")
SPACE = re.compile(r"[ \t\r\n\f\v]+")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {
    *("p", "div", "blockquote", "ul", "ol", "li", "table", "tr", "td", "th", "pre", "hr", "dl"),
    *("dt", "dd", "section", "article", "header", "footer", "main", "figure", "figcaption"),
    *("thead", "tbody", "tfoot", "caption", "body", "html", "address", "aside", "nav", "form"),
}
TABLE = frozenset({"table", "tr", "td", "th", "thead", "tbody", "tfoot"})
UNSEEN = frozenset({"script", "style", "title", "template", "svg", "math", "xml", "noscript"})
VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base"})
NOTE_OF = re.compile(r"#(?:_ftn|_edn|.*-noot-)(\d{1,3})")
BACK_TO_NOTE = re.compile(r"#(?:_ftnref|_ednref|.*-verwijzing-)(\d{1,3})")
ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>\"]{1,2000}")
NUMBER = re.compile(r"\W*(?:\d+|[a-z]{1,4})[.)]", re.I)
ROUND = str.maketrans("[]", "()")
MOST_DOWN = 1_000  # rows that one cell goes over
ESCAPES = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", '"': "%22", " ": "%20"}


def read_blocks(html: str) -> list[Block]:
    """What the fragment of a clipboard holds, or all of the HTML where none is marked."""
    fragment = FRAGMENT.search(html)
    reader = _Reader()
    reader.feed(CONDITION.sub("", fragment[1] if fragment else html).replace("<![", "&lt;!["))
    reader.close()
    reader.end_table()
    return reader.blocks


@dataclass
class _Table:
    """A table that is being read. `depth` counts the tables around what is read, `cell`
    is how far the cell that is being read goes, across and down."""

    depth: int = 1
    rows: list[list[str]] = field(default_factory=list)
    spans: Spans = field(default_factory=Spans)
    cell: tuple[int, int] | None = None

    def start_row(self) -> None:
        if self.rows:
            self.spans.skip(self.rows[-1])
        self.rows.append([])

    def end_cell(self, text: str) -> None:
        if not self.rows:
            self.start_row()
        row = self.rows[-1]
        # Where the row is too wide for a table, no more places are kept.
        across, down = self.cell if self.cell and len(row) <= MOST_COLUMNS else (1, 1)
        self.spans.put(row, text, across, down)
        self.cell = None


@dataclass(frozen=True)
class _Inline:
    """An open element inside a line."""

    tag: str
    mark: Mark = Mark.PLAIN
    target: str = ""
    is_label: bool = False


class _Reader(HTMLParser):
    """Collects the blocks of HTML that anybody may have made, well formed or not."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.open: list[_Inline] = []
        self.lists: list[Kind] = []
        self.runs: list[Run] = []
        self.unseen = self.quotes = 0
        self.table: _Table | None = None
        self.group = self.item = 0
        self.heading = ""
        self.of_word = False
        self.label = ""

    # ---- what HTMLParser finds

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "br":
            self.runs.append(self._marked("\n"))
        elif tag in BLOCKS:
            self._start_block(tag, said)
        elif tag not in VOID:
            self._start_inline(tag, said)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(self.unseen - 1, 0)
        elif tag in BLOCKS:
            self._end_block(tag)
        else:
            found = [n for n, inline in enumerate(self.open) if inline.tag == tag]
            del self.open[found[-1] if found else len(self.open) :]

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        text = SPACE.sub(" ", data)
        if any(inline.is_label for inline in self.open):
            self.label += text
        else:
            self.runs.append(self._marked(text))

    # ---- blocks

    def _start_block(self, tag: str, said: dict[str, str]) -> None:
        if self._in_table(tag, said):
            return
        self.end_block()
        if tag in ("ul", "ol"):
            if not self.lists:
                self.group += 1
            self.lists.append(Kind.NUMBERED if tag == "ol" else Kind.LIST)
        elif tag in ("li", "dt", "dd"):
            self.item += 1
        elif tag == "blockquote":
            self.quotes += 1
        elif tag in HEADINGS:
            self.heading = tag
        elif tag == "p" and "mso-list:" in SPACE.sub("", said.get("style", "")).lower():
            self.of_word, self.label = True, ""
            self.item += 1

    def _in_table(self, tag: str, said: dict[str, str]) -> bool:
        """Whether a block begins, or stands in, a table. Blocks of a cell are one line."""
        if self.table is None:
            if tag not in ("table", "tr", "td", "th"):
                return False
            self.end_block()
            self.table = _Table()
        elif tag == "table":
            self.table.depth += 1
        table = self.table
        if table.depth == 1 and tag in ("tr", "td", "th"):
            self._end_cell()
            if tag == "tr":
                table.start_row()
            else:
                self.end_block()
                table.cell = (
                    span(said.get("colspan", ""), MOST_COLUMNS),
                    span(said.get("rowspan", ""), MOST_DOWN),
                )
            return True
        if table.cell is not None:
            self.runs.append(Run(Mark.PLAIN, " "))
        return tag in TABLE or table.cell is not None

    def _end_cell(self) -> None:
        if self.table is not None and self.table.cell is not None:
            held, self.runs = self.runs, []
            self.table.end_cell(typed(held, is_one_line=True))

    def _end_block(self, tag: str) -> None:
        table = self.table
        if table is not None and tag == "table":
            table.depth -= 1
            if not table.depth:
                self.end_table()
        elif table is not None and table.depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()
        elif table is not None and table.cell is not None:
            self.runs.append(Run(Mark.PLAIN, " "))
        else:
            self._end_plain(tag)

    def _end_plain(self, tag: str) -> None:
        self.end_block()
        if tag in ("ul", "ol"):
            self.lists = self.lists[:-1]
        elif tag == "blockquote":
            self.quotes = max(self.quotes - 1, 0)
        elif tag in HEADINGS:
            self.heading = ""

    def end_table(self) -> None:
        """Keep the table that was read, if any; what makes none as lines."""
        self._end_cell()
        self.end_block()
        table, self.table = self.table, None
        found = [row for row in table.rows if row] if table else []
        if rows := squared(found):
            self.blocks.append(Block(Kind.TABLE, 0, 0, rows=rows))
            return
        for row in found:
            self.runs.append(Run(Mark.PLAIN, " | ".join(filter(None, row))))
            self.end_block()

    def end_block(self) -> None:
        """Keep what was read of this block, if anything."""
        held, self.runs = self.runs, []
        kind, group = self._kind()
        self.of_word = False
        if not any(run.text.strip() for run in held):
            return
        last = self.blocks[-1] if self.blocks else None
        if (
            last
            and kind in LISTS
            and (last.kind, last.group, last.item) == (kind, group, self.item)
        ):
            last.runs += [Run(Mark.PLAIN, " "), *held]
        else:
            self.blocks.append(Block(kind, group, self.item, held))

    def _kind(self) -> tuple[Kind, int]:
        if self.of_word:
            kind = Kind.NUMBERED if NUMBER.match(self.label) else Kind.LIST
            return kind, -1  # what follows each other is one list
        if self.lists:
            return self.lists[0], self.group
        if self.heading:
            return Kind.HEADING, 0
        return (Kind.QUOTE if self.quotes else Kind.PARAGRAPH), 0

    # ---- marks

    def _start_inline(self, tag: str, said: dict[str, str]) -> None:
        style = SPACE.sub("", said.get("style", "")).lower()
        href = said.get("href", "")
        inline = _Inline(tag)
        if "mso-list:ignore" in style:
            inline = _Inline(tag, is_label=True)
        elif tag == "a" and (note := NOTE_OF.fullmatch(href)):
            inline = _Inline(tag, Mark.FOOTNOTE, f"[^{note[1]}]")
        elif tag == "a" and (note := BACK_TO_NOTE.fullmatch(href)):
            inline = _Inline(tag, Mark.FOOTNOTE, f"[^{note[1]}]: ")
        elif tag == "a":
            inline = _Inline(tag, Mark.LINK, _address(href))
        elif (tag in ("b", "strong") and "font-weight:normal" not in style) or re.search(
            r"font-weight:(?:bold|[6-9]00)", style
        ):
            inline = _Inline(tag, Mark.STRONG)
        elif (tag in ("i", "em") and "font-style:normal" not in style) or (
            "font-style:italic" in style
        ):
            inline = _Inline(tag, Mark.EMPHASIS)
        self.open.append(inline)
        if inline.mark is Mark.FOOTNOTE:
            self.runs.append(Run(Mark.PLAIN, inline.target))

    def _marked(self, text: str) -> Run:
        marks = {inline.mark: inline.target for inline in self.open}
        if Mark.FOOTNOTE in marks:  # its number is said already
            return Run(Mark.PLAIN, "")
        if marks.get(Mark.LINK):
            return Run(Mark.LINK, text.translate(ROUND), marks[Mark.LINK])
        # Others make their headings bold as well; a small heading is as the subset has it.
        if Mark.STRONG in marks and self.heading in ("", "h3"):
            return Run(Mark.STRONG, text)
        if Mark.EMPHASIS in marks:
            return Run(Mark.EMPHASIS, text)
        return Run(Mark.PLAIN, text)


def _address(href: str) -> str:
    """The address of a link as the subset has it, or nothing."""
    address = "".join(ESCAPES.get(character, character) for character in href.strip())
    return address if ADDRESS.fullmatch(address) else ""
