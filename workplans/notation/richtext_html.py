"""Running text as HTML, for an editor, and HTML as running text: what Word, a mail or a
page puts on the clipboard keeps its structure as far as the subset has it, and loses the
rest. `to_text(to_html(text))` says what the text said. Neither fails on any text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from workplans.notation.richtext import Kind, Line, Mark, Piece, Run, read_text, runs

TAGS = {
    Kind.PARAGRAPH: ("<p>", "</p>"),
    Kind.HEADING: ("<h3>", "</h3>"),
    Kind.QUOTE: ("<blockquote><p>", "</p></blockquote>"),
}
LISTS = {Kind.LIST: "ul", Kind.NUMBERED: "ol"}


def to_html(text: str) -> str:
    """The HTML of a text: p, h3, blockquote, ul, ol, li, br, strong, em and a, no more.

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
    before, after = TAGS[piece.kind]
    return f"{before}{_line(piece.lines[0])}{after}"


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
    list, a row of a table a line. Word's lists and footnotes are known for what they are.
    """
    # Twice: what became text may read as structure, and is then laid out as that.
    return _text(to_html(_text(html)))


def _text(html: str) -> str:
    fragment = FRAGMENT.search(html)
    reader = _Reader()
    reader.feed(CONDITION.sub("", fragment[1] if fragment else html).replace("<![", "&lt;!["))
    reader.close()
    reader.end_block()
    return _written(reader.blocks)


@dataclass
class _Block:
    """A paragraph or an item. Items with one `group` are one list; what has one `item`
    stands in one of them."""

    kind: Kind
    group: int
    item: int
    runs: list[Run] = field(default_factory=list)


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
        self.unseen = self.quotes = self.cells = 0
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
            self._start_block(tag, SPACE.sub("", said.get("style", "")).lower())
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

    def _start_block(self, tag: str, style: str) -> None:
        if self._in_cell(tag):
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
        elif tag in ("td", "th"):
            self.cells += 1
        elif tag == "p" and "mso-list:" in style:
            self.of_word, self.label = True, ""
            self.item += 1

    def _in_cell(self, tag: str) -> bool:
        """Whether the cells of a row go on: they stand in one line."""
        if not self.cells or tag in ("tr", "table"):
            return False
        if any(run.text.strip() for run in self.runs):
            self.runs.append(Run(Mark.PLAIN, " | " if tag in ("td", "th") else " "))
        return True

    def _end_block(self, tag: str) -> None:
        if self.cells and tag not in ("tr", "table"):
            return
        self.end_block()
        if tag in ("ul", "ol"):
            self.lists = self.lists[:-1]
        elif tag == "blockquote":
            self.quotes = max(self.quotes - 1, 0)
        elif tag in HEADINGS:
            self.heading = ""
        elif tag in ("tr", "table"):
            self.cells = 0

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
