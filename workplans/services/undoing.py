"""Undoing what somebody did in the editor, and doing it again."""

from __future__ import annotations

import uuid

from municipalities.models import User
from workplans.editing import WayBack, read_changes, renamed
from workplans.models import PlanChange, WorkPlan


class NothingToUndo(Exception):
    """The person has no such batch in this plan: it was refused, or changed nothing."""


def way_back_of(plan: WorkPlan, batch: uuid.UUID, *, by: User) -> WayBack:
    """What undoes a batch of this person, of the plan as it is now, for `change_plan`.

    That stores it as a batch of its own, and undoing that one does the first again. What
    somebody else made of it since clashes like any other change. Two queries. Raises
    `NothingToUndo`.
    """
    done = PlanChange.objects.filter(plan=plan, by=by, key=batch).first()
    if done is None or not done.back.get("changes"):
        raise NothingToUndo
    names = _names_since(done)
    # One by one: a batch may have more back than a page may send.
    changes = [change for part in done.back["changes"] for change in read_changes([part])]
    return WayBack(tuple(renamed(change, names) for change in changes), done.back["again"])


def _names_since(done: PlanChange) -> dict[str, str]:
    """The handles that parts have now which were taken away and came back after a batch,
    by those of its time."""
    names: dict[str, str] = {}
    later = PlanChange.objects.filter(plan=done.plan_id, after__gt=done.after)
    for step in later.exclude(renamed={}).order_by("after").values_list("renamed", flat=True):
        names = {old: step.get(new, new) for old, new in names.items()} | step
    return names
