"""Who else is in a plan, and what they changed since a number of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from municipalities.models import User
from workplans.editing.parts import kind_of
from workplans.models import PlanChange, PlanRevision, Presence, WorkPlan
from workplans.models.presence import LASTS


@dataclass(frozen=True)
class News:
    """What became of a plan since a number: the parts whose values changed, the parts
    that have other parts in them now, and whether that is not all that changed."""

    number: int
    written: frozenset[str]
    is_partial: bool


def news(plan: WorkPlan, since: int) -> News:
    """What was written after that number of the plan; at most two queries.

    Batches of the editor say which parts. Where something else wrote too (an import, the
    admin) nobody can say, and the page is shown anew.
    """
    number = PlanRevision.objects.values_list("number", flat=True).get(plan=plan)
    if number == since:
        return News(number, frozenset(), is_partial=False)
    written: set[str] = set()
    at = since
    batches = PlanChange.objects.filter(plan=plan, after__gt=since).order_by("after")
    for before, after, answer in batches.values_list("before", "after", "answer"):
        if before != at:
            return News(number, frozenset(), is_partial=True)
        at = after
        if answer["new"] or answer["removed"] or any(map(_has_others, answer["written"])):
            return News(number, frozenset(), is_partial=True)
        written |= set(answer["written"])
    return News(number, frozenset(written), is_partial=at != number)


def _has_others(handle: str) -> bool:
    return kind_of(handle) != "action"


HANDLE = re.compile(r"plan|[a-z]{1,12}:[0-9]{1,19}")
SOMEBODY = "Iemand anders"
MOST_LOOKED_AT = 200
"""So many of the last batches are searched for who changed a cell."""


def last_change(plan: WorkPlan, handle: str, key: str) -> tuple[str, datetime | None]:
    """Who put the value there that stands in a cell now, and when; without a key, who
    changed anything of the part. `Iemand anders` for what was not done in the editor, or
    long ago. One query."""
    for batch in _last(plan):
        for part in batch.changes:
            if part.get("node") == handle and key in ("", part.get("key")):
                return batch.by_name or SOMEBODY, batch.at
    return SOMEBODY, None


def who_removed(plan: WorkPlan, handle: str, *, on: date) -> str:
    """`Els (om 14:03)`: who took a part away, as read on that day. One query."""
    for batch in _last(plan):
        if handle in batch.answer["removed"]:
            return f"{batch.by_name or SOMEBODY} ({moment(batch.at, on=on)})"
    return SOMEBODY


def _last(plan: WorkPlan) -> Iterable[PlanChange]:
    return PlanChange.objects.filter(plan=plan).order_by("-after")[:MOST_LOOKED_AT]


def moment(at: datetime | None, *, on: date) -> str:
    """`om 14:03`, and of another day `op 21 november om 14:03`; empty where nobody knows."""
    if at is None:
        return ""
    day = "" if localtime(at).date() == on else f"op {date_format(localtime(at), 'j F')} "
    return f"{day}om {date_format(localtime(at), 'H:i')}"


def show_up(plan: WorkPlan, user: User, place: str, *, at: datetime) -> None:
    """Say that somebody is in the editor of a plan; `place` is a handle, or counts as
    nowhere. One query."""
    place = place if HANDLE.fullmatch(place) else ""
    Presence.objects.bulk_create(
        [Presence(plan=plan, user=user, place=place, seen_at=at)],
        update_conflicts=True,
        unique_fields=["plan", "user"],
        update_fields=["place", "seen_at"],
    )


def others(plan: WorkPlan, user: User, *, at: datetime) -> list[dict[str, Any]]:
    """Who else is in the editor of the plan now, and where. One query."""
    there: Iterable[Presence] = (
        Presence.objects.filter(plan=plan, seen_at__gt=at - LASTS)
        .exclude(user=user)
        .select_related("user")
        .order_by("user__display_name", "pk")
    )
    return [{"name": one.user.display_name, "place": one.place} for one in there]
