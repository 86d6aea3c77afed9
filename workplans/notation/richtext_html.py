"""Running text as HTML, for an editor, and HTML as running text: what Word, a mail or a
page puts on the clipboard keeps its structure as far as the subset has it, and loses the
rest. `to_text(to_html(text))` says what the text said. Neither fails on any text."""

from __future__ import annotations

from html import escape

from workplans.notation.richtext import Kind, Line, Mark, Piece, Run, read_text
from workplans.notation.richtext_blocks import written
from workplans.notation.richtext_reader import read_blocks

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
        head, *rows = (_row(row, is_head=not n) for n, row in enumerate(piece.rows))
        return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
    before, after = TAGS[piece.kind]
    return f"{before}{_line(piece.lines[0])}{after}"


def _row(row: tuple[Line, ...], *, is_head: bool) -> str:
    """A row; a heading without words is none."""
    cells = (
        f'<th scope="col"><p>{_line(cell)}</p></th>'
        if is_head and cell
        else f"<td><p>{_line(cell)}</p></td>"
        for cell in row
    )
    return f"<tr>{''.join(cells)}</tr>"


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


def to_text(html: str) -> str:
    """The text of any HTML, in the subset.

    Of marks on one word one stays: a link, else bold. Lists within lists become one
    list; of a table within a table the words stay. What is too small or too wide for a
    table is lines. Word's lists and footnotes are known for what they are.
    """
    # Twice: what became text may read as structure, and is then laid out as that.
    return _text(to_html(_text(html)))


def _text(html: str) -> str:
    return written(read_blocks(html))
