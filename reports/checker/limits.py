"""Rules of the plan that its figures break, and payments that ask for a decision."""

from __future__ import annotations

from collections.abc import Iterator

from funds.models import Rule
from reports.checker.finding import Found, Severity
from reports.checker.material import Material
from reports.rules import Outcome, Verdict, outcomes


def broken(material: Material) -> Iterator[Found]:
    """A limit that is passed; it weighs as much as the rule says."""
    for outcome in _with(material, Verdict.BROKEN):
        severity = Severity(outcome.rule.severity) if outcome.rule.severity else None
        short = f" ({outcome.room} buiten de grens)" if outcome.room is not None else ""
        yield Found(
            material.rule(outcome.rule),
            f"{outcome.rule.title}: {outcome.value}, en de grens is {outcome.limit}{short}; pas "
            "het bedrag of de regel aan.",
            severity,
        )


def threshold(material: Material) -> Iterator[Found]:
    """Payments above a threshold, with what they ask for."""
    for outcome in _with(material, Verdict.TO_DO):
        yield Found(
            material.rule(outcome.rule),
            f"{outcome.rule.title}: {outcome.value} {outcome.limit}; regel het besluit dat "
            "daarvoor nodig is.",
        )


def no_room(material: Material) -> Iterator[Found]:
    """An earmark of which the least is also the most."""
    for rule in material.content.rules:
        if rule.kind == Rule.Kind.EARMARK and rule.amount and rule.amount == rule.maximum:
            yield Found(
                material.rule(rule),
                f"{rule.title}: {rule.amount_text} is het minimum en ook het maximum; kies een van "
                "beide, of zeg dat het precies dit bedrag is.",
            )


def _with(material: Material, verdict: Verdict) -> Iterator[Outcome]:
    return (
        outcome
        for outcome in outcomes(material.content, material.figures)
        if outcome.verdict == verdict
    )
