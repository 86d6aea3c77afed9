"""To what end: plans, their document, action lines and actions, costs and planning."""

from workplans.models.acceptance import AcceptedFinding
from workplans.models.action import (
    Action,
    ActionOrder,
    ActionResult,
    Divided,
    anchor_of,
    full_code,
    plain_code,
)
from workplans.models.block import Block, BlockRow
from workplans.models.cost import CostLine, FundingEntry, Share
from workplans.models.detail import Partner, Quantity
from workplans.models.figure import PlanFigure, PrintedFigure
from workplans.models.line import (
    ActionLine,
    ActionPoint,
    Goal,
    IntendedResult,
    LinePredecessor,
)
from workplans.models.plan import PlanApplication, WorkPlan
from workplans.models.planning import PlanningEntry
from workplans.models.rule import PlanRule

__all__ = [
    "AcceptedFinding",
    "Action",
    "ActionLine",
    "ActionOrder",
    "ActionPoint",
    "ActionResult",
    "Block",
    "BlockRow",
    "CostLine",
    "Divided",
    "FundingEntry",
    "Goal",
    "IntendedResult",
    "LinePredecessor",
    "Partner",
    "PlanApplication",
    "PlanFigure",
    "PlanRule",
    "PlanningEntry",
    "PrintedFigure",
    "Quantity",
    "Share",
    "WorkPlan",
    "anchor_of",
    "full_code",
    "plain_code",
]
