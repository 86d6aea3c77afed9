"""Verbs that change plans; each runs as one transaction and leaves a trace."""

from workplans.services.actions import reread_plan, store_cells
from workplans.services.files import Outcome, store_plan
from workplans.services.submission import submit_workplan

__all__ = ["Outcome", "reread_plan", "store_cells", "store_plan", "submit_workplan"]
