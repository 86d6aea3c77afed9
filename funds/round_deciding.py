"""What deciding on many lines of a round at once would do, shown before it is done."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from funds.balance import Standing
from funds.deciding import Effect, effects
from funds.earmarks import earmark_standings
from funds.figure import Figure
from funds.models import (
    Application,
    Earmark,
    Envelope,
    GrantProposal,
    ProposedGrant,
    RoundChoice,
    RoundScenario,
)
from funds.notation import format_euro
from funds.round_scenarios import OpenRound, open_round, outcome_of
from funds.rounds import RoundStanding


@dataclass(frozen=True)
class Decisions:
    """What is decided in a round at once, and what that does to each envelope."""

    amounts: Mapping[Standing, Decimal]
    within: Mapping[Standing, Earmark]
    effects: tuple[Effect, ...]
    in_round: RoundStanding
    problems: tuple[str, ...] = ()

    @property
    def granted(self) -> Figure:
        return Figure.of(sum(self.amounts.values(), Decimal(0)))

    @property
    def refused(self) -> int:
        """How many lines get nothing."""
        return sum(not amount for amount in self.amounts.values())

    @property
    def faults(self) -> list[str]:
        """Why this cannot be decided, in sentences."""
        found = list(self.problems)
        for each in self.effects:
            region = each.before.envelope.region.name
            found += [f"{region}: {fault}" for fault in each.faults]
        room = self.in_round.left
        if not found and room is not None and self.granted.known > room.known:
            found.append(
                f"In {self.in_round.round.name} kan nog {format_euro(room.known)} worden beschikt, "
                f"want de ronde heeft een plafond; dit scenario geeft {self.granted}. Breng het "
                f"{format_euro(self.granted.known - room.known)} lager."
            )
        if not self.amounts:
            found.append("Er is geen regel waarover nog te besluiten is; maak een ander scenario.")
        return found

    @property
    def digest(self) -> str:
        """The mark of all that is shown: another one when anything of it changed."""
        lines = [
            [each.line.pk, f"{amount:.2f}", self.within[each].name if each in self.within else ""]
            for each, amount in self.amounts.items()
        ]
        shown = [[each.digest for each in self.effects], sorted(lines)]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()

    def of(self, application: Application) -> dict[Standing, Decimal]:
        """The amounts of one application."""
        key = application.pk
        return {
            each: amount for each, amount in self.amounts.items() if each.line.application_id == key
        }

    @property
    def applications(self) -> list[Application]:
        return list({each.line.application: None for each in self.amounts})

    def effect_of(self, application: Application) -> Effect:
        envelope = application.envelope_id
        return next(each for each in self.effects if each.before.envelope.pk == envelope)


def decisions(scenario: RoundScenario, found: OpenRound, *, on: datetime.date) -> Decisions:
    """What choosing a scenario would decide on that day. Eleven queries at most; a line of
    which the amount is not known and stays so is left undecided."""
    outcome = outcome_of(scenario, found.material)
    amounts = {
        found.lines[result.line.key]: result.now
        for result in outcome.results
        if result.now is not None
    }
    problems = [outcome.lost_sentence] if outcome.lost_names else []
    within, gone = _earmarks(scenario, found, on)
    problems += [
        f"Het oormerk {name} van regel {key} geldt niet meer; kies bij het scenario een ander."
        for key, name in gone
    ]
    open_ = GrantProposal.objects.open().filter(application__round=scenario.round_id)
    open_ = open_.filter(application__in={each.line.application_id for each in amounts})
    problems += [
        f"De aanvraag {each} is ingediend op {each.submitted_on:%d-%m-%Y}; kies die dag of een "
        "latere."
        for each in {each.line.application: None for each in amounts}
        if each.submitted_on > on
    ]
    problems += [
        f"Op de aanvraag {title} ligt al een voorstel; bevestig dat eerst, of trek het in."
        for title in open_.order_by("pk").values_list("application__title", flat=True)
    ]
    return _decisions(found.round, amounts, within, on, tuple(problems))


def _decisions(
    in_round: RoundStanding,
    amounts: Mapping[Standing, Decimal],
    within: Mapping[Standing, Earmark],
    on: datetime.date,
    problems: tuple[str, ...] = (),
) -> Decisions:
    by_envelope: dict[Envelope, dict[Standing, Decimal]] = {}
    for each, amount in amounts.items():
        by_envelope.setdefault(each.line.application.envelope, {})[each] = amount
    found = effects(in_round.round, by_envelope, on=on, within=within)
    return Decisions(amounts, within, tuple(found), in_round, problems)


def _earmarks(
    scenario: RoundScenario, found: OpenRound, on: datetime.date
) -> tuple[dict[Standing, Earmark], list[tuple[str, str]]]:
    """The earmark of each line that is put in one, and the names that hold no more."""
    envelopes = [each.envelope for each in found.balances]
    known = {
        (envelope, each.earmark.name): each.earmark
        for envelope, standings in earmark_standings(envelopes, on).items()
        for each in standings
    }
    within, gone = {}, []
    for key, name in scenario.within.items():
        standing = found.lines.get(key)
        if standing is None:
            continue
        earmark = known.get((standing.line.application.envelope_id, name))
        if earmark is None:
            gone.append((key, name))
        else:
            within[standing] = earmark
    return within, gone


def proposed(choice: RoundChoice) -> Decisions:
    """What confirming a choice would decide now. Sixteen queries at most."""
    rows = ProposedGrant.objects.filter(proposal__choice=choice).select_related("earmark")
    found = open_round(choice.round, choice.dated_on)
    by_line = {each.line.pk: each for each in found.lines.values()}
    amounts, within = {}, {}
    for row in rows.order_by("proposal_id", "line__position", "pk"):
        standing = by_line.get(row.line_id)
        if standing is None:
            continue
        amounts[standing] = row.amount.amount
        if row.earmark is not None:
            within[standing] = row.earmark
    return _decisions(found.round, amounts, within, choice.dated_on)
