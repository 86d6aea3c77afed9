"""Make or change one row by its natural key, and only write what differs."""

from typing import Any

from django.db import models


def upsert(model: type[models.Model], key: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Make the row with this key, or change it where it differs; True when written.

    Validates first (`ValidationError` with the model's sentences). An equal row is not
    touched, so its history stays silent.
    """
    row = model._default_manager.filter(_where(key)).first()
    if row is None:
        row = model(**key, **wanted)
    elif all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    else:
        for name, value in wanted.items():
            setattr(row, name, value)
    row.full_clean()
    row.save()
    return True


def _where(key: dict[str, Any]) -> models.Q:
    """The filter of a key in which None is a value."""
    condition = models.Q()
    for name, value in key.items():
        condition &= models.Q(**({f"{name}__isnull": True} if value is None else {name: value}))
    return condition
