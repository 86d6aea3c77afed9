"""Admin of tables, scenarios and votes: to read and to find. They are made on their own
pages."""

from __future__ import annotations

from django.contrib import admin

from municipalities.admin import DerivedAdmin, register_history
from workplans.models import (
    AllocationTable,
    Scenario,
    ScenarioChoice,
    ScenarioVote,
    TableMember,
)


@admin.register(AllocationTable)
class AllocationTableAdmin(DerivedAdmin):
    list_display = ("plan", "budget_code", "requested_code", "majority")
    list_filter = ("majority",)
    list_select_related = ("plan",)
    search_fields = ("plan__title",)
    ordering = ("plan__title", "pk")


@admin.register(TableMember)
class TableMemberAdmin(DerivedAdmin):
    list_display = ("name", "table", "organisation")
    list_select_related = ("table__plan", "organisation")
    search_fields = ("name", "table__plan__title")
    ordering = ("table__plan__title", "position", "pk")


@admin.register(Scenario)
class ScenarioAdmin(DerivedAdmin):
    list_display = ("title", "number", "plan")
    list_select_related = ("plan",)
    search_fields = ("title", "text", "plan__title")
    ordering = ("plan__title", "number", "pk")


@admin.register(ScenarioVote)
class ScenarioVoteAdmin(DerivedAdmin):
    list_display = ("member", "scenario", "vote", "dated_on", "entered_by_name")
    list_filter = ("vote",)
    list_select_related = ("member", "scenario")
    search_fields = ("member__name", "scenario__title")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-entered_at", "-pk")


@admin.register(ScenarioChoice)
class ScenarioChoiceAdmin(DerivedAdmin):
    list_display = ("plan", "scenario", "version", "dated_on", "reference", "entered_by_name")
    list_select_related = ("plan", "scenario", "version")
    search_fields = ("plan__title", "scenario__title", "reference")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


register_history(admin.site, AllocationTable, TableMember, Scenario)
