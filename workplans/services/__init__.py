"""Verbs that change plans; each runs as one transaction and leaves a trace."""

from workplans.services.accepting import Said, accept_finding, reopen_finding
from workplans.services.actions import reread_plan, store_cells
from workplans.services.copying import Copied, copy_plan
from workplans.services.files import Outcome, store_plan
from workplans.services.reasons import Reason, reasons_against
from workplans.services.starting import start_plan
from workplans.services.submission import submit_workplan
from workplans.services.turn import locked_plan

__all__ = [
    "Copied",
    "Outcome",
    "Reason",
    "Said",
    "accept_finding",
    "copy_plan",
    "locked_plan",
    "reasons_against",
    "reopen_finding",
    "reread_plan",
    "start_plan",
    "store_cells",
    "store_plan",
    "submit_workplan",
]
