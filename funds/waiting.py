"""Applications and proposals that wait for a fund manager."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from funds.balance import undecided
from funds.figure import Figure
from funds.models import Application, ApplicationLine, GrantProposal
from funds.notation import AmountState
from municipalities.models import User


@dataclass(frozen=True)
class Undecided:
    """An application with lines that nobody decided on, and what those ask together."""

    application: Application
    lines: int
    asked: Figure


def undecided_applications(user: User, *, on: datetime.date) -> list[Undecided]:
    """Those to funds that the user manages and that nobody made a proposal on, the one
    that waits longest first. Two queries."""
    proposed = GrantProposal.objects.open().values("application")
    managed = Application.objects.managed_by(user).exclude(pk__in=proposed)
    return undecided_of(managed, on=on)


def undecided_of(applications: QuerySet[Application], *, on: datetime.date) -> list[Undecided]:
    """Those of these applications that have lines nobody decided on, the oldest first.
    Two queries."""
    rows = (
        ApplicationLine.objects.filter(undecided(on), application__in=applications)
        .values_list("application", "state")
        .annotate(total=Sum("amount"), lines=Count("pk"))
        .order_by("application", "state")
    )
    sums: dict[int, tuple[int, Figure]] = {}
    for key, state, total, lines in rows:
        before = sums.get(key, (0, Figure.zero()))
        sums[key] = (before[0] + lines, before[1] + Figure.entry(AmountState(state), total, lines))
    found = Application.objects.filter(pk__in=sums).select_related(
        "envelope__fund", "envelope__region"
    )
    return [
        Undecided(application, *sums[application.pk])
        for application in found.order_by("submitted_on", "pk")
    ]


def waiting_proposals(user: User) -> list[GrantProposal]:
    """Proposals of colleagues that the user may confirm, the oldest first. One query."""
    proposals = GrantProposal.objects.open().managed_by(user).exclude(proposed_by=user)
    return list(
        proposals.select_related(
            "application__envelope__fund", "application__envelope__region", "proposed_by"
        ).order_by("entered_at", "pk")
    )
