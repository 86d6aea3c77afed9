"""Fields of forms that more than one app asks for."""

from typing import Any

from django import forms

REQUIRED = "Kies een dag."
INVALID = "Schrijf de dag als jaar-maand-dag, zoals 2022-01-31."


def day_field(
    label: str, *, missing: str = REQUIRED, invalid: str = INVALID, **options: Any
) -> forms.DateField:
    """A field for a day, as browsers and people write one; `missing` and `invalid` are
    what it says of no day and of another form."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": invalid},
        **options,
    )
