"""Admin of action lines, with their goals, results and points."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from municipalities.admin import GuardedAdmin, GuardedRows, register_history
from workplans.admin.mentions import QuantityInline
from workplans.admin.shared import DerivedGoesAlong, PartOfPlan, plan_column
from workplans.forms import LinePredecessorForm
from workplans.models import (
    Action,
    ActionLine,
    ActionPoint,
    Goal,
    IntendedResult,
    LinePredecessor,
    Quantity,
)


class LinePredecessorInline(GuardedRows, admin.TabularInline):
    model = LinePredecessor
    form = LinePredecessorForm
    fk_name = "line"
    extra = 0


class GoalInline(GuardedRows, admin.StackedInline):
    model = Goal
    extra = 0
    classes = ("collapse",)


class IntendedResultInline(GuardedRows, admin.StackedInline):
    model = IntendedResult
    autocomplete_fields = ("parent",)
    extra = 0
    classes = ("collapse",)
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("parent")


class ActionPointInline(GuardedRows, admin.TabularInline):
    model = ActionPoint
    extra = 0


@admin.register(ActionLine)
class ActionLineAdmin(DerivedGoesAlong, PartOfPlan, GuardedAdmin):
    path_from_plan = "lines"
    list_display = ("code", "title", "kind", "plan", "position")
    list_display_links = ("code", "title")
    list_filter = ("kind", ("plan", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("plan",)
    search_fields = ("code", "title", "plan__title")
    autocomplete_fields = ("plan", "parent")
    ordering = ("plan__title", "position", "pk")
    inlines = (LinePredecessorInline, GoalInline, IntendedResultInline, ActionPointInline)
    fieldsets = (
        (None, {"fields": ("plan", "parent", "position", "code", "title", "kind")}),
        ("Verhaal", {"fields": ("general_goal", "text")}),
        ("Tabel", {"fields": ("columns",)}),
    )
    history_of_parts = (
        (Action, "line_id", "Actie"),
        (LinePredecessor, "line_id", "Herkomst"),
        (Goal, "line_id", "Doelstelling"),
        (IntendedResult, "line_id", "Resultaat"),
        (ActionPoint, "line_id", "Actiepunt"),
    )

    def choice_text(self, row: ActionLine) -> str:
        return f"{row.plan} – {row}"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else ("plan",)


@admin.register(IntendedResult)
class IntendedResultAdmin(PartOfPlan, GuardedAdmin):
    path_from_plan = "lines__results"
    list_display = ("code", "text", "line", "plan", "due")
    list_display_links = ("code", "text")
    list_filter = (("line__plan", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("line__plan",)
    search_fields = ("code", "text", "line__code", "line__title")
    autocomplete_fields = ("line", "parent")
    ordering = ("line__plan__title", "line__position", "position", "pk")
    inlines = (QuantityInline,)
    history_of_parts = ((Quantity, "result_id", "Aantal"),)

    def choice_text(self, row: IntendedResult) -> str:
        return f"{row.line.plan} – {row.line.code}{row.code} {row.text[:80]}"

    plan = plan_column("line__plan")


@admin.register(ActionPoint)
class ActionPointAdmin(DerivedGoesAlong, PartOfPlan, GuardedAdmin):
    path_from_plan = "lines__points"
    list_display = ("code", "title", "line", "plan", "position")
    list_display_links = ("code", "title")
    list_filter = (("line__plan", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("line__plan",)
    search_fields = ("code", "title", "line__code", "line__title")
    autocomplete_fields = ("line",)
    ordering = ("line__plan__title", "line__position", "position", "pk")
    history_of_parts = ((Action, "point_id", "Actie"),)

    def choice_text(self, row: ActionPoint) -> str:
        return f"{row.line.plan} – {row.line.code}: {row}"

    plan = plan_column("line__plan")


@admin.register(LinePredecessor)
class LinePredecessorAdmin(PartOfPlan, GuardedAdmin):
    path_from_plan = "lines__predecessors"
    form = LinePredecessorForm
    fields = ("line", "position", "text", "predecessor")
    readonly_fields = ("predecessor",)
    list_display = ("text", "line", "plan", "predecessor")
    list_filter = (("line__plan", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("line__plan", "predecessor")
    search_fields = ("text", "line__code", "line__title")
    autocomplete_fields = ("line",)
    ordering = ("line__plan__title", "line__position", "position", "pk")

    plan = plan_column("line__plan")


@admin.register(Goal)
class GoalAdmin(PartOfPlan, GuardedAdmin):
    path_from_plan = "lines__goals"
    list_display = ("text", "line", "plan", "position")
    list_filter = (("line__plan", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("line__plan",)
    search_fields = ("text", "line__code", "line__title")
    autocomplete_fields = ("line",)
    ordering = ("line__plan__title", "line__position", "position", "pk")

    plan = plan_column("line__plan")


register_history(admin.site, ActionLine, LinePredecessor, Goal, IntendedResult, ActionPoint)
