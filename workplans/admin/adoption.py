"""Admin of decisions and publications: to read and to find. They are made on their own
pages."""

from __future__ import annotations

from django.contrib import admin

from municipalities.admin import DerivedAdmin, register_history
from workplans.models import (
    Adoption,
    BodyDecision,
    DecisionBody,
    Publication,
    PublicationWithdrawal,
)


@admin.register(Adoption)
class AdoptionAdmin(DerivedAdmin):
    list_display = ("plan", "majority", "version", "put_forward_on")
    list_filter = ("majority",)
    list_select_related = ("plan", "version")
    search_fields = ("plan__title",)
    ordering = ("plan__title", "pk")


@admin.register(DecisionBody)
class DecisionBodyAdmin(DerivedAdmin):
    list_display = ("name", "plan", "kind", "role", "due_on")
    list_filter = ("kind", "role", ("plan", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("plan",)
    search_fields = ("name", "plan__title")
    ordering = ("plan__title", "position", "pk")


@admin.register(BodyDecision)
class BodyDecisionAdmin(DerivedAdmin):
    list_display = ("body", "version", "outcome", "dated_on", "reference", "entered_by_name")
    list_filter = ("outcome", ("body__plan", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("body", "version")
    search_fields = ("body__name", "reference", "condition", "body__plan__title")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-entered_at", "-pk")


@admin.register(Publication)
class PublicationAdmin(DerivedAdmin):
    list_display = ("title", "version", "published_on", "retention_until", "published_by_name")
    list_select_related = ("version",)
    search_fields = ("title", "version__plan__title")
    date_hierarchy = "published_on"
    ordering = ("-published_on", "-pk")


@admin.register(PublicationWithdrawal)
class PublicationWithdrawalAdmin(DerivedAdmin):
    list_display = ("publication", "withdrawn_on", "reason", "withdrawn_by_name")
    list_select_related = ("publication",)
    search_fields = ("publication__title", "reason")
    date_hierarchy = "withdrawn_on"
    ordering = ("-withdrawn_on", "-pk")


register_history(admin.site, Adoption, DecisionBody)
