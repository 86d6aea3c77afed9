"""Running text as HTML, for an editor, and HTML as running text: what Word, a mail or a
page puts on the clipboard keeps its structure as far as the subset has it, and loses the
rest. `to_text(to_html(text))` says what the text said. Neither fails on any text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from workplans.notation.richtext import (
    Kind,
    Line,
    Mark,
    Piece,
    Run,
    format_table,
    read_text,
    runs,
)

TAGS = {
    Kind.PARAGRAPH: ("<p>", "</p>"),
    Kind.HEADING: ("<h3>", "</h3>"),
    Kind.QUOTE: ("<blockquote><p>", "</p></blockquote>"),
}
LISTS = {Kind.LIST: "ul", Kind.NUMBERED: "ol"}


def to_html(text: str) -> str:
    """The HTML of a text: p, h3, blockquote, ul, ol, li, table, thead, tbody, tr, th, td,
    br, strong, em and a, no more.

    What only means something in a plan stays as it is typed: `[^1]`, `[[A1]]`,
    `{{totaal A}}`, and a note at the beginning of its line.
    """
    return "".join(map(_piece, read_text(text)))


def _piece(piece: Piece) -> str:
    if piece.kind in LISTS:
        tag = LISTS[piece.kind]
        items = "".join(f"<li><p>{_line(line)}</p></li>" for line in piece.lines)
        return f"<{tag}>{items}</{tag}>"
    if piece.kind is Kind.NOTES:
        notes = (f"[^{line[0].target}]: {_line(line[1:])}" for line in piece.lines)
        return f"<p>{'<br>'.join(notes)}</p>"
    if piece.kind is Kind.TABLE:
        head, *rows = (_row(row, "td" if n else "th") for n, row in enumerate(piece.rows))
        return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
    before, after = TAGS[piece.kind]
    return f"{before}{_line(piece.lines[0])}{after}"


def _row(row: tuple[Line, ...], tag: str) -> str:
    start = '<th scope="col">' if tag == "th" else "<td>"
    return f"<tr>{''.join(f'{start}<p>{_line(cell)}</p></{tag}>' for cell in row)}</tr>"


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    match run.mark:
        case Mark.STRONG:
            return f"<strong>{text}</strong>"
        case Mark.EMPHASIS:
            return f"<em>{text}</em>"
        case Mark.LINK:
            return f'<a href="{escape(run.target)}">{text}</a>'
        case Mark.FOOTNOTE:
            return f"[^{run.target}]"
        case Mark.CROSS_REFERENCE:
            return f"[[{text}]]"
    return text


# ---- from HTML

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
ESCAPES = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", '"': "%22", " ": "%20"}


def to_text(html: str) -> str:
    """The text of any HTML, in the subset.

    Of marks on one word one stays: a link, else bold. Lists within lists become one
    list; of a table within a table the words stay. A table of one row or one column is
    lines. Word's lists and footnotes are known for what they are.
    """
    # Twice: what became text may read as structure, and is then laid out as that.
    return _text(to_html(_text(html)))


def _text(html: str) -> str:
    fragment = FRAGMENT.search(html)
    reader = _Reader()
    reader.feed(CONDITION.sub("", fragment[1] if fragment else html).replace("<![", "&lt;!["))
    reader.close()
    reader.end_table()
    return _written(reader.blocks)


@dataclass
class _Block:
    """A paragraph, an item or a table. Items with one `group` are one list; what has one
    `item` stands in one of them."""

    kind: Kind
    group: int
    item: int
    runs: list[Run] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class _Table:
    """A table that is being read: its cells as typed, and what cells of rows above take
    of this row and those below. `depth` counts the tables around what is read."""

    depth: int = 1
    rows: list[list[str]] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    span: tuple[int, int] | None = None

    def start_row(self) -> None:
        self.rows.append([])

    def put(self, text: str) -> None:
        """Put a cell where the row has room for it; what else it spans is empty."""
        across, down = self.span or (1, 1)
        self.span = None
        if not self.rows:
            self.start_row()
        self.fill()
        for n in range(across):
            if down > 1:
                self.taken[len(self.rows[-1])] = down - 1
            self.rows[-1].append("" if n else text)

    def fill(self) -> None:
        """Pass what cells of rows above take."""
        row = self.rows[-1]
        while self.taken.get(len(row)):
            self.taken[len(row)] -= 1
            row.append("")

    @property
    def whole(self) -> list[list[str]]:
        """The rows that say something, all as wide as the widest."""
        said = [row for row in self.rows if any(row)]
        width = max(map(len, said), default=0)
        return [row + [""] * (width - len(row)) for row in said]


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
        self.blocks: list[_Block] = []
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
                table.span = (_span(said, "colspan"), _span(said, "rowspan"))
            return True
        if table.span is not None:
            self.runs.append(Run(Mark.PLAIN, " "))
        return tag in TABLE or table.span is not None

    def _end_cell(self) -> None:
        if self.table is not None and self.table.span is not None:
            held, self.runs = self.runs, []
            self.table.put(_typed(list(_merged(held)), is_one_line=True))

    def _end_block(self, tag: str) -> None:
        table = self.table
        if table is not None and tag == "table":
            table.depth -= 1
            if not table.depth:
                self.end_table()
        elif table is not None and table.depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()
            if tag == "tr" and table.rows:
                table.fill()
        elif table is not None and table.span is not None:
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
        """Keep the table that was read, if any; what is too small for one as lines."""
        self._end_cell()
        self.end_block()
        table, self.table = self.table, None
        rows = table.whole if table else []
        if len(rows) > 1 and len(rows[0]) > 1:
            self.blocks.append(_Block(Kind.TABLE, 0, 0, rows=rows))
            return
        for row in rows:
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
            self.blocks.append(_Block(kind, group, self.item, held))

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


def _span(said: dict[str, str], name: str) -> int:
    """How many columns or rows a cell takes; what no table of words has is one."""
    typed = said.get(name, "")
    return int(typed) if re.fullmatch(r"[1-9]\d?", typed, re.A) else 1


def _address(href: str) -> str:
    """The address of a link as the subset has it, or nothing."""
    address = "".join(ESCAPES.get(character, character) for character in href.strip())
    return address if ADDRESS.fullmatch(address) else ""


# ---- writing


def _written(blocks: list[_Block]) -> str:
    parts: list[str] = []
    before: _Block | None = None
    number = 0
    for block in blocks:
        goes_on = (
            before is not None
            and block.kind in LISTS
            and ((before.kind, before.group) == (block.kind, block.group))
        )
        number = number + 1 if goes_on else 1
        said = _said(block, number)
        if said:
            parts += ["\n" if goes_on else "\n\n", said]
            before = block
    return "".join(parts[1:])


def _said(block: _Block, number: int) -> str:
    if block.kind is Kind.TABLE:
        return format_table(block.rows)
    is_one_line = block.kind in LISTS or block.kind is Kind.HEADING
    text = _typed(list(_merged(block.runs)), is_one_line)
    if not text:
        return ""
    match block.kind:
        case Kind.HEADING:
            return f"### {text}"
        case Kind.LIST:
            return f"- {text}"
        case Kind.NUMBERED:
            return f"{min(number, 9999)}. {text}"
        case Kind.QUOTE:
            return "\n".join(f"> {line}" if line else "" for line in text.split("\n"))
    return text


def _merged(found: list[Run]) -> Iterator[Run]:
    """Runs with one mark and target in one."""
    held: Run | None = None
    for run in found:
        if held and (held.mark, held.target) == (run.mark, run.target):
            held = Run(run.mark, held.text + run.text, run.target)
        else:
            if held:
                yield held
            held = run
    if held:
        yield held


def _typed(found: list[Run], is_one_line: bool) -> str:
    """Runs as somebody would type them, with their marks where those read back."""
    marked = _tidy("".join(_mark(run) for run in found), is_one_line)
    if _words(runs(marked)) == _words(found):
        return marked
    return _tidy("".join(run.text for run in found), is_one_line)


def _words(found: Iterable[Run]) -> dict[Mark, list[str]]:
    """The words with each mark. What is plain may read as more than it was: a mark that
    somebody typed is one."""
    words: dict[Mark, list[str]] = {}
    for run in found:
        if run.mark in (Mark.STRONG, Mark.EMPHASIS, Mark.LINK) and run.text.strip():
            words.setdefault(run.mark, []).extend(run.text.split())
    return words


def _tidy(text: str, is_one_line: bool) -> str:
    text = re.sub(r"€\u00a0(?=\d)", "€ ", text)
    if is_one_line:
        text = text.replace("\n", " ")
    text = re.sub(r" {2,}", " ", text)
    text = re.sub(r"[ \u00a0]*\n[ \u00a0]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _mark(run: Run) -> str:
    """A run with its mark around the words: the space at its ends stays outside."""
    words = run.text.strip()
    if not words or run.mark is Mark.PLAIN:
        return run.text
    before, after = run.text.split(words, 1)
    if run.mark is Mark.LINK:
        words = SPACE.sub(" ", words)
        return f"{before}[{words}]({run.target}){after}" if len(words) <= 500 else run.text
    sign = "**" if run.mark is Mark.STRONG else "*"
    if "*" in words:
        return run.text
    return (
        before
        + "\n\n".join(f"{sign}{part.strip()}{sign}" for part in words.split("\n\n") if part.strip())
        + after
    )
