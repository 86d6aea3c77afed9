"""The totals that run along while somebody types: those of the documents, in short."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from funds.figure import Figure
from funds.models import Application
from funds.waiting import Undecided, undecided_of
from municipalities.models import User
from reports.content import NATURES, fetch
from reports.fund_positions import FundPosition, fund_positions
from reports.named_figures import NamedFigures
from reports.plan_totals import plan_totals
from reports.rules import Outcome, Verdict, outcomes
from reports.shared_work import SharedWork
from workplans.models import PlanApplication, WorkPlan

MOST = 5
"""How many other applications are named; the rest is one line."""


@dataclass(frozen=True)
class Left:
    """What the envelope of a fund has left if what the plan asks now is granted, and who
    else asks of it or in its round, as far as the reader may know: the first by name and
    `others` together."""

    name: str
    figure: Figure
    competing: tuple[Undecided, ...] = ()
    others: tuple[Undecided, ...] = ()

    @property
    def others_asked(self) -> Figure:
        return sum((each.asked for each in self.others), Figure.zero())


@dataclass(frozen=True)
class RunningTotals:
    """What the plan comes to now; only natures and municipalities that have anything.
    What no municipality gets yet comes last among those."""

    total: Figure
    natures: tuple[tuple[str, Figure], ...]
    municipalities: tuple[tuple[str, Figure], ...]
    left: tuple[Left, ...]
    touched: tuple[Outcome, ...]


@dataclass(frozen=True)
class _Counted:
    """What is the same for whoever reads the totals."""

    total: Figure
    natures: tuple[tuple[str, Figure], ...]
    municipalities: tuple[tuple[str, Figure], ...]
    touched: tuple[Outcome, ...]
    positions: tuple[FundPosition, ...]
    on: datetime.date


def running_totals(plan: WorkPlan, reader: User | None = None) -> RunningTotals:
    """The totals of a plan as it stands, with what competes for the same money as far as
    the reader may see that. A fixed number of queries; who asks while others do shares
    theirs. Raises `WorkPlan.DoesNotExist` where somebody removed the plan meanwhile."""
    counted = _counting.ask(plan.pk)
    competing = _competing(plan, counted.positions, reader, counted.on) if reader else []
    left = (
        _left(position, left, competing)
        for position in counted.positions
        if (left := position.left_if_granted) is not None
    )
    return RunningTotals(
        counted.total, counted.natures, counted.municipalities, tuple(left), counted.touched
    )


def _count(key: Hashable) -> _Counted:
    """Add up the plan as it stands now, and not as whoever asks has it in hand."""
    plan = WorkPlan.objects.select_related("region").get(pk=key)
    content = fetch(plan, figures_only=True)
    totals = plan_totals(content)
    positions = fund_positions(plan, content.on)
    figures = NamedFigures(content, totals, positions)
    recipients = totals.by_municipality["recipient"]
    municipalities = ((content.places.name(code), recipients[code]) for code in recipients)
    return _Counted(
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
        touched=tuple(
            found
            for found in outcomes(content, figures)
            if found.verdict in (Verdict.BROKEN, Verdict.TO_DO)
        ),
        positions=positions,
        on=content.on,
    )


_counting = SharedWork(_count)


def _competing(
    plan: WorkPlan, positions: Iterable[FundPosition], reader: User, on: datetime.date
) -> list[Undecided]:
    """Applications of others that wait in the same envelopes and rounds. Two queries."""
    held = [each for each in positions if each.balance is not None]
    same = Q(round__in=[each.round for each in held])
    same |= Q(envelope__in=[each.balance.envelope.pk for each in held if each.balance])
    own = PlanApplication.objects.filter(plan=plan, application__isnull=False)
    seen = Application.objects.visible_to(reader).filter(same)
    return undecided_of(seen.exclude(pk__in=own.values("application")), on=on)


def _left(position: FundPosition, left: Figure, competing: Iterable[Undecided]) -> Left:
    fund = position.fund
    rows = [each for each in competing if each.application.envelope.fund_id == fund.pk]
    rows.sort(key=lambda each: -each.asked.known)
    return Left(fund.name, left, tuple(rows[:MOST]), tuple(rows[MOST:]))
