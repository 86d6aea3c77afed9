"""Bringing stored rows up to wanted values, writing only what differs."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from django.db import models
from djmoney.money import Money

from workplans.planfile import KEY, Tree

K = TypeVar("K", bound=Hashable)
R = TypeVar("R", bound=models.Model)


def sync(
    model: type[R],
    existing: Iterable[R],
    wanted: Mapping[K, Mapping[str, Any]],
    key_of: Callable[[R], K],
) -> dict[K, R]:
    """Make these rows equal to `wanted`; returns them by key, in the order of `wanted`.

    Foreign keys go by their column (`line_id`), so that comparing asks nothing. Equal
    rows are not touched, so history records real changes only. At most one insert, one
    delete, and an update per changed row, however many parents the rows have.
    """
    rows_there = list(existing)
    found = {key_of(row): row for row in rows_there}
    surplus = [row.pk for row in rows_there if found[key_of(row)] is not row]
    surplus += [row.pk for key, row in found.items() if key not in wanted]
    if surplus:
        model._default_manager.filter(pk__in=surplus).delete()
    rows: dict[K, R] = {}
    new: list[R] = []
    for key, values in wanted.items():
        row = found.get(key)
        if row is None:
            row = model(**values)
            new.append(row)
        else:
            _change(row, values)
        rows[key] = row
    if new:
        model._default_manager.bulk_create(new)
    return rows


def _change(row: models.Model, values: Mapping[str, Any]) -> None:
    """Save the fields that differ; nothing when none does."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different:
        row.save()


def money(amount: Any) -> Money | None:
    """Euros, or nothing."""
    return None if amount is None else Money(amount, "EUR")


class Names:
    """What rows are known by: the key that their part of the tree carries, so that a row
    whose code changes or that moves stays the same row; otherwise what a file knows
    them by."""

    def __init__(self, trees: Iterable[Tree]) -> None:
        self.carried = {tree[KEY] for tree in trees if KEY in tree}

    def of(self, tree: Tree, otherwise: Hashable) -> Hashable:
        """The name of a wanted row."""
        return (KEY, tree[KEY]) if KEY in tree else otherwise

    def known(self, otherwise: Callable[[R], Hashable]) -> Callable[[R], Hashable]:
        """The name of an existing row, for `sync`."""
        return lambda row: (KEY, row.pk) if row.pk in self.carried else otherwise(row)
