"""Bringing stored rows up to wanted values, writing only what differs."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from django.db import models

K = TypeVar("K", bound=Hashable)
R = TypeVar("R", bound=models.Model)


def sync(
    model: type[R],
    parent: Mapping[str, Any],
    existing: list[R],
    wanted: Mapping[K, Mapping[str, Any]],
    key_of: Callable[[R], K],
) -> dict[K, R]:
    """Make the children of a parent equal to `wanted`; returns them by key, in order.

    Equal rows are not touched, so history records real changes only. At most one
    insert, one delete, and an update per changed row.
    """
    found = {key_of(row): row for row in existing}
    surplus = [row.pk for row in existing if found[key_of(row)] is not row]
    surplus += [row.pk for key, row in found.items() if key not in wanted]
    if surplus:
        model._default_manager.filter(pk__in=surplus).delete()
    rows: dict[K, R] = {}
    new: list[R] = []
    for key, values in wanted.items():
        row = found.get(key)
        if row is None:
            row = model(**parent, **values)
            new.append(row)
        else:
            _change(row, values)
        rows[key] = row
    model._default_manager.bulk_create(new)
    return rows


def _change(row: models.Model, values: Mapping[str, Any]) -> None:
    """Save the fields that differ; nothing when none does."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different:
        row.save()
