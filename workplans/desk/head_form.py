"""The head of a plan as a form: what it is called, what it carries out, and where it asks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms

from municipalities.models import User
from workplans import words
from workplans.asking import open_rounds
from workplans.choices import Boxes
from workplans.desk.fields import Field
from workplans.desk.forms import PartForm, as_json, as_seen
from workplans.editing import Change, Put
from workplans.models import WorkPlan
from workplans.planfile import Tree

ROUNDS = "applications"
NONE_OPEN = "Er is nu geen aanvraagronde open van een fonds waarin uw regio ruimte heeft."


class HeadForm(PartForm):
    """`top` is the tree of the plan, `on` the day on which a round is open or not. Rounds
    are chosen as long as the plan is not submitted; one in which it was stays."""

    def __init__(
        self,
        plan: WorkPlan,
        columns: Iterable[Field],
        top: Tree,
        data: Any = None,
        *,
        user: User,
        on: datetime.date,
    ) -> None:
        self.rows: list[Tree] = top.get(ROUNDS, [])
        found = [*columns, _programme(plan, top["plan"].get("programme", ""), user)]
        super().__init__(found, top["plan"], "plan", data)
        self.fields["programme"].error_messages["invalid_choice"] = (
            "Kies een programma van uw regio, of geen programma."
        )
        if not plan.is_submitted:
            self.fields[ROUNDS] = self._rounds(plan, on)

    def _rounds(self, plan: WorkPlan, on: datetime.date) -> forms.Field:
        there = plan.applications.select_related("round__fund").order_by("position", "pk")
        stands = [row.round for row in there if row.submitted_on]
        offered = [row.round for row in there if not row.submitted_on]
        offered += [one for one in open_rounds([plan.region_id], on) if one not in stands + offered]
        said = [f"Ingediend in {one.fund}, {one.name}; dat staat vast." for one in stands]
        field = forms.MultipleChoiceField(
            label="Geld vragen in",
            choices=[(f"{one.fund.slug}/{one.slug}", f"{one.fund}, {one.name}") for one in offered],
            required=False,
            widget=Boxes,
            help_text=" ".join([*said, *([] if offered else [NONE_OPEN])]),
            error_messages={
                "invalid_choice": "Deze ronde is niet open voor uw regio; kies een andere of geen."
            },
        )
        field.template_name = "workplans/_choice_field.html"
        return field

    def _shown(self) -> dict[str, Any]:
        values = super()._shown()
        now = as_seen(values["gezien"]) | {ROUNDS: self.rows}
        return values | {"gezien": as_json(now), ROUNDS: [_name(row) for row in self.rows]}

    def changes(self) -> list[Change]:
        found = super().changes()
        if ROUNDS not in self.fields:
            return found
        was = as_seen(self.cleaned_data["gezien"]).get(ROUNDS)
        before = [row for row in was if isinstance(row, dict)] if isinstance(was, list) else []
        chosen = self.cleaned_data[ROUNDS]
        kept = [row for row in before if row.get("submitted_on") or _name(row) in chosen]
        known = [_name(row) for row in kept]
        new = [name.split("/") for name in chosen if name not in known]
        now = [*kept, *({"fund": fund, "round": turn} for fund, turn in new)]
        return found if now == before else [*found, Put("plan", ROUNDS, before or None, now)]


def _programme(plan: WorkPlan, there: str, user: User) -> Field:
    """The programmes of the region that the user sees, and the one that stands there."""
    plans = WorkPlan.objects.visible_to(user).filter(
        region=plan.region_id, kind=WorkPlan.Kind.PROGRAMME
    )
    others = plans.exclude(pk=plan.pk).in_list_order()
    offered = {one.slug: f"{one.title}, {one.period_text}" for one in others}
    if there:
        offered.setdefault(there, plan.programme.title if plan.programme else there)
    choices = (("", "Geen programma"), *offered.items())
    return Field("programme", "choice", choices=choices, label=words.PLAN["programme"])


def _name(row: Tree) -> str:
    return f"{row.get('fund', '')}/{row.get('round', '')}"
