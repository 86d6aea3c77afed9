"""The verbs of scenarios of a round: made, changed, and one that becomes decisions.

A scenario that is chosen decides on every line that it knows an amount of, in one step or
not at all; in a fund with four eyes it proposes that, and a colleague confirms it whole.
Every verb raises `ValidationError`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Max

from funds.ledger import decide_all
from funds.models import EnvelopeCounter, GrantProposal, Round, RoundChoice, RoundScenario
from funds.proposing import close, propose
from funds.round_deciding import Decisions, decisions, proposed
from funds.round_scenarios import open_round
from funds.scenario import Operation
from municipalities.guard import guarded
from municipalities.models import User

MOST = 100
OVERTAKEN = (
    "Iemand anders heeft dit scenario intussen gewijzigd; kijk wat er nu staat en doe het opnieuw."
)
CHANGED = (
    "Deze keuze doet intussen iets anders dan u zag; kijk hieronder wat zij nu doet, en kies dan "
    "opnieuw."
)
VOID = (
    "Deze keuze is vervallen: zij doet nu iets anders dan toen zij werd voorgesteld. Trek haar in "
    "en kies een nieuw scenario."
)


def make_scenario(
    found: Round, *, title: str, text: str = "", like: RoundScenario | None = None
) -> RoundScenario:
    """Add a scenario to a round, empty or like another."""
    with guarded():
        _turn(found)
        last = found.scenarios.aggregate(last=Max("number"))["last"] or 0
        scenario = RoundScenario(round=found, number=last + 1, title=title, text=text)
        if like is not None:
            scenario.stored, scenario.within = like.stored, like.within
        scenario.full_clean()
        scenario.save()
        return scenario


def change_scenario(scenario: RoundScenario, *, title: str, text: str) -> RoundScenario:
    """Give a scenario another name and explanation."""
    with guarded():
        now = _held(scenario)
        now.title, now.text = title, text
        return _stored(now)


def change_operations(
    scenario: RoundScenario, operations: Sequence[Operation], *, seen: str
) -> RoundScenario:
    """Give a scenario other operations; `seen` is the mark of those that somebody saw.
    Codes: `overtaken`, `most_operations`, `round_scenario_closed`."""
    if len(operations) > MOST:
        raise ValidationError(
            f"Een scenario heeft hoogstens {MOST} bewerkingen; haal er eerst een weg.",
            code="most_operations",
        )
    with guarded():
        now = _held(scenario)
        if now.mark != seen:
            raise ValidationError(OVERTAKEN, code="overtaken")
        now.stored = [operation.as_json() for operation in operations]
        return _stored(now)


def put_in_earmarks(
    scenario: RoundScenario, within: Mapping[str, str], *, seen: str
) -> RoundScenario:
    """Say in which earmark each line would be granted, by their names; `seen` is the mark
    of what somebody saw of that. Codes: `overtaken`, `round_scenario_closed`."""
    with guarded():
        now = _held(scenario)
        if now.mark_within != seen:
            raise ValidationError(OVERTAKEN, code="overtaken")
        now.within = dict(within)
        return _stored(now)


def choose(
    scenario: RoundScenario,
    *,
    seen: str,
    on: datetime.date,
    today: datetime.date,
    by: User,
    decision: str = "",
) -> RoundChoice:
    """Decide as a scenario says, on every line at once; `seen` is the mark of what was
    shown. Codes: `round_scenario_closed`, `other_outcome`, and what the database refuses."""
    with guarded():
        now = _held(scenario)
        found = open_round(now.round, today)
        made = decisions(now, found, on=on)
        if made.faults:
            raise ValidationError(made.faults)
        if made.digest != seen:
            raise ValidationError(CHANGED, code="other_outcome")
        choice = RoundChoice(
            round=now.round,
            number=now.number,
            digest=made.digest,
            material=found.material.as_json(),
            dated_on=on,
            decision=decision,
            entered_by=by,
        )
        choice.full_clean()
        choice.save()
        RoundScenario.objects.filter(round=now.round, choice=None).update(choice=choice)
        if now.round.fund.four_eyes:
            _propose(choice, made, by)
        else:
            _decide(choice, made, by)
        return choice


def confirm_choice(choice: RoundChoice, *, by: User) -> RoundChoice:
    """Decide all that somebody else chose. Codes: `own_proposal`, `proposal_void`,
    `proposal_closed`."""
    with guarded():
        held = _open_proposals(choice)
        if choice.entered_by_id == by.pk:
            raise ValidationError(
                "U hebt dit scenario zelf gekozen; laat een andere fondsbeheerder het bevestigen.",
                code="own_proposal",
            )
        made = proposed(choice)
        if made.digest != choice.digest:
            raise ValidationError(VOID, code="proposal_void")
        _decide(choice, made, by)
        for each in held:
            close(each, GrantProposal.Outcome.CONFIRMED, by)
        return choice


def withdraw_choice(choice: RoundChoice, *, by: User) -> RoundChoice:
    """Take all that was proposed back; the scenarios stay closed, to be read."""
    with guarded():
        for each in _open_proposals(choice):
            close(each, GrantProposal.Outcome.WITHDRAWN, by)
        return choice


def _decide(choice: RoundChoice, made: Decisions, by: User) -> None:
    """What is in an earmark goes first, over all applications: it takes up what is kept
    free before other grants look at that."""
    _take_turns(made)
    for in_earmark in (True, False):
        for application in made.applications:
            amounts = {
                each.line.pk: amount
                for each, amount in made.of(application).items()
                if (each in made.within) is in_earmark
            }
            decide_all(
                application,
                amounts,
                earmarks={each.line.pk: row for each, row in made.within.items()},
                decision=choice.decision,
                answers=made.effect_of(application).answers,
                on=choice.dated_on,
                by=by,
            )


def _take_turns(made: Decisions) -> None:
    """The turns of all envelopes at once, in one order. A grant takes that of its envelope
    and then that of the round: who holds the round and then waits for an envelope would
    wait for ever on somebody who decides there."""
    keys = {each.envelope_id for each in made.applications}
    rows = EnvelopeCounter.objects.select_for_update(no_key=True).filter(envelope__in=keys)
    list(rows.order_by("envelope_id"))


def _propose(choice: RoundChoice, made: Decisions, by: User) -> None:
    for application in made.applications:
        propose(
            application,
            made.of(application),
            shown=made.effect_of(application),
            within=made.within,
            decision=choice.decision,
            choice=choice,
            on=choice.dated_on,
            by=by,
        )


def _open_proposals(choice: RoundChoice) -> list[GrantProposal]:
    """The proposals of a choice while nobody else closes them; refused when somebody did."""
    rows = choice.proposals.select_for_update(no_key=True, of=("self",)).order_by("pk")
    found = list(rows)
    if not found or not all(each.is_open for each in found):
        raise ValidationError(
            "Deze keuze is al bevestigd of ingetrokken; er hoeft niets meer te gebeuren.",
            code="proposal_closed",
        )
    return found


def _turn(found: Round) -> None:
    """Who makes or chooses scenarios of a round takes turns at it."""
    Round.objects.select_for_update(no_key=True, of=("self",)).get(pk=found.pk)


def _held(scenario: RoundScenario) -> RoundScenario:
    """The scenario as it is now, while nobody else changes the scenarios of its round."""
    _turn(scenario.round)
    now = RoundScenario.objects.select_related("round__fund", "choice").get(pk=scenario.pk)
    if now.choice is not None:
        said = f"In deze ronde is scenario {now.choice.number} al gekozen"
        raise ValidationError(
            f"{said}; de scenario’s van toen blijven zoals ze zijn. Maak een nieuw scenario.",
            code="round_scenario_closed",
        )
    return now


def _stored(scenario: RoundScenario) -> RoundScenario:
    scenario.full_clean()
    scenario.save()
    return scenario
