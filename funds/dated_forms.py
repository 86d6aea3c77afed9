"""Forms that ask for little more than a day and why."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from municipalities.fields import day_field, in_sight


def not_to_come(day: datetime.date, today: datetime.date) -> datetime.date:
    """The day, unless it is still to come: what is entered has happened. A slip of a key
    would otherwise be of a day that no correction can come before."""
    if day > today:
        raise ValidationError("Deze dag moet nog komen; vul de dag in waarop het is gebeurd.")
    return day


class CorrectForm(forms.Form):
    """Why an entry is taken back."""

    on = day_field("Datum")
    reason = forms.CharField(
        label="Reden", max_length=200, help_text="Zoals: verkeerd bedrag, of dubbel ingevoerd."
    )

    def __init__(self, *args: Any, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = self.fields["on"].initial = on

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"], self.today)


class RefuseForm(forms.Form):
    """Why a request is refused."""

    reason = forms.CharField(
        label="Reden",
        max_length=200,
        help_text="Wie het vroeg, leest dit op de pagina van de aanvraag.",
    )


class OutcomeForm(forms.Form):
    """What came of an obligation; `choices` are what can come of it now."""

    outcome = forms.ChoiceField(
        label="Uitkomst",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er van de verplichting kwam."},
    )
    on = day_field("Datum")
    note = forms.CharField(
        label="Toelichting",
        max_length=500,
        help_text="Waaruit het blijkt, of waarom; zoals: verslag ontvangen, kenmerk 2021-118.",
    )

    def __init__(
        self, *args: Any, choices: Sequence[tuple[str, str]], on: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = self.fields["on"].initial = on
        self.fields["outcome"].choices = choices

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"], self.today)


class CompletionForm(forms.Form):
    """What is missing in an application, and by which day that has to come."""

    on = day_field("Gevraagd op")
    due_on = day_field("Aanvullen uiterlijk op", validators=[in_sight])
    text = forms.CharField(
        label="Wat er ontbreekt", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = self.fields["on"].initial = on

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"], self.today)


class AnsweredForm(forms.Form):
    """On which day an application was completed."""

    on = day_field("Aangevuld op")

    def __init__(self, *args: Any, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = self.fields["on"].initial = on

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"], self.today)


class CloseForm(forms.Form):
    """Up to which day the years of a fund are closed."""

    until = day_field("Afsluiten tot en met", help_text="Meestal 31 december.")

    def __init__(self, *args: Any, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = on

    def clean_until(self) -> datetime.date:
        if self.cleaned_data["until"] > self.today:
            raise ValidationError(
                "Deze dag moet nog komen, en afsluiten kan niet ongedaan worden gemaakt; kies een "
                "dag die is geweest."
            )
        return self.cleaned_data["until"]
