"""Whether everybody may read what a fund granted."""

from __future__ import annotations

from typing import Any

from django import forms

from funds.models import Fund


class RegisterForm(forms.Form):
    """In the register or not."""

    SHOWN, HIDDEN = "ja", "nee"

    shown = forms.ChoiceField(
        label="Subsidieregister",
        widget=forms.RadioSelect,
        choices=[
            (SHOWN, "In het register: iedereen leest deze verleningen"),
            (HIDDEN, "Niet in het register"),
        ],
        error_messages={"required": "Kies of dit fonds in het register staat."},
    )

    def __init__(self, *args: Any, fund: Fund, **kwargs: Any) -> None:
        current = self.SHOWN if fund.is_in_register else self.HIDDEN
        super().__init__(*args, initial={"shown": current}, **kwargs)
