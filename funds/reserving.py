"""The verbs of the reserve of a fund: each adds a movement, and none ever changes one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError

from funds.models import Fund, ReserveMovement
from funds.money import euros
from municipalities.guard import guarded
from municipalities.models import User

Kind = ReserveMovement.Kind
Answers = Sequence[Mapping[str, str]]


def move_reserve(
    fund: Fund,
    amount: Decimal,
    *,
    kind: str,
    reason: str,
    decision: str,
    on: datetime.date,
    by: User,
    answers: Answers = (),
) -> ReserveMovement:
    """Bring an amount, above zero, into the reserve, or take it out; as a begin it is what
    was there before anybody kept it here. `answers` is what the rules of the fund said."""
    sign = -1 if kind == Kind.WITHDRAWAL else 1
    return _enter(
        ReserveMovement(
            fund=fund,
            kind=kind,
            amount=euros(sign * amount),
            reason=reason,
            decision=decision,
            answers=list(answers),
            dated_on=on,
            entered_by=by,
        )
    )


def correct_movement(
    movement: ReserveMovement, *, reason: str, on: datetime.date, by: User
) -> ReserveMovement:
    """Take a movement back with one that is its opposite; both stay."""
    return _enter(opposite(movement, reason=reason, on=on, by=by))


def opposite(
    movement: ReserveMovement, *, reason: str, on: datetime.date, by: User
) -> ReserveMovement:
    """The movement that takes another back, not stored yet."""
    if ReserveMovement.objects.filter(corrects=movement).exists():
        raise ValidationError(
            "Deze boeking is al teruggenomen; er hoeft niets meer te gebeuren.",
            code="corrected",
        )
    return ReserveMovement(
        fund=movement.fund,
        kind=movement.kind,
        amount=-movement.amount,
        reason=reason,
        corrects=movement,
        dated_on=on,
        entered_by=by,
    )


def _enter(movement: ReserveMovement) -> ReserveMovement:
    with guarded():
        movement.full_clean()
        movement.save()
    return movement
