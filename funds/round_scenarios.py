"""What the scenarios of a round are worked out from: the lines that nobody decided on, and
what is left for them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from funds.balance import Balance, Moved, Standing, balances, undecided
from funds.figure import Figure
from funds.models import ApplicationLine, Grant, Round, RoundScenario
from funds.notation import AmountState
from funds.rounds import RoundStanding, round_standings
from funds.scenario import Line, Material, WhatIf


@dataclass(frozen=True)
class OpenRound:
    """What is open in a round on a day: its lines by name, each as it stands."""

    round: RoundStanding
    lines: dict[str, Standing]
    balances: tuple[Balance, ...]
    is_new: frozenset[str]

    @property
    def budget(self) -> Decimal:
        """What is left in the envelopes that the lines draw on, and within the ceiling."""
        left = sum((each.remaining.known for each in self.balances), Decimal(0))
        room = self.round.left
        return left if room is None else min(left, room.known)

    @cached_property
    def material(self) -> Material:
        return Material(tuple(self._line(*each) for each in self.lines.items()), self.budget)

    def _line(self, key: str, standing: Standing) -> Line:
        line = standing.line
        state = AmountState(line.state)
        asked = line.amount.amount if line.amount is not None else Decimal(0)
        region = line.application.envelope.region.name
        return Line(key, line.title, state, asked, key in self.is_new, organisation=region)


def open_round(found: Round, on: datetime.date) -> OpenRound:
    """A round with what nobody decided on that day. Twelve queries."""
    standing, *_ = round_standings([found], datetime.date.max)
    rows = ApplicationLine.objects.filter(undecided(on), application__round=found)
    rows = rows.exclude(state=AmountState.NOT_APPLICABLE.value)
    related = ("application__round", "application__envelope__region")
    rows = rows.select_related(*related, "application__envelope__fund")
    names = line_names(found)
    lines = {
        names[row.pk]: Standing(row, None, None, Moved())
        for row in rows.order_by("application", "position")
    }
    envelopes = {each.line.application.envelope: None for each in lines.values()}
    left = tuple(balances(list(envelopes), on))
    return OpenRound(standing, lines, left, _new(found, lines))


def line_names(found: Round) -> dict[int, str]:
    """What each line of a round is called in scenarios, by key: the number of its
    application in the round and its code, `2.A6`, or its place where that is not unique.
    An application never changes and the next has a higher number, so a name stays. One
    query."""
    rows = ApplicationLine.objects.filter(application__round=found)
    order = rows.order_by("application", "position", "pk")
    every = list(order.values_list("pk", "application", "code", "position"))
    numbers = {key: n for n, key in enumerate(dict.fromkeys(row[1] for row in every), 1)}
    times = Counter((of, code) for _, of, code, _ in every)
    names, places = {}, Counter[int]()
    for key, of, code, _ in every:
        places[of] += 1
        is_plain = code and times[of, code] == 1 and not set(code) & set(",;")
        names[key] = f"{numbers[of]}.{code if is_plain else f'r{places[of]}'}"
    return names


def _new(found: Round, lines: dict[str, Standing]) -> frozenset[str]:
    """The lines for which the fund granted the region nothing in another round, by their
    title. One query."""
    titles = {each.line.title for each in lines.values()}
    before = Grant.objects.filter(
        amount__gt=0,
        line__title__in=titles,
        line__application__round__in=found.fund.rounds.exclude(pk=found.pk),
    )
    of = ("line__application__envelope__region", "line__title")
    known = set(before.order_by(*of).values_list(*of).distinct())
    return frozenset(
        key
        for key, each in lines.items()
        if (each.line.application.envelope.region_id, each.line.title) not in known
    )


@dataclass(frozen=True)
class RoundPosition:
    """One scenario of a round with its outcome."""

    scenario: RoundScenario
    outcome: WhatIf

    @property
    def is_closed(self) -> bool:
        return self.scenario.is_closed


def outcome_of(scenario: RoundScenario, material: Material) -> WhatIf:
    """What a scenario makes of lines; those that it puts in an earmark are earmarked."""
    lines = (replace(each, is_earmarked=each.key in scenario.within) for each in material.lines)
    return replace(material, lines=tuple(lines)).outcome(scenario.operations)


def positions(scenarios: Iterable[RoundScenario], now: Material) -> list[RoundPosition]:
    """Each scenario worked out from what is open `now`, or, once closed, from what it was
    then. Follows the choice: fetch it along. Asks the database nothing."""
    read: dict[int, Material] = {}
    found = []
    for each in scenarios:
        material = now
        if each.choice is not None:
            if each.choice.pk not in read:
                read[each.choice.pk] = Material.read(each.choice.material)
            material = read[each.choice.pk]
        found.append(RoundPosition(each, outcome_of(each, material)))
    return found


def cut(outcome: WhatIf) -> Figure:
    """What a scenario does not give of what was asked and known."""
    return Figure.of(outcome.total.lost)
