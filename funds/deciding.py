"""What a decision would do: the balance after it, and what the rules of the fund say."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from funds.balance import Balance, Standing, balances
from funds.figure import Figure
from funds.models import Application, Rule
from funds.notation import format_euro
from funds.rules import LABELS, EnvelopeFigures, Outcome, Verdict, outcome


@dataclass(frozen=True)
class Part:
    """What is granted on one line, as a threshold looks at it."""

    name: str
    figure: Figure
    pot: str


@dataclass(frozen=True)
class Effect:
    """The envelope before and after a decision, and how the rules come out after it."""

    before: Balance
    after: Balance
    outcomes: tuple[Outcome, ...]

    @property
    def granted(self) -> Figure:
        """What the decision grants in all."""
        return self.after.granted - self.before.granted

    @property
    def touched(self) -> tuple[Outcome, ...]:
        """The rules that ask something of whoever decides."""
        wanted = (Verdict.BROKEN, Verdict.TO_DO)
        return tuple(found for found in self.outcomes if found.verdict in wanted)

    @property
    def answers(self) -> list[dict[str, str]]:
        """What the rules said, to be kept with the decision."""
        return [
            {
                "code": found.rule.code,
                "title": found.rule.title,
                "limit": found.limit,
                "value": found.value,
                "verdict": LABELS[found.verdict],
            }
            for found in self.outcomes
        ]

    @property
    def faults(self) -> list[str]:
        """Why this decision cannot be taken, in sentences."""
        left, asked = self.before.remaining.known, self.granted.known
        found = []
        if asked > left:
            found.append(
                f"Er is nog {format_euro(left)} beschikbaar; u beschikt {format_euro(asked)}. "
                f"Beschik hoogstens {format_euro(left)}."
            )
        found += [
            f"{broken.rule.code} {broken.rule.title} houdt dit besluit tegen: {broken.value}, en "
            f"de grens is {broken.limit}; kies een bedrag binnen de grens."
            for broken in self.touched
            if broken.verdict == Verdict.BROKEN and broken.rule.severity == Rule.Severity.BLOCK
        ]
        return found

    @property
    def digest(self) -> str:
        """The mark of what is shown: another one when anything of it changed."""
        shown = [str(self.before.remaining), str(self.granted), self.answers]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def effect(
    application: Application,
    decided: Mapping[Standing, Decimal],
    *,
    on: datetime.date,
) -> Effect:
    """What granting these amounts on that day would do. Six queries."""
    (before,) = balances([application.envelope], on)
    granted = sum(decided.values(), Decimal(0))
    asked = sum((standing.asked for standing in decided), Figure.zero())
    after = replace(
        before,
        granted=before.granted + Figure.of(granted),
        requested=_without(before.requested, asked),
    )
    rules = application.envelope.fund.rules.order_by("position", "pk")
    return Effect(before, after, tuple(_outcome(rule, after, decided) for rule in rules))


def _outcome(rule: Rule, after: Balance, decided: Mapping[Standing, Decimal]) -> Outcome:
    """Every line is paid from this fund, whatever the rule calls it."""
    parts = [
        Part(standing.line.code or standing.line.title, Figure.of(amount), rule.applies_to)
        for standing, amount in decided.items()
    ]
    return outcome(rule, EnvelopeFigures(after), parts)


def _without(whole: Figure, part: Figure) -> Figure:
    """The whole without a part of it, gaps too; a day before the submission has none."""
    return Figure(max(whole.known - part.known, Decimal(0)), whole.gaps).closing(part)
