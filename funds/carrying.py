"""The verbs of carrying over: what is left of an envelope goes to a later one of the same
region, or to the reserve of the fund, whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import ValidationError

from funds.balance import balances
from funds.earmarks import earmark_standings, reserved
from funds.figure import Figure
from funds.models import CarryOver, Envelope, EnvelopeCounter, EnvelopeMutation, ReserveMovement
from funds.money import euros
from funds.moving import Move, mutation_move, reserve_move
from funds.reserve import reserve_entries, reserve_rest
from funds.reserving import move_reserve, opposite
from funds.room import enter
from funds.rules import Outcome
from municipalities.guard import guarded
from municipalities.models import User

RESERVE = "de reserve"


@dataclass(frozen=True)
class Side:
    """One side of a carrying over: what is in it before and after."""

    name: str
    before: Figure
    after: Figure


@dataclass(frozen=True)
class Carrying:
    """What an amount would do on a day; without a `target` it goes to the reserve."""

    source: Envelope
    target: Envelope | None
    amount: Decimal
    on: datetime.date

    @property
    def sides(self) -> tuple[Side, Side]:
        """What is left on both sides, on that day. Fourteen queries at most."""
        moved = Figure.of(self.amount)
        here = balances([self.source], self.on)[0].remaining
        if self.target is None:
            there = Figure.of(reserve_rest(reserve_entries(self.source.fund), self.on))
        else:
            there = balances([self.target], self.on)[0].remaining
        return (
            Side(f"Van: {called(self.source)}", here, here - moved),
            Side(f"Naar: {called(self.target)}", there, there + moved),
        )

    @cached_property
    def moves(self) -> tuple[Move, Move]:
        """What the rules of the fund say of both sides. Fourteen queries at most."""
        down = mutation_move(self.source, -self.amount, name="Overheveling")
        if self.target is None:
            return down, reserve_move(self.source.fund, self.amount, name="Overheveling")
        return down, mutation_move(self.target, self.amount, name="Overheveling")

    @property
    def touched(self) -> tuple[Outcome, ...]:
        """The rules that ask something of whoever carries over."""
        return tuple(found for move in self.moves for found in move.touched)

    @property
    def faults(self) -> list[str]:
        """The rules that stop it, in sentences."""
        return [fault for move in self.moves for fault in move.faults]

    @property
    def digest(self) -> str:
        """The mark of what is shown: another one when a figure of it changed."""
        shown = [str(side) for side in self.sides] + [self.on.isoformat()]
        shown += [move.digest for move in self.moves]
        return hashlib.sha256("|".join(shown).encode()).hexdigest()


def called(envelope: Envelope | None) -> str:
    """How a side is called; none is the reserve."""
    return f"{envelope.region.name}, {envelope.period_text}" if envelope else RESERVE


def free(envelope: Envelope, on: datetime.date) -> Decimal:
    """What is left of an envelope and not kept free for an earmark, in euros."""
    (balance,) = balances([envelope], on)
    kept = reserved(earmark_standings([envelope], on)[envelope.pk]).known
    return max(balance.remaining.known - kept, Decimal(0))


def later_envelopes(envelope: Envelope) -> list[Envelope]:
    """Where what is left may go: those of the same region that begin later. One query."""
    found = Envelope.objects.filter(
        fund=envelope.fund_id, region=envelope.region_id, starts_on__gt=envelope.starts_on
    )
    return list(found.select_related("region", "fund").order_by("starts_on", "pk"))


def carry_over(carrying: Carrying, *, reason: str, decision: str, by: User) -> CarryOver:
    """Take an amount from an envelope and add it to the target, tied together. What the
    rules of the fund said is kept on both sides; a rule that blocks refuses."""
    source, target, on = carrying.source, carrying.target, carrying.on
    with guarded():
        _take_turns(source, target)
        now = replace(carrying)  # what the rules say now that nobody else moves anything
        if now.faults:
            raise ValidationError(now.faults)
        here, there = now.moves
        text = f"Overgeheveld naar {_short(target)}: {reason}"
        down = _mutation(source, -carrying.amount, text, decision, on, here.answers)
        up = movement = None
        text = f"Overgeheveld van {_short(source)}: {reason}"
        if target is None:
            movement = move_reserve(
                source.fund,
                carrying.amount,
                kind=ReserveMovement.Kind.ADDITION,
                reason=f"Overgeheveld van {called(source)}: {reason}"[:200],
                decision=decision,
                on=on,
                by=by,
                answers=there.answers,
            )
        else:
            up = _mutation(target, carrying.amount, text, decision, on, there.answers)
        return _enter(CarryOver(source=down, target=up, movement=movement, entered_by=by))


def take_carry_back(carry: CarryOver, *, reason: str, on: datetime.date, by: User) -> CarryOver:
    """Take a carrying over back with its opposite; all four entries stay."""
    if CarryOver.objects.filter(corrects=carry).exists():
        raise ValidationError(
            "Deze overheveling is al teruggenomen; er hoeft niets meer te gebeuren.",
            code="corrected",
        )
    source, amount = carry.source.envelope, -carry.source.amount.amount
    decision = carry.source.decision
    said = f"Overheveling teruggenomen: {reason}"[:200]
    with guarded():
        _take_turns(source, carry.target.envelope if carry.target else None)
        down = _mutation(source, amount, said, decision, on)
        up = movement = None
        if carry.movement is not None:
            # Stored last and here: taken back alone it is refused.
            movement = opposite(carry.movement, reason=said, on=on, by=by)
            movement.full_clean()
            movement.save()
        elif carry.target is not None:
            up = _mutation(carry.target.envelope, -amount, said, decision, on)
        return _enter(
            CarryOver(source=down, target=up, movement=movement, corrects=carry, entered_by=by)
        )


def _take_turns(source: Envelope, target: Envelope | None) -> None:
    """Two people who carry the same way round and back wait for one another."""
    keys = [each.pk for each in (source, target) if each is not None]
    list(Envelope.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    rows = EnvelopeCounter.objects.select_for_update(no_key=True).filter(envelope__in=keys)
    list(rows.order_by("envelope_id"))


def _mutation(
    envelope: Envelope,
    amount: Decimal,
    reason: str,
    decision: str,
    on: datetime.date,
    answers: Sequence[Mapping[str, str]] = (),
) -> EnvelopeMutation:
    return enter(
        EnvelopeMutation(
            envelope=envelope,
            dated_on=on,
            amount=euros(amount),
            reason=reason,
            decision=decision,
            answers=list(answers),
        )
    )


def _short(envelope: Envelope | None) -> str:
    return envelope.period_text if envelope else RESERVE


def _enter(carry: CarryOver) -> CarryOver:
    carry.full_clean()
    carry.save()
    return carry
