"""What a fund manager fills in to carry over what is left of an envelope."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from funds.carrying import Carrying, called, carry_over, free, later_envelopes
from funds.dated_forms import not_to_come
from funds.models import CarryOver, Envelope
from funds.money import EuroFormField
from funds.notation import format_euro
from municipalities.fields import day_field
from municipalities.models import User

RESERVE = "reserve"


class CarryForm(forms.Form):
    """Where what is left goes, and how much of it: first shown, then done as shown."""

    target = forms.ChoiceField(label="Naar")
    amount = EuroFormField(label="Bedrag")
    on = day_field("Datum", help_text="Vanaf deze dag telt het hier niet meer mee, en daar wel.")
    decision = forms.CharField(label="Besluit", max_length=200)
    reason = forms.CharField(
        label="Reden", max_length=120, help_text="Zoals: niet besteed in deze periode."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    proposed: Carrying | None = None

    def __init__(self, *args: Any, envelope: Envelope, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.envelope, self.today = envelope, on
        self.targets: dict[str, Envelope | None] = {
            str(each.pk): each for each in later_envelopes(envelope)
        }
        self.targets[RESERVE] = None
        left = free(envelope, on)
        self.fields["target"].choices = [
            (key, called(each).capitalize() if each is None else called(each))
            for key, each in self.targets.items()
        ]
        self.fields["amount"].initial = left
        self.fields["amount"].help_text = f"Er is hier nog {format_euro(left)} vrij."
        self.fields["on"].initial = on

    def clean_amount(self) -> Any:
        if self.cleaned_data["amount"].amount <= 0:
            raise ValidationError("Hevel meer dan nul over; vul dat bedrag in.")
        return self.cleaned_data["amount"]

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            target = self.targets[cleaned["target"]]
            amount, on = cleaned["amount"].amount, cleaned["on"]
            self.proposed = Carrying(self.envelope, target, amount, on)
            left = free(self.envelope, on)
            if amount > left:
                self.add_error(
                    "amount",
                    f"Op deze dag is hier nog {format_euro(left)} vrij; hevel hoogstens dat over.",
                )
            for fault in self.proposed.faults:
                self.add_error(None, fault)
        return cleaned

    @property
    def shows(self) -> Carrying | None:
        """What it would do; nothing where something is wrong."""
        return None if self.errors else self.proposed

    @property
    def has_changed_since(self) -> bool:
        """Whether it does something else than was shown before."""
        return bool(self.cleaned_data["seen"])

    def act(self, by: User) -> CarryOver | None:
        """Nothing is stored before what it does was seen."""
        if self.proposed is None or self.cleaned_data["seen"] != self.proposed.digest:
            return None
        said = self.cleaned_data
        return carry_over(self.proposed, reason=said["reason"], decision=said["decision"], by=by)
