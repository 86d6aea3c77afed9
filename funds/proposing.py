"""Four eyes: one fund manager proposes a decision, and another confirms exactly that.

A proposal says to which amount it brings each of its lines: it grants what nobody decided
yet, and changes what was granted. What is proposed counts in no figure. It is void as soon
as deciding it would do something else than was shown when it was proposed. Every verb
raises `ValidationError`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from funds.balance import Standing, standings
from funds.clauses import Provided
from funds.deciding import Effect, effect
from funds.ledger import NOTHING, change_all, decide_all, difference
from funds.models import (
    Application,
    Earmark,
    Fund,
    Grant,
    GrantProposal,
    ProposedGrant,
    RoundChoice,
)
from funds.money import euros
from funds.provisions import provide
from municipalities.guard import guarded
from municipalities.models import RoleAssignment, User

Outcome = GrantProposal.Outcome


@dataclass(frozen=True)
class ProposedLine:
    """What a proposal says of a line; `granted` is what a change starts from, in euros."""

    row: ProposedGrant
    granted: Decimal | None


def propose(
    application: Application,
    amounts: Mapping[Standing, Decimal],
    *,
    shown: Effect,
    on: datetime.date,
    by: User,
    within: Mapping[Standing, Earmark] | None = None,
    decision: str = "",
    reason: str = "",
    provided: Provided = NOTHING,
    choice: RoundChoice | None = None,
) -> GrantProposal:
    """Write down what is to be decided, with the effect as it was `shown`. What is
    `provided` with it stands by itself once this is confirmed; what comes of the `choice`
    of a scenario has the mark of all of it. A change has a `reason`."""
    proposal = GrantProposal(
        application=application,
        dated_on=on,
        decision=decision,
        reason=reason,
        answers=shown.answers,
        digest=shown.digest if choice is None else choice.digest,
        choice=choice,
        proposed_by=by,
    )
    with guarded():
        proposal.full_clean()
        proposal.save()
        for standing, amount in amounts.items():
            if standing.grant is not None:
                difference(standing.grant, amount, on=on)
            ProposedGrant.objects.create(
                proposal=proposal,
                line=standing.line,
                amount=euros(amount),
                earmark=(within or {}).get(standing),
            )
        provide(application, provided, on=on, by=by, proposal=proposal)
    return proposal


def proposed_lines(proposal: GrantProposal) -> list[ProposedLine]:
    """What it says of each line, in their order. Five queries; one where it is closed, for
    then nobody asks any more from where a change started."""
    rows = list(proposal.lines.select_related("line", "earmark"))
    granted: dict[int, Decimal | None] = {}
    if proposal.is_open:
        lines = proposal.application.lines.filter(pk__in=[row.line_id for row in rows])
        granted = {each.line.pk: each.granted for each in standings(lines, datetime.date.max)}
    return [ProposedLine(row, granted.get(row.line_id)) for row in rows]


def proposed_effect(proposal: GrantProposal) -> Effect:
    """What confirming it would do now. Fourteen queries at most."""
    parts = {row.line_id: row for row in proposal.lines.select_related("earmark")}
    lines = proposal.application.lines.filter(pk__in=parts).order_by("position")
    found = {each: parts[each.line.pk] for each in standings(lines, datetime.date.max)}
    return effect(
        proposal.application,
        {standing: row.amount.amount for standing, row in found.items()},
        on=proposal.dated_on,
        within={each: row.earmark for each, row in found.items() if row.earmark is not None},
    )


@transaction.atomic
def confirm(proposal: GrantProposal, *, by: User) -> list[Grant]:
    """Decide what somebody else proposed, to the cent; refused where it is void. Gives the
    grants that it made or changed."""
    held = _alone(proposal)
    if held.proposed_by_id == by.pk:
        raise ValidationError(
            "U hebt dit zelf voorgesteld; laat een andere fondsbeheerder het bevestigen.",
            code="own_proposal",
        )
    shown = proposed_effect(held)
    if shown.faults:
        raise ValidationError(shown.faults)
    if shown.digest != held.digest:
        raise ValidationError(
            "Dit voorstel is vervallen: het besluit doet nu iets anders dan toen het werd "
            "voorgesteld. Trek het in en doe een nieuw voorstel.",
            code="proposal_void",
        )
    rows = list(held.lines.select_related("earmark", "line__grant"))
    amounts = {row.line_id: row.amount.amount for row in rows}
    granted = {row.line_id for row in rows if hasattr(row.line, "grant")}
    grants = decide_all(
        held.application,
        {key: amount for key, amount in amounts.items() if key not in granted},
        earmarks={row.line_id: row.earmark for row in rows if row.earmark is not None},
        decision=held.decision,
        answers=shown.answers,
        on=held.dated_on,
        by=by,
    )
    changes = change_all(
        held.application,
        {key: amounts[key] for key in granted},
        reason=held.reason,
        decision=held.decision,
        on=held.dated_on,
        by=by,
    )
    close(held, Outcome.CONFIRMED, by)
    return [*grants, *(entry.grant for entry in changes)]


@transaction.atomic
def withdraw_proposal(proposal: GrantProposal, *, by: User) -> GrantProposal:
    """Take a proposal back, one's own or that of a colleague; it stays to be read."""
    return close(_alone(proposal), Outcome.WITHDRAWN, by)


@transaction.atomic
def ask_four_eyes(fund: Fund) -> Fund:
    """Have every decision in the fund confirmed by a second person, from now on."""
    managers = RoleAssignment.objects.filter(
        role=RoleAssignment.Role.FUND_MANAGER, municipality=fund.owner_id, user__is_active=True
    )
    if managers.values("user").distinct().count() < 2:
        raise ValidationError(
            f"De gemeente {fund.owner.name} heeft nog maar één fondsbeheerder; laat de beheerder "
            "eerst een tweede toevoegen.",
            code="one_manager",
        )
    held = Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    held.four_eyes = True
    held.save()
    return held


def _held(proposal: GrantProposal) -> GrantProposal:
    """The proposal while nobody else closes it; refused when somebody did."""
    held = GrantProposal.objects.select_for_update(no_key=True, of=("self",)).get(pk=proposal.pk)
    if not held.is_open:
        raise ValidationError(
            f"Dit voorstel is al {held.get_outcome_display()}; er hoeft niets meer te gebeuren.",
            code="proposal_closed",
        )
    return held


def _alone(proposal: GrantProposal) -> GrantProposal:
    """The same, refused where it is a part of the choice of a scenario."""
    held = _held(proposal)
    if held.choice_id is not None:
        raise ValidationError(
            "Dit voorstel hoort bij de keuze van een scenario; bevestig die keuze of trek haar in, "
            "met al haar voorstellen.",
            code="proposal_of_choice",
        )
    return held


def close(held: GrantProposal, outcome: str, by: User) -> GrantProposal:
    """Write down what came of a proposal that is held."""
    held.outcome, held.closed_by = outcome, by
    with guarded():
        held.full_clean()
        held.save()
    return held
