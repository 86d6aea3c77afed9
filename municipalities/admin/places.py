"""Admin of regions, municipalities and their inhabitants."""

from django.contrib import admin

from municipalities.admin.guarded import GuardedAdmin, GuardedRows
from municipalities.admin.history import register_history
from municipalities.admin.imports import ListPages
from municipalities.models import (
    GroupMembership,
    Municipality,
    MunicipalityGroup,
    Organisation,
    PopulationFigure,
    Region,
    RegionMembership,
)
from municipalities.resources import MunicipalityResource, PopulationResource


class PopulationInline(GuardedRows, admin.TabularInline):
    model = PopulationFigure
    extra = 0


class MembershipInline(GuardedRows, admin.TabularInline):
    model = RegionMembership
    autocomplete_fields = ("municipality",)
    extra = 0


class ExistsFilter(admin.SimpleListFilter):
    """Municipalities that still are, or were."""

    title = "bestaan"
    parameter_name = "bestaat"

    def lookups(self, request, model_admin):
        return [("ja", "bestaat nog"), ("nee", "bestaat niet meer")]

    def queryset(self, request, queryset):
        if self.value() in ("ja", "nee"):
            return queryset.filter(valid_until__isnull=self.value() == "ja")
        return queryset


@admin.register(Municipality)
class MunicipalityAdmin(ListPages, GuardedAdmin):
    resource_classes = (MunicipalityResource,)
    list_display = ("name", "code", "province", "valid_from", "valid_until", "merged_into")
    list_filter = (ExistsFilter, "province")
    list_select_related = ("merged_into",)
    search_fields = ("name", "sort_name", "code")
    autocomplete_fields = ("merged_into",)
    inlines = (PopulationInline,)
    fieldsets = (
        (None, {"fields": ("code", "name", "sort_name", "province")}),
        (
            "Geldigheid",
            {
                "fields": ("valid_from", "valid_until", "merged_into"),
                "description": "Beide dagen tellen mee. Leeg: onbekend, of tot nader order.",
            },
        ),
    )
    history_of_parts = ((PopulationFigure, "municipality_id", "Inwonertal"),)

    def choice_text(self, row: Municipality) -> str:
        ended = f", t/m {row.valid_until:%d-%m-%Y}" if row.valid_until else ""
        return f"{row.name} ({row.code}{ended})"


@admin.register(PopulationFigure)
class PopulationFigureAdmin(ListPages, GuardedAdmin):
    resource_classes = (PopulationResource,)
    list_display = ("municipality", "reference_date", "inhabitants", "status", "source")
    list_filter = ("status", "reference_date")
    list_select_related = ("municipality",)
    search_fields = ("municipality__name", "municipality__code", "source")
    autocomplete_fields = ("municipality",)
    date_hierarchy = "reference_date"
    ordering = ("municipality__sort_name", "-reference_date", "pk")


@admin.register(Region)
class RegionAdmin(GuardedAdmin):
    list_display = ("name", "kind", "parent", "centre_municipality", "slug")
    list_filter = ("kind", ("parent", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("parent", "centre_municipality")
    search_fields = ("name", "slug")
    autocomplete_fields = ("parent", "centre_municipality")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "aliases")}),
        ("Plaats", {"fields": ("parent", "centre_municipality")}),
    )
    history_of_parts = ((RegionMembership, "region_id", "Lid"),)

    def choice_text(self, row: Region) -> str:
        return f"{row.name} ({row.get_kind_display()})"


@admin.register(RegionMembership)
class RegionMembershipAdmin(GuardedAdmin):
    list_display = ("municipality", "region", "abbreviation", "position")
    list_filter = (("region", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("municipality", "region")
    search_fields = ("municipality__name", "municipality__code", "region__name", "abbreviation")
    autocomplete_fields = ("municipality", "region")
    ordering = ("region__name", "position", "pk")


class GroupMembershipInline(GuardedRows, admin.TabularInline):
    model = GroupMembership
    autocomplete_fields = ("municipality",)
    extra = 0


@admin.register(MunicipalityGroup)
class MunicipalityGroupAdmin(GuardedAdmin):
    list_display = ("name", "region")
    list_filter = (("region", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("region",)
    search_fields = ("name", "region__name")
    autocomplete_fields = ("region",)
    ordering = ("region__name", "name", "pk")
    inlines = (GroupMembershipInline,)
    history_of_parts = ((GroupMembership, "group_id", "Lid"),)


@admin.register(GroupMembership)
class GroupMembershipAdmin(GuardedAdmin):
    list_display = ("municipality", "group", "region")
    list_filter = (("group__region", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("municipality", "group__region")
    search_fields = ("municipality__name", "municipality__code", "group__name")
    autocomplete_fields = ("municipality", "group")
    ordering = ("group__region__name", "group__name", "pk")

    @admin.display(description="Regio", ordering="group__region__name")
    def region(self, row: GroupMembership) -> str:
        return str(row.group.region)


@admin.register(Organisation)
class OrganisationAdmin(GuardedAdmin):
    list_display = ("name", "kind", "parent", "aliases")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name", "aliases")
    autocomplete_fields = ("parent",)
    ordering = ("name", "pk")


register_history(
    admin.site,
    Municipality,
    PopulationFigure,
    Region,
    RegionMembership,
    MunicipalityGroup,
    GroupMembership,
    Organisation,
)
