"""What the project leader says about making a version public, and about ending that."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from municipalities.fields import day_field
from workplans import lifecycle
from workplans.models import BodyDecision, PlanVersion, PublicationWithdrawal, WorkPlan

RETENTION_YEARS = 10
"""What the page proposes; no law gives one term for plans, so each plan has its own."""


class PublicationForm(forms.Form):
    """Which version becomes public, under which title, and for how long."""

    version = forms.ModelChoiceField(
        None,
        label="Versie",
        empty_label=None,
        error_messages={
            "required": "Kies een versie.",
            "invalid_choice": "Kies een versie van na het aanbieden; een concept wordt niet "
            "openbaar.",
        },
    )
    title = forms.CharField(
        label="Openbare titel",
        max_length=200,
        error_messages={"required": "Geef een titel, zoals die op het plan staat."},
    )
    adopted_on = day_field(
        "Vastgesteld op", required=False, help_text="Leeg: het plan is nog niet vastgesteld."
    )
    years = forms.IntegerField(
        label="Bewaartermijn in jaren",
        min_value=1,
        max_value=100,
        help_text=(
            "Daarna is het plan niet meer openbaar; er wordt niets vernietigd. Volg de "
            "selectielijst van uw gemeente."
        ),
        error_messages={"required": "Geef een aantal jaren, zoals 10."},
    )

    def __init__(self, *args: Any, plan: WorkPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = publishable(plan)
        self.fields["version"].label_from_instance = _choice_text
        self.fields["title"].initial = plan.title
        self.fields["years"].initial = RETENTION_YEARS
        self.fields["adopted_on"].initial = _adopted_on(plan)

    def retention_until(self, on: datetime.date) -> datetime.date:
        """The last day of the term that begins on a day."""
        year = on.year + self.cleaned_data["years"]
        day = 28 if (on.month, on.day) == (2, 29) else on.day
        return datetime.date(year, on.month, day)


class WithdrawalForm(forms.ModelForm):
    """Why a plan is no longer public."""

    class Meta:
        model = PublicationWithdrawal
        fields = ("reason",)
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": "Iedereen leest deze reden op de plaats van het plan."}
        error_messages = {
            "reason": {"required": "Schrijf op waarom u het plan intrekt, voor wie het zoekt."}
        }


def publishable(plan: WorkPlan) -> Any:
    """The versions that may become public, those of an adopted plan first."""
    return (
        plan.versions.filter(status__in=lifecycle.SUBMITTED)
        .defer("tree")
        .order_by("-status", "-number")
    )


def _choice_text(version: PlanVersion) -> str:
    status = lifecycle.LABELS[lifecycle.Status(version.status)].lower()
    return f"{version} ({status})"


def _adopted_on(plan: WorkPlan) -> datetime.date | None:
    """The day of the last decision, where the plan was adopted. At most one query."""
    if lifecycle.Status(plan.status) not in lifecycle.UNCHANGING:
        return None
    last = BodyDecision.objects.filter(body__plan=plan).newest_first().first()
    return last.dated_on if last else None
