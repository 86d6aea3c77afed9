"""What-if on a round: worked out from what is open, and decided in one step."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from funds.ledger import decide
from funds.models import Fund, Grant, GrantProposal, Round, RoundScenario
from funds.notation import AmountState
from funds.proposing import confirm
from funds.round_choosing import (
    change_operations,
    choose,
    confirm_choice,
    make_scenario,
    put_in_earmarks,
    withdraw_choice,
)
from funds.round_deciding import decisions, proposed
from funds.round_scenarios import open_round, outcome_of, positions
from funds.scenario import Kind, Operation
from municipalities.models import User
from tests.factories import (
    ApplicationFactory,
    EarmarkFactory,
    EnvelopeFactory,
    FundFactory,
    RoundFactory,
    RoundScenarioFactory,
    UserFactory,
    asked,
    euro,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 4, 1)


@pytest.fixture
def round(db: None) -> Round:
    """Two regions ask 900 and 600, one of a part that is not known; each may draw 1.000,
    and the ceiling is 1.000."""
    fund = FundFactory()
    found = RoundFactory(fund=fund, ceiling=euro(1_000))
    for lines in (
        [asked(500, code="A1", title="Loket"), asked(400, code="A2", title="Kast")],
        [asked(600, code="A1", title="Bank"), asked(AmountState.PM, code="A2", title="Stoel")],
    ):
        envelope = EnvelopeFactory(fund=fund, amount=euro(1_000))
        ApplicationFactory(envelope=envelope, round=found, lines=lines)
    return found


@pytest.fixture
def manager(db: None) -> User:
    return UserFactory()


@pytest.fixture
def scenario(round: Round) -> RoundScenario:
    return RoundScenarioFactory(round=round)


def outcome(scenario: RoundScenario) -> Any:
    return outcome_of(scenario, open_round(scenario.round, DAY).material)


def seen(scenario: RoundScenario) -> str:
    return decisions(scenario, open_round(scenario.round, DAY), on=DAY).digest


def chosen(scenario: RoundScenario, by: User) -> Any:
    return choose(scenario, seen=seen(scenario), on=DAY, today=DAY, by=by, decision="B 12")


def code(refusal: Any) -> str:
    return refusal.value.error_list[0].code


def sentences(refusal: Any) -> list[str]:
    return [said.replace("\u00a0", " ") for said in refusal.value.messages]


def test_the_deficit_is_what_is_asked_over_the_room_and_the_ceiling(round) -> None:
    found = open_round(round, DAY)
    assert list(found.lines) == ["1.A1", "1.A2", "2.A1", "2.A2"]
    assert (found.budget, found.material.start.deficit) == (1_000, 500)
    Round.objects.filter(pk=round.pk).update(ceiling=None)
    assert open_round(Round.objects.get(pk=round.pk), DAY).budget == 2_000


def test_what_is_decided_is_no_longer_divided(round, manager) -> None:
    line = open_round(round, DAY).lines["1.A1"].line
    decide(line, Decimal(500), on=DAY, by=manager)
    found = open_round(round, DAY)
    assert list(found.lines) == ["1.A2", "2.A1", "2.A2"]
    assert found.budget == 500


def test_codes_that_occur_twice_give_way_to_the_place(round) -> None:
    twice = [asked(1, code="B"), asked(1, code="B"), asked(1, code="C, D"), asked(1)]
    ApplicationFactory(envelope=EnvelopeFactory(fund=round.fund), round=round, lines=twice)
    assert list(open_round(round, DAY).lines)[4:] == ["3.r1", "3.r2", "3.r3", "3.r4"]


def test_new_is_what_the_region_was_not_granted_before_in_the_fund(round) -> None:
    envelope = open_round(round, DAY).lines["1.A1"].line.application.envelope
    before = [asked(10, title="Loket"), asked(10, title="Kast")]
    old = ApplicationFactory(envelope=envelope, lines=before, submitted_on=DAY)
    first, second = old.lines.order_by("position")
    decide(first, Decimal(10), on=DAY, by=UserFactory())
    decide(second, Decimal(0), on=DAY, by=UserFactory())
    lines = open_round(round, DAY).material.lines
    assert [line.key for line in lines if not line.is_new] == ["1.A1"]


def test_every_known_line_is_decided_in_one_step(scenario, manager) -> None:
    choice = chosen(scenario, manager)
    rows = Grant.objects.order_by("line__application", "line__position")
    assert [row.amount.amount for row in rows] == [
        Decimal("333.33"),
        Decimal("266.67"),
        Decimal("400.00"),
    ]
    assert {(row.decision, row.dated_on, row.entered_by) for row in rows} == {
        ("B 12", DAY, manager)
    }
    assert list(open_round(scenario.round, DAY).lines) == ["2.A2"]
    assert choice.decision == "B 12"


def test_afterwards_every_scenario_reads_as_it_was(scenario, manager) -> None:
    other = make_scenario(scenario.round, title="Niets doen")
    digest = outcome(scenario).digest
    chosen(scenario, manager)
    rows = scenario.round.scenarios.select_related("choice").order_by("number")
    first, second = positions(rows, open_round(scenario.round, DAY).material)
    assert first.outcome.digest == digest
    assert second.outcome.total.now.known == 1_500
    assert (first.scenario.is_chosen, second.scenario.is_chosen) == (True, False)
    with pytest.raises(ValidationError) as refusal:
        change_operations(other, (), seen=other.mark)
    assert code(refusal) == "round_scenario_closed"


def test_the_database_keeps_what_was_chosen(scenario, manager) -> None:
    choice = chosen(scenario, manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundScenario.objects.filter(pk=scenario.pk).update(title="Anders")
    elsewhere = RoundScenarioFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundScenario.objects.filter(pk=elsewhere.pk).update(choice=choice)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(choice).objects.filter(pk=choice.pk).update(decision="Anders")


def test_nothing_is_decided_when_anything_changed_in_between(scenario, manager) -> None:
    shown = seen(scenario)
    line = open_round(scenario.round, DAY).lines["1.A2"].line
    decide(line, Decimal(1), on=DAY, by=manager)
    with pytest.raises(ValidationError) as refusal:
        choose(scenario, seen=shown, on=DAY, today=DAY, by=manager)
    assert code(refusal) == "other_outcome"
    assert Grant.objects.count() == 1
    assert RoundScenario.objects.get(pk=scenario.pk).choice is None


def test_too_much_is_refused_for_the_round_and_for_a_region(round, manager) -> None:
    nothing = RoundScenarioFactory(round=round, operations=())
    with pytest.raises(ValidationError) as refusal:
        chosen(nothing, manager)
    assert sentences(refusal) == [
        f"In {round.name} kan nog € 1.000 worden beschikt, want de ronde heeft een plafond; dit "
        "scenario geeft € 1.500. Breng het € 500 lager."
    ]
    more = [asked(700, code="A9")]
    envelope = open_round(round, DAY).lines["1.A1"].line.application.envelope
    ApplicationFactory(envelope=envelope, round=round, lines=more)
    Round.objects.filter(pk=round.pk).update(ceiling=None)
    with pytest.raises(ValidationError) as refusal:
        chosen(RoundScenario.objects.select_related("round").get(pk=nothing.pk), manager)
    (sentence,) = sentences(refusal)
    assert sentence.startswith(f"{envelope.region.name}: Er is nog € 1.000 beschikbaar")


def test_a_line_in_an_earmark_is_protected_and_decided_in_it(round, manager) -> None:
    envelope = open_round(round, DAY).lines["1.A1"].line.application.envelope
    earmark = EarmarkFactory(envelope=envelope, name="Jeugd")
    made = RoundScenarioFactory(
        round=round, operations=(Operation(Kind.PROTECT, earmarked=True), Operation(Kind.CUT))
    )
    put_in_earmarks(made, {"1.A1": "Jeugd"}, seen=made.mark_within)
    made = RoundScenario.objects.get(pk=made.pk)
    assert outcome(made).results[0].now == 500
    chosen(made, manager)
    assert [row.earmark for row in Grant.objects.order_by("-amount")] == [earmark, None, None]


def test_what_a_line_is_put_in_must_still_hold(round, manager) -> None:
    made = RoundScenarioFactory(round=round)
    seen = made.mark_within
    put_in_earmarks(made, {"1.A1": "Weg"}, seen=seen)
    with pytest.raises(ValidationError, match="Iemand anders heeft dit scenario intussen"):
        put_in_earmarks(made, {"1.A2": "Jeugd"}, seen=seen)
    with pytest.raises(ValidationError, match=r"Het oormerk Weg van regel 1\.A1 geldt niet meer"):
        chosen(RoundScenario.objects.get(pk=made.pk), manager)


class TestFourEyes:
    @pytest.fixture(autouse=True)
    def asked_for(self, round) -> None:
        Fund.objects.filter(pk=round.fund_id).update(four_eyes=True)

    def test_another_confirms_the_whole(self, scenario, manager) -> None:
        choice = chosen(scenario, manager)
        assert not Grant.objects.exists()
        with pytest.raises(ValidationError) as refusal:
            confirm_choice(choice, by=manager)
        assert code(refusal) == "own_proposal"
        confirm_choice(choice, by=UserFactory())
        assert Grant.objects.count() == 3
        assert set(GrantProposal.objects.values_list("outcome", flat=True)) == {"bevestigd"}

    def test_a_part_of_it_is_not_confirmed_alone(self, scenario, manager) -> None:
        choice = chosen(scenario, manager)
        with pytest.raises(ValidationError) as refusal:
            confirm(choice.proposals.first(), by=UserFactory())
        assert code(refusal) == "proposal_of_choice"

    def test_void_when_it_would_do_something_else(self, scenario, manager) -> None:
        choice = chosen(scenario, manager)
        envelope = choice.proposals.first().application.envelope
        EarmarkFactory(envelope=envelope)
        assert proposed(choice).digest != choice.digest
        with pytest.raises(ValidationError) as refusal:
            confirm_choice(choice, by=UserFactory())
        assert code(refusal) == "proposal_void"
        withdraw_choice(choice, by=manager)
        with pytest.raises(ValidationError) as refusal:
            withdraw_choice(choice, by=manager)
        assert code(refusal) == "proposal_closed"
        assert len(open_round(scenario.round, DAY).lines) == 4
