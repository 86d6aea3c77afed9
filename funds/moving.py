"""What moving money of a fund outside a decision would do: the figures before and after,
and what the rules of the fund say. Shown first, and done only as it was shown."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from funds.balance import balances
from funds.figure import Figure
from funds.models import Envelope, Fund, Rule
from funds.notation import NotationError
from funds.reserve import reserve_entries, reserve_rest
from funds.rules import (
    EnvelopeFigures,
    Figures,
    Outcome,
    Value,
    Verdict,
    blocks,
    kept_answers,
    outcome,
    touched,
)


@dataclass(frozen=True)
class Part:
    """Money that leaves, as a threshold looks at it."""

    name: str
    figure: Figure
    pot: str


@dataclass(frozen=True)
class Move:
    """What would move: figures with their names, the most telling first, and how the
    rules come out after it."""

    about: str
    figures: tuple[tuple[str, Figure], ...]
    outcomes: tuple[Outcome, ...]

    @property
    def touched(self) -> tuple[Outcome, ...]:
        return touched(self.outcomes)

    @property
    def answers(self) -> list[dict[str, str]]:
        """What the rules said, to be kept with the entry."""
        return kept_answers(self.outcomes)

    @property
    def faults(self) -> list[str]:
        """The rules that stop it, in sentences."""
        return blocks(self.outcomes)

    @property
    def digest(self) -> str:
        """The mark of what is shown: another one when anything of it changed."""
        figures = [(name, str(figure)) for name, figure in self.figures]
        shown = json.dumps([self.about, figures, self.answers])
        return hashlib.sha256(shown.encode()).hexdigest()


@dataclass(frozen=True)
class ReserveFigures:
    """What a rule can name of a reserve: `fonds reserve`."""

    rest: Figure

    def value(self, text: str) -> Value:
        if " ".join(text.split()).casefold() == "fonds reserve":
            return Value(figure=self.rest)
        raise NotationError(f"“{text}” is geen cijfer van een reserve.", code="no_figure")


def reserve_move(fund: Fund, amount: Decimal, *, name: str) -> Move:
    """What bringing an amount into the reserve would do, below zero what goes out. It
    looks at all that was entered, also of days to come. Three queries."""
    before = reserve_rest(reserve_entries(fund), datetime.date.max)
    after = Figure.of(before + amount)
    figures = (("Daarna in de reserve", after), ("Nu in de reserve", Figure.of(before)))
    return Move(name, figures, _outcomes(fund, ReserveFigures(after), name, -amount))


def distribution_move(fund: Fund, amount: Decimal, *, name: str, from_reserve: bool) -> Move:
    """What distributing an amount would do; one that is not from the reserve leaves the
    figures of the fund as they are. Three queries at most."""
    if from_reserve:
        return reserve_move(fund, -amount, name=name)
    figures = (("U verdeelt", Figure.of(amount)),)
    return Move(name, figures, _outcomes(fund, None, name, amount))


def mutation_move(envelope: Envelope, amount: Decimal, *, name: str) -> Move:
    """What bringing an envelope up or down would do. It looks at all that was entered: on
    an earlier day there was more, and a rule would be kept then and broken now. Seven
    queries."""
    (before,) = balances([envelope], datetime.date.max)
    changed = Figure.of(amount)
    after = replace(
        before, available=before.available + changed, mutations=before.mutations + changed
    )
    figures = (
        ("Daarna nog beschikbaar", after.remaining),
        ("Nu nog beschikbaar", before.remaining),
        ("Daarna beschikbaar", after.available),
    )
    return Move(name, figures, _outcomes(envelope.fund, EnvelopeFigures(after), name, amount))


def _outcomes(
    fund: Fund, figures: Figures | None, name: str, spent: Decimal
) -> tuple[Outcome, ...]:
    """The rules that look at what moves. A rule about another figure says nothing here;
    what comes back is no expense, and what goes is of this fund, whatever the rule calls
    it."""
    rules = fund.rules.order_by("position", "pk")
    return tuple(
        found
        for rule in rules
        if (found := _outcome(rule, figures, name, spent)).verdict != Verdict.UNKNOWN
    )


def _outcome(rule: Rule, figures: Figures | None, name: str, spent: Decimal) -> Outcome:
    parts: Iterable[Part] = ()
    if spent > 0:
        parts = (Part(name, Figure.of(spent), rule.applies_to),)
    return outcome(rule, figures or NoFigures(), parts)


class NoFigures:
    """Where nothing of the fund changes there is no figure to look at."""

    def value(self, text: str) -> Value:
        raise NotationError(f"“{text}” verandert hier niet.", code="no_figure")
