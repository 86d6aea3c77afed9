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


def pdf_row(text: str, after: str, heading: str) -> list[Decimal]:
    """The numbers beside a row heading, in the first such line below a caption."""
    lines = text.splitlines()
    starts = [at for at, line in enumerate(lines) if line.strip().startswith(after)]
    assert starts, f"{after!r} is not in the PDF"
    for line in lines[starts[0] + 1 :]:
        before, found, behind = line.partition(heading)
        if found and len(before.split()) <= 1:
            return [number(part) for part in NUMBER.findall(behind)]
    raise AssertionError(f"{heading!r} does not stand below {after!r}")


def csv_cells(body: bytes) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Value and state by table, row and column, as Excel reads the file."""
    assert body.startswith(codecs.BOM_UTF8)
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == ["tabel", "rij", "kolom", "waarde", "toestand"]
    assert {len(row) for row in rows} == {5}
    return {(table, row, column): (value, state) for table, row, column, value, state in rows[1:]}
