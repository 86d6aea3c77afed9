"""The form of a paste: a table, where it begins, and what each of its columns is."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms

from workplans.desk.matching import Table, chosen, match, table_of
from workplans.desk.page import Target
from workplans.desk.pasting import Pasting, paste
from workplans.notation.clipboard import (
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    read_html,
    read_text,
    write_text,
)
from workplans.notation.places import Places

NOTHING = "Hier staat geen tabel; kopieer de cellen in Excel, LibreOffice of Word en plak ze hier."
TOO_MANY = "Deze tabel heeft {rows} rijen; plak er hoogstens {most} tegelijk."
HEADINGS = (
    ("", "Zoek de koppen zelf op"),
    ("ja", "De eerste rij heeft de koppen"),
    ("nee", "Er zijn geen koppen"),
)


class PasteForm(forms.Form):
    """`tekst` is the table as text with tabs, `html` as a clipboard has it; once it was
    read it goes on as text. `gezien` marks what would change as somebody saw it."""

    tekst = forms.CharField(
        label="Tabel",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "wrap": "off"}),
        help_text="Kopieer de cellen in Excel, LibreOffice of Word, en plak ze hier met Ctrl + V.",
    )
    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    lijst = forms.CharField(required=False, widget=forms.HiddenInput)
    rij = forms.ChoiceField(label="Waar de tabel begint", required=False)
    kolom = forms.ChoiceField(label="Eerste kolom, als er geen koppen zijn", required=False)
    kop = forms.ChoiceField(label="Koppen", choices=HEADINGS, required=False)
    leeg = forms.BooleanField(label="Een lege cel haalt weg wat er stond", required=False)
    gezien = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, target: Target, places: Places, data: Any = None, initial: Any = None):
        super().__init__(data, initial=initial, auto_id="plak_%s")
        self.target, self.places = target, places
        self.is_chosen = False  # whether somebody chose what the columns are
        self.fields["rij"].choices = [
            ("", "Onder de laatste rij"),
            *((handle, f"Vanaf {name}") for handle, name in target.names.items()),
        ]
        self.fields["kolom"].choices = [(column.key, column.label) for column in target.columns]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        rows = self.read
        filled = sum(not row.is_empty for row in rows)
        if not filled:
            self.add_error("tekst", NOTHING)
        elif filled > MOST_ROWS + 1:
            sentence = TOO_MANY.format(rows=_counted(filled), most=_counted(MOST_ROWS))
            self.add_error("tekst", sentence)
        return data

    @cached_property
    def read(self) -> list[Row]:
        return read_html(self.cleaned_data.get("html", "")) or read_text(
            self.cleaned_data.get("tekst", "")
        )

    @cached_property
    def table(self) -> Table:
        headings = {"ja": True, "nee": False}.get(self.cleaned_data["kop"])
        return table_of(self.read, self.target.fields.values(), headings)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The column of each: as somebody chose, or else as it is matched."""
        width = len(self.table.headings)
        if "k0" in self.data:
            given = [str(self.data.get(f"k{n}", "")) for n in range(min(width, MOST_COLUMNS))]
            return chosen(given, self.target.fields, width)
        fields = list(self.target.fields.values())
        return match(self.table, self.target.columns, fields, self.cleaned_data["kolom"])

    @cached_property
    def pasting(self) -> Pasting:
        data = self.cleaned_data
        return paste(
            self.target, self.table, self.keys, self.places, start=data["rij"], clears=data["leeg"]
        )

    @property
    def is_as_seen(self) -> bool:
        return bool(self.cleaned_data["gezien"] == self.pasting.digest)

    def text(self) -> str:
        """The table to send on. What was in HTML is text from here; merged cells and
        headings between rows were seen then, and stay left out."""
        rows = [row.cells for row in self.read if not (row.is_heading and self._has_html)]
        return write_text(rows)

    @property
    def _has_html(self) -> bool:
        return bool(self.cleaned_data.get("html"))

    def again(self) -> PasteForm:
        """The form of the preview: with what was read, and a choice for each column."""
        data = {name: self.cleaned_data[name] for name in ("lijst", "rij", "kolom", "kop", "leeg")}
        shown = PasteForm(
            self.target,
            self.places,
            initial=data | {"tekst": self.text(), "gezien": self.pasting.digest},
        )
        shown.is_chosen = "k0" in self.data
        options = [("", "Laat weg"), *((f.key, f.label) for f in self.target.fields.values())]
        for n, (heading, key) in enumerate(zip(self.table.headings, self.keys, strict=True)):
            first = next((row[n] for row in self.table.rows if row[n]), "")
            label = heading or f"Kolom {n + 1}{f': {first[:30]}' if first else ''}"
            shown.fields[f"k{n}"] = forms.ChoiceField(
                label=label, choices=options, initial=key, required=False
            )
        return shown

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name[0] == "k" and name[1:].isdecimal()]


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
