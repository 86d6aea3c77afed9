"""What people type about a version."""

from typing import Any

from django import forms

from workplans.models import PlanVersion


class VersionForm(forms.ModelForm):
    """The name under which the plan is kept, and why."""

    class Meta:
        model = PlanVersion
        fields = ("name", "reason")
        help_texts = {"name": "Zoals: na het overleg van 12 maart."}
        error_messages = {
            "name": {"required": "Geef de versie een naam, zoals: na het overleg van 12 maart."}
        }


class RestoreForm(forms.ModelForm):
    """Why the plan becomes what it was."""

    class Meta:
        model = PlanVersion
        fields = ("reason",)
        help_texts = {"reason": "Staat bij de nieuwe versie, voor wie het plan later leest."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = (
            "Schrijf op waarom u teruggaat, zoals: de nieuwe verdeling ging niet door."
        )
