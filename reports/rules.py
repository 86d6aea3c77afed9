"""The rules of a plan held against its figures: the value, the limit and the room.

A rule is data; each kind is looked at in one way, here, for the page, the document and
the checker.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Any, Protocol

from funds.figure import Figure
from funds.models import Rule
from funds.notation import NotationError, format_euro
from reports.content import Content
from reports.named_figures import NamedFigures, Value
from reports.pots import Paid, paid
from reports.table import Column, Row, State, Table, Text


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


@dataclass(frozen=True)
class Outcome:
    """One rule with its value. `room` is what is left under (or over) the limit;
    `over` are the payments above a threshold, in the order of the plan."""

    rule: Rule
    verdict: Verdict
    value: str = ""
    room: Figure | None = None
    over: tuple[Paid, ...] = ()

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


def outcomes(content: Content, figures: NamedFigures) -> tuple[Outcome, ...]:
    """Every rule of the plan, in its order. Asks the database nothing."""
    return tuple(outcome(rule, content, figures) for rule in content.rules)


def outcome(rule: Rule, content: Content | None, figures: Figures) -> Outcome:
    """One rule held against figures; without a plan no payment is held to a threshold."""
    look = _LOOKS.get(Rule.Kind(rule.kind))
    return look(rule, content, figures) if look else Outcome(rule, Verdict.AGREEMENT)


def _value(rule: Rule, figures: Figures) -> Value | None:
    if not rule.figure:
        return None
    try:
        return figures.value(rule.figure)
    except NotationError:
        return None


def _bounded(rule: Rule, content: Content | None, figures: Figures) -> Outcome:
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


def _share(rule: Rule, content: Content | None, figures: Figures) -> Outcome:
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


def _threshold(rule: Rule, content: Content | None, figures: Figures) -> Outcome:
    """Payments above an amount ask for a decision; exactly the amount does not."""
    if rule.amount is None or content is None:
        return Outcome(rule, Verdict.UNKNOWN)
    pot = rule.applies_to.casefold()
    over = tuple(
        part
        for part in paid(content)
        if part.figure is not None
        and part.figure.known > rule.amount.amount
        and pot in ("", part.pot.casefold())
    )
    if not over:
        return Outcome(rule, Verdict.KEPT, "geen uitgave boven de grens")
    names = ", ".join(dict.fromkeys(part.action.full_code for part in over))
    count = "1 uitgave" if len(over) == 1 else f"{len(over)} uitgaven"
    return Outcome(rule, Verdict.TO_DO, f"{count}: {names}", over=over)


def _majority(rule: Rule, content: Content | None, figures: Figures) -> Outcome:
    """How many votes a part of so many members is, rounded up."""
    match = re.match(r"(\d+)\b", rule.base)
    if match is None or rule.share_numerator is None or not rule.share_denominator:
        return Outcome(rule, Verdict.UNKNOWN)
    exact = Decimal(match[1]) * rule.share_numerator / rule.share_denominator
    votes = exact.to_integral_value(ROUND_CEILING)
    return Outcome(rule, Verdict.AGREEMENT, f"{votes} stemmen")


_LOOKS: dict[Rule.Kind, Callable[[Rule, Content | None, Figures], Outcome]] = {
    Rule.Kind.CEILING: _bounded,
    Rule.Kind.MAXIMUM: _bounded,
    Rule.Kind.MINIMUM: _bounded,
    Rule.Kind.EARMARK: _bounded,
    Rule.Kind.MINIMUM_SHARE: _share,
    Rule.Kind.THRESHOLD: _threshold,
    Rule.Kind.MAJORITY: _majority,
}


def rule_table(key: str, content: Content, figures: NamedFigures) -> Table | None:
    """The rules of a plan with limit, value, room and verdict; None when it has none."""
    found = outcomes(content, figures)
    if not found:
        return None
    return Table(
        key=key,
        caption="Regels van het plan",
        columns=(
            Column("code", "Nr", "code", 7),
            Column("regel", "Regel", "text", 40),
            Column("grens", "Grens", "text", 14),
            Column("waarde", "Stand", "text", 14),
            Column("oordeel", "Uitkomst", "text", 12),
            Column("bron", "Waar het staat", "text", 13),
        ),
        rows=tuple(_row(each) for each in found),
    )


def _row(found: Outcome) -> Row:
    room = f"ruimte {found.room}" if found.room is not None else ""
    return Row(
        found.rule.code,
        (
            Text(found.rule.code, is_header=True),
            Text(found.rule.title, note=found.rule.text),
            Text(found.limit),
            Text(found.value, note=room),
            State(ICONS[found.verdict], LABELS[found.verdict]),
            Text(found.rule.source),
        ),
    )


def _euro(money: Any) -> str:
    return "" if money is None else format_euro(money.amount)
