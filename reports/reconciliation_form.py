"""What the financial system paid, as a file or a paste."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from municipalities.fields import day_field
from reports.payment_rows import MOST_BYTES, PaymentFaults, read_payments, text_of

TOO_LARGE = f"Dit is groter dan {MOST_BYTES // 1_000_000} MB; neem een kortere periode."


class ReconciliationForm(forms.Form):
    """Rows to compare, as text; of a file the text comes in that field, so that it is
    there the next time."""

    file = forms.FileField(
        label="Bestand", required=False, help_text="Een csv of xlsx uit het financiële systeem."
    )
    text = forms.CharField(
        label="Of plak de rijen",
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        error_messages={"max_length": TOO_LARGE},
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="Met op de eerste rij de koppen kenmerk, datum en bedrag; andere kolommen mogen "
        "erbij staan.",
    )
    first = day_field(
        "Betalingen vanaf",
        required=False,
        help_text="Uit Penvoerder tellen alleen betalingen van deze dagen mee.",
    )
    last = day_field("Betalingen tot en met", required=False)

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("first") and said.get("last") and said["first"] > said["last"]:
            self.add_error("first", "De eerste dag ligt na de laatste; draai de twee om.")
        if self.errors:
            return said
        place = "file" if said["file"] else "text"
        try:
            if place == "file":
                said["text"] = self._kept(said["file"])
            if not said["text"].strip():
                raise PaymentFaults("Kies een bestand of plak de rijen; allebei zijn nu leeg.")
            said["rows"] = read_payments(said["text"])
        except PaymentFaults as faults:
            self.add_error(place, ValidationError(list(faults.sentences)))
        return said

    def _kept(self, file: Any) -> str:
        """The text of the file, and in the field of the text from now on."""
        if file.size > MOST_BYTES:
            raise PaymentFaults(TOO_LARGE)
        text = text_of(file.read())
        self.data = self.data.copy()
        self.data["text"] = text
        return text
