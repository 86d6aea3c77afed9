"""The pages that show what the database recorded: of one object, and of a whole list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from municipalities.recorded import (
    NOBODY,
    STEPS,
    Change,
    Event,
    changes_of,
    event_model,
    with_who,
)


def logged_changes_of(model: type[models.Model], key: str) -> Iterator[Change]:
    """What was done in the admin with a row whose changes the database does not record,
    such as a user with a password. One query."""
    entries = LogEntry.objects.select_related("user").filter(
        object_id=key, content_type=ContentType.objects.get_for_model(model)
    )
    for entry in entries:
        yield Change(entry.action_time, str(entry.user), entry.get_change_message(), "", ())


class HistoryPages:
    """For an admin page: the history of an object from what the database recorded.

    `history_of_parts` names rows that belong to the object: model, the field by which
    they hang on it, and what a person calls them. Also answers for a removed object.
    Of a model that is not tracked the admin's own log is shown.
    """

    history_of_parts: tuple[tuple[type[models.Model], str, str], ...] = ()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key = unquote(object_id)
        found = self.get_object(request, key)
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        changes = list(changes_of(self.model, "pgh_obj_id", key)) if key.isdecimal() else []
        if event_model(self.model) is None:
            changes = list(logged_changes_of(self.model, key))
        if found is None and not changes:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        for model, field, label in self.history_of_parts:
            changes += changes_of(model, field, key, label)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Geschiedenis van {found or self.opts.verbose_name + ' ' + key}",
            "changes": sorted(changes, key=lambda change: change.at, reverse=True),
            "object": found,
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/recorded_history.html", context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        recorded = event_model(self.model)
        if recorded is not None and recorded in self.admin_site._registry:
            extra_context = {"recorded_opts": recorded._meta} | (extra_context or {})
        return super().changelist_view(request, extra_context)  # type: ignore[misc]


class WhenFilter(admin.DateFieldListFilter):
    """The day of a change, under a name a person knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "datum"


class EventAdmin(admin.ModelAdmin):
    """The recorded changes of all rows of one model, those that were removed too."""

    list_display = ("when", "who", "step", "row")
    list_display_links = None
    list_filter = (("pgh_created_at", WhenFilter),)
    list_per_page = 50
    ordering = ("-pgh_id",)
    change_list_template = "admin/recorded_changes.html"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return with_who(super().get_queryset(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False  # reached from the list of the model itself

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        tracked = self.admin_site._registry.get(self.model.pgh_tracked_model)
        return tracked is not None and tracked.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        tracked = self.model.pgh_tracked_model._meta
        extra = {
            "title": f"Wijzigingen van {tracked.verbose_name_plural}",
            "tracked_opts": tracked,
        }
        return super().changelist_view(request, extra | (extra_context or {}))

    @admin.display(description="Wanneer", ordering="pgh_id")
    def when(self, event: Event) -> datetime:
        return event.pgh_created_at

    @admin.display(description="Wie")
    def who(self, event: Event) -> str:
        return event.who or NOBODY

    @admin.display(description="Wat", ordering="pgh_label")
    def step(self, event: Event) -> str:
        return STEPS.get(event.pgh_label, event.pgh_label)


def register_history(site: admin.AdminSite, *tracked: type[models.Model]) -> None:
    """Make the recorded changes of these models readable."""
    for model in tracked:
        recorded = event_model(model)
        assert recorded is not None, f"{model} is not tracked."
        page = type(f"{recorded.__name__}Admin", (_named(model), EventAdmin), {})
        site.register(recorded, page)


def _named(model: type[models.Model]) -> type:
    """A mix-in whose link names a row by its own texts, without a query for each."""
    texts = [
        name
        for name in ("code", "name", "title", "label", "reason", "role", "text", "slug")
        if name in {field.name for field in model._meta.fields}
    ][:2]

    class Named:
        @admin.display(description="Welke rij")
        def row(self, event: Event) -> str:
            said = " ".join(filter(None, (str(getattr(event, name)) for name in texts)))
            name = said[:80] or f"{model._meta.verbose_name} {event.pgh_obj_id}"
            route = f"admin:{model._meta.app_label}_{model._meta.model_name}_history"
            url = reverse(route, args=[event.pgh_obj_id])
            return format_html('<a href="{}">{}</a>', url, name)

    return Named
