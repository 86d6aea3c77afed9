"""What people type when they take a step with a plan."""

from typing import Any

from django import forms

from workplans.lifecycle import Step
from workplans.models import PlanStep


class StepForm(forms.ModelForm):
    """Why somebody takes a step that asks for a reason."""

    class Meta:
        model = PlanStep
        fields = ("reason",)
        help_texts = {"reason": "Staat in het verloop van het plan, voor wie het later leest."}

    def __init__(self, typed: Any, *, step: Step) -> None:
        super().__init__(typed)
        if not step.asks_reason:
            del self.fields["reason"]
            return
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = (
            "Schrijf op waarom u dit doet, zoals: het college vraagt om een andere verdeling."
        )
