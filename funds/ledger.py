"""The verbs of a fund manager: each adds entries, and none ever changes one.

Whether the sums hold is said by the database, which looks whatever writes; here its
refusal becomes the sentence that a person reads. Every verb is one transaction and raises
`ValidationError`, of which the code is the name of the guard.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from funds.balance import standings
from funds.clauses import Provided
from funds.models import (
    Application,
    ApplicationLine,
    Earmark,
    Envelope,
    Fund,
    Grant,
    GrantEntry,
    Instalment,
)
from funds.money import euros
from funds.notation import format_euro
from funds.provisions import provide
from funds.requesting import answer_by_change
from funds.services import record_grant
from municipalities.guard import SENTENCES, guarded
from municipalities.models import User

Kind = GrantEntry.Kind
Answers = Sequence[Mapping[str, str]]
NOTHING = Provided()


class Entered(TypedDict):
    """The day that an entry bears, and who enters it."""

    on: datetime.date
    by: User


def decide(
    line: ApplicationLine,
    amount: Decimal,
    *,
    decision: str = "",
    answers: Answers = (),
    earmark: Earmark | None = None,
    **entered: Unpack[Entered],
) -> Grant:
    """Grant an amount on a line, in euros and maybe in an earmark; zero refuses it.
    `answers` is what the rules of the fund said, kept with the decision."""
    with guarded():
        return record_grant(
            line,
            amount=amount,
            dated_on=entered["on"],
            decision=decision,
            answers=answers,
            earmark=earmark,
            by=entered["by"],
        )


def decide_all(
    application: Application,
    amounts: Mapping[int, Decimal],
    *,
    decision: str = "",
    answers: Answers = (),
    earmarks: Mapping[int, Earmark] | None = None,
    provided: Provided = NOTHING,
    **entered: Unpack[Entered],
) -> list[Grant]:
    """Decide on several lines, or on none: `amounts`, and the `earmarks` that they are in,
    by key of the line. Lines that are not named stay deferred; what is in an earmark goes
    first, so that it takes up what is kept free before other grants look at that. What is
    `provided` goes with the decision as a whole."""
    within = earmarks or {}
    lines = application.lines.select_related("application").order_by("position")
    with guarded():
        grants = [
            decide(
                line,
                amounts[line.pk],
                decision=decision,
                answers=answers,
                earmark=within.get(line.pk),
                **entered,
            )
            for line in sorted(lines, key=lambda line: line.pk not in within)
            if line.pk in amounts
        ]
        provide(application, provided, **entered)
    return grants


def change_grant(
    grant: Grant, amount: Decimal, *, reason: str, decision: str = "", **entered: Unpack[Entered]
) -> GrantEntry:
    """Bring a grant to another amount, up or down; what is entered is the difference. It
    answers the request of the recipient, if one waits."""
    with guarded():
        entry = _enter(
            grant,
            kind=Kind.CHANGE,
            amount=euros(_difference(grant, amount, on=entered["on"])),
            reason=reason,
            decision=decision,
            **entered,
        )
        answer_by_change(grant, reason=reason, by=entered["by"])
    return entry


def change_all(
    application: Application,
    amounts: Mapping[int, Decimal],
    *,
    reason: str,
    decision: str = "",
    **entered: Unpack[Entered],
) -> list[GrantEntry]:
    """Bring several grants to other amounts, by key of the line; what goes down goes first,
    so that it makes place for what goes up."""
    lines = application.lines.filter(pk__in=amounts).order_by("position")
    found = [
        (standing.grant, amounts[standing.line.pk] - (standing.granted or Decimal(0)))
        for standing in standings(lines, datetime.date.max)
        if standing.grant is not None
    ]
    with guarded():
        return [
            change_grant(grant, amounts[grant.line_id], reason=reason, decision=decision, **entered)
            for grant, _ in sorted(found, key=lambda each: each[1])
        ]


def _difference(grant: Grant, amount: Decimal, *, on: datetime.date) -> Decimal:
    """What a change to this amount on that day adds."""
    if on < grant.dated_on:
        day = f"{grant.dated_on:%d-%m-%Y}"
        raise ValidationError(SENTENCES["entry_day"].format(day=day), code="entry_day")
    granted = _granted(grant, on)
    if granted != _granted(grant, datetime.date.max):
        raise ValidationError(
            f"Na {on:%d-%m-%Y} is deze beschikking nog gewijzigd; kies de dag van de laatste "
            "wijziging of een latere.",
            code="changed_later",
        )
    if amount == granted:
        raise ValidationError(
            f"Er is al {format_euro(amount)} beschikt; kies een ander bedrag.",
            code="no_change",
        )
    return amount - granted


def pay(
    grant: Grant,
    amount: Decimal,
    *,
    reference: str,
    kind: str = Kind.ADVANCE,
    instalment: Instalment | None = None,
    **entered: Unpack[Entered],
) -> GrantEntry:
    """Pay out on a grant, of an instalment or beside any. A reference is used once in a
    fund, so that a payment that is entered twice is refused."""
    return _enter(
        grant,
        kind=kind,
        amount=euros(amount),
        reference=reference,
        instalment=instalment,
        **entered,
    )


def pay_all(
    amounts: Mapping[Grant, Decimal],
    *,
    reference: str,
    kind: str = Kind.ADVANCE,
    instalments: Mapping[Grant, Instalment] | None = None,
    **entered: Unpack[Entered],
) -> list[GrantEntry]:
    """One payment that is spread over several grants of one fund: each part has the
    reference with the place of its line, and no other payment has that reference. Of which
    instalment a part is, is said per grant."""
    of = instalments or {}
    with guarded():
        fund = next(iter(amounts)).line.application.envelope.fund_id
        parts = rf"^{re.escape(reference)}/\d+$"
        if GrantEntry.objects.filter(fund=fund, reference__regex=parts).exists():
            raise ValidationError(
                f"In dit fonds staat al een betaling met kenmerk {reference}; gebruik een ander "
                "kenmerk, of betaal niet nog een keer.",
                code="paid_twice",
            )
        return [
            pay(
                grant,
                amount,
                reference=f"{reference}/{grant.line.position}",
                kind=kind,
                instalment=of.get(grant),
                **entered,
            )
            for grant, amount in amounts.items()
        ]


def settle(
    grant: Grant,
    settled: Decimal,
    *,
    realised: Decimal | None = None,
    ground: str,
    **entered: Unpack[Entered],
) -> GrantEntry:
    """Settle a grant after its accountability; what is granted and not settled is
    released, and returns to what is left of the envelope."""
    with guarded():
        granted = _granted(grant, entered["on"])
        if settled > granted:
            raise ValidationError(
                f"Er is {format_euro(granted)} beschikt; u stelt {format_euro(settled)} vast. Stel "
                f"hoogstens {format_euro(granted)} vast.",
                code="settled_within_grant",
            )
        return _enter(
            grant,
            kind=Kind.SETTLEMENT,
            amount=euros(settled),
            released=euros(granted - settled),
            realised=euros(realised),
            reason=ground,
            **entered,
        )


def recover(
    grant: Grant, amount: Decimal, *, decision: str = "", **entered: Unpack[Entered]
) -> GrantEntry:
    """Ask back what was paid above the settled amount."""
    return _enter(grant, kind=Kind.RECOVERY, amount=euros(amount), decision=decision, **entered)


def correct(entry: GrantEntry, *, reason: str, **entered: Unpack[Entered]) -> GrantEntry:
    """Take an entry back with one that is its opposite; both stay."""
    if GrantEntry.objects.filter(corrects=entry).exists():
        raise ValidationError(
            "Deze boeking is al teruggenomen; er hoeft niets meer te gebeuren.",
            code="corrected",
        )
    return _enter(
        entry.grant,
        kind=entry.kind,
        amount=-entry.amount,
        released=-entry.released,
        instalment=entry.instalment,
        corrects=entry,
        reason=reason,
        **entered,
    )


@transaction.atomic
def close_years(fund: Fund, *, until: datetime.date) -> Fund:
    """Lock everything up to and including a day: no entry of such a day comes any more."""
    locked = Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    if locked.locked_until is not None and until <= locked.locked_until:
        raise ValidationError(
            f"Het fonds is al afgesloten tot en met {locked.locked_until:%d-%m-%Y}; kies een "
            "latere dag.",
            code="already_locked",
        )
    locked.locked_until = until
    locked.full_clean()
    locked.save()
    return locked


@transaction.atomic
def show_in_register(fund: Fund, *, shown: bool) -> Fund:
    """Let everybody read the grants of a fund from now on, or no longer."""
    locked = Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    locked.is_in_register = shown
    locked.full_clean()
    locked.save()
    return locked


def _enter(grant: Grant, *, on: datetime.date, by: User, **values: Any) -> GrantEntry:
    with guarded():
        entry = GrantEntry(
            grant=grant,
            fund=grant.line.application.envelope.fund,
            dated_on=on,
            entered_by=by,
            **values,
        )
        entry.full_clean()
        entry.save()
    return entry


def _granted(grant: Grant, on: datetime.date) -> Decimal:
    """What is granted on that day; nobody changes it until this transaction ends."""
    Envelope.objects.select_for_update(no_key=True).get(applications__lines=grant.line_id)
    (found,) = standings(ApplicationLine.objects.filter(pk=grant.line_id), on)
    return found.granted or Decimal(0)
