"""The totals that run along while somebody types: those of the documents, in short."""

from __future__ import annotations

from dataclasses import dataclass

from funds.figure import Figure
from reports.content import NATURES, fetch
from reports.fund_positions import fund_positions
from reports.named_figures import NamedFigures
from reports.plan_totals import plan_totals
from reports.rules import Outcome, Verdict, outcomes
from workplans.models import WorkPlan


@dataclass(frozen=True)
class Left:
    """What the envelope of a fund has left if what the plan asks now is granted."""

    name: str
    figure: Figure


@dataclass(frozen=True)
class RunningTotals:
    """What the plan comes to now; only natures and municipalities that have anything.
    What no municipality gets yet comes last among those."""

    total: Figure
    natures: tuple[tuple[str, Figure], ...]
    municipalities: tuple[tuple[str, Figure], ...]
    left: tuple[Left, ...]
    touched: tuple[Outcome, ...]


def running_totals(plan: WorkPlan) -> RunningTotals:
    """The totals of a plan as it stands. A fixed number of queries."""
    content = fetch(plan, figures_only=True)
    totals = plan_totals(content)
    positions = fund_positions(plan, content.on)
    figures = NamedFigures(content, totals, positions)
    recipients = totals.by_municipality["recipient"]
    municipalities = ((content.places.name(code), recipients[code]) for code in recipients)
    return RunningTotals(
        total=totals.total,
        natures=tuple(
            (NATURES[nature], figure)
            for nature, figure in totals.by_nature.items()
            if figure != Figure.zero()
        ),
        municipalities=tuple(
            (name, figure)
            for name, figure in (*municipalities, ("Niet verdeeld", totals.undivided))
            if figure != Figure.zero()
        ),
        left=tuple(
            Left(position.fund.name, left)
            for position in positions
            if (left := position.left_if_granted) is not None
        ),
        touched=tuple(
            found
            for found in outcomes(content, figures)
            if found.verdict in (Verdict.BROKEN, Verdict.TO_DO)
        ),
    )
