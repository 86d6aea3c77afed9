"""Payments as the financial system exports them: a file or a paste, read row by row."""

from __future__ import annotations

import csv
import datetime
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal

import tablib

from funds.notation import MINUS, NotationError, read_plain_amount
from municipalities.importing import CSV, HEADER_ROWS, XLSX, DayWidget, FileProblem, cell_text

MOST_BYTES = 1_000_000
MOST_ROWS = 2_000
MOST_FAULTS = 20
NAMES = {
    "kenmerk": (
        *("kenmerk", "betalingskenmerk", "betaalkenmerk", "referentie", "reference"),
        *("betalingsreferentie", "boekstuknummer", "boekstuk", "factuurnummer"),
    ),
    "datum": ("datum", "betaaldatum", "boekdatum", "boekingsdatum", "valutadatum", "date"),
    "bedrag": ("bedrag", "betaald bedrag", "boekbedrag", "betaald", "amount"),
}
"""Headings that are understood, the likeliest first; without signs, units and capitals."""

_UNIT = re.compile(r"\b(?:in|euro|eur)\b")
_MINUSES = ("-", MINUS)


class PaymentFaults(ValueError):
    """Rows that cannot be read; `sentences` are Dutch, with the number of the row."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(sentences)
        self.sentences = sentences


@dataclass(frozen=True)
class PaymentRow:
    """One row: a payment, or with a minus what was taken back."""

    reference: str
    day: datetime.date
    amount: Decimal


def text_of(body: bytes) -> str:
    """A file as text that `read_payments` reads: of a workbook the first sheet."""
    if not body.startswith(b"PK"):
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError:
            return body.decode("cp1252", errors="replace")
    try:
        sheet = XLSX().create_dataset(body)
    except FileProblem as fault:
        raise PaymentFaults(str(fault)) from None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError):
        raise PaymentFaults(
            "Dit werkblad kan niet worden gelezen; bewaar het als xlsx of csv en kies het opnieuw."
        ) from None
    rows = [sheet.headers or [], *sheet]
    return "\n".join("\t".join(map(_flat, row)) for row in rows)


def read_payments(text: str) -> list[PaymentRow]:
    """The rows below their headings, whatever the order of the columns. Empty rows are
    skipped. Raises `PaymentFaults` with a sentence per row."""
    sheet = _sheet(text)
    places = _places([cell_text(heading) for heading in sheet.headers or []])
    found, faults = [], []
    for number, row in enumerate(sheet, start=HEADER_ROWS + 1):
        cells = [cell_text(cell) for cell in row]
        if any(cells):
            try:
                found.append(_read(*(cells[place] for place in places)))
            except ValueError as fault:
                faults.append(f"Rij {number}: {fault}")
    if len(faults) > MOST_FAULTS:
        faults[MOST_FAULTS:] = [f"En nog {len(faults) - MOST_FAULTS} rijen die niet kloppen."]
    if faults:
        raise PaymentFaults(*faults)
    return found


def _sheet(text: str) -> tablib.Dataset:
    """Headings and rows; a row number is that of the text."""
    try:
        sheet = CSV().create_dataset(text.strip("\r\n"))
    except FileProblem as fault:
        raise PaymentFaults(str(fault)) from None
    except csv.Error:
        raise PaymentFaults(
            "Deze tekst is geen tabel; plak de rijen uit een werkblad, of kies een csv of xlsx."
        ) from None
    if len(sheet) > MOST_ROWS:
        raise PaymentFaults(
            f"Er staan {len(sheet)} rijen en wij vergelijken er hoogstens {MOST_ROWS} tegelijk; "
            "neem een kortere periode."
        )
    return sheet


def _places(headings: list[str]) -> list[int]:
    """Where reference, day and amount stand."""
    plain = [_plain(heading) for heading in headings]
    found = {
        wanted: next((plain.index(name) for name in names if name in plain), None)
        for wanted, names in NAMES.items()
    }
    missing = [wanted for wanted, place in found.items() if place is None]
    if missing:
        raise PaymentFaults(
            f"De kolom {' en de kolom '.join(missing)} ontbreekt; zet op de eerste rij de koppen "
            "kenmerk, datum en bedrag."
        )
    return [place for place in found.values() if place is not None]


def _plain(heading: str) -> str:
    """A heading without what only decorates it."""
    return " ".join(_UNIT.sub(" ", re.sub(r"[^a-z]+", " ", heading.lower())).split())


def _read(reference: str, day: str, amount: str) -> PaymentRow:
    """One row, or a ValueError whose text is a Dutch sentence."""
    if not reference:
        raise ValueError("er staat geen kenmerk; vul het in of verwijder de rij.")
    read = DayWidget().clean(day)
    if read is None:
        raise ValueError("er staat geen datum; schrijf bijvoorbeeld 05-03-2026.")
    return PaymentRow(" ".join(reference.split()), read, _amount(amount))


def _amount(text: str) -> Decimal:
    """An amount, with a minus before or behind it where it was taken back."""
    bare = text.replace("€", "").strip()
    try:
        if bare.startswith(_MINUSES):
            return -read_plain_amount(bare[1:])
        if bare.endswith(_MINUSES) and bare[-2:-1].isdecimal():
            return -read_plain_amount(bare[:-1])
        return read_plain_amount(text)
    except NotationError as fault:
        raise ValueError(fault.sentence) from None


def _flat(value: object) -> str:
    """A cell of a workbook on one line; what a formula left behind the cents goes."""
    if isinstance(value, float):
        value = round(value, 6)
    return " ".join(cell_text(value).split())
