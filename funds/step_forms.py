"""The steps of a fund manager as forms: an amount for each line that the step is about."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from funds.balance import Standing, standings
from funds.deciding import Effect, effect
from funds.earmarks import earmark_standings
from funds.ledger import change_grant, decide_all, pay_all, recover, settle
from funds.models import Application, Earmark, GrantEntry
from funds.money import EuroFormField
from funds.notation import format_euro
from funds.proposing import propose
from municipalities.fields import day_field
from municipalities.guard import guarded
from municipalities.models import User

Kind = GrantEntry.Kind


def not_to_come(day: datetime.date, today: datetime.date) -> datetime.date:
    """The day, unless it is still to come: what is entered has happened. A slip of a key
    would otherwise be of a day that no correction can come before."""
    if day > today:
        raise ValidationError("Deze dag moet nog komen; vul de dag in waarop het is gebeurd.")
    return day


class StepForm(forms.Form):
    """One step on the lines of an application. A line whose amount stays empty is left
    as it is; what is typed is entered whole or not at all."""

    heading: ClassVar[str]
    lead: ClassVar[str]
    verb: ClassVar[str]
    icon: ClassVar[str] = "check"
    nothing: ClassVar[str]

    on = day_field("Datum")

    def __init__(self, *args: Any, application: Application, on: datetime.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.application = application
        self.today = on
        self.fields["on"].initial = on
        lines = application.lines.order_by("position")
        found = standings(lines, datetime.date.max)
        self.standings = [standing for standing in found if self.takes(standing)]
        for standing in self.standings:
            self.fields[self._name(standing)] = EuroFormField(
                label=str(standing.line),
                required=False,
                help_text=self.says(standing),
                initial=self.proposal(standing),
            )

    @abstractmethod
    def takes(self, standing: Standing) -> bool:
        """Whether the step can be taken on this line now."""

    def says(self, standing: Standing) -> str:
        """What somebody has to know to fill in the amount."""
        return f"Beschikt {format_euro(standing.granted or Decimal(0))}"

    def proposal(self, standing: Standing) -> Decimal | None:
        """What stands in the field beforehand."""
        return None

    @abstractmethod
    def act(self, by: User) -> str:
        """Enter what was typed; the sentence that tells what was done."""

    @property
    def shows_first(self) -> bool:
        """Whether sending the form only shows what the step would do."""
        return False

    @property
    def lines(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each line, line by line."""
        return ([self[name] for name in self.names(each)] for each in self.standings)

    def names(self, standing: Standing) -> tuple[str, ...]:
        """The fields of one line."""
        return (self._name(standing),)

    @property
    def other_fields(self) -> Iterator[forms.BoundField]:
        """What is asked once."""
        return (field for field in self if not field.name.startswith("regel-"))

    @property
    def typed(self) -> dict[Standing, Decimal]:
        """The amount of every line that has one, of a valid form."""
        found = {}
        for standing in self.standings:
            money = self.cleaned_data.get(self._name(standing))
            if money is not None:
                found[standing] = money.amount
        return found

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_gone()
        if not self.errors and not self.typed:
            raise ValidationError(
                "Er staat nergens een bedrag; vul er bij minstens één regel een in."
            )
        return cleaned

    def _refuse_gone(self) -> None:
        """What was typed for a line on which the step cannot be taken any more would be
        lost in silence, and the rest entered without it."""
        gone = [
            f"{line.code or line.title}: {typed[:40]}"
            for line in self.application.lines.order_by("position")
            if (typed := self.data.get(f"regel-{line.pk}", "").strip())
            and f"regel-{line.pk}" not in self.fields
        ]
        if gone:
            self.add_error(
                None,
                "Intussen is er iets veranderd, en kan deze stap niet meer op een regel waarvoor u "
                f"een bedrag typte ({'; '.join(gone)}). Er is niets vastgelegd; kijk de aanvraag "
                "na.",
            )

    @staticmethod
    def _name(standing: Standing) -> str:
        return f"regel-{standing.line.pk}"

    def _done(self, what: str) -> str:
        total = format_euro(sum(self.typed.values(), Decimal(0)))
        count = len(self.typed)
        return f"{total} {what}, op {'1 regel' if count == 1 else f'{count} regels'}."


