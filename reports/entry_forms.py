"""What a person fills in to narrow the entries of a fund."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django import forms

from funds.models import Fund
from municipalities.fields import day_field
from municipalities.models import Region
from reports.fund_entries import OF_FIGURE, Asked
from reports.letters import DECISION, KINDS


class EntryFilterForm(forms.Form):
    """Narrows the entries of a fund; each field may stay empty. One query, for the regions."""

    cijfer = forms.ChoiceField(
        label="Cijfer",
        required=False,
        choices=[("", "Alle boekingen"), *((key, key.capitalize()) for key in OF_FIGURE)],
    )
    regio = forms.ModelChoiceField(
        Region.objects.none(),
        label="Regio",
        required=False,
        to_field_name="slug",
        empty_label="Alle regio’s",
    )
    van = day_field("Vanaf", required=False)
    tot = day_field("Tot en met", required=False)

    use_required_attribute = False

    def __init__(self, asked: dict[str, str], fund: Fund, in_full: Collection[int]) -> None:
        super().__init__(
            {name: asked.get(name, "") for name in self.base_fields}, auto_id="filter-%s"
        )
        self.fields["regio"].queryset = Region.objects.filter(
            envelopes__fund=fund, pk__in=in_full
        ).distinct()
        self.is_valid()

    @property
    def asked(self) -> Asked:
        """What the valid fields ask for."""
        said = self.cleaned_data
        return Asked(said.get("cijfer", ""), said.get("regio"), said.get("van"))

    def on(self, today: datetime.date) -> datetime.date:
        """The day up to and including which entries count."""
        found: datetime.date | None = self.cleaned_data.get("tot")
        return found or today

    @property
    def kept(self) -> dict[str, str]:
        """What is filled in, as an address holds it."""
        return {name: value for name, value in self.data.items() if value}


class ChangeFilterForm(EntryFilterForm):
    """Two days to compare, and of which region. One query, for the regions."""

    cijfer = None
    van = day_field("Van", required=False)
    tot = day_field("Naar", required=False)

    def __init__(
        self, asked: dict[str, str], fund: Fund, in_full: Collection[int], today: datetime.date
    ) -> None:
        """Without a first day a year is compared, without a last one today."""
        last = asked.get("tot") or today.isoformat()
        shown = {"tot": last, "van": asked.get("van") or _a_year_before(last)}
        super().__init__(asked | shown, fund, in_full)

    def since(self, on: datetime.date) -> datetime.date:
        """The first of the two days."""
        found: datetime.date | None = self.cleaned_data.get("van")
        return found or on

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        return _in_order(self)


class LetterFilterForm(EntryFilterForm):
    """Which letters: their kind, of which region, and of which days. One query."""

    cijfer = None
    soort = forms.ChoiceField(label="Soort brief", required=False, choices=list(KINDS.items()))

    field_order = ("soort", "regio", "van", "tot")

    @property
    def kind(self) -> str:
        """The kind that was asked for; decisions where none was."""
        return self.cleaned_data.get("soort") or DECISION

    def chosen(self, regions: Collection[int]) -> Collection[int]:
        """Of these regions the one that was asked for, or all."""
        asked = self.cleaned_data.get("regio")
        return regions if asked is None else [asked.pk]

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        return _in_order(self)


class CalendarFilterForm(EntryFilterForm):
    """Which instalments: of which region and days, and as of which day. One query."""

    cijfer = None
    peildatum = day_field("Stand op", required=False)

    field_order = ("regio", "van", "tot", "peildatum")

    def on(self, today: datetime.date) -> datetime.date:
        """The day up to and including which entries count."""
        found: datetime.date | None = self.cleaned_data.get("peildatum")
        return found or today

    def chosen(self, regions: Collection[int]) -> Collection[int]:
        """Of these regions the one that was asked for, or all."""
        asked = self.cleaned_data.get("regio")
        return regions if asked is None else [asked.pk]

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        return _in_order(self)


def _in_order(form: forms.Form) -> dict[str, Any]:
    """What was filled in, with a fault on the first day where it comes last."""
    said: dict[str, Any] = form.cleaned_data
    if said.get("van") and said.get("tot") and said["van"] > said["tot"]:
        form.add_error("van", "De eerste dag ligt na de tweede; draai de twee om.")
    return said


def _a_year_before(typed: str) -> str:
    """The day a year before the one that was typed; nothing where that is no day."""
    try:
        return (datetime.date.fromisoformat(typed) - datetime.timedelta(days=365)).isoformat()
    except (ValueError, OverflowError):
        return ""
