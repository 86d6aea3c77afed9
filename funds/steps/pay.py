"""The step that pays."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from funds.balance import Standing
from funds.ledger import pay_all
from funds.models import GrantEntry
from funds.notation import format_euro
from funds.steps.form import StepForm
from municipalities.models import User

Kind = GrantEntry.Kind


class PayForm(StepForm):
    """A payment, spread over the lines."""

    heading = "Betalen"
    lead = "Vul in wat u per regel uitbetaalt; laat leeg wat u nu niet betaalt."
    verb = "Leg de betaling vast"
    nothing = "Er is niets beschikt dat nog betaald kan worden."

    kind = forms.ChoiceField(
        label="Soort betaling",
        choices=[(kind.value, kind.label.capitalize()) for kind in (Kind.ADVANCE, Kind.FINAL)],
    )
    reference = forms.CharField(
        label="Betalingskenmerk",
        max_length=60,
        help_text="Zoals in de financiële administratie; elk kenmerk kan één keer.",
    )

    def takes(self, standing: Standing) -> bool:
        return standing.payable > 0

    def says(self, standing: Standing) -> str:
        return f"{super().says(standing)}, nog te betalen {format_euro(standing.payable)}"

    def proposal(self, standing: Standing) -> Decimal | None:
        return standing.payable

    def act(self, by: User) -> str:
        said = {name: self.cleaned_data[name] for name in ("on", "kind", "reference")}
        pay_all({each.grant: amount for each, amount in self.typed.items()}, by=by, **said)
        return self._done("is als betaald vastgelegd")
