"""Four eyes: one fund manager proposes a decision, and another confirms exactly that.

A proposal says to which amount it brings each of its lines: it grants lines that nobody
decided yet, or changes what was granted. What is proposed counts in no figure. It is void
as soon as deciding it would do something else than was shown when it was proposed. Every
verb raises `ValidationError`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from funds.balance import Standing, standings
from funds.clauses import Provided
from funds.deciding import Effect, effect
from funds.ledger import NOTHING, change_all, decide_all
from funds.models import (
    Application,
    ChangeRequest,
    Earmark,
    Fund,
    Grant,
    GrantProposal,
    ProposedGrant,
    RoundChoice,
)
from funds.money import euros
from funds.provisions import provide
from funds.requesting import open_requests
from municipalities.guard import guarded
from municipalities.models import RoleAssignment, User

Outcome = GrantProposal.Outcome


@dataclass(frozen=True)
class ProposedLine:
    """What a proposal says of a line; `granted` is what a change starts from, in euros, and
    `asked` what the recipient asks of it."""

    row: ProposedGrant
    granted: Decimal | None
    asked: ChangeRequest | None


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
    of a scenario has the mark of all of it. A change has a `reason`. What the database will
    refuse when it is confirmed is refused now."""
    if shown.is_change and any(standing.grant is None for standing in amounts):
        raise ValueError("A proposal grants or changes, and never both.")
    proposal = GrantProposal(
        application=application,
        dated_on=on,
        decision=decision,
        reason=reason,
        answers=shown.answers,
        digest=seal(shown) if choice is None else choice.digest,
        choice=choice,
        proposed_by=by,
    )
    with guarded():
        proposal.full_clean()
        proposal.save()
        for standing, amount in amounts.items():
            ProposedGrant.objects.create(
                proposal=proposal,
                line=standing.line,
                amount=euros(amount),
                earmark=(within or {}).get(standing),
            )
        provide(application, provided, on=on, by=by, proposal=proposal)
        _try(proposal, shown, by)
    return proposal


def seal(shown: Effect) -> str:
    """The mark of what a second person looks at: the effect, and what recipients ask of the
    grants that it changes. One query."""
    lines = [key for key, _, _ in shown.moves]
    requests = ChangeRequest.objects.open().filter(grant__line__in=lines).order_by("pk")
    said = list(requests.values_list("pk", "requested"))
    return sha256(f"{shown.digest} {said}".encode()).hexdigest() if said else shown.digest


def is_void(proposal: GrantProposal, shown: Effect) -> bool:
    """Whether confirming it would do something else than was proposed, or nothing."""
    return bool(seal(shown) != proposal.digest or shown.faults)


def proposed_lines(proposal: GrantProposal) -> list[ProposedLine]:
    """What it says of each line, in their order. Six queries; one where it is closed, for
    then nobody asks any more from where a change started."""
    rows = list(proposal.lines.select_related("line", "earmark"))
    if not proposal.is_open:
        return [ProposedLine(row, None, None) for row in rows]
    lines = proposal.application.lines.filter(pk__in=[row.line_id for row in rows])
    found = {each.line.pk: each for each in standings(lines, datetime.date.max)}
    asked = open_requests(proposal.application)
    return [
        ProposedLine(row, each.granted, asked.get(each.grant.pk) if each.grant else None)
        for row in rows
        for each in (found[row.line_id],)
    ]


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
    if is_void(held, shown):
        raise ValidationError(
            "Dit voorstel is vervallen: het besluit doet nu iets anders dan toen het werd "
            "voorgesteld. Trek het in en doe een nieuw voorstel.",
            code="proposal_void",
        )
    grants = _carry_out(held, shown, by)
    close(held, Outcome.CONFIRMED, by)
    return grants


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


def _carry_out(proposal: GrantProposal, shown: Effect, by: User) -> list[Grant]:
    """Enter what is proposed: grants, or changes of them."""
    rows = list(proposal.lines.select_related("earmark"))
    amounts = {row.line_id: row.amount.amount for row in rows}
    if shown.is_change:
        entries = change_all(
            proposal.application,
            amounts,
            reason=proposal.reason,
            decision=proposal.decision,
            on=proposal.dated_on,
            by=by,
        )
        return [entry.grant for entry in entries]
    earmarks = {row.line_id: row.earmark for row in rows if row.earmark is not None}
    return decide_all(
        proposal.application,
        amounts,
        earmarks=earmarks,
        decision=proposal.decision,
        answers=shown.answers,
        on=proposal.dated_on,
        by=by,
    )


def _try(proposal: GrantProposal, shown: Effect, by: User) -> None:
    """Enter it as far as the guard that asks for somebody else, and take that back: what is
    refused before that guard nobody could confirm."""
    try:
        with transaction.atomic():
            _carry_out(proposal, shown, by)
            transaction.set_rollback(True)
    except ValidationError as refusal:
        if not {error.code for error in refusal.error_list} <= {"four_eyes", "four_eyes_change"}:
            raise


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
