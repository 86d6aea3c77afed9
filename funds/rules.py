"""Rules held against figures: the value, the limit, the room, and how it comes out.

A rule is data; each kind is looked at in one way, here, for a plan, a document, a fund
and a decision. What knows figures by name is handed in, and so are the payments that a
threshold looks at.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Any, Protocol

from funds.balance import Balance
from funds.figure import Figure
from funds.models import Rule
from funds.notation import NotationError, format_euro, format_number


@dataclass(frozen=True)
class Value:
    """What a name stands for: an amount with its gaps, a number, or a percentage."""

    figure: Figure | None = None
    number: Decimal | None = None
    percentage: Decimal | None = None

    def __str__(self) -> str:
        if self.figure is not None:
            return str(self.figure)
        if self.percentage is not None:
            return f"{self.percentage:.2f}".replace(".", ",") + "\u00a0%"
        assert self.number is not None
        return format_number(self.number) if self.number % 1 == 0 else _decimal(self.number)


class Verdict(StrEnum):
    """How a rule comes out."""

    KEPT = "binnen"
    BROKEN = "overschreden"
    TO_DO = "let op"
    UNKNOWN = "niet te bepalen"
    AGREEMENT = "afspraak"


ICONS = {
    Verdict.KEPT: "check",
    Verdict.BROKEN: "fault",
    Verdict.TO_DO: "warning",
    Verdict.UNKNOWN: "info",
    Verdict.AGREEMENT: "info",
}
LABELS = {
    Verdict.KEPT: "Binnen de grens",
    Verdict.BROKEN: "Buiten de grens",
    Verdict.TO_DO: "Vraagt een besluit",
    Verdict.UNKNOWN: "Niet te bepalen",
    Verdict.AGREEMENT: "Afspraak",
}


class Figures(Protocol):
    """What knows figures by name: those of a plan, or of an envelope of a fund."""

    def value(self, text: str) -> Value: ...


class Payment(Protocol):
    """What one pot pays; a threshold looks at its amount."""

    @property
    def pot(self) -> str: ...
    @property
    def figure(self) -> Figure | None: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Outcome:
    """One rule with its value. `room` is what is left under (or over) the limit;
    `over` are the payments above a threshold, in the order given."""

    rule: Rule
    verdict: Verdict
    value: str = ""
    room: Figure | None = None
    over: tuple[Any, ...] = ()

    @property
    def limit(self) -> str:
        """The limit in words, as the rule states it."""
        rule = self.rule
        amount = _euro(rule.amount)
        maximum = _euro(rule.maximum)
        if rule.kind == Rule.Kind.EARMARK and amount and maximum:
            return f"van {amount} tot en met {maximum}"
        front = {
            Rule.Kind.CEILING: "hoogstens ",
            Rule.Kind.MAXIMUM: "hoogstens ",
            Rule.Kind.MINIMUM: "minstens ",
            Rule.Kind.EARMARK: "minstens ",
            Rule.Kind.THRESHOLD: "boven ",
            Rule.Kind.MINIMUM_SHARE: "minstens ",
            Rule.Kind.MAJORITY: "minstens ",
        }.get(Rule.Kind(rule.kind), "")
        limit = amount or rule.share_text
        of = f" van {rule.base}" if rule.share_text and rule.base else ""
        return f"{front}{limit}{of}" if limit else ""


def touched(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """The rules that ask something of whoever decides."""
    wanted = (Verdict.BROKEN, Verdict.TO_DO)
    return tuple(found for found in outcomes if found.verdict in wanted)


def kept_answers(outcomes: Iterable[Outcome]) -> list[dict[str, str]]:
    """What the rules said, to be kept with what was done."""
    return [
        {
            "code": found.rule.code,
            "title": found.rule.title,
            "limit": found.limit,
            "value": found.value,
            "verdict": LABELS[found.verdict],
        }
        for found in outcomes
    ]


def blocks(outcomes: Iterable[Outcome]) -> list[str]:
    """The rules that stop it, in sentences."""
    return [
        f"{broken.rule.code} {broken.rule.title} houdt dit besluit tegen: {broken.value}, en "
        f"de grens is {broken.limit}; kies een bedrag binnen de grens."
        for broken in outcomes
        if broken.verdict == Verdict.BROKEN and broken.rule.severity == Rule.Severity.BLOCK
    ]


def outcome(rule: Rule, figures: Figures, payments: Iterable[Payment] | None) -> Outcome:
    """One rule held against figures; without payments nothing is held to a threshold."""
    kind = Rule.Kind(rule.kind)
    if kind == Rule.Kind.THRESHOLD:
        return _threshold(rule, payments)
    look = _LOOKS.get(kind)
    return look(rule, figures) if look else Outcome(rule, Verdict.AGREEMENT)


def _value(rule: Rule, figures: Figures) -> Value | None:
    if not rule.figure:
        return None
    try:
        return figures.value(rule.figure)
    except NotationError:
        return None


def _bounded(rule: Rule, figures: Figures) -> Outcome:
    """A least or a most in money, or both."""
    low, high = _bounds(rule)
    value = _value(rule, figures)
    if (low is None and high is None) or value is None or value.figure is None:
        return Outcome(rule, Verdict.UNKNOWN)
    known = value.figure.known
    room = Figure((high - known) if high is not None else known - (low or Decimal()))
    if (low is not None and known < low) or (high is not None and known > high):
        return Outcome(rule, Verdict.BROKEN, str(value), room)
    verdict = Verdict.KEPT if value.figure.is_complete else Verdict.UNKNOWN
    return Outcome(rule, verdict, str(value), room)


def _bounds(rule: Rule) -> tuple[Decimal | None, Decimal | None]:
    amount = rule.amount.amount if rule.amount is not None else None
    maximum = rule.maximum.amount if rule.maximum is not None else None
    if rule.kind in (Rule.Kind.CEILING, Rule.Kind.MAXIMUM):
        return None, amount
    return amount, maximum


def _share(rule: Rule, figures: Figures) -> Outcome:
    """At least a part of another figure."""
    value = _value(rule, figures)
    try:
        base = figures.value(rule.base) if rule.base else None
    except NotationError:
        base = None
    if (
        value is None
        or base is None
        or value.figure is None
        or base.figure is None
        or rule.share_numerator is None
        or not rule.share_denominator
    ):
        return Outcome(rule, Verdict.UNKNOWN)
    known, whole = value.figure.known, base.figure.known
    is_kept = known * rule.share_denominator >= whole * rule.share_numerator
    return Outcome(rule, Verdict.KEPT if is_kept else Verdict.BROKEN, f"{value} van {base}")


def _threshold(rule: Rule, payments: Iterable[Payment] | None) -> Outcome:
    """Payments above an amount ask for a decision; exactly the amount does not."""
    if rule.amount is None or payments is None:
        return Outcome(rule, Verdict.UNKNOWN)
    pot = rule.applies_to.casefold()
    over = tuple(
        part
        for part in payments
        if part.figure is not None
        and part.figure.known > rule.amount.amount
        and pot in ("", part.pot.casefold())
    )
    if not over:
        return Outcome(rule, Verdict.KEPT, "geen uitgave boven de grens")
    names = ", ".join(dict.fromkeys(part.name for part in over))
    count = "1 uitgave" if len(over) == 1 else f"{len(over)} uitgaven"
    return Outcome(rule, Verdict.TO_DO, f"{count}: {names}", over=over)


def _majority(rule: Rule, figures: Figures) -> Outcome:
    """How many votes a part of so many members is, rounded up."""
    match = re.match(r"(\d+)\b", rule.base)
    if match is None or rule.share_numerator is None or not rule.share_denominator:
        return Outcome(rule, Verdict.UNKNOWN)
    exact = Decimal(match[1]) * rule.share_numerator / rule.share_denominator
    votes = exact.to_integral_value(ROUND_CEILING)
    return Outcome(rule, Verdict.AGREEMENT, f"{votes} stemmen")


_LOOKS: dict[Rule.Kind, Callable[[Rule, Figures], Outcome]] = {
    Rule.Kind.CEILING: _bounded,
    Rule.Kind.MAXIMUM: _bounded,
    Rule.Kind.MINIMUM: _bounded,
    Rule.Kind.EARMARK: _bounded,
    Rule.Kind.MINIMUM_SHARE: _share,
    Rule.Kind.MAJORITY: _majority,
}


@dataclass(frozen=True)
class EnvelopeFigures:
    """The figures of one envelope by name: `fonds beschikbaar`, `fonds resteert`."""

    balance: Balance

    def value(self, text: str) -> Value:
        kind, _, column = " ".join(text.split()).casefold().partition(" ")
        if kind == "fonds":
            with contextlib.suppress(KeyError):
                return fund_value(self.balance, self.balance.requested, column)
        raise NotationError(f"“{text}” is geen cijfer van een fonds.", code="no_figure")


def fund_value(balance: Balance, requested: Figure, column: str) -> Value:
    """A figure of an envelope by its Dutch name; KeyError for another."""
    if column == "gebruikt":
        return Value(percentage=balance.used_if_granted)
    return Value(
        figure={
            "beschikbaar": balance.available,
            "beschikt": balance.granted,
            "nog beschikbaar": balance.remaining,
            "aangevraagd": requested,
            "resteert": balance.remaining_if_granted,
        }[column]
    )


def _euro(money: Any) -> str:
    return "" if money is None else format_euro(money.amount)


def _decimal(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
