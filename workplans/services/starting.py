"""Starting a plan from nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from municipalities import textfile
from municipalities.guard import guarded
from municipalities.models import User
from workplans import planfile
from workplans.lifecycle import BEGUN
from workplans.models import WorkPlan
from workplans.planfile import NewPlan, Tree, first_tree
from workplans.services.files import claim_slug, store_plan

FIELD_OF = {"applications": "rounds", "lines": "lines"}


def start_plan(
    head: NewPlan,
    lines: Sequence[Tree] = (),
    before: Sequence[Tree] = (),
    *,
    by: User | None = None,
) -> WorkPlan:
    """Make a plan as a concept, with the blocks of its style, those `before` in front of
    them, and these lines.

    Raises `ValidationError` by key of the head, or `lines` or `rounds`: `slug_taken`, or
    what is wrong with the plan itself; then nothing was made.
    """
    file = textfile.TextFile(first_tree(head, lines, before))
    faults = textfile.check(file, planfile.schema())
    if faults:
        raise _refusal(faults)
    with guarded():
        claim_slug(head.slug)
        try:
            store_plan(file, way=BEGUN, by=by)
        except textfile.FileFaults as refused:
            raise _refusal(refused.faults) from None
    return WorkPlan.objects.get(slug=head.slug)


def _refusal(faults: Sequence[textfile.Fault]) -> ValidationError:
    """What is wrong, with the field where somebody typed it."""
    found: dict[str, list[ValidationError]] = {}
    for fault in faults:
        part = str(fault.path[0]) if fault.path else ""
        key = str(fault.path[1]) if part == "plan" and len(fault.path) > 1 else part
        key = {"period": "last_year"}.get(key, FIELD_OF.get(key, key))
        found.setdefault(key, []).append(ValidationError(fault.sentence, code="plan"))
    return ValidationError(found)
