"""Admin of partners and quantities, and the rows in which others show them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from municipalities.admin import DerivedAdmin, GuardedRows, register_history
from workplans.forms import PartnerForm, QuantityForm
from workplans.models import Partner, Quantity


class PartnerInline(GuardedRows, admin.TabularInline):
    model = Partner
    form = PartnerForm
    autocomplete_fields = ("organisation",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("organisation")


class QuantityInline(GuardedRows, admin.TabularInline):
    model = Quantity
    form = QuantityForm
    extra = 0


class OfSomething:
    """For lists of what an action, a row or a result mentions."""

    @admin.display(description="Van")
    def owner(self, row: Any) -> str:
        return str(row.action or row.row or getattr(row, "result", ""))


@admin.register(Partner)
class PartnerAdmin(OfSomething, DerivedAdmin):
    """To read and to find; a partner is typed with its action or row."""

    list_display = ("text", "organisation", "minimum", "owner")
    list_filter = ("organisation__kind", ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation", "action__line", "action__point", "row")
    search_fields = ("text", "organisation__name", "action__title", "row__title")
    ordering = ("text", "pk")


@admin.register(Quantity)
class QuantityAdmin(OfSomething, DerivedAdmin):
    """To read and to find; a quantity is typed with its action, row or result."""

    list_display = ("text", "low", "high", "unit", "what", "owner")
    list_filter = ("unit", "is_about", "bound")
    list_select_related = ("action__line", "action__point", "row", "result")
    search_fields = ("text", "unit", "what", "action__title", "row__title", "result__text")
    ordering = ("unit", "low", "pk")


register_history(admin.site, Partner, Quantity)
