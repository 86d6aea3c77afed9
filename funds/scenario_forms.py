"""What a fund manager types about the scenarios of a round."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from funds.dated_forms import not_to_come
from funds.earmarks import EarmarkStanding
from funds.models import NamedOperations, RoundScenario
from funds.round_scenarios import OpenRound
from municipalities.fields import day_field


class NameForm(forms.ModelForm):
    """The name of a scenario, and for a new one what it begins with."""

    like = forms.ModelChoiceField(
        queryset=RoundScenario.objects.none(),
        label="Begin met de bewerkingen van",
        required=False,
        empty_label="Geen: een leeg scenario",
    )

    class Meta:
        model = RoundScenario
        fields = ("title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"title": "Zoals: alles evenveel lager."}
        error_messages = {"title": {"required": "Geef het scenario een naam."}}

    def __init__(self, *args: Any, others: QuerySet[NamedOperations], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["like"].queryset = others.order_by("number")
        if self.instance.pk:
            del self.fields["like"]

    def _post_clean(self) -> None:
        """Left to the service, which makes the row."""


class ChooseForm(forms.Form):
    """The day and the decision of a scenario that becomes decisions."""

    on = day_field("Datum")
    decision = forms.CharField(
        label="Besluit",
        max_length=200,
        required=False,
        help_text="Zoals het kenmerk van het besluit van het college.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.today = today

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"], self.today)


class WithinForm(forms.Form):
    """The earmark that each line would be granted in, of those of its own envelope."""

    def __init__(
        self,
        *args: Any,
        scenario: RoundScenario,
        found: OpenRound,
        earmarks: dict[int, list[EarmarkStanding]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {}
        for key, standing in found.lines.items():
            line = standing.line
            names = [each.earmark.name for each in earmarks[line.application.envelope_id]]
            if not names:
                continue
            self.keys[f"regel-{line.pk}"] = key
            self.fields[f"regel-{line.pk}"] = forms.ChoiceField(
                label=f"{key} {line.title}",
                choices=[("", "Geen oormerk"), *((name, name) for name in names)],
                initial=scenario.within.get(key, ""),
                required=False,
            )

    @property
    def within(self) -> dict[str, str]:
        """Name of the line to name of the earmark, of a valid form."""
        said = ((key, self.cleaned_data[name]) for name, key in self.keys.items())
        return {key: name for key, name in said if name}
