"""What a fund manager fills in to move the reserve of a fund."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from funds.dated_forms import not_to_come
from funds.models import Fund, ReserveMovement
from funds.money import EuroFormField
from funds.moving import reserve_move
from funds.reserving import move_reserve
from funds.shown_first import ShownFirst
from municipalities.fields import day_field
from municipalities.models import User

Kind = ReserveMovement.Kind
KINDS = (
    (Kind.ADDITION.value, "Toevoeging"),
    (Kind.WITHDRAWAL.value, "Onttrekking"),
    (Kind.BEGIN.value, "Beginstand: wat er al was"),
)


class ReserveForm(ShownFirst):
    """One movement, its day, and why and by which decision it is made."""

    kind = forms.ChoiceField(label="Soort", choices=KINDS)
    amount = EuroFormField(label="Bedrag")
    on = day_field("Datum")
    reason = forms.CharField(label="Reden", max_length=200, help_text="Zoals: overschot van 2019.")
    decision = forms.CharField(
        label="Besluit", max_length=200, help_text="Zoals: raadsbesluit 2020-14."
    )

    def __init__(self, *args: Any, fund: Fund, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fund = fund
        self.today = self.fields["on"].initial = on

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"], self.today)

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"].amount
        if amount <= 0:
            raise ValidationError("Boek meer dan nul; vul dat bedrag in.")
        return amount

    def act(self, by: User) -> bool:
        """Enter it, if it does what was seen; whether it was entered."""
        said = dict(self.cleaned_data)
        amount, kind = said["amount"], said["kind"]
        sign = -1 if kind == Kind.WITHDRAWAL else 1
        effect = reserve_move(self.fund, sign * amount, name=said["reason"])
        if not self.was_shown(effect):
            return False
        del said["seen"]
        move_reserve(self.fund, **said, answers=effect.answers, by=by)
        return True
