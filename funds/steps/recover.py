"""The step that asks back what was paid too much."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from funds.balance import Standing
from funds.ledger import recover
from funds.notation import format_euro
from funds.steps.form import StepForm
from municipalities.guard import guarded
from municipalities.models import User


class RecoverForm(StepForm):
    """What was paid above the settled amount, asked back."""

    heading = "Terugvorderen"
    lead = "Vul in wat u per regel terugvordert van wat te veel is betaald."
    verb = "Vorder terug"
    nothing = "Er is nergens meer betaald dan vastgesteld."

    decision = forms.CharField(label="Besluit", max_length=200, required=False)

    def takes(self, standing: Standing) -> bool:
        return standing.recoverable > 0

    def says(self, standing: Standing) -> str:
        return f"Te veel betaald {format_euro(standing.recoverable)}"

    def proposal(self, standing: Standing) -> Decimal | None:
        return standing.recoverable

    def act(self, by: User) -> str:
        said = {name: self.cleaned_data[name] for name in ("on", "decision")}
        with guarded():
            for standing, amount in self.typed.items():
                recover(standing.grant, amount, by=by, **said)
        return self._done("is teruggevorderd")
