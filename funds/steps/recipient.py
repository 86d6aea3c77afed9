"""The steps that a recipient takes as well: account for a grant, and ask for another."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms

from funds.balance import Standing
from funds.notation import format_euro
from funds.requesting import account, last_accounts, open_requests, request_changes
from funds.steps.form import StepForm
from municipalities.guard import guarded
from municipalities.models import User


class AccountForm(StepForm):
    """What was spent, line by line."""

    heading = "Verantwoorden"
    lead = (
        "Vul per regel in wat er is gerealiseerd en waaraan; laat leeg wat u nu niet verantwoordt. "
        "Verantwoordt u een regel opnieuw, dan telt de laatste."
    )
    verb = "Leg de verantwoording vast"
    nothing = "Er is niets beschikt dat nog verantwoord kan worden."
    by_recipient = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = last_accounts(self.application, self.today)
        for standing in self.standings:
            self.fields[self._name(standing)].label = f"{standing.line}: gerealiseerd"
            self.fields[self._text(standing)] = forms.CharField(
                label=f"{standing.line}: waaraan", max_length=500, required=False
            )
            if standing.grant and (last := before.get(standing.grant.pk)):
                field = self.fields[self._name(standing)]
                field.help_text += (
                    f"; verantwoord {format_euro(last.realised.amount)} op {last.dated_on:%d-%m-%Y}"
                )

    def names(self, standing: Standing) -> tuple[str, ...]:
        return (self._name(standing), self._text(standing))

    def takes(self, standing: Standing) -> bool:
        return standing.is_settleable

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for standing in self.standings:
            amount, text = (cleaned.get(name) for name in self.names(standing))
            if amount is not None and not text and self._text(standing) not in self.errors:
                spent = format_euro(amount.amount)
                self.add_error(self._text(standing), f"Vul ook in waaraan {spent} is besteed.")
            if text and amount is None and self._name(standing) not in self.errors:
                self.add_error(
                    self._name(standing), f"Vul ook in wat er op {standing.line} is gerealiseerd."
                )
        return cleaned

    def act(self, by: User) -> str:
        with guarded():
            for standing, amount in self.typed.items():
                text = self.cleaned_data[self._text(standing)]
                account(standing.grant, amount, text=text, on=self.cleaned_data["on"], by=by)
        return self._done("is verantwoord")

    @staticmethod
    def _text(standing: Standing) -> str:
        return f"regel-{standing.line.pk}-tekst"


class RequestForm(StepForm):
    """Other amounts than were granted, with one reason."""

    heading = "Wijziging vragen"
    lead = (
        "Vul het bedrag in dat u vraagt voor de regels die moeten veranderen; laat de andere leeg. "
        "De fondsbeheerder wijst uw verzoek toe of af."
    )
    verb = "Vraag de wijziging"
    icon = "send"
    nothing = (
        "Er is niets beschikt dat nog kan veranderen, of er ligt op elke regel al een verzoek."
    )
    by_recipient = True

    reason = forms.CharField(label="Reden", max_length=200)

    def takes(self, standing: Standing) -> bool:
        return (
            standing.is_settleable
            and standing.grant is not None
            and standing.grant.pk not in self.asked_before
        )

    @cached_property
    def asked_before(self) -> frozenset[int]:
        """Keys of the grants on which a request waits already."""
        return frozenset(open_requests(self.application))

    def act(self, by: User) -> str:
        said = {name: self.cleaned_data[name] for name in ("on", "reason")}
        request_changes(self.typed, by=by, **said)
        total = format_euro(sum(self.typed.values(), Decimal(0)))
        return f"Het verzoek is gedaan; u vraagt {total} in plaats van wat was beschikt."
