"""Admin of the progress of plans: to read and to find, for it is written on its pages."""

from __future__ import annotations

from django.contrib import admin

from municipalities.admin import DerivedAdmin, register_history
from workplans.models import ActionProgress, Measurement, ProgressRound


@admin.register(ProgressRound)
class ProgressRoundAdmin(DerivedAdmin):
    list_display = ("plan", "year", "half", "due_on", "opened_at", "closed_on")
    list_filter = ("year", "half", ("plan__region", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("plan",)
    search_fields = ("plan__title",)
    date_hierarchy = "due_on"
    ordering = ("-year", "-half", "plan__title", "pk")


@admin.register(ActionProgress)
class ActionProgressAdmin(DerivedAdmin):
    list_display = ("action", "round", "status", "actual_text", "written_by_name", "written_at")
    list_filter = ("status", "state", ("round__plan", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("action__line", "action__point", "round")
    search_fields = ("action__title", "text", "attention", "round__plan__title")
    date_hierarchy = "written_at"
    ordering = ("-written_at", "pk")


@admin.register(Measurement)
class MeasurementAdmin(DerivedAdmin):
    list_display = ("target", "reached", "progress")
    list_select_related = ("progress__action__line", "progress__action__point")
    search_fields = ("target", "reached", "progress__action__title")
    ordering = ("progress", "position", "pk")


register_history(admin.site, ProgressRound, ActionProgress, Measurement)
