"""Whether something is still as somebody saw it, so that nobody overwrites another unseen.

A version is the last recorded event of each thing that counts: the database keeps it,
also for what a command or another page changes, and knows who it was and what it became.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Max, Model, OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

from municipalities.recorded import NOBODY, Names, event_model, with_who


@dataclass(frozen=True)
class Watched:
    """A row of which a change counts: the one whose recorded `key` has this value.

    `fields` maps what counts to the name of the form field that shows it, empty where
    none does. `presence` names the form field that says whether the row is there at all.
    """

    model: type[Model]
    key: str
    value: Any
    fields: Mapping[str, str]
    presence: str = ""


@dataclass(frozen=True)
class Overtaken:
    """A field that somebody changed since it was seen; `old` as it is stored, the texts
    as a person reads them."""

    field: str
    word: str
    who: str
    at: datetime
    old: Any
    old_text: str
    new_text: str

    def sentence(self, *, is_typed: bool) -> str:
        """Who made what of it when, and what to do; `is_typed`: the reader typed
        something else, which stays."""
        day = date_format(localtime(self.at), "j F Y")
        when = f"op {day} om {date_format(localtime(self.at), 'H:i')}"
        what = f"“{self.new_text}” van" if self.new_text else "niets van"
        said = f"{self.who} heeft hier {when} {what} gemaakt"
        if is_typed:
            return f"{said}. U typte iets anders; sla nog een keer op om uw tekst te houden."
        return f"{said}; dat staat er nu. Sla nog een keer op als het zo goed is."

    @property
    def told(self) -> str:
        """Who made what of what and when, without a full stop."""
        day = date_format(localtime(self.at), "j F Y")
        return (
            f"{self.word} is op {day} om {date_format(localtime(self.at), 'H:i')} door {self.who} "
            f"veranderd van “{self.old_text}” in “{self.new_text}”"
        )

    @property
    def whole_sentence(self) -> str:
        """The same where no field of the form shows it."""
        return f"{self.told}; sla nog een keer op als uw wijziging dan nog klopt."


def watch(row: Model) -> Watched:
    """The row itself, with every field that a person fills in."""
    fields = [
        field.name
        for field in row._meta.concrete_fields
        if field.editable and not field.primary_key and not field.name.endswith("_currency")
    ]
    return Watched(type(row), "pgh_obj_id", row.pk, {name: name for name in fields})


def with_version(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate each row of a tracked model with its version, read in the same breath."""
    recorded: Any = event_model(rows.model)
    events = recorded.objects.filter(pgh_obj_id=OuterRef("pk")).order_by("-pgh_id")
    return rows.annotate(seen_version=Subquery(events.values("pgh_id")[:1]))


def version_of(watched: Sequence[Watched]) -> str:
    """`81.4`: the last event of each, 0 where there is none. A query for each."""
    return ".".join(str(_last(part)) for part in watched)


def version_with_parts(row: Model) -> str:
    """That of a row and of all that goes when it is removed: how many of each model, and
    their last event. Two queries for each model."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect([row])
    counts = []
    for model, rows in collector.data.items():
        keys = [found.pk for found in rows]
        last = _last(Watched(model, "pgh_obj_id__in", keys, {})) if event_model(model) else 0
        counts.append(f"{model._meta.label_lower}.{len(keys)}.{last}")
    return " ".join(sorted(counts))


def _last(part: Watched) -> int:
    recorded: Any = event_model(part.model)
    events = recorded.objects.filter(**{part.key: part.value})
    return events.aggregate(last=Max("pgh_id"))["last"] or 0


def overtaken(watched: Sequence[Watched], version: str) -> list[Overtaken]:
    """What others made of it since that version; empty when all is as it was, or is
    again. Raises `ValueError` for what is no version. A query for each."""
    seen = [int(number) for number in version.split(".")]
    if len(seen) != len(watched):
        raise ValueError(f"{version!r} is no version of {len(watched)} things.")
    return [
        change
        for part, number in zip(watched, seen, strict=True)
        for change in _since(part, number)
    ]


def _since(part: Watched, seen: int) -> Iterator[Overtaken]:
    recorded: Any = event_model(part.model)
    found = recorded.objects.filter(**{part.key: part.value}, pgh_id__gte=seen)
    events = list(with_who(found).order_by("pgh_id"))
    before = events.pop(0) if events and events[0].pgh_id == seen else None
    if not events:
        return
    fields = [field for field in recorded._meta.fields if field.name in part.fields]
    names = Names([*events, *([before] if before else [])], fields)
    states = [_there(before), *(_there(event) for event in events)]
    if part.presence and (states[0] is None) != (states[-1] is None):
        word = str(part.model._meta.verbose_name)
        was, now = ("uit", "aan") if states[0] is None else ("aan", "uit")
        last = events[-1]
        yield _told(part.presence, word, last, states[0] is not None, was, now)
    for field in fields:
        values = [getattr(state, field.attname, None) or "" for state in states]
        if values[0] == values[-1]:
            continue
        turn = max(n for n in range(1, len(values)) if values[n] != values[n - 1])
        texts = names.text(field, states[0]), names.text(field, states[-1])
        old = getattr(states[0], field.attname, None)
        yield _told(part.fields[field.name], str(field.verbose_name), events[turn - 1], old, *texts)


def _there(event: Any) -> Any:
    """The row as an event left it: None when that took it away."""
    return None if event is None or event.pgh_label == "delete" else event


def _told(name: str, word: str, event: Any, old: Any, was: str, now: str) -> Overtaken:
    who = event.who or NOBODY
    return Overtaken(name, capfirst(word), who, event.pgh_created_at, old, was, now)
