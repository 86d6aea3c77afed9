"""The plans around a plan: its programme, what came before and after it, and what
carries it out. One query, and only what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from municipalities.models import User
from workplans.models import WorkPlan


@dataclass(frozen=True)
class Relation:
    """One kind of relation, with the plans that stand in it in the order of the list."""

    term: str
    plans: tuple[WorkPlan, ...]


def relations(plan: WorkPlan, user: User) -> tuple[Relation, ...]:
    """The relations of a plan that have a plan in them. A plan that the user may not
    see is left out: not even its title is told."""
    found = WorkPlan.objects.visible_to(user).filter(
        Q(pk__in=[plan.programme_id, plan.predecessor_id]) | Q(predecessor=plan) | Q(programme=plan)
    )
    plans = list(found.in_list_order())
    said = (
        ("Voert uit", [p for p in plans if p.pk == plan.programme_id]),
        ("Vervolg op", [p for p in plans if p.pk == plan.predecessor_id]),
        ("Opgevolgd door", [p for p in plans if p.predecessor_id == plan.pk]),
        ("Uitgevoerd door", [p for p in plans if p.programme_id == plan.pk]),
    )
    return tuple(Relation(term, tuple(related)) for term, related in said if related)