class DecideForm(StepForm):
    """A decision, which is first shown with its effect and then taken as it was shown."""

    heading = "Beschikken"
    lead = (
        "Vul per regel in wat u beschikt. Leeg: u houdt de regel aan. Nul: u wijst haar af. "
        "Na het beschikken ligt het bedrag vast; u kunt het dan alleen nog wijzigen."
    )
    verb = "Beschik"
    nothing = "Over alle regels van deze aanvraag is al besloten, of zij is ingetrokken."

    decision = forms.CharField(label="Besluit", max_length=200, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    effect: Effect | None = None
    has_changed_since = False
    """Whether the effect is another one than was shown before."""

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
    def shows_first(self) -> bool:
        return self.effect is None or bool(self.errors)

    def takes(self, standing: Standing) -> bool:
        is_withdrawn = hasattr(self.application, "withdrawal")
        return not (standing.is_decided or is_withdrawn or self.has_proposal)

    def says(self, standing: Standing) -> str:
        return f"Aangevraagd {standing.asked}"

    def proposal(self, standing: Standing) -> Decimal | None:
        return standing.asked.known if standing.asked.is_complete else None

    def act(self, by: User) -> str:
        """Nothing is stored, and nothing said, before the effect was seen."""
        self.effect = effect(
            self.application, self.typed, on=self.cleaned_data["on"], within=self.within
        )
        if self.effect.faults:
            raise ValidationError(self.effect.faults)
        if self.cleaned_data["seen"] != self.effect.digest:
            self.has_changed_since = bool(self.cleaned_data["seen"])
            return ""
        if self.application.envelope.fund.four_eyes:
            propose(
                self.application,
                self.typed,
                shown=self.effect,
                within=self.within,
                decision=self.cleaned_data["decision"],
                on=self.cleaned_data["on"],
                by=by,
            )
            return "Het besluit is voorgesteld; een andere fondsbeheerder kan het bevestigen."
        decide_all(
            self.application,
            {standing.line.pk: amount for standing, amount in self.typed.items()},
            decision=self.cleaned_data["decision"],
            answers=self.effect.answers,
            earmarks={standing.line.pk: earmark for standing, earmark in self.within.items()},
            on=self.cleaned_data["on"],
            by=by,
        )
        return self._done("is beschikt")

    @staticmethod
    def _earmark(standing: Standing) -> str:
        return f"regel-{standing.line.pk}-oormerk"


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


class SettleForm(StepForm):
    """What is settled after the accountability; the rest of the grant is released."""

    heading = "Vaststellen"
    lead = (
        "Vul in wat u per regel vaststelt. Wat beschikt is en niet vastgesteld, valt vrij en is "
        "weer beschikbaar."
    )
    verb = "Stel vast"
    nothing = "Er is niets beschikt dat nog vastgesteld kan worden."

    ground = forms.CharField(
        label="Grond", max_length=200, help_text="Waarop u vaststelt, zoals: verantwoording 2020."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for standing in self.standings:
            self.fields[self._realised(standing)] = EuroFormField(
                label=f"{standing.line}: gerealiseerd", required=False
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
    def _realised(standing: Standing) -> str:
        return f"regel-{standing.line.pk}-gerealiseerd"


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


STEPS: dict[str, type[StepForm]] = {
    "beschikken": DecideForm,
    "wijzigen": ChangeForm,
    "betalen": PayForm,
    "vaststellen": SettleForm,
    "terugvorderen": RecoverForm,
}
"""Word of the address to form, in the order of the life of a grant."""


class CorrectForm(forms.Form):
    """Why an entry is taken back."""

    on = day_field("Datum")
    reason = forms.CharField(
        label="Reden", max_length=200, help_text="Zoals: verkeerd bedrag, of dubbel ingevoerd."
    )

    def __init__(self, *args: Any, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = self.fields["on"].initial = on

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"], self.today)


class CloseForm(forms.Form):
    """Up to which day the years of a fund are closed."""

    until = day_field("Afsluiten tot en met", help_text="Meestal 31 december.")

    def __init__(self, *args: Any, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = on

    def clean_until(self) -> datetime.date:
        if self.cleaned_data["until"] > self.today:
            raise ValidationError(
                "Deze dag moet nog komen, en afsluiten kan niet ongedaan worden gemaakt; kies een "
                "dag die is geweest."
            )
        return self.cleaned_data["until"]
