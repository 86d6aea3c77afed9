"""The step that makes a grant another amount."""

from __future__ import annotations

from django import forms

from funds.balance import Standing
from funds.ledger import change_grant
from funds.steps.form import StepForm
from municipalities.guard import guarded
from municipalities.models import User


class ChangeForm(StepForm):
    """Another amount for what was granted."""

    heading = "Beschikking wijzigen"
    lead = "Vul het nieuwe bedrag in van de regels die veranderen; laat de andere leeg."
    verb = "Wijzig de beschikking"
    nothing = "Er is niets beschikt dat nog kan veranderen."

    reason = forms.CharField(label="Reden", max_length=200)
    decision = forms.CharField(label="Besluit", max_length=200, required=False)

    def takes(self, standing: Standing) -> bool:
        return standing.is_changeable

    def act(self, by: User) -> str:
        said = {name: self.cleaned_data[name] for name in ("on", "reason", "decision")}
        with guarded():
            for standing, amount in self.typed.items():
                change_grant(standing.grant, amount, by=by, **said)
        return self._done("is nu beschikt")
