"""Scenarios of a table of partners: the figures of Leidschendam-Voorburg, votes, and the
choice that changes the plan."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from funds.balance import percentage
from funds.scenario import Kind, Operation
from municipalities import textfile
from municipalities.guard import guarded
from tests.factories import UserFactory
from workplans import planfile
from workplans.majority import Majority, Vote
from workplans.models import Action, CostLine, Scenario, ScenarioChoice, ScenarioVote, WorkPlan
from workplans.scenarios import Standing, scenarios_of
from workplans.services import (
    change_operations,
    choose_scenario,
    keep_version,
    make_scenario,
    record_votes,
    set_table,
    store_plan,
)

pytestmark = pytest.mark.django_db

FILE = Path(settings.BASE_DIR) / "fixtures" / "plans" / "leidschendam-voorburg-2020.yaml"
CUT = Operation(Kind.CUT, part="23,3%")
DAY = datetime.timedelta(days=1)


def table_of(plan: WorkPlan, majority: str = Majority.TWO_THIRDS) -> WorkPlan:
    """The eleven members that the plan itself names, the budget and what was requested."""
    members = plan.blocks.get(kind="leden").rows.values_list("title", flat=True)
    set_table(
        plan, budget="budget", requested="aangevraagd", majority=majority, members=list(members)
    )
    return plan


@pytest.fixture
def lv(reference: None) -> WorkPlan:
    store_plan(planfile.read(FILE.read_text(encoding="utf-8")))
    return table_of(WorkPlan.objects.get(slug="leidschendam-voorburg-2020"))


@pytest.fixture
def with_amounts(reference: None) -> WorkPlan:
    """The same plan with amounts, made up, at three activities: one old, one new, and one
    that is divided over nobody yet."""
    file = planfile.read(FILE.read_text(encoding="utf-8"))
    first = file.tree["lines"][0]["actions"]
    first[0]["amount"] = "€ 60.000,-"
    first[1]["amount"] = "€ 30.000,- voorlopig"
    first[2]["amount"] = "€ 21.000,50"
    store_plan(file)
    return table_of(WorkPlan.objects.get(slug="leidschendam-voorburg-2020"))


def scenario(plan: WorkPlan, *operations: Operation, title: str = "Proef") -> Scenario:
    return make_scenario(plan, title=title, operations=operations)


def standing(of: Scenario) -> Standing:
    found = scenarios_of(of.plan)
    assert found is not None
    return found.by_number[of.number]


def vote(of: Scenario, choice: str, count: int, *, by: Any = None) -> list[ScenarioVote]:
    """The first so many members vote the same today."""
    now, today = standing(of), localdate()
    members = [row.member for row in now.votes][:count]
    votes = dict.fromkeys(members, choice)
    return record_votes(of, votes, digest=now.outcome.digest, dated_on=today, on=today, by=by)


def choose(of: Scenario, **more: Any) -> ScenarioChoice:
    today = localdate()
    seen = {"digest": standing(of).outcome.digest, "dated_on": today, "on": today}
    return choose_scenario(of, **(seen | {"by": UserFactory()} | more))


class TestLeidschendamVoorburg:
    """The figures of the source: only the sum of what was asked is known."""

    def test_asked_is_above_the_budget(self, lv) -> None:
        found = scenarios_of(lv)
        assert found is not None
        start = found.material.start
        assert start.total.asked.known == Decimal("4021062.49")
        assert start.budget == Decimal("3084871.00")
        assert start.deficit == Decimal("936191.49")
        assert percentage(start.deficit, start.total.asked.known) == Decimal("23.28")

    def test_scenario_1_cuts_all_by_the_rounded_percentage(self, lv) -> None:
        found = standing(scenario(lv, CUT)).outcome
        assert found.total.now.known == Decimal("3084154.93")
        assert found.deficit == Decimal("-716.07")

    def test_scenario_1_comes_out_alike_over_lines_with_amounts(self, with_amounts) -> None:
        found = standing(scenario(with_amounts, CUT)).outcome
        assert [row.line.key for row in found.results] == ["1a", "1b", "1c", "rest"]
        assert found.total.asked.known == Decimal("4021062.49")
        assert found.total.now.known == Decimal("3084154.93")
        assert found.provisional.known == Decimal("23010.00")

    def test_cutting_as_much_as_needed_leaves_no_deficit(self, lv) -> None:
        found = standing(scenario(lv, Operation(Kind.CUT))).outcome
        assert (found.deficit, found.total.now.known) == (0, Decimal("3084871.00"))

    def test_scenario_4_leaves_the_deficit_that_was_submitted(self, lv) -> None:
        by_hand = Operation(Kind.BY_HAND, lines=("rest",), amount=Decimal("3438675.63"))
        found = standing(scenario(lv, by_hand)).outcome
        assert found.total.now.known == Decimal("3438675.63")
        assert found.deficit == Decimal("353804.63")
        assert found.total.lost == Decimal("582386.86")
        shares = [found.budget, found.total.now.known]
        assert [percentage(found.deficit, whole) for whole in shares] == [
            Decimal("11.47"),
            Decimal("10.29"),
        ]
        assert percentage(found.total.lost, found.total.asked.known) == Decimal("14.48")

    @pytest.mark.parametrize(("agreed", "passes"), [(7, False), (8, True)])
    def test_eight_of_eleven_are_two_thirds(self, lv, agreed: int, passes: bool) -> None:
        one = scenario(lv, CUT)
        vote(one, Vote.AGAINST, 11)
        vote(one, Vote.FOR, agreed)
        found = standing(one)
        assert (found.count.voters, found.count.needed, found.count.agreed) == (11, 8, agreed)
        assert found.passes is passes
        if passes:
            assert choose(one).scenario == one
        else:
            with pytest.raises(ValidationError) as refusal:
                choose(one)
            assert refusal.value.code == "too_few_votes"


class TestVotes:
    def test_the_last_vote_of_a_member_counts(self, lv) -> None:
        one = scenario(lv, CUT)
        vote(one, Vote.FOR, 8)
        vote(one, Vote.ABSTAINS, 1)
        assert standing(one).count.agreed == 7
        assert ScenarioVote.objects.count() == 9

    def test_a_vote_on_another_outcome_does_not_count(self, lv) -> None:
        one = scenario(lv, CUT)
        vote(one, Vote.FOR, 8)
        one = change_operations(one, [Operation(Kind.CUT, part="23%")], seen=one.mark)
        assert standing(one).count.agreed == 0
        assert standing(one).votes[0].earlier is not None

    def test_a_vote_on_what_was_not_seen_is_refused(self, lv) -> None:
        one, today = scenario(lv, CUT), localdate()
        seen = standing(one)
        change_operations(one, [], seen=one.mark)
        votes, digest = {seen.votes[0].member: Vote.FOR}, seen.outcome.digest
        with pytest.raises(ValidationError) as refusal:
            record_votes(one, votes, digest=digest, dated_on=today, on=today, by=None)
        assert refusal.value.code == "other_outcome"

    def test_a_vote_stands_fast_in_the_database(self, lv) -> None:
        vote(scenario(lv, CUT), Vote.FOR, 1)
        for write in ({"vote": "tegen"}, {"digest": "0" * 64}):
            with pytest.raises(IntegrityError), transaction.atomic():
                ScenarioVote.objects.update(**write)
        with pytest.raises(IntegrityError), transaction.atomic():
            ScenarioVote.objects.all()._raw_delete("default")

    def test_the_database_counts_the_votes_too(self, lv) -> None:
        one = scenario(lv, CUT)
        vote(one, Vote.FOR, 7)
        choice = ScenarioChoice(
            plan=lv,
            scenario=one,
            version=keep_version(lv, name="Eerste", by=None),
            digest=standing(one).outcome.digest,
            material={},
            dated_on=localdate(),
        )
        with pytest.raises(ValidationError) as refusal, guarded():
            choice.save()
        assert refusal.value.code == "choice_votes"
        assert "stemden 7 leden voor en er zijn er 8 nodig" in refusal.value.messages[0]

    def test_a_member_that_voted_stays(self, lv) -> None:
        vote(scenario(lv, CUT), Vote.FOR, 1)
        with pytest.raises(ValidationError) as refusal:
            set_table(lv, budget="budget", requested="", majority="", members=["Iemand"])
        assert refusal.value.code == "member_voted"


class TestChoice:
    def test_amounts_become_those_of_the_plan_with_a_version_before_and_after(
        self, with_amounts
    ) -> None:
        one = scenario(with_amounts, Operation(Kind.CUT, part="10%"))
        vote(one, Vote.FOR, 8)
        choice = choose(one, reference="Verslag 8 oktober")
        costs = CostLine.objects.filter(action__line__plan=with_amounts).order_by("pk")
        assert [cost.text.replace("\u00a0", " ") for cost in costs] == [
            "€ 54.000",
            "€ 27.000",
            "€ 18.900,45",
        ]
        assert not costs.filter(is_provisional=True).exists()
        names = with_amounts.versions.order_by("number").values_list("name", flat=True)
        assert list(names) == ["Voor scenario 1", "Na scenario 1"]
        assert choice.version.number == 2
        figure = with_amounts.figures.get(code="scenario-1")
        assert figure.amount.amount == Decimal("3618956.24")

    def test_what_drops_goes_to_the_agenda_of_its_line_with_reason_and_amount(
        self, with_amounts
    ) -> None:
        one = scenario(with_amounts, Operation(Kind.DROP_NEW, reason="eerst wat er al is"))
        vote(one, Vote.FOR, 8)
        choose(one)
        block = with_amounts.blocks.filter(kind="ontwikkelagenda").order_by("position")[0]
        row = block.rows.order_by("position").last()
        assert (row.title, row.status, row.year) == ("Herstelacademie", "open", 2020)
        assert row.note.replace("\u00a0", " ") == (
            "Vervallen door scenario 1: Wat nieuw is, valt af (eerst wat er al is). "
            "Gevraagd was € 21.000,50."
        )
        action = Action.objects.get(line__plan=with_amounts, title="Herstelacademie")
        assert action.status == "ontwikkelagenda"
        assert action.cost_lines.get().amount.amount == 0

    def test_afterwards_every_scenario_still_reads_as_it_did(self, with_amounts) -> None:
        one, other = scenario(with_amounts, CUT), scenario(with_amounts, Operation(Kind.DROP_NEW))
        before = [standing(row).outcome.digest for row in (one, other)]
        vote(one, Vote.FOR, 8)
        choose(one)
        assert [standing(row).outcome.digest for row in (one, other)] == before

    def test_afterwards_no_scenario_changes(self, lv) -> None:
        one = scenario(lv, CUT)
        vote(one, Vote.FOR, 8)
        choose(one)
        for write in (
            lambda: scenario(lv),
            lambda: change_operations(one, [], seen=one.mark),
            lambda: vote(one, Vote.FOR, 1),
            lambda: choose(one),
        ):
            with pytest.raises(ValidationError) as refusal:
                write()
            assert refusal.value.code == "scenario_chosen"

    def test_nothing_is_stored_when_something_is_refused(self, with_amounts) -> None:
        one = scenario(with_amounts, CUT)
        vote(one, Vote.FOR, 8)
        with pytest.raises(ValidationError) as refusal:
            choose(one, dated_on=localdate() - DAY)
        assert refusal.value.error_dict["dated_on"][0].code == "choice_before_votes"
        assert not with_amounts.versions.exists()

    def test_where_nobody_votes_it_needs_none(self, lv) -> None:
        table_of(lv, majority="")
        assert choose(scenario(lv, CUT)).digest

    def test_what_a_scenario_names_must_still_be_there(self, with_amounts) -> None:
        table_of(with_amounts, majority="")
        one = scenario(with_amounts, Operation(Kind.BY_HAND, lines=("9z",), amount=Decimal(1)))
        with pytest.raises(ValidationError) as refusal:
            choose(one)
        assert refusal.value.code == "lines_gone"


def with_budget(plan: WorkPlan) -> None:
    """€ 1.000.000 to divide, and nobody who votes."""
    figure = {"code": "ruimte", "title": "Ruimte", "amount": "€ 1.000.000,-"}
    store_plan(textfile.TextFile(planfile.dump(plan) | {"figures": [figure]}), replace=True)
    set_table(plan, budget="ruimte", requested="", majority="", members=[])


def test_shares_that_a_cell_names_follow_the_amount(loaded) -> None:
    """A6 of DB2 is divided by amounts per municipality, C1 by so much for each."""
    with_budget(loaded)
    choice = choose(scenario(loaded, Operation(Kind.CUT)))
    costs = CostLine.objects.filter(action__line__plan=loaded)
    total = sum((cost.amount.amount for cost in costs), Decimal(0))
    assert total == Decimal("1000000.00")
    assert not loaded.lines.filter(actions__municipalities_unread=True).exists()
    assert choice.version.figure.is_complete


def test_without_an_agenda_what_drops_gets_one_before_the_signatures(loaded) -> None:
    """D2 is of one municipality, A6 names an amount for each and C1 the same for all."""
    with_budget(loaded)
    nothing = [
        Operation(Kind.BY_HAND, lines=(key,), amount=Decimal(0)) for key in ("A6", "C1", "D2")
    ]
    choose(scenario(loaded, *nothing))
    blocks = list(loaded.blocks.order_by("position"))
    assert [block.kind for block in blocks[-2:]] == ["ontwikkelagenda", "ondertekening"]
    rows = blocks[-2].rows.order_by("position").select_related("action__line", "action__point")
    assert [row.action.full_code for row in rows] == ["A6", "C1", "D2"]
    dropped = CostLine.objects.filter(action__in=[row.action_id for row in rows])
    assert [cost.amount.amount for cost in dropped] == [0, 0, 0]
    assert not loaded.lines.filter(actions__municipalities_unread=True).exists()


def test_who_changes_what_somebody_else_changed_is_told(lv) -> None:
    one = scenario(lv, CUT)
    mark = one.mark
    change_operations(one, [Operation(Kind.DROP_NEW)], seen=mark)
    with pytest.raises(ValidationError) as refusal:
        change_operations(one, [], seen=mark)
    assert refusal.value.code == "overtaken"


def test_a_budget_is_a_figure_with_a_known_amount(lv) -> None:
    with pytest.raises(ValidationError) as refusal:
        set_table(lv, budget="verschil", requested="", majority="", members=[])
    assert refusal.value.error_dict["budget_code"][0].code == "no_figure"
