"""Copying a plan to the years after: each action as somebody chose, linked to the old."""

from __future__ import annotations

import copy
import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from municipalities import textfile
from municipalities.guard import guarded
from municipalities.models import User
from workplans import planfile
from workplans.lifecycle import BEGUN
from workplans.models import Action, ActionLine, WorkPlan
from workplans.planfile import Tree
from workplans.planfile.look_back import ActionName, Told, look_back, topics
from workplans.planfile.next_year import STATUS, Choice, NextPlan, next_year
from workplans.services.files import claim_slug, store_plan
from workplans.services.looking_back import told_of
from workplans.services.rereading import leave_unread, place_of
from workplans.services.turn import locked_plan

CHANGED = (
    "Het plan is veranderd nadat u het bekeek; kijk na wat er nu staat en maak het volgende plan "
    "dan opnieuw."
)


@dataclass(frozen=True)
class Copied:
    """The plan that was made, how often each choice was taken, and what of it could not
    be read in the new years, as Dutch sentences."""

    plan: WorkPlan
    counts: Mapping[Choice, int]
    unread: tuple[str, ...]


def copy_plan(
    plan: WorkPlan,
    *,
    title: str,
    slug: str,
    first_year: int,
    last_year: int,
    as_of: datetime.date,
    choices: Mapping[int, Choice],
    confirmed: str | None = None,
    by: User | None = None,
) -> Copied:
    """Make the next plan of a region from this one, as a concept.

    `choices` has one for the key of every action, and `confirmed` is the digest of the
    plan that somebody saw while choosing. A cell that cannot be read in the new
    years (a municipality is gone, inhabitants are not known) is left unread. Raises
    `ValidationError`, mostly by field: `slug_taken`, `period`, `choice_missing`,
    `changed` (it is no longer what was confirmed), or what is wrong with the plan itself;
    then nothing was made.
    """
    with guarded():
        plan = locked_plan(plan.pk)
        tree = planfile.dump(plan)
        if confirmed is not None and confirmed != planfile.digest(tree):
            raise _fault("changed", CHANGED)
        _refuse_period(plan, first_year, last_year)
        claim_slug(slug)
        names = _named(lines_with_actions(plan))
        chosen = _chosen(names, choices)
        head = NextPlan(slug, title, first_year, last_year, as_of)
        unread = _store(next_year(tree, head, chosen, _told(names)), by)
        made = WorkPlan.objects.get(slug=slug)
        _link({name: names[name] for name, choice in chosen.items() if choice in STATUS}, made)
    return Copied(made, Counter(chosen.values()), tuple(unread))


def lines_with_actions(plan: WorkPlan) -> list[tuple[ActionLine, list[Action]]]:
    """Every line of a plan with its actions, in the order of its file: those under
    points first. Four queries."""
    lines = plan.lines.order_by("position", "pk").prefetch_related(
        "points", "actions__point", "actions__planning_entries"
    )
    found = []
    for line in lines:
        turns = {point.pk: turn for turn, point in enumerate(line.points.all())}
        last = len(turns)
        actions = sorted(
            line.actions.all(), key=lambda action: turns.get(action.point_id or 0, last)
        )
        for action in actions:
            action.line = line
        found.append((line, actions))
    return found


def look_back_on(plan: WorkPlan, tree: Tree) -> list[Tree]:
    """The look-back block with what was last reported of a plan; none without reports.
    `tree` is that of the plan. Five queries."""
    told = _told(_named(lines_with_actions(plan)))
    return look_back(tree["plan"]["period"], topics(tree, told))


def _told(names: Mapping[ActionName, Action]) -> dict[ActionName, Told]:
    """What was last reported of actions that were, by what they are called."""
    told = told_of(action.pk for action in names.values())
    return {name: told[action.pk] for name, action in names.items() if action.pk in told}


def _named(lines: list[tuple[ActionLine, list[Action]]]) -> dict[ActionName, Action]:
    return {
        (line.code, turn): action for line, actions in lines for turn, action in enumerate(actions)
    }


def _refuse_period(plan: WorkPlan, first_year: int, last_year: int) -> None:
    if first_year <= plan.first_year:
        raise ValidationError(
            {"first_year": _fault("period", f"Het nieuwe plan begint na {plan.first_year}, het "
                                  "eerste jaar van dit plan.")}
        )  # fmt: skip
    if last_year < first_year:
        sentence = "Het laatste jaar ligt voor het eerste; draai ze om."
        raise ValidationError({"last_year": _fault("period", sentence)})


def _chosen(
    names: Mapping[ActionName, Action], choices: Mapping[int, Choice]
) -> dict[ActionName, Choice]:
    missing = [action.full_code for action in names.values() if action.pk not in choices]
    if missing:
        raise _fault(
            "choice_missing",
            f"Voor {', '.join(missing)} is nog niet gekozen; kies wat er met elke actie gebeurt.",
        )
    return {name: choices[action.pk] for name, action in names.items()}


def _store(tree: Tree, by: User | None) -> list[str]:
    """Store a new tree; what cannot be read in it any more is left unread. Returns a
    sentence for each."""
    tree = copy.deepcopy(tree)
    unread: list[str] = []
    wrong: list[textfile.Fault] = textfile.check(textfile.TextFile(tree), planfile.schema())
    while not wrong:
        try:
            store_plan(textfile.TextFile(tree), way=BEGUN, by=by)
            return unread
        except textfile.FileFaults as refused:
            left = {fault.path: leave_unread(tree, fault.path) for fault in refused.faults}
            unread += [sentence for sentence in left.values() if sentence]
            wrong = [fault for fault in refused.faults if not left[fault.path]]
    raise ValidationError(
        [_fault("plan", f"{place_of(tree, fault.path)}: {fault.sentence}") for fault in wrong]
    )


def _link(going: Mapping[ActionName, Action], made: WorkPlan) -> None:
    """Link each action to the very one that it comes from. The file names it by its code,
    and of equal codes that is the first."""
    for line, actions in lines_with_actions(made):
        olds = [old for (code, _), old in going.items() if code == line.code]
        for old, action in zip(olds, actions, strict=True):
            if action.predecessor_id != old.pk:
                action.predecessor = old
                action.save(update_fields=["predecessor"])


def _fault(code: str, sentence: str) -> ValidationError:
    return ValidationError(sentence, code=code)
