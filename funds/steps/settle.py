"""The step that settles after the accountability."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from funds.balance import Standing
from funds.ledger import settle
from funds.models import Accountability
from funds.money import EuroFormField
from funds.notation import format_euro
from funds.requesting import last_accounts
from funds.steps.form import StepForm
from municipalities.guard import guarded
from municipalities.models import User


class SettleForm(StepForm):
    """What is settled after the accountability; the rest of the grant is released."""

    heading = "Vaststellen"
    lead = (
        "Vul in wat u per regel vaststelt. Wat beschikt is en niet vastgesteld, valt vrij en is "
        "weer beschikbaar."
    )
    verb = "Stel vast"
    nothing = "Er is niets beschikt dat nog vastgesteld kan worden."
    asks_again = True

    ground = forms.CharField(
        label="Grond", max_length=200, help_text="Waarop u vaststelt, zoals: verantwoording 2020."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = last_accounts(self.application, self.today)
        for standing in self.standings:
            last = accounts.get(standing.grant.pk) if standing.grant else None
            self.fields[self._realised(standing)] = EuroFormField(
                label=f"{standing.line}: gerealiseerd",
                required=False,
                initial=last.realised.amount if last else None,
                help_text=self._accounted(standing, last),
            )
            self.fields[self._name(standing)].label = f"{standing.line}: vastgesteld"

    def names(self, standing: Standing) -> tuple[str, ...]:
        return (self._realised(standing), self._name(standing))

    def proposal(self, standing: Standing) -> Decimal | None:
        return standing.granted

    def takes(self, standing: Standing) -> bool:
        return standing.is_settleable

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for standing in self.standings:
            realised, settled = (cleaned.get(name) for name in self.names(standing))
            name = self._name(standing)
            if realised is not None and settled is None and name not in self.errors:
                self.add_error(
                    name,
                    f"Vul ook in wat u vaststelt op {standing.line}, of maak leeg wat er is "
                    "gerealiseerd.",
                )
        return cleaned

    def act(self, by: User) -> str:
        said = {name: self.cleaned_data[name] for name in ("on", "ground")}
        with guarded():
            for standing, amount in self.typed.items():
                realised = self.cleaned_data[self._realised(standing)]
                settle(
                    standing.grant,
                    amount,
                    realised=None if realised is None else realised.amount,
                    by=by,
                    **said,
                )
        return self._done("is vastgesteld")

    @staticmethod
    def _accounted(standing: Standing, last: Accountability | None) -> str:
        """What was accounted for, and how that differs from what was granted."""
        if last is None:
            return "Nog niet verantwoord"
        realised, granted = last.realised.amount, standing.granted or Decimal(0)
        said = f"Verantwoord {format_euro(realised)} op {last.dated_on:%d-%m-%Y}"
        if realised == granted:
            return f"{said}, net zoveel als beschikt"
        word = "minder" if realised < granted else "meer"
        return f"{said}, {format_euro(abs(granted - realised))} {word} dan beschikt"

    @staticmethod
    def _realised(standing: Standing) -> str:
        return f"regel-{standing.line.pk}-gerealiseerd"
