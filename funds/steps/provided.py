"""The fields of what goes with a decision beside its amounts: a period and obligations."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from funds.clauses import Clause, ClauseError, Provided, read_clauses
from municipalities.fields import day_field, in_sight


class ProvidedForm(forms.Form):
    """A period and obligations, one on a line; all of it may stay empty."""

    starts_on = day_field("Voor de periode van", required=False, validators=[in_sight])
    ends_on = day_field("Tot en met", required=False, validators=[in_sight])
    obligations = forms.CharField(
        label="Verplichtingen",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=(
            "Eén per regel; een dag erachter mag: Lever het verslag in, vóór 01-05-2021. Een regel "
            "die begint met “Voorwaarde:” legt een voorwaarde op."
        ),
    )

    def clean_obligations(self) -> tuple[Clause, ...]:
        try:
            return read_clauses(self.cleaned_data["obligations"])
        except ClauseError as fault:
            raise ValidationError(str(fault)) from fault

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if not {"starts_on", "ends_on"} & set(self.errors):
            if (first is None) != (last is None):
                name = "starts_on" if first is None else "ends_on"
                self.add_error(name, "Vul beide dagen van de periode in, of geen van beide.")
            elif first is not None and last is not None and last < first:
                self.add_error("ends_on", "De periode eindigt voor zij begint; draai de dagen om.")
        self._refuse_early(cleaned.get("on"))
        return cleaned

    @property
    def provided(self) -> Provided:
        """What was typed, of a valid form."""
        return Provided(
            self.cleaned_data["starts_on"],
            self.cleaned_data["ends_on"],
            self.cleaned_data["obligations"],
        )

    def _refuse_early(self, on: datetime.date | None) -> None:
        clauses = self.cleaned_data.get("obligations", ())
        for clause in Provided(clauses=clauses).early(on) if on else ():
            self.add_error(
                "obligations",
                f"“{clause.text}” moet uiterlijk {clause.due_on:%d-%m-%Y}, en dat is voor de "
                f"beschikking van {on:%d-%m-%Y}; kies een latere dag.",
            )
