"""The room that a fund gives: envelopes, what changes them, and the rounds in which
regions apply.

Envelopes and mutations stand fast once they are entered; a correction is another
mutation. A round may change, and what was asked or granted before stands. Every verb
raises `ValidationError`, of which the code is the name of the guard.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError

from funds.models import EnvelopeMutation
from funds.money import euros
from municipalities.guard import guarded
from municipalities.written import Written

Row = TypeVar("Row", bound=Written)


def enter(row: Row) -> Row:
    """Store an envelope, a mutation or a round as it was filled in."""
    with guarded():
        row.full_clean()
        row.save()
    return row


def conclude(
    mutation: EnvelopeMutation,
    amount: Decimal,
    *,
    on: datetime.date,
    reason: str,
    decision: str = "",
    answers: Sequence[Mapping[str, str]] = (),
) -> EnvelopeMutation:
    """Write down what came of a conditional mutation: the amount in euros that counts from
    that day on, below zero where room goes, and zero where it came to nothing."""
    if EnvelopeMutation.objects.filter(concludes=mutation).exists():
        raise ValidationError(
            "Deze voorwaarde is al afgehandeld; er hoeft niets meer te gebeuren.",
            code="concluded",
        )
    return enter(
        EnvelopeMutation(
            envelope_id=mutation.envelope_id,
            concludes=mutation,
            dated_on=on,
            amount=euros(amount),
            reason=reason,
            decision=decision,
            answers=list(answers),
        )
    )
