"""Verbs that change plans; each runs as one transaction and leaves a trace."""

from workplans.services.accepting import Said, accept_finding, reopen_finding
from workplans.services.actions import reread_plan, store_cells
from workplans.services.adoption import (
    change_body,
    name_body,
    propose_bodies,
    put_forward,
    record_decision,
    remove_body,
)
from workplans.services.choosing import choose_scenario
from workplans.services.comments import (
    answer_comment,
    reopen_comment,
    resolve_comment,
    withdraw_comment,
    write_comment,
)
from workplans.services.conditions import CONDITIONS, Condition, reasons_against_step
from workplans.services.copying import Copied, copy_plan, look_back_on
from workplans.services.digests import send_digest, waiting_for_mail
from workplans.services.files import Outcome, store_plan
from workplans.services.keeping import keep_version
from workplans.services.notices import read_notices, tell_of_status
from workplans.services.progress import (
    Overtaken,
    Reported,
    close_round,
    move_round,
    open_round,
    read_actual,
    withdraw_round,
    write_progress,
)
from workplans.services.publishing import publish_version, withdraw_publication
from workplans.services.reasons import Reason, reasons_against
from workplans.services.reminders import remind_of_progress
from workplans.services.scenarios import (
    change_operations,
    change_scenario,
    make_scenario,
    record_votes,
    set_table,
)
from workplans.services.starting import start_plan
from workplans.services.steps import submit_workplan, take_step
from workplans.services.trail import begin_trail
from workplans.services.turn import locked_plan
from workplans.services.versions import as_it_was, restore_version, tree_of

__all__ = [
    "CONDITIONS",
    "Condition",
    "Copied",
    "Outcome",
    "Overtaken",
    "Reason",
    "Reported",
    "Said",
    "accept_finding",
    "answer_comment",
    "as_it_was",
    "begin_trail",
    "change_body",
    "change_operations",
    "change_scenario",
    "choose_scenario",
    "close_round",
    "copy_plan",
    "keep_version",
    "locked_plan",
    "look_back_on",
    "make_scenario",
    "move_round",
    "name_body",
    "open_round",
    "propose_bodies",
    "publish_version",
    "put_forward",
    "read_actual",
    "read_notices",
    "reasons_against",
    "reasons_against_step",
    "record_decision",
    "record_votes",
    "remind_of_progress",
    "remove_body",
    "reopen_comment",
    "reopen_finding",
    "reread_plan",
    "resolve_comment",
    "restore_version",
    "send_digest",
    "set_table",
    "start_plan",
    "store_cells",
    "store_plan",
    "submit_workplan",
    "take_step",
    "tell_of_status",
    "tree_of",
    "waiting_for_mail",
    "withdraw_comment",
    "withdraw_publication",
    "withdraw_round",
    "write_comment",
    "write_progress",
]
