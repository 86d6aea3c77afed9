"""The step that grants or refuses."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from funds.balance import Standing
from funds.deciding import effect
from funds.earmarks import earmark_standings
from funds.ledger import decide_all
from funds.models import Application, Earmark
from funds.proposing import propose
from funds.shown_first import ShownFirst
from funds.steps.form import StepForm
from funds.steps.provided import ProvidedForm
from municipalities.models import User


class DecideForm(ProvidedForm, ShownFirst, StepForm):
    """A decision, which is first shown with its effect and then taken as it was shown."""

    heading = "Beschikken"
    lead = (
        "Vul per regel in wat u beschikt. Leeg: u houdt de regel aan. Nul: u wijst haar af. "
        "Na het beschikken ligt het bedrag vast; u kunt het dan alleen nog wijzigen."
    )
    verb = "Beschik"
    nothing = "Over alle regels van deze aanvraag is al besloten, of zij is ingetrokken."

    decision = forms.CharField(label="Besluit", max_length=200, required=False)
    closing = ("starts_on", "ends_on", "obligations")

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.has_proposal = application.proposals.open().exists()
        super().__init__(*args, application=application, **kwargs)
        envelope = application.envelope
        if envelope.fund.four_eyes:
            self.verb = "Stel dit voor"
            self.lead += " Een andere fondsbeheerder bevestigt het; tot dan is er niets beschikt."
        if self.has_proposal:
            self.nothing = (
                "Er ligt een voorstel op deze aanvraag. Bevestig dat eerst, of trek het in."
            )
        found = earmark_standings([envelope], self.today)[envelope.pk]
        self.earmarks = {str(each.earmark.pk): each.earmark for each in found}
        if not self.earmarks:
            return
        choices = [("", "Geen oormerk"), *((key, row.name) for key, row in self.earmarks.items())]
        for standing in self.standings:
            self.fields[self._earmark(standing)] = forms.ChoiceField(
                label=f"{standing.line}: binnen oormerk", choices=choices, required=False
            )

    def names(self, standing: Standing) -> tuple[str, ...]:
        names = (self._name(standing), self._earmark(standing))
        return tuple(name for name in names if name in self.fields)

    @property
    def within(self) -> dict[Standing, Earmark]:
        """The earmark of each line that is decided in one, of a valid form."""
        chosen = ((each, self.cleaned_data.get(self._earmark(each))) for each in self.typed)
        return {each: self.earmarks[key] for each, key in chosen if key}

    @property
    def seal(self) -> str:
        """The mark of the effect, and of what goes with the decision."""
        effect = super().seal
        if not effect or not self.provided:
            return effect
        return hashlib.sha256(f"{effect} {self.provided}".encode()).hexdigest()

    def takes(self, standing: Standing) -> bool:
        is_withdrawn = hasattr(self.application, "withdrawal")
        return not (standing.is_decided or is_withdrawn or self.has_proposal)

    def says(self, standing: Standing) -> str:
        return f"Aangevraagd {standing.asked}"

    def proposal(self, standing: Standing) -> Decimal | None:
        return standing.asked.known if standing.asked.is_complete else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and self.provided and not any(self.typed.values()):
            raise ValidationError(
                "U wijst alles af, en bij een afwijzing hoort geen periode of verplichting; maak "
                "die leeg."
            )
        return cleaned

    def act(self, by: User) -> str:
        """Nothing is stored, and nothing said, before the effect was seen."""
        shown = effect(self.application, self.typed, on=self.cleaned_data["on"], within=self.within)
        if not self.was_shown(shown):
            return ""
        if self.application.envelope.fund.four_eyes:
            propose(
                self.application,
                self.typed,
                shown=shown,
                within=self.within,
                decision=self.cleaned_data["decision"],
                provided=self.provided,
                on=self.cleaned_data["on"],
                by=by,
            )
            return "Het besluit is voorgesteld; een andere fondsbeheerder kan het bevestigen."
        decide_all(
            self.application,
            {standing.line.pk: amount for standing, amount in self.typed.items()},
            decision=self.cleaned_data["decision"],
            answers=shown.answers,
            earmarks={standing.line.pk: earmark for standing, earmark in self.within.items()},
            provided=self.provided,
            on=self.cleaned_data["on"],
            by=by,
        )
        return self._done("is beschikt")

    @staticmethod
    def _earmark(standing: Standing) -> str:
        return f"regel-{standing.line.pk}-oormerk"
