"""The step that makes a grant another amount."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms

from funds.balance import Standing
from funds.deciding import Effect, effect
from funds.ledger import change_all
from funds.models import ChangeRequest, Earmark
from funds.notation import format_euro
from funds.proposing import propose, seal
from funds.requesting import open_requests
from funds.shown_first import ShownFirst
from funds.steps.form import StepForm
from municipalities.models import User


class ChangeForm(ShownFirst, StepForm):
    """Another amount for what was granted; shown first where a second person decides."""

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
        if self.application.envelope.fund.four_eyes:
            self.lead += (
                " Gaat een bedrag omhoog, dan bevestigt een andere fondsbeheerder de hele "
                "wijziging; tot dan verandert er niets."
            )
            if self.application.proposals.open().exists():
                self.lead += (
                    " Er ligt al een voorstel op deze aanvraag: een verhoging kan pas als dat "
                    "bevestigd of ingetrokken is, en een verlaging kan het laten vervallen."
                )
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

    @property
    def waits_for_another(self) -> bool:
        """Whether a second person decides on it: where any amount goes up, on all of it."""
        goes_up = any(amount > (each.granted or 0) for each, amount in self.typed.items())
        return goes_up and self.application.envelope.fund.four_eyes

    @property
    def within(self) -> dict[Standing, Earmark]:
        """The earmarks that the grants were decided in; a change stays in them."""
        granted = ((each, each.grant) for each in self.typed)
        return {each: grant.earmark for each, grant in granted if grant and grant.earmark}

    def act(self, by: User) -> str:
        said = {name: self.cleaned_data[name] for name in ("on", "reason", "decision")}
        if self.waits_for_another:
            return self._propose(by, **said)
        amounts = {standing.line.pk: amount for standing, amount in self.typed.items()}
        change_all(self.application, amounts, by=by, **said)
        return self._done("is nu beschikt")

    @property
    def shows_first(self) -> bool:
        """What goes down is entered at once."""
        return False

    @property
    def seal(self) -> str:
        """The mark that the second person looks for."""
        return seal(self.effect) if isinstance(self.effect, Effect) else ""

    def _propose(self, by: User, **said: Any) -> str:
        """Nothing is proposed, and nothing said, before the effect was seen."""
        shown = effect(self.application, self.typed, on=said["on"], within=self.within)
        if not self.was_shown(shown):
            self.verb = "Stel dit voor"
            return ""
        propose(self.application, self.typed, shown=shown, within=self.within, by=by, **said)
        return "De wijziging is voorgesteld; een andere fondsbeheerder kan haar bevestigen."
