"""The form of a plan that begins from nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from municipalities.characters import NO_SLUG, SLUG
from municipalities.fields import day_field
from municipalities.models import User
from workplans import planfile
from workplans.asking import open_envelopes, open_rounds
from workplans.choices import Boxes, Radios
from workplans.models import WorkPlan
from workplans.models.plan import ADDRESS_TAKEN, LONGEST_SLUG, TAKEN_ADDRESSES
from workplans.permissions import regions_led
from workplans.planfile import NewPlan, Tree, lines_after
from workplans.services import look_back_on, start_plan
from workplans.styles import STYLES

MOST_LINES = 200
LONGEST_TITLE = 200
BY_KIND = ("", "De opmaak die bij de soort hoort")
KINDS = [(kind.value, str(kind.label).capitalize()) for kind in WorkPlan.Kind]
LINE = re.compile(
    r"(?P<code>[A-Z]{1,2}|[IVX]{1,5}|[A-Z]{0,4}\d[A-Z0-9.]{0,7}?)(?:[.:)]*\s+|\t+)(?P<title>.+)"
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class RoundsField(forms.ModelMultipleChoiceField):
    """Rounds, each with what it asks of amounts."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.in_full)


class NewPlanForm(forms.Form):
    """What a plan begins with. `on` is the reference date that it proposes, and the day
    on which a round is open or not."""

    region = forms.ModelChoiceField(
        None,
        label="Regio",
        to_field_name="slug",
        error_messages={
            "required": "Kies de regio van het plan.",
            "invalid_choice": "Kies een regio waarvan u projectleider bent.",
        },
    )
    kind = forms.ChoiceField(
        label="Soort plan",
        choices=[(kind.value, kind.label.capitalize()) for kind in WorkPlan.Kind],
    )
    title = forms.CharField(
        label="Titel",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Geef het plan een titel."},
    )
    first_year = forms.IntegerField(
        label="Eerste jaar",
        min_value=1900,
        max_value=2199,
        error_messages={
            "required": "Vul in met welk jaar het plan begint, zoals 2027.",
            "invalid": "Schrijf het eerste jaar als getal, zoals 2027.",
        },
    )
    last_year = forms.IntegerField(
        label="Laatste jaar",
        min_value=1900,
        max_value=2199,
        required=False,
        help_text="Leeg: het plan is van één jaar.",
        error_messages={"invalid": "Schrijf het laatste jaar als getal, zoals 2028."},
    )
    as_of = day_field(
        "Peildatum",
        missing="Vul de peildatum in, zoals 2022-01-01.",
        invalid="Schrijf de peildatum als jaar-maand-dag, zoals 2022-01-01.",
        help_text="De dag waarvan de cijfers in het plan zijn.",
    )
    slug = forms.RegexField(
        regex=f"{SLUG[:-1]}\\Z",
        label="Kenmerk",
        max_length=LONGEST_SLUG,
        required=False,
        help_text="Staat in het adres van het plan. Leeg: wij maken het van de titel en de jaren.",
        error_messages={"invalid": NO_SLUG},
    )
    style = forms.ChoiceField(
        label="Opmaak",
        widget=Radios,
        required=False,
        error_messages={"invalid_choice": "Kies een van deze soorten opmaak."},
    )
    lines = forms.CharField(
        label="Actielijnen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Elke lijn op een eigen regel, met haar code ervoor, zoals: A Persoonlijke "
        "situatie. Een lijn zonder code krijgt een letter.",
    )
    lines_of = forms.ModelChoiceField(
        None,
        label="Actielijnen overnemen van",
        to_field_name="slug",
        required=False,
        empty_label="Geen plan",
        help_text="Die lijnen komen vóór de lijnen die u zelf noemt; hun acties blijven daar. Wat "
        "over de voortgang van dat plan is geschreven, wordt de terugblik.",
        error_messages={"invalid_choice": "Kies een plan van uw regio, of geen plan."},
    )
    programme = forms.ModelChoiceField(
        None,
        label="Uitvoering van programma",
        to_field_name="slug",
        required=False,
        empty_label="Geen programma",
        error_messages={"invalid_choice": "Kies een programma van uw regio, of geen programma."},
    )
    rounds = RoundsField(
        None,
        label="Geld vragen in",
        required=False,
        widget=Boxes,
        error_messages={
            "invalid_choice": "Deze ronde is niet open voor uw regio; kies een andere of geen.",
            "invalid_pk_value": "Deze ronde is niet open voor uw regio; kies een andere of geen.",
        },
    )

    def __init__(self, typed: Any, *, user: User, on: datetime.date) -> None:
        super().__init__(typed, initial={"as_of": on, "first_year": on.year + 1})
        self.user = user
        regions = regions_led(user).order_by("name", "pk")
        self.plans = WorkPlan.objects.visible_to(user).filter(region__in=regions)
        own: Any = self.fields
        own["region"].queryset = regions
        if len(regions) == 1:
            own["region"].empty_label = None
            own["region"].initial = regions[0]
        own["style"].choices = [
            BY_KIND,
            *(
                (name.value, f"{name.label.capitalize()}. {style.looks}")
                for name, style in STYLES.items()
            ),
        ]
        own["lines_of"].queryset = self.plans.in_list_order()
        own["programme"].queryset = self.plans.filter(kind=WorkPlan.Kind.PROGRAMME).in_list_order()
        own["rounds"].queryset = open_rounds(regions, on)

    @property
    def earlier(self) -> list[WorkPlan]:
        """The newest plans from which the next can be made instead."""
        return list(self.plans.in_list_order()[:5])

    # ---- what was typed

    def clean_lines(self) -> list[Tree]:
        return read_lines(self.cleaned_data["lines"])

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in TAKEN_ADDRESSES:
            raise ValidationError(ADDRESS_TAKEN, code="address")
        return slug

    def clean(self) -> None:
        said = self.cleaned_data
        first, last = said.get("first_year"), said.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", "Het laatste jaar ligt voor het eerste; draai ze om.")
        region = said.get("region")
        for key, what in (("programme", "programma"), ("lines_of", "plan")):
            plan = said.get(key)
            if plan and region and plan.region_id != region.pk:
                self.add_error(
                    key,
                    f"Dit {what} is van {plan.region.name}; kies een {what} van {region.name}.",
                )
        if region:
            own = set(open_envelopes([region.pk]).values_list("fund", flat=True))
            for found in said.get("rounds", ()):
                if found.fund_id not in own:
                    self.add_error(
                        "rounds",
                        f"{region.name} heeft geen ruimte in {found.fund}; haal deze ronde weg.",
                    )

    # ---- what comes of it

    def start(self) -> WorkPlan | None:
        """Make the plan of a valid form; none where that was refused, which is then told
        at the fields."""
        said = self.cleaned_data
        last = said["last_year"] or said["first_year"]
        head = NewPlan(
            slug=said["slug"] or slug_of(said["title"], said["first_year"], last),
            title=said["title"],
            region=said["region"].slug,
            kind=said["kind"],
            style=said["style"],
            first_year=said["first_year"],
            last_year=last,
            as_of=said["as_of"],
            programme=said["programme"].slug if said["programme"] else "",
            rounds=tuple((found.fund.slug, found.slug) for found in said["rounds"]),
        )
        try:
            return start_plan(head, self._lines(), self._look_back(), by=self.user)
        except ValidationError as refusal:
            self._tell(refusal, head)
            return None

    def _lines(self) -> list[Tree]:
        """The lines taken over, and after them those that were typed, of which one
        without a code gets the first letter that is free."""
        taken = list(lines_after(self._origin)) if self._origin else []
        typed = self.cleaned_data["lines"]
        return with_codes([*taken, *typed])

    def _look_back(self) -> list[Tree]:
        """What was reported of the plan whose lines are taken over."""
        origin = self.cleaned_data["lines_of"]
        return look_back_on(origin, self._origin) if self._origin else []

    @cached_property
    def _origin(self) -> Tree | None:
        """The tree of the plan whose lines are taken over."""
        origin = self.cleaned_data["lines_of"]
        return planfile.dump(origin) if origin else None

    def _tell(self, refusal: ValidationError, head: NewPlan) -> None:
        if "slug" in getattr(refusal, "error_dict", {}):
            # What was made of title and years stands in the field, to be changed there.
            self.data = self.data.copy()
            self.data["slug"] = head.slug
        for key, sentences in getattr(refusal, "error_dict", {"": [refusal]}).items():
            self.add_error(key if key in self.fields else None, sentences)


