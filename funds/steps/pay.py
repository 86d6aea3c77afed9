"""The step that pays."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from funds.balance import Standing
from funds.calendar import Due, Part, open_dues
from funds.ledger import pay_all
from funds.models import GrantEntry
from funds.notation import format_euro
from funds.steps.form import StepForm
from municipalities.models import User

Kind = GrantEntry.Kind
BESIDE = "buiten"
"""What is chosen to pay something that is in no instalment."""


class PayForm(StepForm):
    """A payment, spread over the lines: that of an instalment, or beside the schedule.

    With a schedule the first instalment that is open is proposed, or the one that the
    address asks for.
    """

    heading = "Betalen"
    lead = "Vul in wat u per regel uitbetaalt; laat leeg wat u nu niet betaalt."
    verb = "Leg de betaling vast"
    nothing = "Er is niets beschikt dat nog betaald kan worden."

    instalment = forms.ChoiceField(label="Termijn", required=False)
    kind = forms.ChoiceField(
        label="Soort betaling",
        choices=[(kind.value, kind.label.capitalize()) for kind in (Kind.ADVANCE, Kind.FINAL)],
    )
    reference = forms.CharField(
        label="Betalingskenmerk",
        max_length=60,
        help_text="Zoals in de financiële administratie; elk kenmerk kan één keer.",
    )

    def __init__(self, *args: Any, application: Any, on: Any, wanted: str = "", **kwargs: Any):
        self.dues = {due.key: due for due in open_dues(application, on)}
        first = next(iter(self.dues), "")
        self.proposed = self.dues.get(wanted if wanted in self.dues or wanted == BESIDE else first)
        super().__init__(*args, application=application, on=on, wanted=wanted, **kwargs)
        if not self.dues:
            del self.fields["instalment"]
            return
        field = self.fields["instalment"]
        field.choices = [
            *((key, self._named(due)) for key, due in self.dues.items()),
            (BESIDE, "Buiten het betaalschema"),
        ]
        field.required = True
        field.initial = self.proposed.key if self.proposed else BESIDE
        field.help_text = (
            "De bedragen hieronder horen bij de termijn die hier eerst staat; kiest u een andere, "
            "vul dan andere bedragen in."
        )
        self.fields["kind"].help_text = "Bij een termijn telt de soort van die termijn."
        if self.proposed:
            self.fields["kind"].initial = self.proposed.kind

    def takes(self, standing: Standing) -> bool:
        return standing.payable > 0

    def says(self, standing: Standing) -> str:
        said = f"{super().says(standing)}, nog te betalen {format_euro(standing.payable)}"
        part = self._part(self.proposed, standing)
        return f"{said}, in deze termijn {format_euro(part.open)}" if part else said

    def proposal(self, standing: Standing) -> Decimal | None:
        """What is open of the instalment; without a schedule all that may be paid."""
        if not self.dues:
            return standing.payable
        part = self._part(self.proposed, standing)
        return part.open if part else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        asked = self.data.get("instalment", "")
        if "instalment" not in self.fields and asked not in ("", BESIDE):
            self.add_error(
                None,
                "De termijn die u betaalt, staat intussen niet meer open. Er is niets vastgelegd; "
                "kijk het betaalschema na.",
            )
        chosen = self._chosen
        for standing, amount in self.typed.items() if chosen else ():
            part = self._part(chosen, standing)
            most = part.open if part else Decimal(0)
            if amount > most:
                self.add_error(
                    self._name(standing),
                    f"Van deze termijn staat hier {format_euro(most)} open; betaal hoogstens dat, "
                    "of kies buiten het betaalschema.",
                )
        return cleaned

    def act(self, by: User) -> str:
        said = {name: self.cleaned_data[name] for name in ("on", "kind", "reference")}
        if self._chosen:
            said["kind"] = self._chosen.kind
        parts = {each: self._part(self._chosen, each) for each in self.typed}
        pay_all(
            {each.grant: amount for each, amount in self.typed.items()},
            instalments={each.grant: part.instalment for each, part in parts.items() if part},
            by=by,
            **said,
        )
        return self._done("is als betaald vastgelegd")

    @property
    def _chosen(self) -> Due | None:
        return self.dues.get(self.cleaned_data.get("instalment", ""))

    @staticmethod
    def _part(due: Due | None, standing: Standing) -> Part | None:
        """What of an instalment is open on a line."""
        parts = due.parts if due else ()
        return next(
            (
                part
                for part in parts
                if part.open and part.instalment.grant_id == (standing.grant and standing.grant.pk)
            ),
            None,
        )

    @staticmethod
    def _named(due: Due) -> str:
        return f"{due.kind.capitalize()} van {due.day:%d-%m-%Y}: nog {format_euro(due.open)}"
