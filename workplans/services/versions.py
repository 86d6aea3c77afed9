"""Versions of a plan: going back to one, and looking at one as it was."""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import transaction

from funds.models import Application
from municipalities import textfile
from municipalities.guard import guarded
from municipalities.models import User
from workplans import lifecycle, planfile
from workplans.models import PlanApplication, PlanVersion, WorkPlan
from workplans.planfile import Tree
from workplans.services.files import (
    Meaning,
    refuse_adopted,
    refuse_granted,
    store_plan,
    wait_for_turn,
)
from workplans.services.keeping import keep_tree, last_version
from workplans.services.rereading import place_of
from workplans.services.turn import locked_plan


def restore_version(version: PlanVersion, *, reason: str, by: User | None) -> PlanVersion:
    """Make the plan what it was, and keep that as a new version; what stands there now
    is kept first, unless the last version has it.

    Status, submission and applications stay as they are. Raises `ValidationError`:
    `adopted`, `granted`, `unchanged`, or `unreadable` for each part that names what is
    not there any more; nothing has changed then.
    """
    with guarded():
        wait_for_turn(version.plan.slug)
        plan = locked_plan(version.plan_id)
        refuse_adopted(plan)
        refuse_granted(plan)
        now = planfile.dump(plan)
        wanted = _within(tree_of(version), now, plan)
        if planfile.digest(wanted) == planfile.digest(now):
            raise ValidationError(
                f"Het plan is nu al gelijk aan versie {version.number}; er verandert niets.",
                code="unchanged",
            )
        last = last_version(plan)
        if last is None or last.digest != planfile.digest(now):
            keep_tree(plan, now, name=f"Voor terug naar versie {version.number}", by=by)
        loaded = plan.loaded_digest
        _store(wanted)
        plan = locked_plan(plan.pk)
        # Going back is no loading: an old file is still refused without --replace.
        plan.loaded_digest = loaded
        plan.save(update_fields=["loaded_digest"])
        name = f"Terug naar versie {version.number}"
        return keep_tree(plan, planfile.dump(plan), name=name, reason=reason, by=by)


@contextlib.contextmanager
def as_it_was(version: PlanVersion) -> Iterator[WorkPlan]:
    """The plan of a version as a `WorkPlan`, for as long as the block lasts.

    Stored as a plan that nobody else ever sees: the transaction is always rolled back.
    It has the key and the parts of that plan, and title, address, status and submission
    of the real one as they were; what was submitted to a fund is that of the real plan,
    so no balance counts it twice. No history is written. Raises `ValidationError`
    (`unreadable`) for a version that names what does not exist any more. Everything of
    it must be fetched inside the block.
    """
    with transaction.atomic():
        try:
            with pgtrigger.ignore():
                plan = _scratch(version)
            yield plan
        finally:
            transaction.set_rollback(True)


def tree_of(version: PlanVersion) -> Tree:
    """The tree of the plan file as it was kept."""
    tree: Tree = json.loads(version.tree)
    return tree


def _within(tree: Tree, now: Tree, plan: WorkPlan) -> Tree:
    """The tree of a version inside the life of the plan as it is: its status and what it
    submitted; a reference date is never before a submission."""
    submitted = [row.submitted_on for row in plan.applications.all() if row.submitted_on]
    as_of = max([tree["plan"]["as_of"], *(day.isoformat() for day in submitted)])
    same = {"slug": plan.slug, "status": plan.status, "as_of": as_of}
    head = tree["plan"] | same
    return planfile.normalised(tree | {"plan": head, "applications": now.get("applications", [])})


def _store(tree: Tree) -> None:
    try:
        store_plan(textfile.TextFile(tree), replace=True)
    except textfile.FileFaults as refused:
        raise _unreadable(tree, refused.faults) from None


def _unreadable(tree: Tree, faults: Iterable[textfile.Fault]) -> ValidationError:
    return ValidationError(
        [
            ValidationError(f"{place_of(tree, fault.path)}: {fault.sentence}", code="unreadable")
            for fault in faults
        ]
    )


def _scratch(version: PlanVersion) -> WorkPlan:
    """Store the tree under a slug of its own, and let it pass for the plan it was of."""
    tree = tree_of(version)
    head = tree["plan"] | {
        "slug": f"versie-{uuid.uuid4().hex}",
        "status": lifecycle.Status.DRAFT.value,
    }
    days = {(row["fund"], row["round"]): row for row in tree.get("applications", [])}
    asked = [{"fund": fund, "round": round} for fund, round in days]
    meant = Meaning(textfile.TextFile(tree | {"plan": head, "applications": asked}))
    if meant.source.faults:
        raise _unreadable(tree, meant.source.faults)
    plan = WorkPlan(slug=head["slug"])
    meant.write(plan)
    plan.slug, plan.status = version.plan.slug, version.status
    _stand_in(plan, version.plan, {key: row.get("submitted_on", "") for key, row in days.items()})
    return plan


def _stand_in(plan: WorkPlan, real: WorkPlan, days: Mapping[tuple[str, str], str]) -> None:
    """Give a plan the applications of the real one, round by round, where those exist;
    what was taken back since, where that is what stood there on the day it says."""
    related = ("round__fund", "application__envelope__region")
    submitted = {row.round_id: row for row in real.applications.select_related(*related)}
    former = {
        (asked.round_id, asked.submitted_on.isoformat()): asked
        for asked in Application.objects.filter(taken_back__step__plan=real).select_related(
            "envelope__region"
        )
    }
    rows: list[PlanApplication] = []
    for row in plan.applications.select_related("round__fund").order_by("position", "pk"):
        row.plan = plan
        there = submitted.get(row.round_id)
        day = days[row.round.fund.slug, row.round.slug]
        if there and (not day or (there.submitted_on and there.submitted_on.isoformat() == day)):
            row.application, row.submitted_on = there.application, there.submitted_on
        elif asked := former.get((row.round_id, day)):
            row.application, row.submitted_on = asked, asked.submitted_on
        rows.append(row)
    plan.applying = tuple(rows)
