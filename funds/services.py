"""Verbs that move money. Each locks what it counts and leaves rows that never change."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from funds.lifecycle import NOT_KNOWN
from funds.models import LINE_KNOWN, Application, ApplicationLine, Earmark, Envelope, Grant, Round
from funds.money import euros
from funds.notation import AmountState, format_euro
from funds.withdrawing import next_attempt
from municipalities.models import User


@dataclass(frozen=True)
class AskedLine:
    """One amount to ask for; `amount` in euros, None unless the state is known."""

    code: str
    title: str
    state: AmountState
    amount: Decimal | None


class Asking(TypedDict):
    """What is asked of an envelope, and when."""

    round: Round
    title: str
    lines: Sequence[AskedLine]
    submitted_on: datetime.date


def new_application(envelope: Envelope, **asked: Unpack[Asking]) -> Application:
    """What would be asked from an envelope, not stored. Four queries.

    What was withdrawn may be asked again, as the next attempt. Raises `ValidationError`:
    `other_fund`, `before_envelope`, `nothing_asked`, `line_known` for each line that the
    round does not take (with the line's `code` as parameter), or that of a constraint
    (`funds_application_once`).
    """
    if asked["round"].fund_id != envelope.fund_id:
        raise ValidationError(
            f"De ronde {asked['round'].name} hoort bij een ander fonds; kies een ronde van "
            f"{envelope.fund.name}.",
            code="other_fund",
        )
    if asked["submitted_on"] < envelope.dated_on:
        raise ValidationError(
            "De aanvraag ligt voor de dag waarop de ruimte er kwam "
            f"({envelope.dated_on:%d-%m-%Y}); kies een latere dag.",
            code="before_envelope",
        )
    if not asked["lines"]:
        raise ValidationError(
            "Er staat geen enkel bedrag in de aanvraag; geef minstens één actie een bedrag.",
            code="nothing_asked",
        )
    if unknown := list(_not_taken(asked["round"], asked["lines"])):
        raise ValidationError(unknown)
    application = Application(
        envelope=envelope,
        round=asked["round"],
        title=asked["title"],
        submitted_on=asked["submitted_on"],
        line_count=len(asked["lines"]),
        attempt=next_attempt(envelope, asked["round"], asked["title"]),
    )
    application.full_clean()
    return application


def _not_taken(found: Round, lines: Sequence[AskedLine]) -> Iterator[ValidationError]:
    """A fault for each line of which the amount is not known, once per code, where the
    round takes only known amounts. The database refuses the same (`guard_line_known`)."""
    if found.accepts_unknown:
        return
    unknown = [line for line in lines if line.state in NOT_KNOWN]
    for code, name in dict.fromkeys((line.code, line.code or line.title) for line in unknown):
        sentence = LINE_KNOWN.format(line=name, round=found.name)
        # Django fills `params` in with %: a sentence that is whole already has none.
        yield ValidationError(sentence.replace("%", "%%"), code="line_known", params={"code": code})


@transaction.atomic
def submit_application(envelope: Envelope, **asked: Unpack[Asking]) -> Application:
    """Write down what is asked from an envelope; it never changes afterwards.

    Refused for the reasons of `new_application`.
    """
    application = new_application(envelope, **asked)
    application.save()
    ApplicationLine.objects.bulk_create(
        ApplicationLine(
            application=application,
            position=position,
            code=line.code,
            title=line.title,
            state=line.state.value,
            amount=euros(line.amount),
        )
        for position, line in enumerate(asked["lines"], start=1)
    )
    return application


@transaction.atomic
def record_grant(
    line: ApplicationLine,
    *,
    amount: Decimal,
    dated_on: datetime.date,
    decision: str = "",
    answers: Sequence[Mapping[str, str]] = (),
    earmark: Earmark | None = None,
    by: User | None = None,
) -> Grant:
    """Write down what was granted on a line, in euros, maybe in an earmark; zero is a
    refusal.

    Raises `ValidationError`: `before_submission`, `above_request`, or that a line is
    decided only once. A line of which the amount is not known sets no upper bound. What
    the envelope has left is guarded by the database (`funds.ledger.decide` says it).
    """
    if dated_on < line.application.submitted_on:
        raise ValidationError(
            "De beschikking ligt voor de aanvraag "
            f"({line.application.submitted_on:%d-%m-%Y}); kies een latere dag.",
            code="before_submission",
        )
    if line.amount is not None and amount > line.amount.amount:
        raise ValidationError(
            f"De beschikking ({format_euro(amount)}) is hoger dan wat er is aangevraagd "
            f"({format_euro(line.amount.amount)}); beschik hoogstens dat bedrag.",
            code="above_request",
        )
    grant = Grant(
        line=line,
        amount=euros(amount),
        dated_on=dated_on,
        decision=decision,
        answers=list(answers),
        earmark=earmark,
        entered_by=by,
    )
    grant.full_clean()
    grant.save()
    return grant
