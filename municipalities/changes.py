"""What changed since a moment: recorded events as differences that a person reads.

Knows no table of plans or money; the app that owns a table says what its events mean.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import BigIntegerField, Model, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

MOST_EVENTS = 1000
"""Of each table; who was away for long reads the newest of them."""
SHORT = 80


class Step(StrEnum):
    """What happened to a thing; the template has the words."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    SUBMITTED = "submitted"
    GRANTED = "granted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Difference:
    """A field with its Dutch word, before and after; a long text only says that it
    changed."""

    word: str
    old: str = ""
    new: str = ""
    is_long: bool = False


@dataclass(frozen=True)
class Change:
    """What one person did with one thing; `by` is the key of a user, None for a command.

    `thing` tells things apart, `code` and `title` name it, `where` is what it is part of.
    """

    thing: tuple[str, int]
    by: int | None
    at: datetime.datetime
    step: Step
    title: str
    code: str = ""
    where: str = ""
    url: str = ""
    differences: tuple[Difference, ...] = ()

    @property
    def amount(self) -> str:
        """The amount that an added thing has, or that was granted."""
        return next((d.new for d in self.differences if d.word == AMOUNT), "")


AMOUNT = "bedrag"


@dataclass(frozen=True)
class Recorded:
    """One recorded event, and the row as it was before, if it was there."""

    old: Any
    event: Any

    @property
    def step(self) -> Step:
        return {"insert": Step.ADDED, "delete": Step.REMOVED}.get(
            self.event.pgh_label, Step.CHANGED
        )

    @property
    def by(self) -> int | None:
        key: int | None = self.event.by
        return key

    @property
    def at(self) -> datetime.datetime:
        moment: datetime.datetime = self.event.pgh_created_at
        return moment


def recorded_since(model: type[Model], wanted: Q, since: datetime.datetime) -> list[Recorded]:
    """The events of a tracked model after a moment, oldest first, each with the row as it
    was before. Two queries, however many events."""
    events: Any = model.pgh_event_model.objects  # type: ignore[attr-defined]
    who = Cast(KeyTextTransform("user", "pgh_context__metadata"), BigIntegerField())
    newest = events.filter(wanted, pgh_created_at__gt=since).annotate(by=who).order_by("-pgh_id")
    rows = list(newest[:MOST_EVENTS])[::-1]
    changed = {row.pgh_obj_id for row in rows if row.pgh_label == "update"}
    before = (
        events.filter(pgh_obj_id__in=changed, pgh_id__lt=rows[0].pgh_id)
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
        if changed
        else ()
    )
    known = {row.pgh_obj_id: row for row in before}
    found = []
    for row in rows:
        found.append(Recorded(known.get(row.pgh_obj_id), row))
        known[row.pgh_obj_id] = row
    return found


def last_known(model: type[Model], keys: Iterable[int]) -> dict[int, Any]:
    """The last event of each row, also of a row that is gone. One query."""
    events: Any = model.pgh_event_model.objects  # type: ignore[attr-defined]
    rows = events.filter(pgh_obj_id__in=set(keys)).order_by("pgh_obj_id", "-pgh_id")
    return {row.pgh_obj_id: row for row in rows.distinct("pgh_obj_id")}


def difference(word: str, old: str, new: str, *, is_long: bool = False) -> Difference | None:
    """The difference between two texts, or None when there is none."""
    if old == new:
        return None
    if is_long or max(len(old), len(new)) > SHORT:
        return Difference(word, is_long=True)
    return Difference(word, old, new)


def grouped(changes: Iterable[Change]) -> list[Change]:
    """One change per thing and person: from what was there first to what is there last.

    What somebody added and removed again, or put back as it was, is left out.
    """
    found: dict[tuple[tuple[str, int], int | None], Change] = {}
    for change in sorted(changes, key=lambda change: change.at):
        key = (change.thing, change.by)
        found[key] = _joined(found[key], change) if key in found else change
    return [
        change for change in found.values() if change.step != Step.CHANGED or change.differences
    ]


def _joined(first: Change, then: Change) -> Change:
    steps = {first.step, then.step}
    if {Step.ADDED, Step.REMOVED} <= steps:
        return dataclasses.replace(then, step=Step.CHANGED, differences=())
    step = next((s for s in (Step.REMOVED, Step.ADDED) if s in steps), then.step)
    newest = first if first.step == Step.REMOVED else then
    return dataclasses.replace(
        newest, step=step, at=then.at, differences=_chained(first.differences, then.differences)
    )


def _chained(first: tuple[Difference, ...], then: tuple[Difference, ...]) -> tuple[Difference, ...]:
    found = {difference.word: difference for difference in first}
    for new in then:
        old = found.get(new.word)
        if old is None or new.is_long or old.is_long:
            found[new.word] = new if old is None else Difference(new.word, is_long=True)
        elif old.old == new.new:
            del found[new.word]
        else:
            found[new.word] = Difference(new.word, old.old, new.new)
    return tuple(found.values())
