"""How far the actions of a plan are in one round, beside what was budgeted: the only
calculation of what was spent. Page, paper and file read this; nothing adds up again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from funds.figure import Figure
from funds.notation import AmountState
from reports.axes import whole
from reports.content import Content, fetch
from workplans.missing import WITHOUT
from workplans.models import Action, ActionProgress, ProgressRound
from workplans.responsible import responsible


@dataclass(frozen=True)
class ActionRow:
    """An action with what was reported of it, if anything; `codes` are the municipalities
    that carry it out, none where all members do."""

    action: Action
    codes: tuple[str, ...]
    report: ActionProgress | None

    @cached_property
    def budget(self) -> Figure | None:
        """What the plan has for it; None where nothing is asked of anybody."""
        return whole(self.action)

    @cached_property
    def actual(self) -> Figure | None:
        """What was spent; a gap while nobody says so of an action that has a budget."""
        if self.report is None or self.report.state == AmountState.BLANK:
            return None if self.budget is None else Figure.gap(AmountState.BLANK)
        if self.report.state == AmountState.NOT_APPLICABLE:
            return None
        return self.report.figure

    @cached_property
    def difference(self) -> Figure | None:
        """The budget less what was spent; every gap of both stays."""
        if self.budget is None and self.actual is None:
            return None
        return (self.budget or Figure.zero()) - (self.actual or Figure.zero())

    @property
    def status(self) -> str:
        return self.report.status if self.report else WITHOUT

    def is_of(self, code: str) -> bool:
        """Whether this municipality carries it out, alone or with others."""
        return not self.codes or code in self.codes


@dataclass(frozen=True)
class RoundProgress:
    """A round with a row for each action of its plan, in the order of the plan, or for
    those that a reader asks for."""

    content: Content
    round: ProgressRound
    rows: tuple[ActionRow, ...]

    @cached_property
    def budget(self) -> Figure:
        return _sum(row.budget for row in self.rows)

    @cached_property
    def actual(self) -> Figure:
        return _sum(row.actual for row in self.rows)

    @cached_property
    def difference(self) -> Figure:
        return _sum(row.difference for row in self.rows)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many actions there are of each status, those without a report as `WITHOUT`."""
        return Counter(row.status for row in self.rows)

    @cached_property
    def missing(self) -> dict[str, tuple[ActionRow, ...]]:
        """The actions without a report by CBS code of who carries them out, members in
        their order; what is of all members stands under the empty code."""
        found: dict[str, list[ActionRow]] = {code: [] for code in self.content.places.members}
        for row in self.rows:
            if row.report is None:
                for code in row.codes or ("",):
                    found.setdefault(code, []).append(row)
        return {code: tuple(rows) for code, rows in found.items() if rows}

    @property
    def has_reports(self) -> bool:
        return any(row.report for row in self.rows)

    def narrowed(self, *, municipality: str = "", status: str = "") -> RoundProgress:
        """The same with only the actions for which both hold; empty asks for all."""
        rows = tuple(
            row
            for row in self.rows
            if (not municipality or row.is_of(municipality)) and status in ("", row.status)
        )
        return replace(self, rows=rows)


def round_progress(round: ProgressRound) -> RoundProgress:
    """Everything of a round, in a fixed number of queries; follows `plan__region`."""
    content = fetch(round.plan)
    reports = round.reports.prefetch_related("measurements")
    by_action = {report.action_id: report for report in reports}
    rows = tuple(
        ActionRow(action, responsible(action, content.places), by_action.get(action.pk))
        for action in content.actions
    )
    return RoundProgress(content, round, rows)


def _sum(figures: Iterable[Figure | None]) -> Figure:
    return sum((figure for figure in figures if figure is not None), Figure.zero())
