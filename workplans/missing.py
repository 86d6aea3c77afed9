"""Which reports of a round are still missing, and from whom: the only definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Prefetch

from municipalities.models import RoleAssignment, User
from municipalities.permissions import writers_of
from workplans.gazetteer import places_of
from workplans.models import Action, ActionProgress, ProgressRound, Share
from workplans.responsible import responsible

Role = RoleAssignment.Role
WITHOUT = "zonder"
"""How addresses ask for the actions without a report, beside the statuses."""


def missing_reports(round: ProgressRound) -> list[tuple[Action, tuple[str, ...]]]:
    """The actions of a round without a report, in the order of the plan, each with the
    CBS codes of who carries it out. A fixed number of queries; follows `plan__region`."""
    written = ActionProgress.objects.filter(round=round).values("action")
    shares = Share.objects.select_related("municipality").order_by("position", "pk")
    actions = (
        Action.objects.filter(line__plan=round.plan_id)
        .exclude(pk__in=written)
        .select_related("line", "point", "lead")
        .prefetch_related(Prefetch("cost_lines__shares", queryset=shares))
        .order_by("line__position", "line", "position", "pk")
    )
    places = places_of(round.plan.region, round.plan.starts_on)
    return [(action, responsible(action, places)) for action in actions]


def awaited(round: ProgressRound, missing: Iterable[tuple[Action, Sequence[str]]]) -> list[User]:
    """Who still has something to report, by name: policy officers of whom an action is
    missing, and the project leader while any is."""
    missing = list(missing)
    if not missing:
        return []
    wanted = {code for _, codes in missing for code in codes}
    of_all = any(not codes for _, codes in missing)
    people = list(writers_of(round.plan.region))
    held: dict[int, set[str]] = defaultdict(set)
    roles = RoleAssignment.objects.filter(user__in=people)
    leads = set(
        roles.filter(role=Role.PROJECT_LEADER, region=round.plan.region_id).values_list(
            "user", flat=True
        )
    )
    for user, code in roles.filter(role=Role.POLICY_OFFICER).values_list(
        "user", "municipality__code"
    ):
        held[user].add(code)
    return [p for p in people if p.pk in leads or of_all or held[p.pk] & wanted]
