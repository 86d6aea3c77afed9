"""What a person fills in to narrow a list; nothing here changes anything."""

from __future__ import annotations

from django import forms
from django.db.models import Max, Min, Q, QuerySet

from municipalities.models import Region
from reports.axes import AXES, NONE
from reports.overview import USUAL, Asked, Layout
from reports.progress import RoundProgress
from workplans import lifecycle
from workplans.missing import WITHOUT
from workplans.models import Action, ActionProgress, WorkPlan


class PlanFilterForm(forms.Form):
    """Narrows a list of plans; each field may stay empty, and the address holds them all.

    Two queries, for the regions and the years that the list can be narrowed to.
    """

    tekst = forms.CharField(label="Titel of regio", required=False, max_length=100)
    regio = forms.ModelChoiceField(
        label="Regio", required=False, queryset=Region.objects.none(), to_field_name="slug",
        empty_label="Alle regio’s",
    )  # fmt: skip
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Alle statussen"), *lifecycle.CHOICES]
    )
    jaar = forms.TypedChoiceField(label="Periode", required=False, coerce=int, empty_value=None)

    use_required_attribute = False

    def __init__(self, asked: dict[str, str], plans: QuerySet[WorkPlan]) -> None:
        super().__init__(
            {name: asked.get(name, "") for name in self.base_fields}, auto_id="filter-%s"
        )
        self.fields["regio"].queryset = Region.objects.filter(
            pk__in=plans.order_by().values("region")
        ).order_by("name", "pk")
        span = plans.aggregate(first=Min("first_year"), last=Max("last_year"))
        self.is_needed = span["first"] is not None
        years = range(span["last"] or 0, (span["first"] or 1) - 1, -1)
        self.fields["jaar"].choices = [("", "Alle jaren"), *((year, str(year)) for year in years)]
        self.plans = plans

    @property
    def kept(self) -> dict[str, str]:
        """What is filled in, as an address holds it."""
        return {name: value for name, value in self.data.items() if value}

    def narrowed(self) -> QuerySet[WorkPlan]:
        """The plans that the valid fields leave."""
        self.is_valid()
        said = self.cleaned_data
        plans = self.plans
        if text := said.get("tekst"):
            plans = plans.filter(Q(title__icontains=text) | Q(region__name__icontains=text))
        if region := said.get("regio"):
            plans = plans.filter(region=region)
        if status := said.get("status"):
            plans = plans.filter(status=status)
        if year := said.get("jaar"):
            plans = plans.filter(first_year__lte=year, last_year__gte=year)
        return plans


class OverviewFilterForm(forms.Form):
    """Narrows the overview of a plan; offers only what the plan has to choose from. The
    address holds every field, and the axis in `per`. Asks the database nothing."""

    tekst = forms.CharField(label="Zoekwoord", required=False, max_length=100)

    use_required_attribute = False

    def __init__(self, asked: dict[str, str], layout: Layout) -> None:
        self.axis = asked.get("per", USUAL) if asked.get("per") in AXES else USUAL
        names = ("tekst", *AXES, "soort", "stand")
        super().__init__({name: asked.get(name, "") for name in names}, auto_id="filter-%s")
        for key, axis in AXES.items():
            self._offer(key, axis.label, axis.everything, layout.choices(key))
        actions = layout.content.actions
        self.is_needed = bool(actions)
        kinds, statuses = ({getattr(a, name) for a in actions} for name in ("kind", "status"))
        self._offer("soort", "Soort", "Alle soorten", _of(Action.Kind.choices, kinds))
        self._offer("stand", "Stand", "Alle standen", _of(Action.Status.choices, statuses))

    def _offer(self, name: str, label: str, everything: str, found: list[tuple[str, str]]) -> None:
        """A field, where there is something to choose."""
        if len(found) > 1:
            choices = [("", everything), *found]
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)

    @property
    def kept(self) -> dict[str, str]:
        """What is filled in, as an address holds it."""
        return {name: self.data[name] for name in self.fields if self.data[name]}

    @property
    def asked(self) -> Asked:
        """What the valid fields ask for."""
        self.is_valid()
        said = self.cleaned_data
        return Asked(
            axis=self.axis,
            keys={key: said[key] for key in AXES if said.get(key)},
            kind=said.get("soort", ""),
            status=said.get("stand", ""),
            words=said.get("tekst", ""),
        )


def _of(choices: list[tuple[str, str]], found: set[str]) -> list[tuple[str, str]]:
    """The choices that occur, with a capital; one alone still tells those that have it
    from those that have none."""
    shown = [(value, label.capitalize()) for value, label in choices if value in found]
    return [*shown, *([(NONE, "Niet vermeld")] if "" in found and shown else [])]


class ProgressFilterForm(forms.Form):
    """Narrows the actions of a round; the address holds every field. Asks the database
    nothing."""

    ronde = forms.CharField(widget=forms.HiddenInput, required=False)
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    voortgang = forms.ChoiceField(label="Voortgang", required=False)

    use_required_attribute = False

    def __init__(self, asked: dict[str, str], found: RoundProgress) -> None:
        typed = {name: asked.get(name, "") for name in self.base_fields}
        super().__init__(typed | {"ronde": found.round.moment}, auto_id="filter-%s")
        members = found.content.members
        self.fields["gemeente"].choices = [
            ("", "Alle gemeenten"),
            *((place.code, place.name) for place in members),
        ]
        self.fields["voortgang"].choices = [
            ("", "Alles"),
            (WITHOUT, "Nog geen verslag"),
            *((value, label.capitalize()) for value, label in ActionProgress.Status.choices),
        ]

    @property
    def kept(self) -> dict[str, str]:
        """What is filled in beside the round, as an address holds it."""
        return {n: self.data[n] for n in ("gemeente", "voortgang") if self.data[n]}

    @property
    def asked(self) -> dict[str, str]:
        """What the valid fields ask for."""
        self.is_valid()
        said = self.cleaned_data
        return {"municipality": said.get("gemeente", ""), "status": said.get("voortgang", "")}
