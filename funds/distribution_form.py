"""What a fund manager fills in to divide an amount over the municipalities of a region."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from funds.distributing import Proposal
from funds.division import PLACES, Place, Tranche, divide, percent
from funds.key import WHOLE, Key
from funds.models import Distribution
from funds.money import EuroFormField
from funds.notation import NotationError, format_euro
from funds.portion import read_portion
from funds.step_forms import not_to_come
from municipalities.days import read_day
from municipalities.fields import day_field
from municipalities.models import Municipality, PopulationFigure, Region

BY_INHABITANTS, EQUALLY, NOTHING = "inwoners", "gelijk", "niets"
RESTS = (
    (BY_INHABITANTS, "naar inwoners"),
    (EQUALLY, "gelijk"),
    (NOTHING, "er is geen rest: de percentages zijn samen 100%"),
)
ROWS = 4
"""How many tranches the form has room for at first."""


class PercentField(forms.CharField):
    """A percentage as people type it (`33,3333`, `50%`); cleans to a part of the whole,
    zero where nothing is typed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def clean(self, value: Any) -> int:
        text = str(super().clean(value)).strip().removesuffix("%").strip()
        if not text:
            return 0
        try:
            numerator, denominator = read_portion(f"{text}%")
        except NotationError as fault:
            raise ValidationError(
                f"“{text[:20]}” is geen percentage; schrijf een getal van 0 tot en met 100, zoals "
                "33,3333.",
                code=fault.code,
            ) from fault
        part, left = divmod(numerator * WHOLE, denominator)
        if left:
            raise ValidationError("Schrijf een percentage met hoogstens vier cijfers na de komma.")
        return part


