"""Admin of people and their roles.

A beheerder keeps people and roles. Superusers are technical sign-ins, made on the
command line: a beheerder does not see them, and nobody gives that right here.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from municipalities.admin.guarded import GuardedAdmin, GuardedRows
from municipalities.admin.history import register_history
from municipalities.forms import NewUserForm, PasswordForm, RoleAssignmentForm, UserForm
from municipalities.models import RoleAssignment, User


class RoleAssignmentInline(GuardedRows, admin.TabularInline):
    model = RoleAssignment
    form = RoleAssignmentForm
    autocomplete_fields = ("region", "municipality")
    extra = 0


@admin.register(User)
class UserAdmin(GuardedAdmin, DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    add_form_template = None  # Django's own speaks of a user name
    change_password_form = PasswordForm
    list_display = ("display_name", "email", "roles", "is_active", "last_login")
    list_filter = ("is_active", "role_assignments__role")
    search_fields = ("display_name", "email")
    ordering = ("display_name", "pk")
    filter_horizontal = ()
    readonly_fields = ("new_password", "last_login", "date_joined")
    inlines = (RoleAssignmentInline,)
    fieldsets = (
        (None, {"fields": ("display_name", "email", "new_password", "is_active")}),
        ("Gebruik", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("display_name", "email", "password1", "password2"),
                "description": "Sla op; daarna geeft u deze persoon een rol.",
            },
        ),
    )
    history_of_parts = ((RoleAssignment, "user_id", "Rol"),)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Without superusers, unless one asks; with what the list shows of roles."""
        people = (
            super()
            .get_queryset(request)
            .prefetch_related("role_assignments__municipality", "role_assignments__region")
        )
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def choice_text(self, row: User) -> str:
        return f"{row} ({row.email})"

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple:
        return self.inlines if obj is not None else ()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """What hangs on a person goes along; who may remove the person may do that."""
        deleted, count, _, protected = super().get_deleted_objects(objs, request)
        return deleted, count, set(), protected

    @admin.display(description="Wachtwoord")
    def new_password(self, user: User) -> SafeString:
        return format_html('<a href="{}">Geef een nieuw wachtwoord</a>', "../password/")

    @admin.display(description="Rollen")
    def roles(self, user: User) -> str:
        return ", ".join(str(role) for role in user.role_assignments.all())


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(GuardedAdmin):
    form = RoleAssignmentForm
    list_display = ("user", "role", "municipality", "region")
    list_filter = (
        "role",
        ("municipality", admin.RelatedOnlyFieldListFilter),
        ("region", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("user", "municipality", "region")
    search_fields = (
        "user__display_name",
        "user__email",
        "municipality__name",
        "region__name",
    )
    autocomplete_fields = ("user", "municipality", "region")
    ordering = ("user__display_name", "role", "pk")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        held = super().get_queryset(request)
        return held if request.user.is_superuser else held.filter(user__is_superuser=False)


register_history(admin.site, RoleAssignment)
