"""What the pages of plans have in common."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from funds.notation import format_euro
from municipalities.versions import Watched
from workplans.models import (
    AcceptedFinding,
    CostLine,
    FundingEntry,
    PlanApplication,
    PlanningEntry,
    PlanStep,
    Share,
    WorkPlan,
)

FOLLOWS = frozenset(
    str(model._meta.verbose_name)
    for model in (
        *(AcceptedFinding, CostLine, Share, FundingEntry, PlanningEntry, PlanApplication),
        PlanStep,
    )
)
"""What goes along when an action or a plan is removed, and nobody removes alone."""


@admin.display(description="Bedrag", ordering="amount")
def euros(row: Any) -> str:
    """The amount, or the state that stands for it."""
    if row.amount is None:
        return str(row.get_state_display()) if hasattr(row, "get_state_display") else ""
    return format_euro(row.amount.amount)


def plan_column(path: str) -> Any:
    """The column that names the plan of a row; `path` leads there, like `line__plan`."""
    find = attrgetter(path.replace("__", "."))

    @admin.display(description="Werkplan", ordering=f"{path}__title")
    def plan(self: Any, row: Any) -> str:
        return str(find(row))

    return plan


class PartOfPlan:
    """For pages of a plan and of its parts: they change one at a time, and who changes a
    part hears when the plan was submitted in the meantime."""

    path_from_plan = ""

    def turns(self, key: int) -> models.QuerySet:
        plans = WorkPlan.objects.select_for_update(no_key=True, of=("self",))
        return plans.filter(**{self.path_from_plan or "pk": key})

    def watched(self, row: Any) -> list[Watched]:
        own = [*super().watched(row)]
        if not self.path_from_plan:
            return own
        plan = WorkPlan.objects.get(**{self.path_from_plan: row.pk})
        return [*own, Watched(WorkPlan, "pgh_obj_id", plan.pk, {"status": ""})]


class DerivedGoesAlong:
    """For pages of rows from which others follow: those are removed with them."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        deleted, count, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, count, {name for name in lacking if name not in FOLLOWS}, protected