class DistributionForm(forms.Form):
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
    equally = PercentField(
        label="Deel dat gelijk wordt verdeeld, in %",
        required=False,
        help_text="Over wie meedoet zonder eigen percentage.",
    )
    rest = forms.ChoiceField(
        label="De rest",
        choices=RESTS,
        help_text="Wat overblijft na de percentages, over wie meedoet zonder eigen percentage.",
    )
    reference_date = forms.ChoiceField(
        label="Peildatum van de inwoners",
        required=False,
        error_messages={
            "invalid_choice": "Van die dag zijn geen inwonertallen bekend; kies een dag uit de "
            "lijst."
        },
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, region: Region, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region, self.today = region, on
        self.fields["decided_on"].initial = on
        self.municipalities = self._members()
        self.figures = self._figures()
        for each in self.municipalities:
            self.fields[f"deel-{each.code}"] = PercentField(
                label=f"{each.name}: eigen percentage", required=False
            )
            self.fields[f"mee-{each.code}"] = forms.BooleanField(
                label=f"{each.name} doet mee", required=False, initial=True
            )
        self._offer_days()
        for number in self.numbers:
            self.fields[f"dag-{number}"] = day_field(f"Dag van tranche {number}", required=False)
            self.fields[f"bedrag-{number}"] = EuroFormField(
                label=f"Bedrag van tranche {number}", required=False
            )

    def _members(self) -> list[Municipality]:
        try:
            day = read_day(self.data.get("decided_on", ""))
        except ValueError:
            day = self.today
        members = Municipality.objects.valid_on(day).filter(memberships__region=self.region)
        return list(members.order_by("memberships__position", "pk"))

    def _figures(self) -> dict[datetime.date, dict[str, PopulationFigure]]:
        """The inhabitants by reference date, the newest first, and by CBS code."""
        found: dict[datetime.date, dict[str, PopulationFigure]] = {}
        dated = PopulationFigure.objects.filter(
            municipality__in=self.municipalities, reference_date__isnull=False
        )
        for each in dated.select_related("municipality").order_by("-reference_date"):
            assert each.reference_date is not None
            found.setdefault(each.reference_date, {})[each.municipality.code] = each
        return found

    def _offer_days(self) -> None:
        days = [(day.isoformat(), f"{day:%d-%m-%Y}") for day in self.figures]
        self.fields["reference_date"].choices = [("", "geen"), *days]
        whole = [d for d, rows in self.figures.items() if len(rows) == len(self.municipalities)]
        if whole:
            self.fields["reference_date"].initial = whole[0].isoformat()
        else:
            self.fields["rest"].initial = EQUALLY

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

    @property
    def key(self) -> list[forms.BoundField]:
        """How what has no own percentage is divided."""
        return [self[name] for name in ("equally", "rest", "reference_date")]

    @property
    def places(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Of each municipality whether it takes part, and its percentage."""
        return ((self[f"mee-{m.code}"], self[f"deel-{m.code}"]) for m in self.municipalities)

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
        key = self._read_key()
        if not self.errors and key is not None:
            day = cleaned["reference_date"] if key.by_inhabitants else ""
            reference = read_day(day) if day else None
            sources = self.figures[reference] if reference else {}
            division = divide(
                key,
                [
                    Place(m.code, m.name, sources[m.code].source if m.code in sources else "")
                    for m in self.municipalities
                ],
                tranches,
                unit=cleaned["unit"],
                day=reference,
            )
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
            if bool(day) != bool(money) and not any(name in self.errors for name in names):
                self.add_error(
                    names[not money],
                    "Vul bij een tranche een dag en een bedrag in, of geen van beide.",
                )
            if day and money:
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

    def _read_key(self) -> Key | None:
        """The key; None, with what is wrong with it, where there is none."""
        own = {m.code: self.cleaned_data.get(f"deel-{m.code}") or 0 for m in self.municipalities}
        joins = [m for m in self.municipalities if self.cleaned_data.get(f"mee-{m.code}")]
        for each in self.municipalities:
            if own[each.code] and each not in joins:
                self.add_error(
                    f"deel-{each.code}",
                    f"{each.name} heeft een percentage en doet niet mee; kies een van beide.",
                )
        percentages = {code: part for code, part in own.items() if part}
        sharers = [m for m in joins if m.code not in percentages]
        equally, rest = self.cleaned_data.get("equally") or 0, self.cleaned_data.get("rest")
        left = WHOLE - sum(percentages.values()) - equally
        if left < 0 or (left and rest == NOTHING):
            self.add_error(
                None,
                f"De percentages zijn samen {_dutch(WHOLE - left)}%; maak er 100% van"
                + (", of kies hoe de rest wordt verdeeld." if left > 0 else "."),
            )
        elif (left or equally) and not sharers:
            self.add_error(
                None,
                f"Van het bedrag is {_dutch(left + equally)}% voor gemeenten zonder eigen "
                "percentage, en die doen niet mee; laat er een meedoen, of maak de percentages "
                "samen 100%.",
            )
        if self.errors:
            return None
        by_inhabitants = left if rest == BY_INHABITANTS else 0
        return Key(
            percentages,
            equally + (left if rest == EQUALLY else 0),
            by_inhabitants,
            tuple(m.code for m in sharers) if left or equally else (),
            self._inhabitants(sharers) if by_inhabitants else {},
        )

    def _inhabitants(self, sharers: list[Municipality]) -> dict[str, int]:
        """Theirs on the day that was chosen; a fault where one has none."""
        chosen = self.cleaned_data.get("reference_date")
        if not chosen:
            self.add_error(
                "reference_date",
                "Kies de dag waarop de inwoners zijn geteld, of verdeel de rest anders.",
            )
            return {}
        known = self.figures[read_day(chosen)]
        missing = [m.name for m in sharers if m.code not in known]
        if missing:
            self.add_error(
                "reference_date",
                f"Van {', '.join(missing)} is op die dag geen inwonertal bekend; kies een andere "
                "dag, of verdeel de rest anders.",
            )
            return {}
        found = {m.code: known[m.code].inhabitants for m in sharers}
        if not any(found.values()):
            self.add_error("reference_date", "Op die dag woont er niemand; kies een andere dag.")
        return found


def _dutch(part: int) -> str:
    return percent(part).replace(".", ",")
