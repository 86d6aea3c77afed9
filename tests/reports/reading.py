"""Documents read back as a person or a spreadsheet reads them: tables of a page, text
of a PDF, rows of a csv. Knows nothing of how they are made."""

from __future__ import annotations

import codecs
import csv
import io
import re
import subprocess
from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from django.http import HttpResponse
from lxml import html
from lxml.html import HtmlElement

from tests.reports.verapdf import need_command

NUMBER = re.compile(r"−?\d[\d.]*(?:,\d+)?")


def number(text: str) -> Decimal:
    """`−1.345.000` and `89,51%` as a number; the first in the text."""
    found = NUMBER.search(text)
    assert found, f"no number in {text!r}"
    return Decimal(found[0].replace("−", "-").replace(".", "").replace(",", "."))


def seen(element: HtmlElement) -> str:
    """What a screen reader gets of an element, with single spaces; a gap is set apart."""
    copy = html.fromstring(html.tostring(element, encoding="unicode"))
    for hidden in copy.xpath('.//*[@aria-hidden="true"]'):
        hidden.drop_tree()
    return re.sub(r"[\s\xa0]+", " ", " ".join(copy.itertext())).strip()


@dataclass(frozen=True)
class ReadTable:
    """A table of a page: texts by row heading and column heading.

    A row with several header cells is headed by all of them: `A6 ‘Gewoon thuis’`; the
    second of equal headings is told apart as `01-01-2020 (2)`.
    """

    caption: str
    headings: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]
    widths: frozenset[int]

    def cell(self, row: str, column: str) -> str:
        """The text of a cell; `row` may be the first word of its heading."""
        if row not in self.rows:
            (row,) = [heading for heading in self.rows if heading.startswith(f"{row} ")]
        return self.rows[row][self.headings.index(column)]

    def column(self, column: str) -> dict[str, str]:
        at = self.headings.index(column)
        return {row: cells[at] for row, cells in self.rows.items()}


def parse(page: bytes | str) -> HtmlElement:
    text = page.decode() if isinstance(page, bytes) else page
    return html.document_fromstring(text)


def words(response: HttpResponse) -> str:
    """All that a page says."""
    return seen(parse(response.content))


def tables(page: bytes | str) -> dict[str, ReadTable]:
    """Every table by its caption; a caption that occurs twice is a fault."""
    read = [_table(element) for element in parse(page).iter("table")]
    by_caption = {table.caption: table for table in read}
    assert len(by_caption) == len(read), "two tables have one caption"
    return by_caption


def _table(element: HtmlElement) -> ReadTable:
    rows: dict[str, tuple[str, ...]] = {}
    widths = set()
    for row in element.xpath("./tbody/tr"):
        cells = row.xpath("./th | ./td")
        said = " ".join(seen(cell) for cell in row.xpath("./th"))
        turn = sum(heading == said or heading.startswith(f"{said} (") for heading in rows)
        heading = f"{said} ({turn + 1})" if turn else said
        rows[heading] = tuple(seen(cell) for cell in cells)
        widths.add(len(cells))
    return ReadTable(
        caption=seen(element.find("caption")),
        headings=tuple(seen(cell) for cell in element.xpath("./thead/tr/th")),
        rows=rows,
        widths=frozenset(widths),
    )


def pdf_text(pdf: bytes) -> str:
    """The text of a PDF in the places where it stands on paper."""
    program = need_command("pdftotext", "poppler-utils")
    run = subprocess.run([program, "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()


def page_ends(opened: pikepdf.Pdf) -> list[tuple[str, ...]]:
    """Of each page the tags of what is read last on it, from the document inwards; a row
    that is a heading over others is a GroupRow, a caption below its matter a Source."""
    last: dict[tuple[int, int], tuple[str, ...]] = {}

    def read(element: pikepdf.Dictionary, path: tuple[str, ...]) -> None:
        for n, kid in enumerate(element.get("/K", [])):
            if not isinstance(kid, pikepdf.Dictionary):
                last[element.Pg.objgen] = path
            elif "/S" in kid:
                tag = _tag(kid)
                read(kid, (*path, "Source" if n and tag == "Caption" else tag))
            elif "/MCID" in kid:
                last[kid.Pg.objgen] = path

    read(opened.Root.StructTreeRoot, ())
    return [last[page.obj.objgen] for page in opened.pages]


def _tag(element: pikepdf.Dictionary) -> str:
    tag = str(element.S)[1:]
    cells = element.get("/K", []) if tag == "TR" else []
    is_group = len(cells) == 1 and int(cells[0].get("/A", {}).get("/ColSpan", 1)) > 1
    return "GroupRow" if is_group else tag


def pdf_row(text: str, after: str, heading: str) -> list[Decimal]:
    """The numbers beside a row heading, in the first such line below a caption. What
    stands to the left of the caption is beside the table and not of it."""
    lines = text.splitlines()
    found = [
        (n, re.search(rf"(?:^|  ) *({re.escape(after)})", line)) for n, line in enumerate(lines)
    ]
    starts = [(n, match.start(1)) for n, match in found if match]
    assert starts, f"{after!r} is not in the PDF"
    first, left = starts[0]
    for line in lines[first + 1 :]:
        before, is_there, behind = line[max(left - 2, 0) :].partition(heading)
        if is_there and len(before.split()) <= 1:
            return [number(part) for part in NUMBER.findall(behind)]
    raise AssertionError(f"{heading!r} does not stand below {after!r}")


def csv_cells(body: bytes) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Value and state by table, row and column, as Excel reads the file."""
    assert body.startswith(codecs.BOM_UTF8)
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == ["tabel", "rij", "kolom", "waarde", "toestand"]
    assert {len(row) for row in rows} == {5}
    return {(table, row, column): (value, state) for table, row, column, value, state in rows[1:]}
