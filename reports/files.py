"""Files that a reader takes along, and rows as one that a Dutch Excel opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile, ZipInfo

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


def zipped(files: Iterable[Rendered]) -> Iterator[bytes]:
    """The files as one zip, piece by piece: no more than one of them is in memory, and
    the same files give the same bytes."""
    outgoing = _Outgoing()
    with ZipFile(outgoing, "w") as archive:
        for file in files:
            archive.writestr(ZipInfo(file.name), file.body)
            yield outgoing.take()
    yield outgoing.take()


class _Outgoing(io.RawIOBase):
    """What was written since it was last taken; nobody can go back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._written += piece
        return len(piece)

    def take(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken
