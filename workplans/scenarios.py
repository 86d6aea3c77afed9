"""What the scenarios of a plan are worked out from, and where each stands: its outcome,
the votes on it, and whether it was chosen."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch

from funds.figure import Figure
from funds.models import Rule
from funds.notation import AmountState
from funds.scenario import Line, Material, WhatIf
from workplans.majority import Count, Majority, Vote, tally
from workplans.models import (
    Action,
    AllocationTable,
    CostLine,
    PlanFigure,
    Scenario,
    ScenarioChoice,
    ScenarioVote,
    Share,
    TableMember,
    WorkPlan,
    action_names,
)

REST = "rest"
REST_TITLE = "Niet per actie bekend"
NOBODY = "Geen partner genoemd"


@dataclass(frozen=True)
class CostOfAction:
    """A cost line under the name that scenarios call it by: `A6`, or `27B.2` where its
    action has more of them."""

    key: str
    cost: CostLine
    action: Action


def costs_of(plan: WorkPlan) -> list[CostOfAction]:
    """The cost lines of a plan that can be asked for, in its order. Six queries."""
    costs = CostLine.objects.order_by("position", "pk").prefetch_related(
        Prefetch("shares", queryset=Share.objects.select_related("municipality")), "funding"
    )
    rows = Action.objects.filter(line__plan=plan).select_related("line", "point")
    rows = rows.order_by("line__position", "line", "position", "pk").prefetch_related(
        Prefetch("cost_lines", queryset=costs), "partners__organisation"
    )
    actions = list(rows)
    codes = plan.lines.order_by("position", "pk").values_list("code", flat=True)
    names = action_names(actions, codes)
    found = []
    for action in actions:
        own = list(action.cost_lines.all())
        for number, cost in enumerate(own, 1):
            if cost.state != AmountState.NOT_APPLICABLE:
                key = names[action.pk] + (f".{number}" if len(own) > 1 else "")
                found.append(CostOfAction(key, cost, action))
    return found


def known_figures(plan: WorkPlan) -> dict[str, PlanFigure]:
    """The figures of a plan that are an amount which is known, by code. One query."""
    figures = plan.figures.filter(state=AmountState.KNOWN.value).order_by("position", "pk")
    return {figure.code: figure for figure in figures}


def material_of(plan: WorkPlan, table: AllocationTable) -> Material:
    """What is asked now; of a plan of which a scenario was chosen, what was asked then.
    Nine queries."""
    choice = ScenarioChoice.objects.filter(plan=plan).first()
    if choice is not None:
        return Material.read(choice.material)
    earmarked = {
        name.casefold()
        for name in plan.rules.filter(kind=Rule.Kind.EARMARK).values_list("applies_to", flat=True)
    }
    lines = [_line(row, earmarked) for row in costs_of(plan)]
    figures = known_figures(plan)
    requested = figures.get(table.requested_code)
    if requested is not None and requested.amount is not None:
        known = sum((line.figure for line in lines), Figure.zero()).known
        if requested.amount.amount > known:
            rest = requested.amount.amount - known
            lines.append(Line(REST, REST_TITLE, AmountState.KNOWN, rest, organisation=NOBODY))
    budget = figures.get(table.budget_code)
    amount = budget.amount.amount if budget is not None and budget.amount else Decimal(0)
    return Material(tuple(lines), amount)


def _line(row: CostOfAction, earmarked: Iterable[str]) -> Line:
    cost, action = row.cost, row.action
    partners = [p.organisation.name if p.organisation else p.text for p in action.partners.all()]
    shares = [
        (share.municipality.code, share.amount.amount)
        for share in cost.shares.all()
        if share.capacity == Share.Capacity.RECIPIENT and share.amount is not None
    ]
    return Line(
        row.key,
        f"{action.title}: {cost.label}" if cost.label else action.title,
        AmountState(cost.state),
        cost.amount.amount if cost.amount is not None else Decimal(0),
        is_new=action.status == Action.Status.NEW,
        is_provisional=cost.is_provisional,
        is_earmarked=any(pot.pot.casefold() in earmarked for pot in cost.funding.all()),
        organisation=", ".join(partners) or NOBODY,
        shares=tuple(sorted(shares)),
    )


@dataclass(frozen=True)
class Said:
    """What one member voted last on the outcome as it is; `earlier` is what was voted on
    another outcome, where nothing was said of this one."""

    member: TableMember
    vote: ScenarioVote | None
    earlier: ScenarioVote | None


@dataclass(frozen=True)
class Standing:
    """One scenario, its outcome and the votes on that."""

    scenario: Scenario
    table: AllocationTable
    outcome: WhatIf
    votes: tuple[Said, ...]
    choice: ScenarioChoice | None

    @property
    def is_chosen(self) -> bool:
        return self.choice is not None and self.choice.scenario_id == self.scenario.pk

    @property
    def asks_votes(self) -> bool:
        return bool(self.table.majority)

    @property
    def count(self) -> Count:
        said = (Vote(row.vote.vote) if row.vote else None for row in self.votes)
        return tally(said, Majority(self.table.majority or Majority.ALL))

    @property
    def count_text(self) -> str:
        return self.count.said("voor")

    @property
    def passes(self) -> bool:
        """Whether enough members are for; where nobody votes, always."""
        return not self.asks_votes or (self.count.voters > 0 and self.count.is_reached)


@dataclass(frozen=True)
class Scenarios:
    """All scenarios of a plan. Every outcome comes from the same material."""

    table: AllocationTable
    material: Material
    standings: tuple[Standing, ...]
    choice: ScenarioChoice | None

    @cached_property
    def by_number(self) -> dict[int, Standing]:
        return {standing.scenario.number: standing for standing in self.standings}


def scenarios_of(plan: WorkPlan) -> Scenarios | None:
    """Where the scenarios of a plan stand; None without a table. Thirteen queries,
    however many scenarios there are."""
    table = AllocationTable.objects.filter(plan=plan).first()
    if table is None:
        return None
    choice = ScenarioChoice.objects.filter(plan=plan).select_related("scenario", "version").first()
    material = material_of(plan, table)
    members = list(table.members.order_by("position", "pk"))
    votes = list(
        ScenarioVote.objects.filter(scenario__plan=plan).select_related("member").newest_first()
    )
    standings = []
    for scenario in plan.scenarios.order_by("number"):
        outcome, own = (
            material.outcome(scenario.operations),
            [v for v in votes if v.scenario_id == scenario.pk],
        )
        digest = outcome.digest
        said = tuple(_said(member, own, digest) for member in members)
        standings.append(Standing(scenario, table, outcome, said, choice))
    return Scenarios(table, material, tuple(standings), choice)


def _said(member: TableMember, votes: list[ScenarioVote], digest: str) -> Said:
    own = [vote for vote in votes if vote.member_id == member.pk]
    now = next((vote for vote in own if vote.digest == digest), None)
    return Said(member, now, None if now else next(iter(own), None))


def last_day(standing: Standing) -> datetime.date | None:
    """The day of the last vote that counts; a choice is of that day or later."""
    days = [row.vote.dated_on for row in standing.votes if row.vote]
    return max(days, default=None)
