"""Forms of what is asked and granted, as people type it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from djmoney.money import Money

from funds.limits import RULE, Readers
from funds.models import ApplicationLine, EnvelopeMutation, FundRule
from funds.money import EuroFormField
from funds.notation import MINUS, Amount, NotationError, read_amount
from funds.services import AskedLine


class ApplicationLineForm(forms.ModelForm):
    """One line to ask for; its amount may also be PM or n.t.b."""

    asked = forms.CharField(
        label="Bedrag", max_length=200, help_text="Zoals € 1.250, PM, n.v.t. of n.t.b."
    )

    class Meta:
        model = ApplicationLine
        fields = ("code", "title")

    def clean_asked(self) -> Amount:
        try:
            return read_amount(self.cleaned_data["asked"])
        except NotationError as fault:
            raise ValidationError(fault.sentence, code=fault.code) from fault

    def asked_line(self) -> AskedLine:
        """What a valid form asks."""
        said = self.cleaned_data["asked"]
        return AskedLine(
            self.cleaned_data["code"], self.cleaned_data["title"], said.state, said.amount
        )


class ChangeFormField(EuroFormField):
    """An amount that may be below zero: it brings something up or down."""

    def clean(self, value: Any) -> Money | None:
        text = str(value or "").strip().replace("€", "").strip()
        is_down = text.startswith(("-", MINUS))
        read = super().clean(text.lstrip("-" + MINUS) if is_down else value)
        return -read if is_down and read is not None else read


class EnvelopeMutationForm(forms.ModelForm):
    """A later change of an envelope, with a minus where it goes down."""

    amount = ChangeFormField(
        label="Bedrag", required=False, help_text="Met een min ervoor als er ruimte af gaat."
    )

    class Meta:
        model = EnvelopeMutation
        fields = ("envelope", "dated_on", "amount", "reason", "decision", "condition")


class ReadForm(forms.ModelForm):
    """Typed texts of which the form fills in what they say; `readers` by field."""

    readers: Readers = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, read in self.readers.items():
            if name in cleaned:
                self._fill_in(name, cleaned[name], read)
        return cleaned

    def _fill_in(self, name: str, text: str, read: Any) -> None:
        try:
            values = read(text)
        except NotationError as fault:
            self.add_error(name, ValidationError(fault.sentence, code=fault.code))
            return
        for field, value in values.items():
            setattr(self.instance, field, value)


class RuleForm(ReadForm):
    """A rule with its limit as typed."""

    readers = RULE

    class Meta:
        model = FundRule
        fields = (
            "position",
            "code",
            "kind",
            "title",
            "text",
            "amount_text",
            "maximum_text",
            "share_text",
            "base",
            "applies_to",
            "figure",
            "severity",
            "source",
        )
