"""The verb that plans payments: a schedule is added, and none ever changes."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from funds.balance import Standing, standings
from funds.instalments import Line, Planned, Term, plan, read_terms
from funds.models import Application, Instalment, PaymentSchedule
from funds.money import euros
from funds.notation import NotationError
from municipalities.guard import guarded
from municipalities.models import User


@dataclass(frozen=True)
class Proposal:
    """A schedule that nobody made yet, with what it comes to on each line in cents."""

    lines: dict[str, Standing]
    terms: tuple[Term, ...]
    planned: Planned
    replaces: int = 0
    """The number of the schedule before it; 0 for the first."""

    @property
    def digest(self) -> str:
        """The mark of what is shown: another one when an amount changed, or somebody made a
        schedule since."""
        shown = [(day.isoformat(), kind, row) for (day, kind), row in self.planned.items()]
        return hashlib.sha256(json.dumps([self.replaces, shown]).encode()).hexdigest()

    @property
    def amount(self) -> Decimal:
        return Decimal(sum(sum(row.values()) for row in self.planned.values())) / 100

    @property
    def unplanned(self) -> Decimal:
        """What may be paid and is in no instalment."""
        return sum((each.payable for each in self.lines.values()), Decimal(0)) - self.amount


def named_lines(application: Application) -> dict[str, Standing]:
    """The lines on which something is granted, by the word that somebody types for them:
    their code, or their place where the code is not there or not the only one. A place that
    is the code of another line gets an r before it."""
    found = standings(application.lines.order_by("position"), datetime.date.max)
    codes = [each.line.code.casefold() for each in found]
    named = {}
    for each in found:
        is_own = each.line.code and codes.count(each.line.code.casefold()) == 1
        place = str(each.line.position)
        if each.granted:
            named[each.line.code if is_own else f"r{place}" if place in codes else place] = each
    return named


def propose_schedule(application: Application, text: str) -> Proposal:
    """What a text would plan; a `ValidationError` where it cannot be read or comes to more
    than may be paid. Five queries."""
    lines = named_lines(application)
    cents = {name: Line(_whole(each), int(each.payable * 100)) for name, each in lines.items()}
    try:
        terms = read_terms(text, lines)
        return Proposal(lines, tuple(terms), plan(terms, cents), _last(application))
    except NotationError as fault:
        raise ValidationError(fault.sentence, code=fault.code) from fault


def make_schedule(
    application: Application,
    proposal: Proposal,
    *,
    typed: str,
    reason: str = "",
    on: datetime.date,
    by: User,
) -> PaymentSchedule:
    """Enter a schedule as it was proposed. What is open of the one before it is replaced
    from that day on; what was paid of it stays."""
    with guarded():
        schedule = PaymentSchedule(
            application=application,
            number=proposal.replaces + 1,
            dated_on=on,
            amount=euros(proposal.amount),
            typed=typed,
            reason=reason,
            entered_by=by,
        )
        schedule.full_clean()
        schedule.save()
        Instalment.objects.bulk_create(
            Instalment(
                schedule=schedule,
                grant=proposal.lines[name].grant,
                due_on=day,
                kind=kind,
                amount=euros(Decimal(cents) / 100),
            )
            for (day, kind), row in proposal.planned.items()
            for name, cents in row.items()
        )
    return schedule


def _last(application: Application) -> int:
    numbers = application.schedules.order_by("-number").values_list("number", flat=True)
    return numbers.first() or 0


def _whole(standing: Standing) -> int:
    """What may be paid of a line in all, in cents: what is settled, or else granted."""
    whole = standing.moved.settled if standing.is_settled else standing.granted or Decimal(0)
    return int(whole * 100)
