"""What a fund manager fills in to divide an amount over the municipalities of a region."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from funds.dated_forms import not_to_come
from funds.distributing import Proposal
from funds.division import PLACES, Tranche, divide
from funds.key_form import KeyForm
from funds.models import Distribution
from funds.money import EuroFormField
from funds.notation import format_euro
from municipalities.days import read_day
from municipalities.fields import day_field

ROWS = 4
"""How many tranches the form has room for at first."""


class DistributionForm(KeyForm):
    """An amount, its tranches and its key. Its rows are the municipalities that are of the
    region on the day of the decision; two queries."""

    title = forms.CharField(
        label="Omschrijving", max_length=120, help_text="Zoals: overheveling naar lokale budgetten."
    )
    amount = EuroFormField(label="Bedrag")
    unit = forms.ChoiceField(
        label="Afronden op", choices=Distribution.Unit.choices, initial=Distribution.Unit.EURO
    )
    decided_on = day_field("Besloten op")
    decision = forms.CharField(
        label="Besluit",
        max_length=200,
        required=False,
        help_text="Verplicht als het geld uit de reserve komt.",
    )
    from_reserve = forms.BooleanField(label="Uit de reserve van het fonds", required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = self.today
        for number in self.numbers:
            self.fields[f"dag-{number}"] = day_field(f"Dag van tranche {number}", required=False)
            self.fields[f"bedrag-{number}"] = EuroFormField(
                label=f"Bedrag van tranche {number}", required=False
            )

    @property
    def numbers(self) -> range:
        """The numbers of the tranches there is room for: some more than were typed."""
        typed = 0
        while self.data.get(f"dag-{typed + 1}") or self.data.get(f"bedrag-{typed + 1}"):
            typed += 1
        return range(1, max(ROWS, typed + 2) + 1)

    # ---- the parts of the page

    @property
    def about(self) -> list[forms.BoundField]:
        """What is divided."""
        return [self[n] for n in ("title", "amount", "unit", "decided_on", "decision")]

    @property
    def source(self) -> forms.BoundField:
        return self["from_reserve"]

    @property
    def tranches(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        return ((self[f"dag-{n}"], self[f"bedrag-{n}"]) for n in self.numbers)

    # ---- what was typed

    def clean_amount(self) -> Any:
        if self.cleaned_data["amount"].amount <= 0:
            raise ValidationError("Verdeel meer dan nul; vul dat bedrag in.")
        return self.cleaned_data["amount"]

    def clean_decided_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["decided_on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("from_reserve") and not cleaned.get("decision"):
            self.add_error(
                "decision", "Wat uit de reserve komt, heeft een besluit nodig; vul in welk."
            )
        tranches = self._read_tranches()
        key = self.read_key()
        if not self.errors and key is not None:
            day = read_day(cleaned["reference_date"]) if key.by_inhabitants else None
            division = divide(key, self.read_places(day), tranches, unit=cleaned["unit"], day=day)
            self.proposal = Proposal(
                self.region,
                cleaned["title"],
                division,
                cleaned["decided_on"],
                cleaned["decision"],
                cleaned["from_reserve"],
            )
        return cleaned

    def _read_tranches(self) -> list[Tranche]:
        """The tranches that were typed, or the whole on the day of the decision."""
        cleaned = self.cleaned_data
        found = []
        for number in self.numbers:
            names = (f"dag-{number}", f"bedrag-{number}")
            day, money = (cleaned.get(name) for name in names)
            is_half = (day is None) != (money is None)
            if is_half and not any(name in self.errors for name in names):
                self.add_error(
                    names[day is not None],
                    "Vul bij een tranche een dag en een bedrag in, of geen van beide.",
                )
            if day is not None and money is not None:
                found.append(Tranche(day, money.amount))
                self._check_tranche(names, found[-1])
        if self.errors:
            return []
        whole = cleaned["amount"].amount
        found = found or [Tranche(cleaned["decided_on"], whole)]
        total = sum((each.amount for each in found), Decimal(0))
        if total != whole:
            self.add_error(
                "amount",
                f"De tranches zijn samen {format_euro(total)} en het bedrag is "
                f"{format_euro(whole)}; het verschil is {format_euro(abs(whole - total))}.",
            )
        elif any(each.amount % 1 for each in found) and not PLACES[cleaned["unit"]]:
            self.add_error("unit", "Het bedrag of een tranche heeft centen; rond af op centen.")
        return found

    def _check_tranche(self, names: tuple[str, str], tranche: Tranche) -> None:
        decided = self.cleaned_data.get("decided_on")
        if decided and tranche.day < decided:
            self.add_error(
                names[0],
                f"Deze tranche ligt voor het besluit van {decided:%d-%m-%Y}; kies die dag of een "
                "latere.",
            )
        if tranche.amount <= 0:
            self.add_error(names[1], "Een tranche is meer dan nul; vul dat bedrag in.")
