"""What a person fills in to narrow a list; nothing here changes anything."""

from __future__ import annotations

from django import forms
from django.db.models import Max, Min, Q, QuerySet

from municipalities.models import Region
from workplans import lifecycle
from workplans.models import WorkPlan


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
