"""Samples of what a person fills in, chooses or confirms."""

from __future__ import annotations

from typing import Any

from django import forms

from config.display import Display
from config.samples.showing import Samples, show
from config.samples.things import PLACES
from funds.money import EuroFormField
from workplans.notation.planning import format_planning, read_planning


class _SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Titel", help_text="Zoals die op het plan staat.")
    amount = EuroFormField(label="Bedrag", help_text="Zoals 1.250 of 1.250,50.")
    planning = forms.CharField(label="Planning", help_text="Zoals 2020, Q2 2020 of doorlopend.")
    places = forms.MultipleChoiceField(label="Gemeenten", widget=forms.CheckboxSelectMultiple)

    def __init__(self, typed: dict[str, Any] | None, prefix: str) -> None:
        super().__init__(typed, prefix=prefix)
        self.fields["places"].choices = [(place.code, place) for place in PLACES]


def form_samples(csrf_token: str) -> Samples:
    blank = _SampleForm(None, "leeg")
    faulty = _SampleForm({"fout-amount": "64,376", "fout-planning": ""}, "fout")
    filled = _SampleForm(
        {"vol-title": "Plan", "vol-amount": "1.250,50", "vol-planning": "Q2 2020 t/m Q4 2021",
         "vol-places": ["GM0537"]},
        "vol",
    )  # fmt: skip
    stages = (("Leeg", blank), ("Geweigerd", faulty), ("Ingevuld", filled))
    for name, field in (
        ("field", "title"),
        ("money_field", "amount"),
        ("municipality_picker", "places"),
    ):
        yield name, [(state, show(name, field=form[field])) for state, form in stages]
    yield (
        "planning_field",
        [
            (
                state,
                show(
                    "planning_field",
                    field=form["planning"],
                    reading=_reading(form["planning"].value()),
                ),
            )
            for state, form in stages
        ],
    )
    yield "form_faults", [("Geweigerd", show("form_faults", form=faulty))]
    yield (
        "fault_summary",
        [
            (
                "Geweigerd",
                show(
                    "fault_summary", heading="Dit gaat nog niet", faults=["Kies eerst een fonds."]
                ),
            )
        ],
    )
    yield (
        "filter_bar",
        [
            (
                "Leeg",
                show(
                    "filter_bar",
                    form=_SampleFilter(auto_id="voorbeeld-%s"),
                    url="#patroon-filter_bar",
                    target="voorbeeld-lijst",
                    legend="Voorbeeld filteren",
                ),
            )
        ],
    )
    yield (
        "confirmation",
        [
            (
                "Noemt het gevolg",
                show(
                    "confirmation",
                    action="#patroon-confirmation",
                    consequence="Na het indienen verandert de aanvraag niet meer.",
                    verb="Dien in",
                    icon="send",
                    back="#patroon-confirmation",
                    back_text="Terug zonder indienen",
                    csrf_token=csrf_token,
                ),
            )
        ],
    )
    yield (
        "display_form",
        [
            (
                "Niets gekozen",
                show(
                    "display_form",
                    display=Display(),
                    back="/patronen/",
                    prefix="voorbeeld",
                    csrf_token=csrf_token,
                ),
            )
        ],
    )


class _SampleFilter(forms.Form):
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Alle statussen")])


def _reading(typed: str | None) -> str:
    return f"Gelezen als: {format_planning(read_planning(typed))}" if typed else ""
