"""Reading what the database recorded: who changed what, when, old and new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import models
from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.formats import localize
from django.utils.text import capfirst

from municipalities.models import User

STEPS = {"insert": "toegevoegd", "update": "gewijzigd", "delete": "verwijderd"}
NOBODY = "opdrachtregel of database"
NOT_SHOWN = frozenset(
    {
        "pgh_id",
        "pgh_created_at",
        "pgh_label",
        "pgh_obj",
        "pgh_context",
        "id",
        "loaded_digest",
    }
)
"""What a person does not read: keys, and what only programs compare."""
Event = pghistory.models.Event


@dataclass(frozen=True)
class Difference:
    """One field that changed; texts as a person reads them."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One moment at which somebody added, changed or removed a row."""

    at: datetime
    who: str
    step: str
    what: str
    differences: tuple[Difference, ...]


def event_model(model: type[models.Model]) -> type[Event] | None:
    """The model of the recorded events of a tracked model."""
    for candidate in apps.get_models():
        if issubclass(candidate, Event) and candidate.pgh_tracked_model is model:
            return candidate
    return None


def with_who(events: models.QuerySet[Event]) -> models.QuerySet[Event]:
    """Annotate each event with the display name of who did it, as `who`."""
    key = Cast(KeyTextTransform("user", OuterRef("pgh_context__metadata")), BigIntegerField())
    return events.annotate(who=Subquery(User.objects.filter(pk=key).values("display_name")[:1]))


def changes_of(
    model: type[models.Model], key: str, value: Any, label: str = ""
) -> Iterator[Change]:
    """Every change of the rows whose recorded field `key` has this value, oldest first.

    Two queries, and one for each kind of related row that is named.
    """
    recorded = event_model(model)
    if recorded is None:
        return
    events = list(with_who(recorded.objects.filter(**{key: value})).order_by("pgh_id"))
    fields = [field for field in recorded._meta.fields if field.name not in NOT_SHOWN]
    names = Names(events, fields)
    shown = [field for field in fields if field.name != key]
    before: dict[int, Event] = {}
    for event in events:
        is_gone = event.pgh_label == "delete"
        old = event if is_gone else before.get(event.pgh_obj_id)
        new = None if is_gone else event
        yield Change(
            at=event.pgh_created_at,
            who=event.who or NOBODY,
            step=STEPS.get(event.pgh_label, event.pgh_label),
            what=label,
            differences=tuple(names.differences(old, new, shown)),
        )
        before[event.pgh_obj_id] = event


class Names:
    """Values of recorded fields as text; rows that are referred to by their name."""

    def __init__(self, events: Iterable[Event], fields: Iterable[models.Field]) -> None:
        keys: dict[type[models.Model], set[Any]] = defaultdict(set)
        for field in fields:
            if field.is_relation:
                keys[field.related_model] |= {getattr(event, field.attname) for event in events}
        self.rows = {
            model: model._default_manager.in_bulk([k for k in wanted if k is not None])
            for model, wanted in keys.items()
        }

    def differences(
        self, old: Event | None, new: Event | None, fields: Iterable[models.Field]
    ) -> Iterator[Difference]:
        for field in fields:
            if field.name.endswith("_currency"):
                continue
            was, becomes = self.text(field, old), self.text(field, new)
            if was != becomes:
                yield Difference(capfirst(str(field.verbose_name)), was, becomes)

    def text(self, field: models.Field, event: Event | None) -> str:
        value = getattr(event, field.attname, None)
        if value is None or value == "":
            return ""
        if field.is_relation:
            row = self.rows[field.related_model].get(value)
            return str(row) if row is not None else f"nummer {value}"
        if isinstance(value, bool):
            return "ja" if value else "nee"
        if isinstance(value, list):
            return ", ".join(map(str, value))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return str(localize(value))
