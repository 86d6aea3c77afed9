"""Bringing stored rows up to wanted values, writing only what differs."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from django.db import connection, models
from djmoney.money import Money

from workplans.planfile import KEY, Tree

K = TypeVar("K", bound=Hashable)
R = TypeVar("R", bound=models.Model)
Later = list[models.QuerySet[Any]]
"""Rows to delete when all else is written: others may still move out of them."""


def sync(
    model: type[R],
    existing: Iterable[R],
    wanted: Mapping[K, Mapping[str, Any]],
    key_of: Callable[[R], K],
    later: Later | None = None,
) -> dict[K, R]:
    """Make these rows equal to `wanted`; returns them by key, in the order of `wanted`.

    Foreign keys go by their column (`line_id`), so that comparing asks nothing. Equal
    rows are not touched, so history records real changes only. At most one insert, one
    delete, one update for all rows that only change places, and one for each other row
    that changes, however many parents the rows have. With `later` the delete is
    added there instead.
    """
    rows_there = list(existing)
    found = {key_of(row): row for row in rows_there}
    surplus = [row.pk for row in rows_there if found[key_of(row)] is not row]
    surplus += [row.pk for key, row in found.items() if key not in wanted]
    if surplus:
        unwanted = model._default_manager.filter(pk__in=surplus)
        if later is None:
            unwanted.delete()
        else:
            later.append(unwanted)
    rows: dict[K, R] = {}
    new: list[R] = []
    moved: list[R] = []
    for key, values in wanted.items():
        row = found.get(key)
        if row is None:
            row = model(**values)
            new.append(row)
        elif _change(row, values) == ["position"]:
            moved.append(row)
        rows[key] = row
    _move(model, moved)
    if new:
        model._default_manager.bulk_create(new)
    return rows


def _change(row: models.Model, values: Mapping[str, Any]) -> list[str]:
    """Save the fields that differ, and return them; a row that only changes places is
    left to `_move`."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different and different != ["position"]:
        row.save()
    return different


def _move(model: type[models.Model], rows: list[Any]) -> None:
    """Write the places of rows in one statement: a row put in front moves all the rest."""
    if not rows:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET position = moved.position FROM unnest(%s::bigint[], %s::int[]) "
            f"AS moved(id, position) WHERE {table}.id = moved.id",
            [[row.pk for row in rows], [row.position for row in rows]],
        )


def money(amount: Any) -> Money | None:
    """Euros, or nothing."""
    return None if amount is None else Money(amount, "EUR")


class Names:
    """What rows are known by. In a tree that carries keys it is the key, so that a row
    whose code changes or that moves stays the same row, a part without one is a new row,
    and a row that no part carries goes; in a file it is what its rows are known by there.
    """

    def __init__(self, *, keyed: bool) -> None:
        self.keyed = keyed

    def of(self, tree: Tree, otherwise: Hashable) -> Hashable:
        """The name of a wanted row; `tree` is the same object each time."""
        if KEY in tree:
            return KEY, tree[KEY]
        return ("new", id(tree)) if self.keyed else otherwise

    def known(self, otherwise: Callable[[Any], Hashable]) -> Callable[[Any], Hashable]:
        """The name of an existing row, for `sync`."""
        if self.keyed:
            return lambda row: (KEY, row.pk)
        return otherwise
