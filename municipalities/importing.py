"""What every import and export of a list shares: files, cells, rows and their faults.

A resource of an app names its columns; here is what a person would miss in the
library: Dutch sentences, dates and files as they are in the Netherlands, and a row
that is refused by the database named by its number.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from import_export import resources, results, widgets
from import_export.fields import Field
from import_export.formats import base_formats

from municipalities.guard import guarded
from municipalities.textfile import MAX_BYTES

DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEADER_ROWS = 1
MOST_UNPACKED = 10 * MAX_BYTES


class FileProblem(ValueError):
    """A file as a whole cannot be used; the text is a Dutch sentence."""


# ---- cells


def neutralised(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{text}" if text.lstrip("'").startswith(STARTS_A_FORMULA) else text


def restored(text: str) -> str:
    """The text that `neutralised` was given."""
    is_marked = text.startswith("'") and text.lstrip("'").startswith(STARTS_A_FORMULA)
    return text[1:] if is_marked else text


def cell_text(value: Any) -> str:
    """A cell as text: a spreadsheet gives numbers and dates where people typed them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float | Decimal):
        exact = Decimal(str(value))
        whole = exact == exact.to_integral_value()
        return f"{exact:.0f}" if whole else str(exact).replace(".", ",")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return restored(str(value).replace("\r\n", "\n").strip())


