"""Admin of plans, with their rounds, rules and figures."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest

from funds.admin import RuleAdmin
from municipalities.admin import DerivedAdmin, GuardedAdmin, GuardedRows, register_history
from workplans.admin.shared import DerivedGoesAlong, PartOfPlan, euros
from workplans.forms import BlockForm, PlanFigureForm, PlanRuleForm, PrintedFigureForm
from workplans.lifecycle import BEGUN
from workplans.models import (
    AcceptedFinding,
    ActionLine,
    Block,
    PlanApplication,
    PlanFigure,
    PlanRule,
    PlanStep,
    PrintedFigure,
    TakenBack,
    WorkPlan,
)
from workplans.services import begin_trail, reread_plan


class BlockInline(GuardedRows, admin.StackedInline):
    model = Block
    form = BlockForm
    fields = ("position", "kind", "title", "level", "text")
    extra = 0
    classes = ("collapse",)
    show_change_link = True


class ActionLineInline(GuardedRows, admin.TabularInline):
    model = ActionLine
    fields = ("position", "code", "title", "kind")
    extra = 0
    show_change_link = True


class PlanRuleInline(GuardedRows, admin.StackedInline):
    model = PlanRule
    form = PlanRuleForm
    extra = 0
    classes = ("collapse",)


class PlanFigureInline(GuardedRows, admin.TabularInline):
    model = PlanFigure
    form = PlanFigureForm
    extra = 0
    classes = ("collapse",)


class PrintedFigureInline(GuardedRows, admin.TabularInline):
    model = PrintedFigure
    form = PrintedFigureForm
    fields = ("position", "place", "text", "figure")
    extra = 0
    classes = ("collapse",)
    show_change_link = True


class PlanApplicationForm(ModelForm):
    """A round to apply in; what was submitted stands fast."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.application_id is not None:
            for name in ("round", "position", "submitted_on"):
                self.fields[name].disabled = True


class PlanApplicationInline(GuardedRows, admin.TabularInline):
    model = PlanApplication
    form = PlanApplicationForm
    autocomplete_fields = ("round",)
    readonly_fields = ("application",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("round__fund", "application")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or not obj.is_submitted) and super().has_delete_permission(request, obj)


@admin.register(WorkPlan)
class WorkPlanAdmin(DerivedGoesAlong, PartOfPlan, GuardedAdmin):
    list_display = ("title", "region", "kind", "first_year", "last_year", "status", "as_of")
    list_filter = ("status", "kind", ("region", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("region",)
    search_fields = ("title", "slug", "region__name")
    autocomplete_fields = ("region", "programme", "predecessor")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("status",)
    inlines = (
        PlanApplicationInline,
        ActionLineInline,
        BlockInline,
        PlanRuleInline,
        PlanFigureInline,
        PrintedFigureInline,
    )
    actions = None  # a plan is removed on its own page, after a look
    fieldsets = (
        (
            None,
            {"fields": ("title", "slug", "kind", "style", "region", "programme", "predecessor")},
        ),
        ("Periode", {"fields": (("first_year", "last_year"), "as_of")}),
        (
            "Stand",
            {
                "fields": ("status", "joint_text"),
                "description": "De status verandert met een stap op de pagina van het plan, "
                "niet hier.",
            },
        ),
    )
    history_of_parts = (
        (Block, "plan_id", "Blok"),
        (ActionLine, "plan_id", "Actielijn"),
        (PlanApplication, "plan_id", "Aanvraag"),
        (PlanRule, "plan_id", "Regel"),
        (PlanFigure, "plan_id", "Cijfer"),
        (PrintedFigure, "plan_id", "Gedrukt cijfer"),
        (AcceptedFinding, "plan_id", "Geaccepteerde bevinding"),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or not obj.is_submitted) and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            begin_trail(obj, BEGUN, by=request.user)

    def choice_text(self, row: WorkPlan) -> str:
        return f"{row} ({row.region}, {row.period_text})"

    def save_consequences(self, form: ModelForm, change: bool) -> None:
        if change and {"region", "first_year"} & set(form.changed_data):
            reread_plan(form.instance)


@admin.register(PlanApplication)
class PlanApplicationAdmin(DerivedAdmin):
    """To read and to find; a round is added on the page of the plan."""

    list_display = ("plan", "round", "submitted_on", "application")
    list_filter = (
        ("plan__region", admin.RelatedOnlyFieldListFilter),
        ("round__fund", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("plan", "round__fund", "application")
    search_fields = ("plan__title", "round__name", "application__title")
    date_hierarchy = "submitted_on"
    ordering = ("-submitted_on", "plan__title", "position", "pk")


@admin.register(PlanStep)
class PlanStepAdmin(DerivedAdmin):
    """To read and to find; a step is taken on the page of the plan."""

    list_display = ("plan", "number", "name", "target", "taken_on", "by_name", "reason")
    list_filter = ("name", ("plan__region", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("plan",)
    search_fields = ("plan__title", "by_name", "reason")
    date_hierarchy = "taken_on"
    ordering = ("-entered_at", "-pk")


@admin.register(TakenBack)
class TakenBackAdmin(DerivedAdmin):
    """To read and to find: what a plan asked before it was taken back."""

    list_display = ("application", "step")
    list_select_related = ("application", "step")
    search_fields = ("application__title", "step__plan__title")
    ordering = ("-pk",)


@admin.register(AcceptedFinding)
class AcceptedFindingAdmin(DerivedAdmin):
    """To read and to find; a finding is accepted on the page of the checker."""

    list_display = ("place", "sentence", "plan", "reason", "user", "entered_at")
    list_filter = ("rule", ("plan", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("plan", "user")
    search_fields = ("place", "sentence", "reason", "plan__title")
    date_hierarchy = "entered_at"
    ordering = ("-entered_at", "pk")


@admin.register(PlanRule)
class PlanRuleAdmin(PartOfPlan, RuleAdmin):
    path_from_plan = "rules"
    owner, owner_name = "plan", "title"
    form = PlanRuleForm


@admin.register(PlanFigure)
class PlanFigureAdmin(PartOfPlan, GuardedAdmin):
    path_from_plan = "figures"
    form = PlanFigureForm
    fields = ("plan", *PlanFigureForm.Meta.fields)
    list_display = ("title", "code", "plan", euros, "sum_text", "share_text")
    list_filter = (("plan", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("plan",)
    search_fields = ("code", "title", "source", "plan__title")
    autocomplete_fields = ("plan",)
    ordering = ("plan__title", "position", "pk")


@admin.register(PrintedFigure)
class PrintedFigureAdmin(PartOfPlan, GuardedAdmin):
    path_from_plan = "printed"
    form = PrintedFigureForm
    fields = ("plan", *PrintedFigureForm.Meta.fields)
    list_display = ("place", "text", "plan", euros, "figure")
    list_filter = ("state", ("plan", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("plan",)
    search_fields = ("place", "text", "figure", "note", "plan__title")
    autocomplete_fields = ("plan",)
    ordering = ("plan__title", "position", "pk")


register_history(
    admin.site, AcceptedFinding, WorkPlan, PlanApplication, PlanRule, PlanFigure, PrintedFigure
)
