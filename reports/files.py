"""Files that a reader takes along, and rows as one that a Dutch Excel opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Rendered:
    """A file: its bytes, media type and a Dutch name without spaces."""

    body: bytes
    media_type: str
    name: str


def rows_as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows below their headings, with a semicolon between and no formula among them.

    Without the mark in front a Dutch Excel takes the bytes for Windows-1252.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(map(harmless, row) for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def harmless(value: str) -> str:
    """Text that no spreadsheet takes for a formula; a number keeps its minus."""
    if value[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(value: str) -> bool:
    return value.removeprefix("-").replace(".", "", 1).isdecimal()
