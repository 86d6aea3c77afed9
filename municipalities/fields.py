"""Fields of forms that more than one app asks for."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

REQUIRED = "Kies een dag."
INVALID = "Schrijf de dag als jaar-maand-dag, zoals 2022-01-31."
FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)


def in_sight(day: datetime.date) -> None:
    """Refuse a day that nobody means: a year of two digits, or one that no term that is
    counted from it can pass."""
    if not FIRST <= day <= LAST:
        raise ValidationError(
            f"Kies een dag van {FIRST:%d-%m-%Y} tot en met {LAST:%d-%m-%Y}; kijk het jaar na."
        )


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
