"""The form with which somebody accepts a finding of the checker."""

from __future__ import annotations

from django import forms


class AcceptForm(forms.Form):
    """Why a finding is all right as it is."""

    reason = forms.CharField(
        label="Reden",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Waarom het zo goed is, voor wie het plan later leest.",
        error_messages={"required": "Schrijf op waarom deze bevinding zo goed is."},
    )
