"""The pages of scenarios and the forms behind them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from funds.scenario import Kind, Operation
from tests.browser_form import filled_in
from tests.factories import ScenarioFactory, WorkPlanFactory
from tests.reports.reading import parse, seen
from workplans.models import Scenario, ScenarioChoice, ScenarioVote, WorkPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek: Any, fund: Any) -> WorkPlan:
    """€ 9.000 was asked, € 6.000 is there; scenario 1 brings all of it down."""
    plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
    ScenarioFactory(plan=plan)
    return plan


@pytest.fixture
def page(client: Any, pieter: Any) -> Any:
    """pieter, at his desk."""
    client.force_login(pieter)
    return client


def detail(plan: WorkPlan, number: int = 1) -> str:
    return reverse("reports:scenario_detail", args=[plan.slug, number])


def step(name: str, plan: WorkPlan, *more: Any) -> str:
    return reverse(f"workplans:{name}", args=[plan.slug, *more])


def words(answer: Any) -> str:
    return seen(parse(answer.content)).replace("\u00a0", " ")


def test_a_scenario_says_what_becomes_of_every_line_and_why(page, plan) -> None:
    said = words(page.get(detail(plan)))
    assert "€ 3.000 van € 3.000" in said
    assert "Alles evenredig lager, tot het past" in said
    for heading in ("Effect per regel", "Effect per organisatie", "Effect per gemeente"):
        assert heading in said
    assert "0 van 2 voor, nodig 2 (twee derde)" in said


def test_two_scenarios_stand_side_by_side(page, plan) -> None:
    ScenarioFactory(plan=plan, title="Niets", operations=())
    said = words(page.get(detail(plan), {"naast": "2"}))
    assert "Scenario 1 naast scenario 2" in said
    assert "Effect per regel" not in said


@pytest.mark.parametrize("asked", ["9", "1", "twee", "²"])
def test_what_is_no_other_scenario_stands_beside_nothing(page, plan, asked: str) -> None:
    assert "Effect per regel" in words(page.get(detail(plan), {"naast": asked}))


def test_from_a_table_to_a_choice(page, bollenstreek, fund) -> None:
    plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
    ScenarioFactory(plan=plan)  # for the budget among the figures of the plan
    table = step("table_edit", plan)
    shown = page.get(table)
    page.post(table, filled_in(shown, members="Woej\nKwadraad\nMEE", majority="twee_derde"))
    page.post(step("scenario_create", plan), {"title": "Zelf", "text": ""})
    add = step("operation_add", plan, 2, "met-de-hand")
    key = only_line(plan)
    typed = filled_in(page.get(add), line=key, amount="€ 5.000", reason="afgesproken")
    assert page.post(add, typed).status_code == 302
    vote = step("scenario_vote", plan, 2)
    shown = page.get(vote)
    members = list(plan.allocation_table.members.values_list("pk", flat=True))
    page.post(vote, filled_in(shown, **{f"lid-{pk}": "voor" for pk in members[:2]}))
    choose = step("scenario_choose", plan, 2)
    answer = page.post(choose, filled_in(page.get(choose), reference="Verslag 4"), follow=True)
    assert "Scenario 2: Zelf is gekozen; het plan heeft nu deze bedragen." in words(answer)
    assert ScenarioChoice.objects.get().version.figure.known == 5000
    assert ScenarioVote.objects.count() == 2


def only_line(plan: WorkPlan) -> str:
    return plan.lines.get().actions.get().full_code


class TestOperations:
    def test_one_is_changed_brought_forward_and_taken_away(self, page, plan) -> None:
        scenario = ScenarioFactory(
            plan=plan, operations=(Operation(Kind.DROP_NEW), Operation(Kind.CUT, part="10%"))
        )
        url = step("operation_edit", plan, scenario.number, 2)
        page.post(url, filled_in(page.get(url), part="5%"))
        page.post(url, filled_in(page.get(url), stap="eerder"))
        found = Scenario.objects.get(pk=scenario.pk)
        assert [str(row) for row in found.operations] == [
            "Alles 5% lager",
            "Wat nieuw is, valt af",
        ]
        page.post(url, filled_in(page.get(url), stap="weg"))
        assert len(Scenario.objects.get(pk=scenario.pk).operations) == 1

    @pytest.mark.parametrize(
        ("kind", "typed", "sentence"),
        [
            ("korten", {"part": "veel"}, "is geen deel; schrijf een percentage of een breuk"),
            ("korten", {"part": "101%"}, "Meer dan alles gaat niet; schrijf hoogstens 100%."),
            ("prioriteit", {"lines": "Z9"}, "“Z9” is geen regel van dit scenario"),
            ("prioriteit", {"lines": ""}, "Noem minstens één regel"),
            ("met-de-hand", {"line": "A1", "amount": "€ 9.000,01"}, "vul hoogstens dat in"),
        ],
    )
    def test_what_is_wrong_is_said_with_what_was_typed(
        self, page, plan, kind: str, typed: dict[str, str], sentence: str
    ) -> None:
        url = step("operation_add", plan, 1, kind)
        if "line" in typed:
            typed = typed | {"line": only_line(plan)}
        answer = page.post(url, filled_in(page.get(url), **typed))
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert all(value in answer.content.decode() for value in typed.values())

    def test_who_was_overtaken_is_told(self, page, plan) -> None:
        url = step("operation_edit", plan, 1, 1)
        typed = filled_in(page.get(url), part="5%")
        page.post(url, typed | {"part": "6%"})
        answer = page.post(url, typed)
        assert answer.status_code == 422
        assert "Iemand anders heeft dit scenario intussen gewijzigd" in words(answer)


def test_a_choice_without_votes_is_refused_with_the_count(page, plan) -> None:
    url = step("scenario_choose", plan, 1)
    answer = page.post(url, filled_in(page.get(url)))
    assert answer.status_code == 422
    assert "0 van 2 voor, nodig 2 (twee derde)" in words(answer)


def test_a_table_without_members_cannot_vote(page, plan) -> None:
    url = step("table_edit", plan)
    answer = page.post(url, filled_in(page.get(url), members=" \n "))
    assert answer.status_code == 422
    assert "Wie stemt er?" in words(answer)


def test_queries_stay_flat(page, plan) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page.get(detail(plan))
        return len(found)

    asked()
    before = asked()
    ScenarioFactory.create_batch(5, plan=plan)
    assert asked() == before


def test_nobody_votes_in_the_future(page, plan) -> None:
    url = step("scenario_vote", plan, 1)
    member = plan.allocation_table.members.first()
    later = localdate().replace(year=localdate().year + 1)
    typed = filled_in(page.get(url), **{f"lid-{member.pk}": "voor"}, dated_on=later.isoformat())
    answer = page.post(url, typed)
    assert answer.status_code == 422
    assert "Deze dag moet nog komen" in words(answer)
