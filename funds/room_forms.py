"""The room of a fund as forms: an envelope, a mutation, what came of one, a round."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from funds.forms import ChangeFormField
from funds.models import Earmark, Envelope, EnvelopeMutation, Fund, Round
from funds.moving import mutation_move
from funds.room import conclude, enter
from funds.shown_first import ShownFirst
from municipalities.fields import day_field
from municipalities.models import Region


class RoomForm(forms.ModelForm):
    """One row of the room of a fund, with the words of its page."""

    heading: ClassVar[str]
    lead: ClassVar[str] = ""
    verb: ClassVar[str]
    done: ClassVar[str]

    def act(self) -> bool:
        """Store what was typed; whether that was done, or only shown."""
        enter(self.instance)
        return True


class EnvelopeForm(RoomForm):
    """Room of a region; what stands fast afterwards is said above the form."""

    heading = "Ruimte toevoegen"
    lead = (
        "Regio, bedrag en datum staan daarna vast; een latere verandering legt u vast als "
        "bijstelling."
    )
    verb = "Voeg de ruimte toe"
    done = "De ruimte is toegevoegd."

    starts_on = day_field("Periode vanaf")
    ends_on = day_field("Periode tot en met")
    dated_on = day_field("Datum", help_text="Vanaf deze dag telt het bedrag mee.")

    class Meta:
        model = Envelope
        fields = ("region", "label", "amount", "dated_on", "starts_on", "ends_on", "decision")

    def __init__(self, *args: Any, fund: Fund, on: datetime.date, **kwargs: Any) -> None:
        row = Envelope(fund=fund, starts_on=fund.starts_on, ends_on=fund.ends_on, dated_on=on)
        super().__init__(*args, instance=row, **kwargs)
        self.fields["region"].queryset = Region.objects.order_by("name")
        self.fields["region"].empty_label = "Kies een regio"


class MutationForm(ShownFirst, RoomForm):
    """A later change of an envelope, also one that corrects an earlier slip."""

    heading = "Bijstellen"
    lead = (
        "Een bijstelling staat daarna vast. Was er een verkeerd? Stel dan het verschil bij, en "
        "schrijf dat als reden op."
    )
    verb = "Leg de bijstelling vast"
    done = "De bijstelling is vastgelegd."

    amount = ChangeFormField(
        label="Bedrag",
        required=False,
        help_text="Met een min ervoor als er ruimte af gaat. Leeg mag alleen met een voorwaarde.",
    )
    dated_on = day_field("Datum", help_text="Vanaf deze dag telt de bijstelling mee.")

    class Meta:
        model = EnvelopeMutation
        fields = ("amount", "dated_on", "reason", "decision", "condition")

    def __init__(self, *args: Any, envelope: Envelope, on: datetime.date, **kwargs: Any) -> None:
        row = EnvelopeMutation(envelope=envelope, dated_on=on)
        super().__init__(*args, instance=row, **kwargs)

    def act(self) -> bool:
        """Store it, if it does what was seen; what waits for a condition does nothing."""
        row = self.instance
        if row.condition or row.amount is None:
            return super().act()
        effect = mutation_move(row.envelope, row.amount.amount, name=row.reason)
        row.answers = effect.answers
        return self.was_shown(effect) and super().act()


class ConcludeForm(ShownFirst):
    """What came of a conditional mutation."""

    heading = "Voorwaarde afhandelen"
    lead = (
        "Is aan de voorwaarde voldaan? Vul dan in wat er vanaf nu meetelt. Ging de bijstelling "
        "niet door? Vul dan nul in. De voorwaardelijke bijstelling blijft staan, met deze erbij."
    )
    verb = "Handel de voorwaarde af"
    done = "De voorwaarde is afgehandeld."

    amount = ChangeFormField(label="Bedrag", help_text="Met een min ervoor als er ruimte af gaat.")
    on = day_field("Datum")
    reason = forms.CharField(
        label="Reden", max_length=200, help_text="Zoals: de raad heeft ermee ingestemd."
    )
    decision = forms.CharField(label="Besluit", max_length=200, required=False)

    def __init__(
        self, *args: Any, mutation: EnvelopeMutation, on: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"amount": mutation.amount, "on": on}, **kwargs)
        self.mutation = mutation

    def act(self) -> bool:
        """Enter the mutation that concludes it, if that does what was seen."""
        said = dict(self.cleaned_data)
        del said["seen"]
        amount = said.pop("amount").amount
        envelope = self.mutation.envelope
        effect = mutation_move(envelope, amount, name=said["reason"])
        if not self.was_shown(effect):
            return False
        conclude(self.mutation, amount, answers=effect.answers, **said)
        return True


class EnvelopeField(forms.ModelChoiceField):
    """An envelope by its region and period."""

    def label_from_instance(self, obj: Envelope) -> str:
        return f"{obj.region.name}, {obj.period_text}"


class EarmarkForm(RoomForm):
    """A part of an envelope that is meant for something."""

    heading = "Oormerk vastleggen"
    lead = (
        "Wat van het minimum nog niet is beschikt, blijft hiervoor vrij. Een oormerk staat daarna "
        "vast; vanaf een latere dag kan er iets anders gelden."
    )
    verb = "Leg het oormerk vast"
    done = "Het oormerk is vastgelegd."

    dated_on = day_field("Datum", help_text="Vanaf deze dag geldt het oormerk.")

    class Meta:
        model = Earmark
        fields = ("envelope", "name", "minimum", "maximum", "dated_on", "decision")
        field_classes = {"envelope": EnvelopeField}

    def __init__(self, *args: Any, fund: Fund, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, instance=Earmark(dated_on=on, minimum=None), **kwargs)
        envelopes = fund.envelopes.select_related("region")
        self.fields["envelope"].queryset = envelopes.order_by("region__name", "starts_on", "pk")
        self.fields["envelope"].empty_label = "Kies een ruimte"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        known = Earmark.objects.filter(envelope=cleaned.get("envelope"), name=cleaned.get("name"))
        if known.exists():
            self.add_error(
                "name",
                "Deze ruimte heeft al een oormerk met deze naam; wijzig dat, of kies een andere "
                "naam.",
            )
        return cleaned


class EarmarkChangeForm(RoomForm):
    """What holds for an earmark from a later day on."""

    heading = "Oormerk wijzigen"
    lead = "Tot de dag die u invult, blijft gelden wat er nu staat."
    verb = "Wijzig het oormerk"
    done = "Het oormerk is gewijzigd."

    dated_on = day_field("Datum", help_text="Vanaf deze dag geldt het nieuwe.")

    class Meta:
        model = Earmark
        fields = ("minimum", "maximum", "dated_on", "decision")

    def __init__(self, *args: Any, earmark: Earmark, on: datetime.date, **kwargs: Any) -> None:
        row = Earmark(
            envelope=earmark.envelope,
            name=earmark.name,
            minimum=earmark.minimum,
            maximum=earmark.maximum,
            dated_on=on,
        )
        super().__init__(*args, instance=row, **kwargs)


class RoundForm(RoomForm):
    """A round that is opened; its slug is made of its name."""

    heading = "Ronde openen"
    verb = "Open de ronde"
    done = "De ronde is geopend."

    dated_on = day_field("Datum", help_text="De dag van het besluit over deze ronde.")
    opens_on = day_field("Open vanaf", required=False)
    closes_on = day_field("Open tot en met", required=False)
    accepts_unknown = forms.TypedChoiceField(
        label="Bedragen die nog niet bekend zijn (PM)",
        choices=[(True, "Mogen in een aanvraag staan"), (False, "Houden een aanvraag tegen")],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Round
        fields = (
            "name",
            "dated_on",
            "opens_on",
            "closes_on",
            "ceiling",
            "accepts_unknown",
            "requires",
        )
        widgets = {"requires": forms.Textarea(attrs={"rows": 4})}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not self.instance.slug:
            slug = slugify(name)[:80]
            if not slug:
                raise ValidationError("Geef de ronde een naam met letters of cijfers erin.")
            if self.instance.fund.rounds.filter(slug=slug).exists():
                raise ValidationError(
                    "Dit fonds heeft al een ronde met deze naam; kies een andere."
                )
            self.instance.slug = slug
        return name


class RoundChangeForm(RoundForm):
    """A round as it is, to be changed; its slug stays."""

    heading = "Ronde wijzigen"
    lead = "Wat al is aangevraagd en beschikt, blijft staan zoals het was."
    verb = "Wijzig de ronde"
    done = "De ronde is gewijzigd."
