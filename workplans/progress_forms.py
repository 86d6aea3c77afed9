"""What people fill in about progress: a round, and the report of one action."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from municipalities.fields import day_field
from municipalities.models import User
from workplans.choices import Radios
from workplans.models import Action, ActionProgress, ProgressRound, WorkPlan, half_year_end
from workplans.models.progress import HALVES, LONGEST_REPORT
from workplans.services import (
    Overtaken,
    Reported,
    move_round,
    open_round,
    read_actual,
    write_progress,
)

ONE_MONTH = datetime.timedelta(days=31)
OTHER = "measured_other"


class DueForm(forms.Form):
    """Until when the writers of a plan have."""

    due_on = day_field(
        "Klaar op",
        missing="Kies de dag waarop de verslagen klaar zijn.",
        help_text="Een week ervoor en op de dag zelf herinneren wij wie nog niets schreef.",
    )

    use_required_attribute = False

    def save(self, round: ProgressRound, *, on: datetime.date) -> ProgressRound:
        """Give the writers until that day; raises as `move_round` does."""
        return move_round(round, due_on=self.cleaned_data["due_on"], on=on)


class RoundForm(DueForm):
    """A round to open: a half year of the plan of which there is none yet. One query."""

    half_year = forms.ChoiceField(
        label="Over welk half jaar?",
        error_messages={
            "required": "Kies over welk half jaar u verslag vraagt.",
            "invalid_choice": "Dit half jaar hoort niet bij het plan, of heeft al een ronde.",
        },
    )
    field_order = ("half_year", "due_on")

    def __init__(self, typed: Any, *, plan: WorkPlan, on: datetime.date) -> None:
        self.plan, self.on = plan, on
        there = set(plan.progress_rounds.values_list("year", "half"))
        years = range(plan.first_year, plan.last_year + 1)
        left = [(y, h) for y in years for h in HALVES if (y, h) not in there]
        self.has_choice = bool(left)
        initial = {}
        if left:
            # The first that is over, or else the first to come.
            over = [pair for pair in left if half_year_end(*pair) < on]
            year, half = over[-1] if over else left[0]
            due = max(half_year_end(year, half), on) + ONE_MONTH
            initial = {"half_year": f"{year}-{half}", "due_on": due}
        super().__init__(typed, initial=initial)
        self.fields["half_year"].choices = [
            (f"{y}-{h}", f"{HALVES[h].capitalize()} half jaar van {y}") for y, h in left
        ]

    def open(self, by: User) -> ProgressRound:
        """Open the round; raises as `open_round` does."""
        year, half = map(int, self.cleaned_data["half_year"].split("-"))
        due_on = self.cleaned_data["due_on"]
        return open_round(self.plan, year=year, half=half, due_on=due_on, by=by, on=self.on)


class _Text(forms.CharField):
    """Text of more than one line, with line ends as we store them."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class ProgressForm(forms.Form):
    """The report of one action. `seen` is the version that the person had before them;
    after a refusal it is what stands there now, so that saving once more is a choice.
    `amount_fault` says why the amount that is stored cannot be read."""

    status = forms.ChoiceField(
        label="Hoe staat het ervoor?",
        choices=[(value, label.capitalize()) for value, label in ActionProgress.Status.choices],
        widget=Radios,
        error_messages={
            "required": "Kies hoe het met deze actie staat.",
            "invalid_choice": "Deze voortgang kennen wij niet; kies er een uit de lijst.",
        },
    )
    text = _Text(
        label="Wat is er gedaan?",
        required=False,
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Vertel wat er in dit half jaar is gebeurd en wat het opleverde.",
    )
    attention = _Text(
        label="Aandachtspunten",
        required=False,
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat vraagt om een besluit, of loopt anders dan gepland?",
    )
    actual_text = forms.CharField(
        label="Gerealiseerd bedrag",
        required=False,
        max_length=500,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    use_required_attribute = False

    def __init__(
        self,
        typed: Any,
        *,
        round: ProgressRound,
        action: Action,
        report: ActionProgress | None,
        before: ActionProgress | None,
    ) -> None:
        self.round, self.action, self.report = round, action, report
        self.targets = targets(action)
        super().__init__(typed, initial=self._shown(report, before))
        end = f"{round.ends_on:%d-%m-%Y}"
        self.fields["actual_text"].help_text = (
            f"Alles wat tot en met {end} is uitgegeven, sinds het begin van het plan. Zoals "
            "€\u00a012.500, PM, of n.t.b."
        )
        is_unread = report is not None and report.is_unread
        self.amount_fault = read_actual(report.actual_text)[2] if is_unread and report else ""
        for n, target in enumerate(self.targets):
            self.fields[f"measured_{n}"] = forms.CharField(
                label=f"Bereikt van: {target}", required=False, max_length=500
            )
        self.fields[OTHER] = forms.CharField(
            label="Andere meting" if self.targets else "Meting",
            required=False,
            max_length=500,
            help_text="Wat u verder telde, zoals 64 huisbezoeken.",
        )

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0

    def save(self, *, by: User, at: datetime.datetime) -> ActionProgress:
        """Store the report; raises as `write_progress` does."""
        said = self.cleaned_data
        measured = [(t, said[f"measured_{n}"]) for n, t in enumerate(self.targets)]
        return write_progress(
            self.round,
            self.action,
            Reported(
                status=said["status"],
                text=said["text"],
                attention=said["attention"],
                actual_text=said["actual_text"],
                measured=[*measured, ("", said[OTHER])],
            ),
            seen=said["seen"],
            by=by,
            at=at,
        )

    def tell(self, refusal: ValidationError) -> None:
        """Say what stands in the way; what was typed stays."""
        if isinstance(refusal, Overtaken):
            self.data = self.data.copy()
            self.data["seen"] = str(refusal.report.version)
            self.report = refusal.report
        for key, sentences in getattr(refusal, "error_dict", {"": [refusal]}).items():
            self.add_error(key if key in self.fields else None, sentences)

    def _shown(
        self, report: ActionProgress | None, before: ActionProgress | None
    ) -> dict[str, object]:
        """What the fields hold at first: the report, or of a new one the status and the
        amount of the round before, which run on."""
        if report is None:
            if before is None:
                return {"seen": 0}
            return {"seen": 0, "status": before.status, "actual_text": before.actual_text}
        reached = {row.target: row.reached for row in report.measurements.all()}
        others = [text for target, text in reached.items() if target not in self.targets]
        measured = {
            f"measured_{n}": reached.get(target, "") for n, target in enumerate(self.targets)
        }
        return {
            "seen": report.version,
            "status": report.status,
            "text": report.text,
            "attention": report.attention,
            "actual_text": report.actual_text,
            **measured,
            OTHER: "; ".join(others),
        }


def targets(action: Action) -> list[str]:
    """The quantities that an action aims at, its own and those of its results, each once
    and in order. Follows `quantities` and `results__result__quantities`."""
    own = [quantity.text for quantity in action.quantities.all()]
    served = [
        quantity.text
        for row in action.results.all()
        if row.result is not None
        for quantity in row.result.quantities.all()
    ]
    return list(dict.fromkeys([*own, *served]))
