"""What a decision would do: the balance after it, and what the rules of the fund say."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from funds.balance import Balance, Standing, balances
from funds.earmarks import EarmarkStanding, earmark_standings, reserved
from funds.figure import Figure
from funds.models import Application, Earmark, Envelope, Round, Rule
from funds.notation import format_euro
from funds.rounds import RoundStanding, round_standings
from funds.rules import EnvelopeFigures, Outcome, Verdict, blocks, kept_answers, outcome, touched


@dataclass(frozen=True)
class Part:
    """What is granted on one line, as a threshold looks at it."""

    name: str
    figure: Figure
    pot: str


@dataclass(frozen=True)
class InEarmark:
    """An earmark before a decision, and what the decision grants in it."""

    before: EarmarkStanding
    granted: Decimal
    is_change: bool = False

    @property
    def after(self) -> EarmarkStanding:
        return self.before.granting(self.granted)

    @property
    def left(self) -> Figure | None:
        """What may be granted in it after the decision; None without a maximum."""
        return None if self.after.left is None else Figure.of(self.after.left)

    @property
    def reserved(self) -> Figure:
        """What is kept free for it after the decision."""
        return Figure.of(self.after.reserved)

    @property
    def faults(self) -> list[str]:
        """Why it cannot take this, in sentences."""
        left = self.before.left
        if left is None or self.granted <= left:
            return []
        return [
            f"Binnen het oormerk {self.before.earmark} kan nog {format_euro(left)} worden "
            f"beschikt; {_advice(self.granted, left, is_change=self.is_change)}"
        ]


@dataclass(frozen=True)
class Effect:
    """The envelope before and after a decision, and how the rules come out after it.

    `moves` says of each line by its key to what amount it is brought, and from what where
    it was granted.
    """

    before: Balance
    after: Balance
    outcomes: tuple[Outcome, ...]
    in_round: RoundStanding
    earmarks: tuple[InEarmark, ...] = ()
    moves: tuple[tuple[int, Decimal | None, Decimal], ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether it changes what was granted."""
        return any(before is not None for _, before, _ in self.moves)

    @property
    def granted(self) -> Figure:
        """What the decision grants in all."""
        return self.after.granted - self.before.granted

    @property
    def reserved(self) -> Figure:
        """What earmarks keep free after the decision."""
        return reserved(each.after for each in self.earmarks)

    @property
    def touched(self) -> tuple[Outcome, ...]:
        """The rules that ask something of whoever decides."""
        return touched(self.outcomes)

    @property
    def answers(self) -> list[dict[str, str]]:
        """What the rules said, to be kept with the decision."""
        return kept_answers(self.outcomes)

    @property
    def faults(self) -> list[str]:
        """Why this decision cannot be taken, in sentences."""
        left, asked = self.before.remaining.known, self.granted.known
        found = []
        if asked > left:
            found.append(
                f"Er is nog {format_euro(left)} beschikbaar; "
                f"{_advice(asked, left, is_change=self.is_change)}"
            )
        found += [fault for each in self.earmarks for fault in each.faults]
        short = self.reserved.known - self.after.remaining.known
        if not found and short > 0:
            found.append(
                f"Daarna is nog {self.after.remaining} beschikbaar, en {self.reserved} is "
                f"geoormerkt; beschik {format_euro(short)} minder, of kies bij een regel het "
                "oormerk."
            )
        room = self.in_round.left
        if room is not None and asked > room.known:
            found.append(
                f"In {self.in_round.round.name} kan nog {format_euro(room.known)} worden beschikt, "
                "want de ronde heeft een plafond; "
                f"{_advice(asked, room.known, is_change=self.is_change)}"
            )
        found += blocks(self.outcomes)
        return found

    @property
    def digest(self) -> str:
        """The mark of what is shown: another one when anything of it changed."""
        shown = [
            str(self.before.remaining),
            str(self.granted),
            str(self.in_round.left),
            [
                (each.before.earmark.pk, str(each.before.held), str(each.granted))
                for each in self.earmarks
            ],
            self.answers,
            [
                (key, None if before is None else f"{before:.2f}", f"{amount:.2f}")
                for key, before, amount in self.moves
            ],
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def effect(
    application: Application,
    decided: Mapping[Standing, Decimal],
    *,
    on: datetime.date,
    within: Mapping[Standing, Earmark] | None = None,
) -> Effect:
    """What bringing these lines to these amounts on that day would do, `within` earmarks or
    not: granting what nobody decided, changing what was granted. Nine queries, and two more
    where there are earmarks."""
    by_envelope = {application.envelope: decided}
    (found,) = effects(application.round, by_envelope, on=on, within=within)
    return found


def effects(
    found: Round,
    decided: Mapping[Envelope, Mapping[Standing, Decimal]],
    *,
    on: datetime.date,
    within: Mapping[Standing, Earmark] | None = None,
) -> list[Effect]:
    """The same for amounts in several envelopes of a round, one effect for each. As many
    queries as for one; each looks at the round as if the others granted nothing."""
    rules = list(next(iter(decided)).fund.rules.order_by("position", "pk")) if decided else []
    (in_round,) = round_standings([found], datetime.date.max)
    known = earmark_standings(decided, on)
    made = []
    for before, amounts in zip(balances(list(decided), on), decided.values(), strict=True):
        after = _after(before, amounts)
        standing = known[before.envelope.pk]
        earmarks = tuple(_in_earmark(each, amounts, within or {}) for each in standing)
        outcomes = tuple(
            _of_earmark(rule, earmarks) or _outcome(rule, after, amounts) for rule in rules
        )
        moves = tuple((each.line.pk, each.granted, amounts[each]) for each in amounts)
        made.append(Effect(before, after, outcomes, in_round, earmarks, moves))
    return made


def _advice(asked: Decimal, left: Decimal, *, is_change: bool) -> str:
    """What is asked and what would do; of a change not the amount that somebody types."""
    if is_change:
        return (
            f"de wijziging vraagt daarvan {format_euro(asked)}. Verhoog met hoogstens "
            f"{format_euro(left)}."
        )
    return f"u beschikt {format_euro(asked)}. Beschik hoogstens {format_euro(left)}."


def _after(before: Balance, decided: Mapping[Standing, Decimal]) -> Balance:
    granted = sum((_added(each, amount) for each, amount in decided.items()), Decimal(0))
    waiting = (standing.asked for standing in decided if not standing.is_decided)
    asked = sum(waiting, Figure.zero())
    return replace(
        before,
        granted=before.granted + Figure.of(granted),
        requested=_without(before.requested, asked),
    )


def _added(standing: Standing, amount: Decimal) -> Decimal:
    """What is granted beside what was granted already."""
    return amount - (standing.granted or Decimal(0))


def _in_earmark(
    standing: EarmarkStanding,
    decided: Mapping[Standing, Decimal],
    within: Mapping[Standing, Earmark],
) -> InEarmark:
    """What is decided within one earmark, which is known by its name."""
    name = standing.earmark.name
    granted = sum(
        (
            _added(each, amount)
            for each, amount in decided.items()
            if each in within and within[each].name == name
        ),
        Decimal(0),
    )
    return InEarmark(standing, granted, any(each.is_decided for each in decided))


def _of_earmark(rule: Rule, earmarks: Iterable[InEarmark]) -> Outcome | None:
    """A rule of kind oormerk that names an earmark of the envelope, or has its name, comes
    out as that stands: a minimum is kept as long as it is granted or kept free."""
    if rule.kind != Rule.Kind.EARMARK:
        return None
    names = {rule.applies_to.casefold(), rule.title.casefold()}
    for each in earmarks:
        if each.before.earmark.name.casefold() in names:
            verdict = Verdict.BROKEN if each.faults else Verdict.KEPT
            said = f"{format_euro(each.after.held)} beschikt, {each.reserved} blijft vrij"
            return Outcome(rule, verdict, said, each.left)
    return None


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
