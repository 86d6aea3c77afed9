"""The step that plans payments."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from funds.balance import Standing
from funds.figure import Figure
from funds.scheduling import Proposal, make_schedule, propose_schedule
from funds.steps.form import StepForm
from municipalities.models import User


@dataclass(frozen=True)
class Preview:
    """A schedule before it is made: what each instalment comes to on each line, with the
    totals of both."""

    heads: list[tuple[datetime.date, str]]
    rows: list[tuple[str, list[Figure]]]
    total: list[Figure]
    unplanned: Figure
    has_changed: bool

    @property
    def columns(self) -> range:
        """Which columns of the table hold figures; the last is the number of columns."""
        return range(2, len(self.heads) + 3)


class ScheduleForm(StepForm):
    """Instalments as they are typed, first shown to the cent and then made as shown."""

    heading = "Betaalschema"
    lead = (
        "Typ op elke regel een termijn: een dag, en een percentage van wat beschikt is, een bedrag "
        "of rest. Zonder nummer van een regel geldt de termijn voor alle regels samen."
    )
    verb = "Leg het betaalschema vast"
    nothing = "Er is niets beschikt dat nog betaald kan worden."

    typed_terms = forms.CharField(
        label="Termijnen",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=(
            "Zoals: 01-04-2020 40%, of A1 € 10.000 01-04-2020, of rest 01-05-2021. Rest is de "
            "eindbetaling en al het andere een voorschot; schrijf dat woord erbij als het anders "
            "is."
        ),
    )
    reason = forms.CharField(
        label="Reden",
        max_length=200,
        required=False,
        help_text="Waarom er een nieuw betaalschema komt; bij het eerste hoeft dat niet.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    proposed: Proposal | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for standing in self.standings:
            del self.fields[self._name(standing)]
        last = self.application.schedules.order_by("-number").first()
        if last is None:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True
            self.lead += (
                f" Het nieuwe schema vervangt wat nog openstaat van het schema van "
                f"{last.dated_on:%d-%m-%Y}; wat betaald is, blijft staan."
            )

    @property
    def lines(self) -> Iterator[list[forms.BoundField]]:
        return iter(())

    @property
    def typed(self) -> dict[Standing, Decimal]:
        return {}

    @property
    def shows_first(self) -> bool:
        return self.proposed is None or bool(self.errors)

    @property
    def preview(self) -> Preview | None:
        """What the schedule would do; nothing where it cannot be read."""
        if self.proposed is None or self.errors:
            return None
        planned = self.proposed.planned
        rows = [
            (str(each.line), [_figure(row.get(name, 0)) for row in planned.values()])
            for name, each in self.proposed.lines.items()
            if any(name in row for row in planned.values())
        ]
        table = [(label, [*cells, sum(cells, Figure.zero())]) for label, cells in rows]
        total = [sum(column, Figure.zero()) for column in zip(*(c for _, c in table), strict=True)]
        unplanned = Figure.of(self.proposed.unplanned)
        return Preview(list(planned), table, total, unplanned, bool(self.cleaned_data["seen"]))

    def takes(self, standing: Standing) -> bool:
        return standing.payable > 0

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if text := cleaned.get("typed_terms"):
            try:
                self.proposed = propose_schedule(self.application, text)
            except forms.ValidationError as refusal:
                self.add_error("typed_terms", refusal)
        return cleaned

    def act(self, by: User) -> str:
        """Nothing is stored before what it comes to was seen."""
        if self.proposed is None or self.cleaned_data["seen"] != self.proposed.digest:
            return ""
        said = self.cleaned_data
        make_schedule(
            self.application,
            self.proposed,
            typed=said["typed_terms"],
            reason=said.get("reason", ""),
            on=said["on"],
            by=by,
        )
        return "Het betaalschema is vastgelegd."


def _figure(cents: int) -> Figure:
    return Figure.of(Decimal(cents) / 100)
