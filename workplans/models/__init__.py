"""To what end: plans, their document, action lines and actions, costs and planning."""

from workplans.models.acceptance import AcceptedFinding
from workplans.models.action import (
    Action,
    ActionOrder,
    ActionResult,
    Divided,
    action_names,
    anchor_of,
    full_code,
    plain_code,
)
from workplans.models.adoption import Adoption, BodyDecision, DecisionBody
from workplans.models.block import Block, BlockRow, block_anchors
from workplans.models.comment import WHOLE_PLAN, Comment, Mention
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
from workplans.models.notice import Notice
from workplans.models.plan import PlanApplication, WorkPlan
from workplans.models.planning import PlanningEntry
from workplans.models.presence import Presence
from workplans.models.progress import (
    ActionProgress,
    Measurement,
    ProgressRound,
    half_year_end,
)
from workplans.models.publication import (
    Publication,
    PublicationWithdrawal,
    PublishedFile,
)
from workplans.models.revision import PlanChange, PlanRevision
from workplans.models.rule import PlanRule
from workplans.models.scenario import (
    AllocationTable,
    Scenario,
    ScenarioChoice,
    ScenarioVote,
    TableMember,
)
from workplans.models.step import PlanStep, TakenBack
from workplans.models.version import PlanVersion

__all__ = [
    "WHOLE_PLAN",
    "AcceptedFinding",
    "Action",
    "ActionLine",
    "ActionOrder",
    "ActionPoint",
    "ActionProgress",
    "ActionResult",
    "Adoption",
    "AllocationTable",
    "Block",
    "BlockRow",
    "BodyDecision",
    "Comment",
    "CostLine",
    "DecisionBody",
    "Divided",
    "FundingEntry",
    "Goal",
    "IntendedResult",
    "LinePredecessor",
    "Measurement",
    "Mention",
    "Notice",
    "Partner",
    "PlanApplication",
    "PlanChange",
    "PlanFigure",
    "PlanRevision",
    "PlanRule",
    "PlanStep",
    "PlanVersion",
    "PlanningEntry",
    "Presence",
    "PrintedFigure",
    "ProgressRound",
    "Publication",
    "PublicationWithdrawal",
    "PublishedFile",
    "Quantity",
    "Scenario",
    "ScenarioChoice",
    "ScenarioVote",
    "Share",
    "TableMember",
    "TakenBack",
    "WorkPlan",
    "action_names",
    "anchor_of",
    "block_anchors",
    "full_code",
    "half_year_end",
    "plain_code",
]
