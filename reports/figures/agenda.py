"""In which quarters the actions of a plan run, and how sure that is. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from workplans.models import Action, PlanningEntry, WorkPlan

Quarter = tuple[int, int]


class Certainty(IntEnum):
    """How sure it is that an action runs then; the surest of its entries counts."""

    OPEN = 1  # it goes on without an end, or from an unknown start
    YEAR = 2  # only the year is known, or one of several moments is meant
    QUARTER = 3  # first and last quarter are known


@dataclass(frozen=True)
class Period:
    """A column: a quarter, or a whole year (`quarter` 0), with its actions by certainty."""

    year: int
    quarter: int
    counts: dict[Certainty, int]

    @property
    def name(self) -> str:
        return f"Q{self.quarter} {self.year}" if self.quarter else str(self.year)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass
class Agenda:
    """The actions of a plan by quarter of its period, and the codes of those left out.

    `outside` are in it as far as they fall within the period.
    """

    quarters: list[Quarter]
    running: dict[str, dict[Quarter, Certainty]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def by_quarter(self) -> list[Period]:
        return [_period(self, quarter[0], quarter[1], [quarter]) for quarter in self.quarters]

    def by_year(self) -> list[Period]:
        years = dict.fromkeys(year for year, _quarter in self.quarters)
        return [
            _period(self, year, 0, [(year, quarter) for quarter in range(1, 5)]) for year in years
        ]


def _period(agenda: Agenda, year: int, quarter: int, within: Sequence[Quarter]) -> Period:
    counts = dict.fromkeys(reversed(Certainty), 0)
    for running in agenda.running.values():
        found = [running[moment] for moment in within if moment in running]
        if found:
            counts[max(found)] += 1
    return Period(year, quarter, counts)


def agenda(plan: WorkPlan, actions: Iterable[tuple[str, Action]]) -> Agenda:
    """Read the planning entries of actions, given with their full codes.

    Open ends and what is continuous run until the end of the plan's period. Fetch
    `planning_entries` along; the database is asked nothing.
    """
    quarters = [
        (year, quarter)
        for year in range(plan.first_year, plan.last_year + 1)
        for quarter in range(1, 5)
    ]
    found = Agenda(quarters)
    for code, action in actions:
        _add(found, code, action)
    return found


def _add(found: Agenda, code: str, action: Action) -> None:
    entries = [
        entry
        for entry in action.planning_entries.all()
        if entry.aspect == PlanningEntry.Aspect.PERIOD
    ]
    dated = [entry for entry in entries if _is_dated(entry)]
    if action.planning_unread or action.start_unread or action.end_unread:
        found.unread.append(code)
    elif action.planning_by_hand:
        found.by_hand.append(code)
    elif not entries:
        found.missing.append(code)
    elif not dated:
        found.undated.append(code)
    else:
        running = found.running[code] = {}
        for entry in dated:
            _run(running, entry, found.quarters)
        if any(_leaves(entry, found.quarters) for entry in dated):
            found.outside.append(code)


def _is_dated(entry: PlanningEntry) -> bool:
    return bool(entry.start_year or entry.end_year or entry.is_continuous)


def _run(
    running: dict[Quarter, Certainty], entry: PlanningEntry, quarters: Sequence[Quarter]
) -> None:
    first, last = _first(entry) or quarters[0], _last(entry) or quarters[-1]
    certainty = _certainty(entry)
    for quarter in quarters:
        if first <= quarter <= last:
            running[quarter] = max(certainty, running.get(quarter, certainty))


def _first(entry: PlanningEntry) -> Quarter | None:
    return (entry.start_year, entry.start_quarter or 1) if entry.start_year else None


def _last(entry: PlanningEntry) -> Quarter | None:
    return (entry.end_year, entry.end_quarter or 4) if entry.end_year else None


def _certainty(entry: PlanningEntry) -> Certainty:
    if entry.is_continuous or not (entry.start_year and entry.end_year):
        return Certainty.OPEN
    if entry.is_alternative or not (entry.start_quarter and entry.end_quarter):
        return Certainty.YEAR
    return Certainty.QUARTER


def _leaves(entry: PlanningEntry, quarters: Sequence[Quarter]) -> bool:
    """Whether a stated moment lies outside the period of the plan."""
    return any(
        moment is not None and not quarters[0] <= moment <= quarters[-1]
        for moment in (_first(entry), _last(entry))
    )


def stretches(periods: Sequence[Period]) -> Iterator[tuple[Period, Period]]:
    """The first and last of each run of periods that have the same counts."""
    start = 0
    for n in range(1, len(periods) + 1):
        if n == len(periods) or periods[n].counts != periods[start].counts:
            yield periods[start], periods[n - 1]
            start = n
