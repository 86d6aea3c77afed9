"""The totals that run along while somebody types: those of the documents, in short."""

from __future__ import annotations

from dataclasses import dataclass

from funds.figure import Figure
from reports.content import fetch
from reports.fund_positions import FundPosition, fund_positions
from reports.named_figures import NamedFigures
from reports.plan_totals import plan_totals
from reports.rules import Outcome, Verdict, outcomes
from workplans.models import CostLine, WorkPlan

NATURES = {**dict(CostLine.Nature.choices), "unstated": "niet vermeld"}


@dataclass(frozen=True)
class Left:
    """What the envelope of a fund has left if what the plan asks now is granted."""

    name: str
    figure: Figure


@dataclass(frozen=True)
class RunningTotals:
    """What the plan comes to now; only natures and municipalities that have anything."""

    total: Figure
    natures: tuple[tuple[str, Figure], ...]
    municipalities: tuple[tuple[str, Figure], ...]
    undivided: Figure
    left: tuple[Left, ...]
    touched: tuple[Outcome, ...]


def running_totals(plan: WorkPlan) -> RunningTotals:
    """The totals of a plan as it stands. As many queries as its document."""
    content = fetch(plan)
    totals = plan_totals(content)
    positions = fund_positions(plan, content.on)
    figures = NamedFigures(content, totals, positions)
    return RunningTotals(
        total=totals.total,
        natures=tuple(
            (NATURES[nature], figure)
            for nature, figure in totals.by_nature.items()
            if figure != Figure.zero()
        ),
        municipalities=tuple(
            (content.places.name(code), figure)
            for code, figure in totals.by_municipality["recipient"].items()
            if figure != Figure.zero()
        ),
        undivided=totals.undivided,
        left=tuple(_left(position) for position in positions if position.balance),
        touched=tuple(
            found
            for found in outcomes(content, figures)
            if found.verdict in (Verdict.BROKEN, Verdict.TO_DO)
        ),
    )


def _left(position: FundPosition) -> Left:
    """With the change since the submission, where there was one."""
    assert position.balance is not None
    left = position.remaining_with_draft or Figure.zero()
    if position.submitted is not None:
        left = left - (position.asked_now - position.submitted)
    return Left(position.fund.name, left)
