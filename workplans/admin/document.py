"""Admin of the document of a plan: blocks and their rows."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from municipalities.admin import GuardedAdmin, GuardedRows, register_history
from workplans.admin.mentions import PartnerInline, QuantityInline
from workplans.admin.shared import PartOfPlan, plan_column
from workplans.forms import BlockForm
from workplans.models import Block, BlockRow, Partner, Quantity


class BlockRowInline(GuardedRows, admin.StackedInline):
    model = BlockRow
    autocomplete_fields = ("line", "action")
    extra = 0
    classes = ("collapse",)
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("line", "action__line", "action__point")


@admin.register(Block)
class BlockAdmin(PartOfPlan, GuardedAdmin):
    path_from_plan = "blocks"
    form = BlockForm
    list_display = ("title", "kind", "plan", "position", "level")
    list_filter = ("kind", ("plan", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("plan",)
    search_fields = ("title", "text", "rows__title", "rows__text", "plan__title")
    autocomplete_fields = ("plan",)
    ordering = ("plan__title", "position", "pk")
    inlines = (BlockRowInline,)
    history_of_parts = ((BlockRow, "block_id", "Rij"),)

    def choice_text(self, row: Block) -> str:
        return f"{row.plan} – {row}"


@admin.register(BlockRow)
class BlockRowAdmin(PartOfPlan, GuardedAdmin):
    path_from_plan = "blocks__rows"
    list_display = ("shown_row", "block", "plan", "group", "code", "position")
    list_filter = ("block__kind", ("block__plan", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("block__plan",)
    search_fields = ("title", "text", "note", "group", "code", "block__title")
    autocomplete_fields = ("block", "line", "action")
    ordering = ("block__plan__title", "block__position", "position", "pk")
    inlines = (PartnerInline, QuantityInline)
    history_of_parts = ((Partner, "row_id", "Partner"), (Quantity, "row_id", "Aantal"))

    @admin.display(description="Rij", ordering="title")
    def shown_row(self, row: BlockRow) -> str:
        return str(row) or "zonder titel"

    plan = plan_column("block__plan")


register_history(admin.site, Block, BlockRow)
