"""What people type about a table of partners and its scenarios."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from funds.notation import format_euro
from funds.scenario_forms import NameForm
from municipalities.characters import INVISIBLE, has_control
from municipalities.fields import day_field
from workplans.majority import MAJORITIES, VOTES
from workplans.models import AllocationTable, Block, Scenario, TableMember, WorkPlan
from workplans.scenarios import Said, known_figures

MOST_MEMBERS = 100


class TableForm(forms.Form):
    """The budget, the members and the majority of a table."""

    budget_code = forms.ChoiceField(
        label="Budget",
        help_text="Een cijfer van het plan met een bekend bedrag.",
        error_messages={
            "required": "Kies het cijfer dat het budget is; zet het eerst bij de cijfers van het "
            "plan als het er niet bij staat."
        },
    )
    requested_code = forms.ChoiceField(
        label="Samen aangevraagd",
        required=False,
        help_text="Alleen als er meer is aangevraagd dan bij de acties staat. Het verschil komt op "
        "een eigen regel.",
    )
    majority = forms.ChoiceField(
        label="Hoeveel leden voor moeten zijn",
        required=False,
        choices=[("", "Er wordt niet gestemd"), *((k.value, v) for k, v in MAJORITIES.items())],
        help_text="Van alle leden. Wie zich onthoudt of niet stemt, telt in het geheel mee.",
    )
    members = forms.CharField(
        label="Leden van de tafel",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Eén naam per regel. Elk lid heeft één stem.",
    )

    def __init__(
        self, *args: Any, plan: WorkPlan, table: AllocationTable | None, **kwargs: Any
    ) -> None:
        figures = known_figures(plan)
        super().__init__(*args, initial=_table(plan, table, figures), **kwargs)
        choices = [
            (code, f"{figure.title} ({format_euro(figure.amount.amount)})")
            for code, figure in figures.items()
        ]
        self.fields["budget_code"].choices = [("", "Kies"), *choices]
        self.fields["requested_code"].choices = [("", "Alleen wat bij de acties staat"), *choices]

    def clean_members(self) -> list[str]:
        typed = self.cleaned_data["members"].splitlines()
        names = [" ".join(name.split()) for name in typed if name.strip()]
        if any(map(has_control, names)):
            raise ValidationError(INVISIBLE)
        if len(names) > MOST_MEMBERS:
            raise ValidationError(
                f"Aan een tafel passen {MOST_MEMBERS} leden; haal er een paar weg."
            )
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValidationError(f"{twice[0]} staat er twee keer; noem elk lid één keer.")
        return names

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("majority") and not found.get("members") and "members" not in self.errors:
            self.add_error(
                "members", "Wie stemt er? Noem de leden, of kies dat er niet gestemd wordt."
            )
        return found


def _table(plan: WorkPlan, table: AllocationTable | None, figures: Iterable[str]) -> dict[str, str]:
    """What stands in the form at first: the table as it is, or what the plan suggests."""
    if table is not None:
        names = table.members.order_by("position", "pk").values_list("name", flat=True)
        return {
            "budget_code": table.budget_code,
            "requested_code": table.requested_code,
            "majority": table.majority,
            "members": "\n".join(names),
        }
    of_members = plan.blocks.filter(kind=Block.Kind.MEMBERS).order_by("position").first()
    rows = of_members.rows.order_by("position", "pk") if of_members else ()
    known = set(figures)
    return {
        "budget_code": "budget" if "budget" in known else "",
        "requested_code": "aangevraagd" if "aangevraagd" in known else "",
        "members": "\n".join(row.title for row in rows if row.title),
    }


class ScenarioForm(NameForm):
    """The same for a scenario of a plan."""

    class Meta(NameForm.Meta):
        model = Scenario

    def __init__(self, *args: Any, plan: WorkPlan, **kwargs: Any) -> None:
        super().__init__(*args, others=plan.scenarios.all(), **kwargs)


class VoteForm(forms.Form):
    """What each member voted; who did not is left open."""

    dated_on = day_field("Gestemd op")
    digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        votes: Iterable[Said],
        digest: str,
        on: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"digest": digest, "dated_on": on}, **kwargs)
        self.members: dict[str, TableMember] = {}
        for row in votes:
            name = f"lid-{row.member.pk}"
            self.members[name] = row.member
            self.fields[name] = forms.ChoiceField(
                label=row.member.name,
                required=False,
                help_text=f"Nu: {row.vote.get_vote_display().lower()}" if row.vote else "",
                choices=[("", "Niets vastleggen"), *((v.value, w) for v, w in VOTES.items())],
            )

    @property
    def votes(self) -> dict[TableMember, str]:
        said = self.cleaned_data
        return {member: said[name] for name, member in self.members.items() if said[name]}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not self.votes:
            raise ValidationError("Kies van minstens één lid wat het stemde.")
        return found


class ChooseForm(forms.Form):
    """When the scenario was chosen, and by which decision."""

    dated_on = day_field("Gekozen op")
    reference = forms.CharField(
        label="Kenmerk van het besluit",
        required=False,
        max_length=200,
        help_text="Zoals het nummer van het verslag.",
    )
    digest = forms.CharField(widget=forms.HiddenInput)

    def clean_reference(self) -> str:
        reference: str = self.cleaned_data["reference"]
        if has_control(reference):
            raise ValidationError(INVISIBLE)
        return reference