class TextWidget(widgets.Widget):
    """Text without spaces at its ends."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return cell_text(value)


class DayWidget(widgets.Widget):
    """A day, typed as 2026-03-05 or 05-03-2026, or a date of a spreadsheet."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime.date | None:
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        text = cell_text(value)
        if not text:
            return None
        for form in DATE_FORMATS:
            try:
                return datetime.datetime.strptime(text, form).date()  # noqa: DTZ007 (a day)
            except ValueError:
                continue
        raise ValueError(f"“{text}” is geen datum; schrijf bijvoorbeeld 05-03-2026 of 2026-03-05.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        if value is None:
            return ""
        return value if kwargs.get("force_native_type") else value.isoformat()


class WholeNumberWidget(widgets.Widget):
    """A whole number of zero or more, with or without points between thousands."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = cell_text(value)
        if not text:
            return None
        digits = text.replace(".", "")
        right_groups = f"{int(digits):,}".replace(",", ".") if digits.isdecimal() else None
        if text not in (digits, right_groups) or not digits.isascii() or right_groups is None:
            raise ValueError(f"“{text}” is geen heel getal; schrijf bijvoorbeeld 65978 of 65.978.")
        return int(digits)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        if value is None:
            return ""
        return value if kwargs.get("force_native_type") else str(value)


class ChoiceWidget(widgets.Widget):
    """One of the choices of a field, by its stored value or its label."""

    def __init__(self, choices: Iterable[tuple[str, Any]]) -> None:
        super().__init__()
        self.labels = {value: str(label) for value, label in choices}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = cell_text(value)
        for stored, label in self.labels.items():
            if text.lower() in (stored.lower(), label.lower()):
                return stored
        raise ValueError(f"“{text}” kennen wij niet; kies uit: {', '.join(self.labels.values())}.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.labels.get(value, "") if value else ""


class ReferenceWidget(widgets.Widget):
    """Another row, by its key. One query for each different key of an import."""

    def __init__(self, model: type[models.Model], field: str, *, advice: str) -> None:
        super().__init__()
        self.model, self.field, self.advice = model, field, advice

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> models.Model | None:
        text = cell_text(value)
        if not text:
            return None
        found = self.model._default_manager.filter(**{self.field: text}).first()
        if found is None:
            raise ValueError(f"{text} kennen wij niet; {self.advice}.")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return getattr(value, self.field) if value is not None else ""


def column(heading: str, attribute: str, widget: widgets.Widget | None = None, **kwargs: Any):
    """A column of a list under its Dutch heading."""
    return Field(attribute=attribute, column_name=heading, widget=widget or TextWidget(), **kwargs)


# ---- files


class _Sheet:
    """A format whose cells are neutralised, and keep their type, on the way out."""

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> Any:
        safe = tablib.Dataset(headers=dataset.headers)
        for row in dataset:
            safe.append([neutralised(c) if isinstance(c, str) else c for c in row])
        return super().export_data(safe, **kwargs)  # type: ignore[misc]

    def _escape_formulae(self, dataset: tablib.Dataset) -> None:
        """Done above: the library's way drops the sign and turns numbers into text."""


def _unpacked(in_stream: bytes) -> io.BytesIO:
    """A workbook, once what it holds is known to be of a size that we read."""
    stream = io.BytesIO(in_stream)
    with zipfile.ZipFile(stream) as parts:
        size = sum(part.file_size for part in parts.infolist())
    if size > MOST_UNPACKED:
        raise FileProblem(
            f"Het werkblad is uitgepakt groter dan {MOST_UNPACKED // 1_000_000} MB; deel het op."
        )
    stream.seek(0)
    return stream


def _table(rows: Sequence[Sequence[Any]]) -> tablib.Dataset:
    """Headings and rows of a file; empty rows at the end are not there."""
    filled = [list(row) for row in rows]
    while filled and not any(cell not in (None, "") for cell in filled[-1]):
        filled.pop()
    if len(filled) <= HEADER_ROWS:
        raise FileProblem(
            "Er staan geen rijen in het bestand; zet op de eerste rij de koppen en daaronder de "
            "gegevens."
        )
    headers = [cell_text(cell) for cell in filled[0]]
    while headers and not headers[-1]:
        headers.pop()
    dataset = tablib.Dataset(headers=headers)
    for number, row in enumerate(filled[HEADER_ROWS:], start=HEADER_ROWS + 1):
        if any(cell not in (None, "") for cell in row[len(headers) :]):
            raise FileProblem(
                f"Rij {number} heeft meer cellen dan er koppen zijn; zet boven elke kolom een kop."
            )
        dataset.append([*row, *[""] * len(headers)][: len(headers)])
    return dataset


class CSV(_Sheet, base_formats.CSV):
    """Semicolons, as Dutch spreadsheets expect; commas and tabs are read as well."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        text = in_stream.decode("utf-8-sig") if isinstance(in_stream, bytes) else in_stream
        first = text.partition("\n")[0]
        delimiter = max(";,\t", key=first.count)
        return _table(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> Any:
        return super().export_data(dataset, delimiter=";", **kwargs)


class XLSX(_Sheet, base_formats.XLSX):
    """The first sheet of a workbook; of a formula its value."""

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        import openpyxl  # slow to load, and needed here only

        book = openpyxl.load_workbook(_unpacked(in_stream), read_only=True, data_only=True)
        return _table(list(book.worksheets[0].iter_rows(values_only=True)))


class ODS(_Sheet, base_formats.TablibFormat):
    """The first sheet. The library's own class reads these bytes as text and fails."""

    TABLIB_MODULE = "tablib.formats._ods"
    CONTENT_TYPE = base_formats.ODS.CONTENT_TYPE

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        read = tablib.Dataset()
        read.load(_unpacked(in_stream), format="ods", headers=False)
        return _table([list(row) for row in read])


FORMATS = [CSV, XLSX, ODS]
TYPED_FORMATS = (XLSX, ODS)


# ---- rows


class ListDiff(resources.Diff):
    """What a row changes, without styles that the page would refuse."""

    def as_html(self) -> list[SafeString]:
        return [self._cell(old, new) for old, new in zip(self.left, self.right, strict=True)]

    def _cell(self, old: Any, new: Any) -> SafeString:
        if old == new:
            return format_html("{}", new)
        if self.new or not old:
            return format_html("<ins>{}</ins>", new)
        return format_html("<del>{}</del> <ins>{}</ins>", old, new)


class ListResult(results.Result):
    """What an import came to; rows are numbered as in the file, headings included."""

    @property
    def is_refused(self) -> bool:
        return bool(self.has_errors() or self.has_validation_errors())

    @property
    def changes_nothing(self) -> bool:
        return not self.is_refused and len(self.valid_rows()) == self.totals["skip"]

    @property
    def summary(self) -> str:
        """Counts of what was stored, or is about to be; never of a refused file."""
        if self.is_refused:
            return "Er is niets opgeslagen."
        if self.changes_nothing:
            return "Dit bestand verandert niets: alles stond er al zo."
        new, changed, same = (self.totals[kind] for kind in ("new", "update", "skip"))
        return f"{new} nieuw, {changed} gewijzigd, {same} ongewijzigd."

    @property
    def faults(self) -> list[tuple[int, str, str]]:
        """Number of the row in the file, heading of the column, Dutch sentence."""
        return [
            (row.number + HEADER_ROWS, "" if name == NON_FIELD_ERRORS else name, sentence)
            for row in self.invalid_rows
            for name, sentences in row.error_dict.items()
            for sentence in sentences
        ] + [
            (row.number + HEADER_ROWS, "", str(fault.error))
            for row in self.error_rows
            for fault in row.errors
        ]


class ListResource(resources.ModelResource):
    """A list by natural key: validated, and not touched where it is already so.

    A subclass declares its columns with `column` and gives `import_id_fields`. Rows are
    saved one by one, for each refusal must name its row; about six queries a row.
    """

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seen: dict[tuple[str, ...], int] = {}

    @classmethod
    def get_result_class(cls) -> type[ListResult]:
        return ListResult

    @classmethod
    def get_diff_class(cls) -> type[ListDiff]:
        return ListDiff

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Refuse a file whose headings are not ours; no row is looked at then."""
        fault = self._heading_fault(dataset.headers or [])
        if fault:
            headers = dataset.headers
            dataset.wipe()
            dataset.headers = headers
            raise FileProblem(fault)

    def _heading_fault(self, headers: list[str]) -> str:
        known = [field.column_name for field in self.get_import_fields()]
        keys = [self.fields[name].column_name for name in self.get_import_id_fields()]
        for heading in headers:
            if heading not in known:
                return f"De kolom “{heading}” kennen wij niet; bekend zijn: {', '.join(known)}."
            if headers.count(heading) > 1:
                return f"De kolom “{heading}” staat er twee keer; laat er één staan."
        missing = [heading for heading in keys if heading not in headers]
        return f"De kolom “{missing[0]}” ontbreekt; voeg die toe." if missing else ""

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        key = tuple(
            cell_text(row[self.fields[name].column_name]) for name in self.get_import_id_fields()
        )
        number = kwargs["row_number"] + HEADER_ROWS
        first = self.seen.setdefault(key, number)
        if first != number:
            raise ValidationError(
                f"{' '.join(filter(None, key))} staat ook op rij {first}; laat er één staan."
            )

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Any:
        try:
            return super().get_instance(instance_loader, row)
        except ValueError:
            return None  # a key that cannot be read: said with the other cells

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        with guarded():
            super().save_instance(instance, is_create, row, **kwargs)

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Any:
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error is not None:
            result.validation_error = self._by_heading(result.validation_error)
        return result

    def _by_heading(self, error: ValidationError) -> ValidationError:
        """The same faults under the headings of the file."""
        headings = {field.attribute: field.column_name for field in self.fields.values()}
        by_field = error.update_error_dict({})
        return ValidationError({headings.get(name, name): said for name, said in by_field.items()})
