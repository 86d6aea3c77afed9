"""The pages of scenarios of a round, from a deficit to decisions."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from funds.models import Application, Earmark, Fund, Grant, RoundChoice, RoundScenario
from municipalities.models import RoleAssignment, User
from tests.browser_form import filled_in
from tests.factories import (
    ApplicationFactory,
    EarmarkFactory,
    RoleAssignmentFactory,
    RoundFactory,
    RoundScenarioFactory,
    UserFactory,
    asked,
    euro,
)
from tests.reports.reading import parse, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(fund: Fund, bollenstreek: Any) -> Application:
    """600 and 400 asked, in a round with a ceiling of 500."""
    found = RoundFactory(fund=fund, ceiling=euro(500), name="Ronde van nu")
    lines = [asked(600, code="A1", title="Loket"), asked(400, code="A2", title="Kast")]
    envelope = fund.envelopes.get(region=bollenstreek)
    return ApplicationFactory(envelope=envelope, round=found, lines=lines)


@pytest.fixture
def page(client: Any, fenna: User) -> Any:
    """fenna, at her desk."""
    client.force_login(fenna)
    return client


def address(name: str, application: Application, *more: Any) -> str:
    found = application.round
    return reverse(name, args=[found.fund.slug, found.pk, *more])


def words(answer: Any) -> str:
    return seen(parse(answer.content)).replace("\u00a0", " ")


def test_from_a_deficit_to_decisions(page: Any, application: Application) -> None:
    said = words(page.get(address("reports:round_scenario_list", application)))
    assert "Tekort € 500" in said
    create = address("funds:round_scenario_create", application)
    page.post(create, filled_in(page.get(create), title="Evenveel"))
    add = address("funds:round_operation_add", application, 1, "korten")
    page.post(add, filled_in(page.get(add), reason="tekort"))
    shown = address("reports:round_scenario_detail", application, 1)
    said = words(page.get(shown))
    assert "€ 500 van € 500" in said
    assert "Nieuw: alle regels." in said
    choose = address("funds:round_scenario_choose", application, 1)
    said = words(page.post(choose, filled_in(page.get(choose), decision="B 7"), follow=True))
    assert "Dit scenario is gekozen op" in said
    grants = Grant.objects.order_by("-amount")
    assert [row.amount.amount for row in grants] == [300, 200]
    assert {row.decision for row in grants} == {"B 7"}
    assert page.get(choose).status_code == 404


def test_what_changed_since_it_was_seen_is_shown_first(page: Any, application: Application) -> None:
    RoundScenarioFactory(round=application.round)
    choose = address("funds:round_scenario_choose", application, 1)
    typed = filled_in(page.get(choose))
    EarmarkFactory(envelope=application.envelope, minimum=euro(1), dated_on=localdate())
    answer = page.post(choose, typed)
    assert answer.status_code == 422
    assert "doet intussen iets anders dan u zag" in words(answer)
    assert page.post(choose, filled_in(answer)).status_code == 302
    assert Grant.objects.count() == 2


def test_two_scenarios_stand_side_by_side(page: Any, application: Application) -> None:
    RoundScenarioFactory(round=application.round)
    RoundScenarioFactory(round=application.round, title="Niets", operations=())
    shown = address("reports:round_scenario_detail", application, 1)
    assert "Scenario 1 naast scenario 2" in words(page.get(shown, {"naast": "2"}))
    for nothing in ("1", "9", "twee"):
        assert "Effect per regel" in words(page.get(shown, {"naast": nothing}))


def test_a_scenario_is_named_changed_and_earmarked(page: Any, application: Application) -> None:
    earmark: Earmark = EarmarkFactory(envelope=application.envelope, name="Jeugd")
    earmark.refresh_from_db()
    RoundScenarioFactory(round=application.round)
    edit = address("funds:round_scenario_edit", application, 1)
    page.post(edit, filled_in(page.get(edit), title="Anders"))
    line = application.lines.order_by("position")[0]
    within = address("funds:round_scenario_earmarks", application, 1)
    page.post(within, filled_in(page.get(within), **{f"regel-{line.pk}": "Jeugd"}))
    change = address("funds:round_operation_edit", application, 1, 1)
    page.post(change, filled_in(page.get(change), stap="weg"))
    found = RoundScenario.objects.get()
    assert (found.title, found.within, found.operations) == ("Anders", {"1.A1": "Jeugd"}, ())


def test_another_fund_manager_confirms(
    page: Any, application: Application, leiden: Any, fenna: User
) -> None:
    Fund.objects.update(four_eyes=True)
    RoundScenarioFactory(round=application.round)
    choose = address("funds:round_scenario_choose", application, 1)
    page.post(choose, filled_in(page.get(choose)))
    shown = address("reports:round_scenario_detail", application, 1)
    assert "is voorgesteld op" in words(page.get(shown))
    assert "Voorgesteld" in words(page.get(address("reports:round_scenario_list", application)))
    proposal = RoundChoice.objects.get().proposals.get()
    alone = reverse("funds:proposal_detail", args=[application.envelope.fund.slug, proposal.pk])
    assert "hoort bij de keuze van een scenario" in words(page.get(alone))
    confirm = address("funds:round_choice_confirm", application, 1)
    assert "U hebt dit scenario zelf gekozen" in words(page.get(confirm))
    floor = UserFactory()
    role = RoleAssignment.Role.FUND_MANAGER
    RoleAssignmentFactory(user=floor, role=role, municipality=leiden)
    page.force_login(floor)
    assert "Bevestig de keuze" in words(page.get(confirm))
    page.post(confirm, {"step": "bevestigen"})
    assert Grant.objects.count() == 2
    assert "Dit scenario is gekozen op" in words(page.get(shown))
    assert "Gekozen" in words(page.get(address("reports:round_scenario_list", application)))
    assert page.get(confirm).status_code == 404


@pytest.mark.parametrize("name", ["reports:round_scenario_detail", "funds:round_scenario_choose"])
def test_queries_do_not_grow(page: Any, application: Application, name: str) -> None:
    RoundScenarioFactory(round=application.round)
    url = address(name, application, 1)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert page.get(url).status_code == 200
        return len(queries)

    count()
    before = count()
    for envelope in application.envelope.fund.envelopes.all():
        ApplicationFactory(envelope=envelope, round=application.round)
    RoundScenarioFactory(round=application.round)
    assert count() == before
