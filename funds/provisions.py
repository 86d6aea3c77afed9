"""What a decision says beside its amounts, and what came of each obligation.

It belongs to the decision as a whole, thus to the application and not to each grant: one
report is asked once, however many lines were granted. Why: docs/adr/0028.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from funds.clauses import Provided
from funds.models import Application, GrantProposal, Obligation, ObligationEntry, Provision
from municipalities.guard import guarded
from municipalities.models import User

Outcome = ObligationEntry.Outcome
AHEAD = datetime.timedelta(days=28)
"""How long before its last day an obligation asks for attention."""


@dataclass(frozen=True)
class ObligationStanding:
    """An obligation on a day, with the last that came of it."""

    obligation: Obligation
    entry: ObligationEntry | None
    on: datetime.date

    @property
    def is_open(self) -> bool:
        return self.entry is None or self.entry.outcome == Outcome.REOPENED

    @property
    def is_late(self) -> bool:
        due = self.obligation.due_on
        return self.is_open and due is not None and due < self.on


def provide(
    application: Application,
    said: Provided,
    *,
    on: datetime.date,
    by: User,
    proposal: GrantProposal | None = None,
) -> Provision | None:
    """Write down what goes with the decision that is taken in this transaction, or with
    the `proposal`; None when it says nothing."""
    if not said:
        return None
    with guarded():
        provision = Provision(
            application=application,
            proposal=proposal,
            dated_on=on,
            starts_on=said.starts_on,
            ends_on=said.ends_on,
            entered_by=by,
        )
        provision.full_clean()
        provision.save()
        for position, clause in enumerate(said.clauses, start=1):
            obligation = Obligation(
                provision=provision,
                position=position,
                kind=clause.kind,
                text=clause.text,
                due_on=clause.due_on,
            )
            obligation.full_clean()
            obligation.save()
    return provision


def record_outcome(
    obligation: Obligation, outcome: str, *, on: datetime.date, note: str, by: User
) -> ObligationEntry:
    """Write down that an obligation was met, was waived, or is open again after all."""
    with guarded():
        entry = ObligationEntry(
            obligation=obligation, outcome=outcome, dated_on=on, note=note, entered_by=by
        )
        entry.full_clean()
        entry.save()
    return entry


def provisions(application: Application, on: datetime.date) -> list[Provision]:
    """What decisions up to and including that day say, the oldest first. One query."""
    found = application.provisions.filter(dated_on__lte=on).select_related("proposal")
    return [
        each
        for each in found.order_by("dated_on", "pk")
        if each.proposal is None or each.proposal.outcome == GrantProposal.Outcome.CONFIRMED
    ]


def obligation_standings(found: Iterable[Provision], on: datetime.date) -> list[ObligationStanding]:
    """The obligations of these decisions on a day, in their order. Two queries at most."""
    places = {provision.pk: place for place, provision in enumerate(found)}
    if not places:
        return []
    obligations = Obligation.objects.filter(provision__in=places).select_related("provision")
    rows = sorted(obligations, key=lambda row: (places[row.provision_id], row.position))
    entries = ObligationEntry.objects.filter(obligation__in=rows, dated_on__lte=on)
    last = {entry.obligation_id: entry for entry in entries.order_by("pk")}
    return [ObligationStanding(row, last.get(row.pk), on) for row in rows]


def pressing_obligations(user: User, *, on: datetime.date) -> list[Obligation]:
    """Open ones in funds that the user manages whose last day was or is within `AHEAD`,
    the first day first. One query."""
    found = Obligation.objects.standing().managed_by(user).open_on(on)
    return list(
        found.filter(due_on__lte=on + AHEAD)
        .select_related(
            "provision__application__envelope__fund", "provision__application__envelope__region"
        )
        .order_by("due_on", "pk")
    )
