"""Admin of actions: what people typed is changed, what it says follows."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from municipalities.admin import (
    GuardedAdmin,
    GuardedRows,
    ListPages,
    ReadOnlyInline,
    register_history,
)
from municipalities.versions import Watched
from workplans.admin.costs import period_of
from workplans.admin.mentions import PartnerInline, QuantityInline
from workplans.admin.shared import DerivedGoesAlong, PartOfPlan, euros, plan_column
from workplans.forms import OF_ACTION, ActionForm, ActionOrderForm, ActionResultForm
from workplans.forms.action import CELLS
from workplans.models import (
    Action,
    ActionOrder,
    ActionResult,
    CostLine,
    Partner,
    PlanningEntry,
    Quantity,
    Share,
)
from workplans.resources import ActionResource

CELL_FIELDS = ("planning_text", "start_text", "end_text", "municipalities_text")


class ListedCostInline(ReadOnlyInline):
    """Costs as they stand; they are changed in the editor."""

    model = CostLine
    fields = ("label", "text", euros, "nature", "funding_text", "municipalities_text")
    readonly_fields = (euros,)


class ActionOrderInline(GuardedRows, admin.TabularInline):
    model = ActionOrder
    form = ActionOrderForm
    fk_name = "action"
    autocomplete_fields = ("first",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("first__line__plan", "first__point")


class ActionResultInline(GuardedRows, admin.TabularInline):
    model = ActionResult
    form = ActionResultForm
    autocomplete_fields = ("result",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("result__line__plan")


@admin.register(Action)
class ActionAdmin(DerivedGoesAlong, PartOfPlan, ListPages, GuardedAdmin):
    """The typed cells are changed here; below stands how they were read."""

    path_from_plan = "lines__actions"
    form = ActionForm
    resource_classes = (ActionResource,)
    list_display = (
        "shown_code",
        "title",
        "plan",
        "amount",
        "planning_text",
        "municipalities_text",
        "sharing",
    )
    list_display_links = ("shown_code", "title")
    list_filter = (
        ("line__plan", admin.RelatedOnlyFieldListFilter),
        "kind",
        "status",
        "sharing",
        ("lead", admin.RelatedOnlyFieldListFilter),
        "planning_unread",
        "municipalities_unread",
        "cost_lines__state",
    )
    list_select_related = ("line__plan__region", "point")
    search_fields = (
        "code",
        "line__code",
        "point__code",
        "title",
        "budget_title",
        "description",
    )
    autocomplete_fields = ("line", "point")
    inlines = (
        ListedCostInline,
        PartnerInline,
        QuantityInline,
        ActionOrderInline,
        ActionResultInline,
    )
    ordering = ("line__plan__title", "line__position", "position", "pk")
    readonly_fields = ("sharing", "lead", "key_date", "read_shares", "read_planning")
    fieldsets = (
        (
            None,
            {"fields": ("line", "point", "code", "position", *OF_ACTION)},
        ),
        (
            "Bedrag",
            {"fields": ("has_cost", "amount_text", "nature", "funding")},
        ),
        ("Planning en gemeenten", {"fields": CELL_FIELDS}),
        ("Volgen", {"fields": ("monitoring", "embed_in", "embed_from", "note")}),
        (
            "Cellen die niet te lezen zijn",
            {
                "classes": ("collapse",),
                "fields": tuple(f"{cell}_unreadable" for cell in CELLS),
                "description": "Zet een vinkje om een tekst te bewaren die niet te lezen is. Wat "
                "erin staat telt dan niet mee, en het plan kan zo niet worden ingediend.",
            },
        ),
        (
            "Zo is het gelezen",
            {"fields": ("sharing", "lead", "key_date", "read_shares", "read_planning")},
        ),
    )
    history_of_parts = (
        (CostLine, "action_id", "Kostenregel"),
        (Partner, "action_id", "Partner"),
        (Quantity, "action_id", "Aantal"),
        (ActionOrder, "action_id", "Na"),
        (ActionResult, "action_id", "Resultaat"),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        actions = (
            super().get_queryset(request).select_related("line__plan__region", "point", "lead")
        )
        return actions.prefetch_related("cost_lines")

    def watched(self, row: Action) -> list[Watched]:
        shown = {"text": "amount_text", "nature": "nature", "funding_text": "funding"}
        cost = Watched(CostLine, "action_id", row.pk, shown, presence="has_cost")
        return [*super().watched(row), cost]

    def save_model(self, request: HttpRequest, obj: Any, form: ActionForm, change: bool) -> None:
        form.store()

    @admin.display(description="Code", ordering="code")
    def shown_code(self, action: Action) -> str:
        return action.full_code

    plan = plan_column("line__plan")

    @admin.display(description="Bedrag", ordering="cost_lines__amount")
    def amount(self, action: Action) -> str:
        texts = (cost.text or cost.get_state_display() for cost in action.cost_lines.all())
        return "; ".join(texts).replace("€ ", "€\u00a0")

    @admin.display(description="Verdeling over gemeenten")
    def read_shares(self, action: Action) -> SafeString | str:
        shares = Share.objects.filter(cost_line__action=action).select_related("municipality")
        ordered = shares.order_by("cost_line__position", "capacity", "position", "pk")
        rows = [(f"{share.municipality} {euros(share)}",) for share in ordered]
        return format_html_join("", "<div>{}</div>", rows) or "niet verdeeld"

    @admin.display(description="Perioden")
    def read_planning(self, action: Action) -> SafeString | str:
        if action.planning_by_hand:
            return "een zin; niet als periode gelezen"
        entries = action.planning_entries.filter(aspect=PlanningEntry.Aspect.PERIOD)
        rows = [(period_of(entry),) for entry in entries]
        return format_html_join("", "<div>{}</div>", rows) or "geen"


class PartOfAction(PartOfPlan, GuardedAdmin):
    """What an action names: found by action and plan."""

    list_filter = (("action__line__plan", admin.RelatedOnlyFieldListFilter),)
    ordering = ("action__line__plan__title", "action__line__position", "position", "pk")

    plan = plan_column("action__line__plan")


@admin.register(ActionOrder)
class ActionOrderAdmin(PartOfAction):
    path_from_plan = "lines__actions__after"
    form = ActionOrderForm
    fields = ("action", "position", "first")
    list_display = ("text", "action", "plan", "first")
    list_select_related = (
        "action__line__plan",
        "action__point",
        "first__line__plan",
        "first__point",
    )
    search_fields = ("text", "action__title", "first__title")
    autocomplete_fields = ("action", "first")


@admin.register(ActionResult)
class ActionResultAdmin(PartOfAction):
    path_from_plan = "lines__actions__results"
    form = ActionResultForm
    fields = ("action", "position", "result")
    list_display = ("text", "action", "plan", "result")
    list_select_related = ("action__line__plan", "action__point", "result__line__plan")
    search_fields = ("text", "action__title", "result__text")
    autocomplete_fields = ("action", "result")


register_history(admin.site, Action, ActionOrder, ActionResult)
