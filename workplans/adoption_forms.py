"""What people type about who decides, and what was decided."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from municipalities.fields import day_field
from municipalities.models import Municipality
from workplans.models import Adoption, BodyDecision, DecisionBody, PlanVersion, WorkPlan


class BodyForm(forms.ModelForm):
    """One body; what it decided makes that only its day and place can change."""

    due_on = day_field(
        "Uiterlijk op",
        required=False,
        help_text="Is die dag voorbij zonder besluit, dan staat het op uw start.",
    )

    class Meta:
        model = DecisionBody
        fields = ("kind", "name", "municipality", "role", "due_on")
        help_texts = {
            "name": "Zoals: gemeenteraad van Lisse.",
            "role": "Alleen wie besluit telt mee voor de meerderheid.",
        }
        error_messages = {
            "name": {"required": "Geef het orgaan een naam, zoals: gemeenteraad van Lisse."},
            "kind": {"required": "Kies een soort."},
        }

    def __init__(self, *args: Any, plan: WorkPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self.fields["kind"])
        municipality = self.fields["municipality"]
        municipality.queryset = (
            Municipality.objects.valid_on(plan.starts_on)
            .filter(memberships__region=plan.region)
            .order_by("sort_name")
        )
        municipality.empty_label = "Geen gemeente"
        if self.instance.pk and self.instance.decisions.exists():
            for name in ("kind", "name", "municipality", "role"):
                self.fields[name].disabled = True

    def validate_unique(self) -> None:
        """Left to the service, which knows the plan."""

    def validate_constraints(self) -> None:
        """Left to the service, which knows the plan."""


class AdoptionForm(forms.ModelForm):
    """Which version is put forward, and how many must agree."""

    class Meta:
        model = Adoption
        fields = ("version", "majority")
        labels = {"majority": "Hoeveel akkoord moeten zijn"}
        help_texts = {
            "version": "Alleen een besluit over deze versie telt.",
            "majority": (
                "Van de organen die besluiten. Ook wie het plan ter kennisname aannam of nog niets "
                "zei, telt in het geheel mee."
            ),
        }

    def __init__(self, *args: Any, plan: WorkPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.fields["version"]
        version.queryset = plan.versions.order_by("-number").defer("tree")
        version.empty_label = "Nog geen versie"


class DecisionForm(forms.ModelForm):
    """What a body decided, about which version and when."""

    dated_on = day_field("Besloten op")

    class Meta:
        model = BodyDecision
        fields = ("body", "version", "outcome", "dated_on", "condition", "reference")
        widgets = {"condition": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "condition": "Alleen bij akkoord onder voorwaarde.",
            "reference": "Zoals het nummer van het raadsbesluit.",
        }
        error_messages = {
            "body": {"required": "Kies wie besloot."},
            "version": {"required": "Kies de versie waarover is besloten."},
            "outcome": {"required": "Kies wat er is besloten."},
        }

    def __init__(
        self,
        *args: Any,
        plan: WorkPlan,
        asked: str,
        version: PlanVersion | None,
        on: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _ask(self.fields["outcome"])
        body, versions = self.fields["body"], self.fields["version"]
        body.queryset = plan.bodies.in_order()
        body.empty_label = versions.empty_label = "Kies"
        versions.queryset = plan.versions.order_by("-number").defer("tree")
        if asked.isascii() and asked.isdecimal():
            body.initial = int(asked[:9])
        versions.initial = version.pk if version else None
        self.fields["dated_on"].initial = on

    def _post_clean(self) -> None:
        """Left to the service, which makes the row."""


def _ask(field: Any) -> None:
    """Let the first choice say that one has to choose."""
    field.choices = [("", "Kies"), *((value, text) for value, text in field.choices if value)]
