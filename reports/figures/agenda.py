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
    entries = _joined(list(action.planning_entries.all()))
    dated = [entry for entry in entries if _is_dated(entry)]
    if action.planning_unread or action.start_unread or action.end_unread:
        found.unread.append(code)
    elif action.planning_by_hand or action.start_by_hand or action.end_by_hand:
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


def _joined(entries: Sequence[PlanningEntry]) -> list[PlanningEntry]:
    """The stretches that the cells say: those for start and end make one of two, per
    group (`Q1 2019 (HRN)`) where both name it. Nothing here is stored."""
    of = {aspect: [e for e in entries if e.aspect == aspect] for aspect in PlanningEntry.Aspect}
    starts, ends = of[PlanningEntry.Aspect.START], of[PlanningEntry.Aspect.END]
    if not starts or not ends:
        starts, ends = starts or [PlanningEntry()] * bool(ends), ends or [PlanningEntry()]
    return of[PlanningEntry.Aspect.PERIOD] + [
        PlanningEntry(
            start_year=start.start_year or start.end_year,
            start_quarter=start.start_quarter if start.start_year else start.end_quarter,
            end_year=end.end_year or end.start_year,
            end_quarter=end.end_quarter if end.end_year else end.start_quarter,
            is_continuous=start.is_continuous or end.is_continuous,
            is_alternative=start.is_alternative or end.is_alternative,
        )
        for start in starts
        for end in _ends_of(start, ends)
    ]


def _ends_of(start: PlanningEntry, ends: list[PlanningEntry]) -> list[PlanningEntry]:
    own = [end for end in ends if end.group in ("", start.group)]
    return own or ends


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
