"""The verbs of carrying over: what is left of an envelope goes to a later one of the same
region, or to the reserve of the fund, whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from funds.balance import balances
from funds.earmarks import earmark_standings, reserved
from funds.figure import Figure
from funds.models import CarryOver, Envelope, EnvelopeMutation, ReserveMovement
from funds.money import euros
from funds.reserve import reserve_entries, reserve_rest
from funds.reserving import move_reserve, opposite
from funds.room import enter
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

    @property
    def digest(self) -> str:
        """The mark of what is shown: another one when a figure of it changed."""
        shown = [str(side) for side in self.sides] + [self.on.isoformat()]
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
    """Take an amount from an envelope and add it to the target, tied together."""
    source, target, on = carrying.source, carrying.target, carrying.on
    with guarded():
        _take_turns(source, target)
        down = _mutation(
            source, -carrying.amount, f"Overgeheveld naar {_short(target)}: {reason}", decision, on
        )
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
            )
        else:
            up = _mutation(target, carrying.amount, text, decision, on)
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


def _mutation(
    envelope: Envelope, amount: Decimal, reason: str, decision: str, on: datetime.date
) -> EnvelopeMutation:
    return enter(
        EnvelopeMutation(
            envelope=envelope, dated_on=on, amount=euros(amount), reason=reason, decision=decision
        )
    )


def _short(envelope: Envelope | None) -> str:
    return envelope.period_text if envelope else RESERVE


def _enter(carry: CarryOver) -> CarryOver:
    carry.full_clean()
    carry.save()
    return carry
