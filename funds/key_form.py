"""The key of a distribution as a fund manager fills it in: who takes part, and how."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from funds.division import Place, percent
from funds.key import WHOLE, Key
from funds.notation import NotationError
from funds.portion import read_portion
from municipalities.days import read_day
from municipalities.models import Municipality, PopulationFigure, Region

BY_INHABITANTS, EQUALLY, NOTHING = "inwoners", "gelijk", "niets"
RESTS = (
    (BY_INHABITANTS, "naar inwoners"),
    (EQUALLY, "gelijk"),
    (NOTHING, "er is geen rest: de percentages zijn samen 100%"),
)


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


class KeyForm(forms.Form):
    """A key over the municipalities that are of a region on the day in `decided_on`, or
    else on the day that it is given. Two queries."""

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

    def __init__(self, *args: Any, region: Region, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region, self.today = region, on
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
    def key(self) -> list[forms.BoundField]:
        """How what has no own percentage is divided."""
        return [self[name] for name in ("equally", "rest", "reference_date")]

    @property
    def places(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Of each municipality whether it takes part, and its percentage."""
        return ((self[f"mee-{m.code}"], self[f"deel-{m.code}"]) for m in self.municipalities)

    # ---- what was typed

    def read_places(self, day: datetime.date | None) -> list[Place]:
        """The municipalities, with where their inhabitants of a day were counted."""
        known = self.figures[day] if day else {}
        return [
            Place(m.code, m.name, known[m.code].source if m.code in known else "")
            for m in self.municipalities
        ]

    def read_key(self) -> Key | None:
        """The key; None, with what is wrong with it, where there is none."""
        if any(name.startswith("deel-") or name == "equally" for name in self.errors):
            return None
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
