"""The form of the plan of the years after: its head, and a choice for each action."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from municipalities.fields import day_field
from municipalities.models import User
from workplans import planfile
from workplans.choices import Radios
from workplans.models import Action, ActionLine, WorkPlan
from workplans.models.plan import LONGEST_SLUG
from workplans.planfile.next_year import Choice
from workplans.services import Copied, copy_plan
from workplans.services.copying import CHANGED, lines_with_actions

LABELS = {
    Choice.CONTINUE: "Voortzetten",
    Choice.FINISH: "Afronden",
    Choice.RESHAPE: "Omvormen",
    Choice.PARK: "Ontwikkelagenda",
}
BY_STATUS = {
    Action.Status.FINISHED: Choice.FINISH,
    Action.Status.DROPPED: Choice.FINISH,
    Action.Status.PARKED: Choice.PARK,
}
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
SLUG_FORM = "Gebruik kleine letters, cijfers en streepjes, zoals duin-en-bollenstreek-2022."
MOST_TOLD = 8


class CopyForm(forms.Form):
    """What the next plan is called, when it is, and what becomes of each action.

    Filled in beforehand with the period after this one, as long as this one. `digest` is
    that of the plan as it is shown; it goes along, so that nobody chooses unseen. It is
    taken first: what changes while the rest is read makes the form refuse.
    """

    title = forms.CharField(label="Titel", max_length=200)
    slug = forms.RegexField(
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
        label="Kenmerk",
        max_length=LONGEST_SLUG,
        help_text="Staat in het adres van het plan. " + SLUG_FORM,
        error_messages={"invalid": SLUG_FORM},
    )
    first_year = forms.IntegerField(label="Eerste jaar", min_value=1900, max_value=2199)
    last_year = forms.IntegerField(label="Laatste jaar", min_value=1900, max_value=2199)
    as_of = day_field(
        "Peildatum",
        missing="Vul de peildatum in, zoals 2022-01-01.",
        invalid="Schrijf de peildatum als jaar-maand-dag, zoals 2022-01-01.",
        help_text="De dag waarvan de cijfers in het nieuwe plan zijn.",
    )

    def __init__(self, typed: Any, *, plan: WorkPlan) -> None:
        years = plan.last_year - plan.first_year + 1
        first = plan.last_year + 1
        super().__init__(
            typed,
            initial={
                "title": _moved(plan.title, plan, years),
                "slug": _next_slug(plan, years),
                "first_year": first,
                "last_year": first + years - 1,
                "as_of": f"{first}-01-01",
            },
        )
        self.plan = plan
        self.digest = planfile.digest(planfile.dump(plan))
        self._lines = lines_with_actions(plan)
        for _, actions in self._lines:
            for action in actions:
                self.fields[_name(action)] = forms.ChoiceField(
                    label=f"{action.full_code} {action.title}",
                    choices=[(choice.value, label) for choice, label in LABELS.items()],
                    initial=default_choice(action, first).value,
                    widget=Radios,
                    error_messages={
                        "required": "Kies wat er met deze actie gebeurt.",
                        "invalid_choice": "Kies wat er met deze actie gebeurt: "
                        "voortzetten, afronden, omvormen of ontwikkelagenda.",
                    },
                )

    @property
    def head(self) -> list[forms.BoundField]:
        """The fields of the plan itself."""
        return [self[name] for name in self.base_fields]

    @property
    def lines(self) -> list[tuple[ActionLine, list[tuple[Action, forms.BoundField]]]]:
        """Each line that has actions, and for each of them its field."""
        return [
            (line, [(action, self[_name(action)]) for action in actions])
            for line, actions in self._lines
            if actions
        ]

    @property
    def seen(self) -> str:
        """The digest of the plan that the reader saw."""
        return str(self.data.get("plan", ""))

    def clean(self) -> None:
        if self.seen != self.digest:
            raise ValidationError(CHANGED, code="changed")

    def again(self, refusal: ValidationError) -> CopyForm:
        """The same for the plan as it is now, with why it was refused."""
        form = CopyForm(self.data, plan=WorkPlan.objects.get(pk=self.plan.pk))
        if form.is_valid():
            form.add_error(None, refusal)
        return form

    def copy(self, *, by: User) -> Copied:
        """Make the plan of a valid form; raises as `copy_plan` does."""
        said = self.cleaned_data
        return copy_plan(
            self.plan,
            **{name: said[name] for name in self.base_fields},
            choices={
                action.pk: Choice(said[_name(action)])
                for _, actions in self._lines
                for action in actions
            },
            confirmed=self.seen,
            by=by,
        )


def default_choice(action: Action, first_year: int) -> Choice:
    """What most likely becomes of an action: what its status says; it is finished where
    its planning ends before the new years. Follows its planning entries."""
    if action.status in BY_STATUS:
        return BY_STATUS[Action.Status(action.status)]
    ends = [
        entry.end_year
        for entry in action.planning_entries.all()
        if entry.aspect != entry.Aspect.START
    ]
    is_over = bool(ends) and all(end is not None and end < first_year for end in ends)
    return Choice.FINISH if is_over else Choice.CONTINUE


def summary(copied: Copied) -> str:
    """The Dutch sentence that counts each choice."""
    endings = {
        Choice.CONTINUE: "voortgezet",
        Choice.FINISH: "afgerond",
        Choice.RESHAPE: "omgevormd",
        Choice.PARK: "naar de ontwikkelagenda",
    }
    told = [
        f"{count} {'actie' if count == 1 else 'acties'} {ending}"
        for choice, ending in endings.items()
        if (count := copied.counts.get(choice, 0))
    ]
    what = f": {', '.join(told[:-1])}{' en ' if told[1:] else ''}{told[-1]}" if told else ""
    return f"Het plan {copied.plan.title} is gemaakt als concept{what}."


def warning(copied: Copied) -> str:
    """What is to be looked at in the new plan, or nothing."""
    more = len(copied.unread) - MOST_TOLD
    rest = [f"En nog {more} keer; het plan zelf wijst ze aan."] if more > 0 else []
    return " ".join([*copied.unread[:MOST_TOLD], *rest])


def _name(action: Action) -> str:
    return f"action-{action.pk}"


def _moved(text: str, plan: WorkPlan, years: int) -> str:
    """A text with the years of the old plan moved on."""

    def move(found: re.Match[str]) -> str:
        year = int(found[0])
        return str(year + years) if plan.first_year <= year <= plan.last_year else found[0]

    return YEAR.sub(move, text)


def _next_slug(plan: WorkPlan, years: int) -> str:
    """The slug with its year moved on, or with the first year behind it."""
    moved = _moved(plan.slug, plan, years)
    if moved != plan.slug:
        return moved
    year = f"-{plan.last_year + 1}"
    return plan.slug[: LONGEST_SLUG - len(year)].rstrip("-") + year
