"""A plan fetched once, with all that its documents need, in a fixed number of queries.

Everything that is shown of a plan starts here; what follows asks the database nothing.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from funds.figure import Figure
from funds.notation import AmountState
from reports.costs import Cost, costs_of, counted
from reports.table import Place
from workplans.gazetteer import places_of
from workplans.models import (
    Action,
    ActionLine,
    ActionResult,
    Block,
    BlockRow,
    CostLine,
    FundingEntry,
    IntendedResult,
    Partner,
    PlanFigure,
    PlanningEntry,
    PlanRule,
    Share,
    WorkPlan,
    action_names,
)
from workplans.notation.places import Places
from workplans.styles import blocks_of

STRIPS = 7
NATURES = {
    "incidental": "Incidenteel",
    "structural": "Structureel",
    "multi_year": "Meerjarig",
    "unstated": "Niet vermeld",
}
"""The natures of a cost in the order of each table, with their headings."""
COUNTED = {"aantal", "acties", "punten", "resultaten", "rijen"}
"""The words with which a rule asks for a number of things."""


@dataclass(frozen=True)
class Content:
    """A plan on a date: its parts in the order of the document.

    `lines` has the parts of a line right after it; `blocks` those of the style where
    the author chose none.
    """

    plan: WorkPlan
    on: datetime.date
    blocks: tuple[Block, ...]
    lines: tuple[ActionLine, ...]
    figures: tuple[PlanFigure, ...]
    rules: tuple[PlanRule, ...]
    places: Places
    abbreviations: dict[str, str]
    read_costs: tuple[Cost, ...] | None = None

    @cached_property
    def costs(self) -> tuple[Cost, ...]:
        """What the totals are made of, in the order of the document."""
        if self.read_costs is not None:
            return self.read_costs
        return tuple(Cost.of(row) for action in self.actions for row in action.cost_lines.all())

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        return tuple(action for line in self.lines for action in line.actions.all())

    @cached_property
    def names(self) -> dict[int, str]:
        """What each action is called where no two may be called the same, by its key."""
        return action_names(self.actions, [line.code for line in self.lines])

    @cached_property
    def members(self) -> tuple[Place, ...]:
        """The members of the region on the plan's first day, in their order."""
        return tuple(self.place(code) for code in self.places.members)

    def file_name(self, form: str, about: str = "") -> str:
        """What a file of this plan is called, or of one thing about it."""
        what = f"{self.plan.slug}-{about}" if about else self.plan.slug
        return f"{what}-peildatum-{self.on.isoformat()}.{form}"

    def parts(self, line: ActionLine) -> list[ActionLine]:
        """The parts of an action line, in order."""
        return [part for part in self.lines if part.parent_id == line.pk]

    def place(self, code: str, amount_text: str = "") -> Place:
        """A municipality as tables show it."""
        members = self.places.members
        strip = members.index(code) + 1 if code in members else 0
        return Place(
            code=code,
            name=self.places.name(code),
            abbreviation=self.abbreviations.get(code, ""),
            strip=strip if strip <= STRIPS else 0,
            amount_text=amount_text,
        )


def fetch(
    plan: WorkPlan, *, on: datetime.date | None = None, figures_only: bool = False
) -> Content:
    """Fetch a plan with its parts; `on` is the reference date, the plan's own by default.

    The number of queries is the same whatever the size. With `figures_only` what no total
    and no rule of the plan stands on is left where it is, of a plan without rules all of
    its actions: whoever asks for that all the same pays a query each time.
    """
    places = places_of(plan.region, plan.starts_on)
    lines = list(plan.lines.order_by("position", "pk"))
    rules = tuple(plan.rules.order_by("position", "pk"))
    is_counted = not figures_only or any(map(_counts, rules))
    told = () if figures_only else ("goals", "predecessors")
    are_costs_alone = figures_only and not rules
    if not are_costs_alone:
        actions = _actions(_told(figures_only, is_counted))
        prefetch_related_objects(lines, actions, "points", *_results(is_counted), *told)
    return Content(
        plan=plan,
        on=on or plan.as_of,
        blocks=tuple(blocks_of(plan, list(_blocks(plan, figures_only, is_counted)))),
        lines=tuple(lines),
        figures=tuple(plan.figures.order_by("position", "pk")),
        rules=rules,
        places=places,
        abbreviations={code: short for short, code in places.abbreviations.items()},
        read_costs=costs_of(lines) if are_costs_alone else None,
    )


def contribution(cost: CostLine) -> Figure:
    """What a cost line adds to each total that it belongs to."""
    amount = None if cost.amount is None else cost.amount.amount
    return counted(cost.state, amount, is_unread=cost.division.municipalities_unread)


def nature_of(cost: CostLine) -> str:
    """Which of `NATURES` the cell of a cost says."""
    return cost.nature or "unstated"


def recipients(cost: CostLine) -> list[Share]:
    """The shares of those who receive a cost line."""
    return [s for s in cost.shares.all() if s.capacity == Share.Capacity.RECIPIENT]


def share_figure(share: Share) -> Figure:
    """What a share adds to the total of its municipality."""
    return Figure.entry(AmountState(share.state), share.amount.amount if share.amount else None)


def _counts(rule: PlanRule) -> bool:
    """Whether a rule is about how many there are of something, and not about money."""
    return not COUNTED.isdisjoint(f"{rule.figure} {rule.base}".casefold().split())


def _actions(told: tuple[Prefetch[str] | str, ...]) -> Prefetch[str]:
    shares = Share.objects.select_related("municipality").order_by("position", "pk")
    funding = FundingEntry.objects.select_related("municipality").order_by("position", "pk")
    costs = CostLine.objects.order_by("position", "pk").prefetch_related(
        Prefetch("shares", queryset=shares), Prefetch("funding", queryset=funding)
    )
    actions = Action.objects.select_related("lead", "point").order_by("position", "pk")
    parts = (Prefetch("cost_lines", queryset=costs), Prefetch("funding", queryset=funding))
    return Prefetch("actions", queryset=actions.prefetch_related(*parts, *told))


def _told(figures_only: bool, is_counted: bool) -> tuple[Prefetch[str] | str, ...]:
    """What an action says beside its money."""
    counted = ("quantities",) if is_counted else ()
    if figures_only:
        return counted
    served = ActionResult.objects.select_related("result__line", "result__parent").order_by(
        "position", "pk"
    )
    planning = PlanningEntry.objects.order_by("position", "pk")
    return (
        *counted,
        Prefetch("planning_entries", queryset=planning),
        _partners(),
        Prefetch("results", queryset=served),
        "after",
    )


def _results(is_counted: bool) -> tuple[Prefetch[str], ...]:
    results = IntendedResult.objects.order_by("position", "pk").prefetch_related("quantities")
    return (Prefetch("results", queryset=results),) if is_counted else ()


def _blocks(plan: WorkPlan, figures_only: bool, is_counted: bool) -> QuerySet[Block]:
    blocks = plan.blocks.order_by("position", "pk")
    if not is_counted:
        return blocks
    rows = (
        BlockRow.objects.select_related("line", "action__line", "action__point")
        .order_by("position", "pk")
        .prefetch_related("quantities", *(() if figures_only else (_partners(),)))
    )
    return blocks.prefetch_related(Prefetch("rows", queryset=rows))


def _partners() -> Prefetch[str]:
    partners = Partner.objects.select_related("organisation__parent").order_by("position", "pk")
    return Prefetch("partners", queryset=partners)
