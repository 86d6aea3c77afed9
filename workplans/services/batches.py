"""Storing more changes than fit in one batch: all of them, or none."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from municipalities.guard import guarded
from municipalities.models import User
from workplans.editing import Change
from workplans.editing.change import MOST
from workplans.models import WorkPlan
from workplans.services.editing import change_plan


def change_in_batches(plan: WorkPlan, changes: Sequence[Change], *, by: User) -> None:
    """Store changes that name nothing new of each other. Raises what `change_plan`
    raises; nothing is stored then."""
    with guarded():
        for at in range(0, len(changes), MOST):
            change_plan(plan, changes[at : at + MOST], key=uuid.uuid4(), by=by)
