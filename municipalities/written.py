"""Rows that people write: what holds for each text and each key, wherever it is typed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from municipalities.characters import INVISIBLE, NO_SLUG, has_control, is_slug


class Written(models.Model):
    """A row with texts: none holds a control character, and a slug looks as in a file.

    Holds by the kind of the field, so a new text needs no rule of its own.
    """

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        faults: dict[str, list[ValidationError]] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as found:
            found.update_error_dict(faults)
        for field in self._meta.concrete_fields:
            if field.name in (exclude or ()) or field.name in faults:
                continue
            sentence = _sentence(field, getattr(self, field.attname))
            if sentence:
                faults[field.name] = [ValidationError(sentence)]
        if faults:
            raise ValidationError(faults)


def _sentence(field: models.Field[Any, Any], value: Any) -> str:
    """What is wrong with the value of a field, or an empty text."""
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and has_control(text) for text in texts):
        return INVISIBLE
    if isinstance(field, models.SlugField) and value and not is_slug(value):
        return NO_SLUG
    return ""
