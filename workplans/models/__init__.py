"""To what end: plans, their action lines and actions, costs, shares and planning."""

from workplans.models.action import Action, ActionLine, PlanningEntry
from workplans.models.cost import CostLine, Share
from workplans.models.plan import PlanApplication, Section, WorkPlan

__all__ = [
    "Action",
    "ActionLine",
    "CostLine",
    "PlanApplication",
    "PlanningEntry",
    "Section",
    "Share",
    "WorkPlan",
]
