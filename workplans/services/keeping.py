"""Keeping a plan as it stands: one row that never changes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from funds.figure import Figure
from municipalities.guard import guarded
from municipalities.models import User
from workplans import planfile
from workplans.models import PlanVersion, WorkPlan
from workplans.planfile import Tree
from workplans.services.turn import locked_plan
from workplans.sums import plan_sums


def keep_version(plan: WorkPlan, *, name: str, reason: str = "", by: User | None) -> PlanVersion:
    """Keep the plan as it stands now. Raises `ValidationError`: `unchanged` when the last
    version has the very same content, or what is wrong with name and reason."""
    with guarded():
        plan = locked_plan(plan.pk)
        tree = planfile.dump(plan)
        last = last_version(plan)
        if last is not None and last.digest == planfile.digest(tree):
            raise ValidationError(
                f"Het plan is niet veranderd sinds versie {last.number} ({last.name}); er is "
                "niets nieuws te bewaren.",
                code="unchanged",
            )
        return keep_tree(plan, tree, name=name, reason=reason, by=by)


def last_version(plan: WorkPlan) -> PlanVersion | None:
    """The newest version of a plan, if it has any."""
    return plan.versions.order_by("number").last()


def keep_tree(
    plan: WorkPlan, tree: Tree, *, name: str, by: User | None, reason: str = ""
) -> PlanVersion:
    """Keep this tree of a locked plan."""
    number = plan.versions.aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion(
        plan=plan,
        number=number + 1,
        name=name,
        reason=reason,
        kept_by=by,
        kept_by_name=str(by) if by else "",
        status=plan.status,
        as_of=plan.as_of,
        tree=planfile.to_json(tree),
        digest=planfile.digest(tree),
        total=_figure(plan_sums([plan])[plan.pk]),
    )
    version.full_clean()
    version.save()
    return version


def _figure(figure: Figure) -> dict[str, Any]:
    gaps = {state.value: count for state, count in figure.gaps.items()}
    return {"known": f"{figure.known:.2f}", "gaps": gaps}
