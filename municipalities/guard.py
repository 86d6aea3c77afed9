"""The database as last guard: triggers that call our own SQL functions, and the
way back from a refusal by the database to a sentence that a person can read.

The functions themselves stand in each app's `*_guards` migration; why they look as
they do stands in docs/adr/0007-database-guards.md.
"""

import contextlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pgtrigger
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction
from django.db.models import Model

SENTENCES: dict[str, str] = {}
"""Constraint name to Dutch sentence; filled by each `Guard` when its model is made."""


class Guard(pgtrigger.Trigger):
    """A trigger that calls a SQL function of ours instead of a generated body.

    `sentences` holds, for each constraint name that the function raises with, what a
    person reads then, with the keys of the JSON in DETAIL as placeholders. Unlike
    pgtrigger's own bodies it does not listen to `pgtrigger.ignore`.
    """

    func = "RETURN NULL;"  # pgtrigger insists on a body; it is never called

    def __init__(self, *, call: str, sentences: Mapping[str, str], **kwargs: Any) -> None:
        self.call = call
        super().__init__(**kwargs)
        SENTENCES.update(sentences)

    def render_execute(self, model: Any) -> str:
        return self.call


def append_only(
    constraint: str, sentence: str, *columns: str, condition: pgtrigger.Condition | None = None
) -> Guard:
    """The guard of rows that are added and never changed or removed (a ledger).

    With `columns` only those stand fast, and other columns of the row may change; a
    `condition` says from when on a row stands fast. Removing is always refused.
    """
    arguments = ", ".join(f"'{argument}'" for argument in (constraint, *columns))
    return Guard(
        name="append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=condition,
        call=f"guard_ledger({arguments})",
        sentences={constraint: sentence},
    )


def refuse_changes(row: Model, *columns: str, sentence: str) -> None:
    """Say what `append_only` will say, but before the row is saved and at its field.

    For the `clean` of a model; a new row may say anything. One query for a stored row.
    """
    stored = type(row)._base_manager.filter(pk=row.pk).first()
    if stored is None:
        return
    for column in columns:
        if getattr(stored, column) != getattr(row, column):
            raise ValidationError({row._meta.get_field(column).name: sentence})


def check_now(using: str = DEFAULT_DB_ALIAS) -> None:
    """Fire every deferred trigger and constraint of this transaction at once.

    Set back to deferred afterwards: after a success the mode would stay.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextlib.contextmanager
def guarded(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Run a block as one transaction; a refusal becomes a `ValidationError`.

    The code of the error is the name of the constraint. An `IntegrityError` of which
    nobody knows a sentence goes on as it is: that is a defect, not a message.
    """
    try:
        with transaction.atomic(using=using):
            yield
            check_now(using)
    except IntegrityError as error:
        refusal = violation(error)
        if refusal is None:
            raise
        raise refusal from error


def violation(error: IntegrityError) -> ValidationError | None:
    """The Dutch sentence for a refusal by the database, or None where there is none."""
    diagnosis: Any = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    if name is None:
        return None
    if name in SENTENCES:
        detail = _detail(diagnosis)
        # Django fills `params` in with %: a sentence that is whole already has none.
        sentence = SENTENCES[name].format_map(detail).replace("%", "%%")
        return ValidationError(sentence, code=name, params=dict(detail))
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message:
                return ValidationError(str(constraint.violation_error_message), code=name)
        if model._meta.db_table == diagnosis.table_name:
            return _taken(model, name)
    return None


def _taken(model: type[Model], name: str) -> ValidationError | None:
    """The sentence for a field with `unique=True`, of which PostgreSQL made the name:
    table, column and `_key`. Longer names it shortens; a test holds that ours fit."""
    for field in model._meta.local_concrete_fields:
        if field.unique and name == f"{model._meta.db_table}_{field.column}_key":
            return ValidationError(
                f"Er is al een {model._meta.verbose_name} met deze waarde bij "
                f"{field.verbose_name}; kies een andere waarde.",
                code=name,
            )
    return None


def _detail(diagnosis: Any) -> Mapping[str, Any]:
    """The JSON that the guard put in DETAIL, numbers as Dutch text."""
    try:
        detail = json.loads(diagnosis.message_detail or "{}", parse_float=_dutch, parse_int=str)
    except ValueError:
        detail = {}
    return _Forgiving(detail)


class _Forgiving(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "onbekend"


def _dutch(number: str) -> str:
    return f"{Decimal(number):,.2f}".translate(str.maketrans(",.", ".,"))
