"""Choices of a row elsewhere: named so that no two look alike."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db import models
from django.http import HttpRequest


class NamesChoices:
    """For pages and inlines: what is chosen stands there under the name that the search
    found it by. Each page says with `choice_text` how its rows are called elsewhere."""

    def choice_text(self, row: Any) -> str:
        return str(row)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        page = self.admin_site._registry.get(db_field.remote_field.model)
        if field is not None and isinstance(page, NamesChoices):
            field.label_from_instance = page.choice_text
        return field


class ChoiceView(AutocompleteJsonView):
    """What the search in a choice finds, each under its full name."""

    def get_queryset(self) -> models.QuerySet:
        related = self.model_admin.list_select_related
        found = super().get_queryset()
        return found.select_related(*related) if related else found

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        page = self.model_admin
        text = page.choice_text(obj) if isinstance(page, NamesChoices) else str(obj)
        return {"id": str(getattr(obj, to_field_name)), "text": text}
