"""Admin of what follows from the cells of an action: to read and to find."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from municipalities.admin import DerivedAdmin, ReadOnlyInline, register_history
from workplans.admin.shared import euros, plan_column
from workplans.models import CostLine, FundingEntry, PlanningEntry, Share


def period_of(entry: PlanningEntry) -> str:
    """`2020`, `kwartaal 2 van 2020 t/m 2021`, `2020, doorlopend`."""
    start = _moment(entry.start_year, entry.start_quarter)
    end = _moment(entry.end_year, entry.end_quarter)
    span = start if end in ("", start) else f"{start} t/m {end}" if start else f"t/m {end}"
    words = [span, "doorlopend" if entry.is_continuous else "", entry.reference]
    said = ", ".join(word for word in words if word)
    subject = " ".join(word for word in (entry.group, entry.label) if word)
    said = said or entry.state or "zonder jaar"
    return f"{subject}: {said}" if subject else said


def _moment(year: int | None, quarter: int | None) -> str:
    if year is None:
        return ""
    return f"kwartaal {quarter} van {year}" if quarter else str(year)


@admin.register(CostLine)
class CostLineAdmin(DerivedAdmin):
    """To read: a cost line follows from the cells of its action."""

    list_display = ("action", "plan", "text", "state", euros, "nature", "funding_text")
    list_filter = (
        "state",
        "nature",
        ("action__line__plan", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("action__line__plan", "action__point")
    search_fields = ("text", "action__title", "action__code", "funding_text")
    ordering = ("action__line__plan__title", "action__line__position", "action__position", "pk")

    class ShareInline(ReadOnlyInline):
        model = Share
        fields = ("municipality", "capacity", euros)
        readonly_fields = (euros,)

        def get_queryset(self, request: HttpRequest) -> models.QuerySet:
            return super().get_queryset(request).select_related("municipality")

    class FundingInline(ReadOnlyInline):
        model = FundingEntry
        fields = ("pot", "year", "percentage", euros, "is_rest", "is_alternative", "is_certain")
        readonly_fields = (euros,)

    inlines = (ShareInline, FundingInline)

    plan = plan_column("action__line__plan")


@admin.register(Share)
class ShareAdmin(DerivedAdmin):
    """To read: a share follows from amount and municipalities of its action."""

    list_display = ("municipality", "shown_action", "plan", "capacity", euros)
    list_filter = (
        "capacity",
        "state",
        ("municipality", admin.RelatedOnlyFieldListFilter),
        ("cost_line__action__line__plan", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = (
        "municipality",
        "cost_line__action__line__plan",
        "cost_line__action__point",
    )
    search_fields = ("municipality__name", "cost_line__action__title", "cost_line__text")
    ordering = ("municipality__sort_name", "cost_line", "position", "pk")

    plan = plan_column("cost_line__action__line__plan")

    @admin.display(description="Actie", ordering="cost_line__action__title")
    def shown_action(self, share: Share) -> str:
        return str(share.cost_line.action)


@admin.register(FundingEntry)
class FundingEntryAdmin(DerivedAdmin):
    """To read: a pot follows from the funding of its action."""

    list_display = ("shown_pot", "action", "plan", "year", "percentage", euros, "is_certain")
    list_filter = (
        "year",
        "is_certain",
        ("municipality", admin.RelatedOnlyFieldListFilter),
        ("action__line__plan", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("action__line__plan", "action__point", "cost_line")
    search_fields = ("pot", "action__title", "action__code")
    ordering = ("pot", "action__line__plan__title", "action__position", "position", "pk")

    @admin.display(description="Pot", ordering="pot")
    def shown_pot(self, entry: FundingEntry) -> str:
        return str(entry)

    plan = plan_column("action__line__plan")


@admin.register(PlanningEntry)
class PlanningEntryAdmin(DerivedAdmin):
    """To read: a period follows from the planning of its action."""

    list_display = ("action", "plan", "aspect", "shown_period", "label", "is_continuous")
    list_filter = (
        "aspect",
        "start_year",
        "is_continuous",
        ("action__line__plan", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("action__line__plan", "action__point")
    search_fields = ("label", "group", "action__title", "action__code")
    ordering = ("action__line__plan__title", "action__line__position", "action__position", "pk")

    plan = plan_column("action__line__plan")

    @admin.display(description="Periode", ordering="start_year")
    def shown_period(self, entry: PlanningEntry) -> str:
        return period_of(entry)


register_history(admin.site, CostLine, Share, FundingEntry, PlanningEntry)
