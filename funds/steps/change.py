"""The step that makes a grant another amount."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms

from funds.balance import Standing
from funds.ledger import change_grant
from funds.models import ChangeRequest
from funds.notation import format_euro
from funds.requesting import open_requests
from funds.steps.form import StepForm
from municipalities.guard import guarded
from municipalities.models import User


class ChangeForm(StepForm):
    """Another amount for what was granted."""

    heading = "Beschikking wijzigen"
    lead = "Vul het nieuwe bedrag in van de regels die veranderen; laat de andere leeg."
    verb = "Wijzig de beschikking"
    nothing = "Er is niets beschikt dat nog kan veranderen."
    asks_again = True

    reason = forms.CharField(label="Reden", max_length=200)
    decision = forms.CharField(label="Besluit", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = dict.fromkeys(request.reason for request in self.requests.values())
        self.fields["reason"].initial = "; ".join(reasons)[:200]

    @cached_property
    def requests(self) -> dict[int, ChangeRequest]:
        """What the recipient asks, by key of the grant; changing it answers that."""
        return open_requests(self.application)

    def asked(self, standing: Standing) -> ChangeRequest | None:
        return self.requests.get(standing.grant.pk) if standing.grant else None

    def says(self, standing: Standing) -> str:
        asked = self.asked(standing)
        wish = f", gevraagd {format_euro(asked.requested.amount)}" if asked else ""
        return super().says(standing) + wish

    def proposal(self, standing: Standing) -> Decimal | None:
        asked = self.asked(standing)
        return asked.requested.amount if asked else None

    def takes(self, standing: Standing) -> bool:
        return standing.is_changeable

    def act(self, by: User) -> str:
        said = {name: self.cleaned_data[name] for name in ("on", "reason", "decision")}
        with guarded():
            for standing, amount in self.typed.items():
                change_grant(standing.grant, amount, by=by, **said)
        return self._done("is nu beschikt")