def slug_of(title: str, first_year: int, last_year: int) -> str:
    """The slug that goes with a title and years; years that stand in the title come once."""
    years = "-".join(dict.fromkeys((str(first_year), str(last_year))))
    words = slugify(title).replace("_", "-").strip("-")
    if words.endswith(years):
        return words[-LONGEST_SLUG:].strip("-")
    room = LONGEST_SLUG - len(years) - 1
    return f"{words[:room].strip('-') or 'plan'}-{years}"


def read_lines(text: str) -> list[Tree]:
    """The lines that somebody named, one each, with the code where one was typed.

    Raises `ValidationError` with a sentence for each that does not do.
    """
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    if len(rows) > MOST_LINES:
        raise ValidationError(
            f"Een plan heeft hoogstens {MOST_LINES} actielijnen en hier staan er {len(rows)}; "
            "laat de andere weg.",
            code="too_many",
        )
    lines = [
        {"code": match["code"], "title": match["title"].strip()}
        if (match := LINE.fullmatch(row))
        else {"title": row}
        for row in rows
    ]
    long = [line["title"] for line in lines if len(line["title"]) > LONGEST_TITLE]
    if long:
        raise ValidationError(
            [
                f"“{title[:40]}…” heeft {len(title)} tekens; maak er hoogstens {LONGEST_TITLE} van."
                for title in long
            ],
            code="too_long",
        )
    return lines


def with_codes(lines: Sequence[Tree]) -> list[Tree]:
    """The lines, of which those without a code get the next letter: after Z comes AA."""
    used = {line["code"] for line in lines if "code" in line}
    codes = (
        first + last for first in ("", *LETTERS) for last in LETTERS if first + last not in used
    )
    return [line if "code" in line else {"code": next(codes)} | line for line in lines]
