"""Queries stay flat: as many with one row as with many, on every page and in every file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from municipalities.models import Organisation
from reports.rendering import FORMATS, render
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    ApplicationFactory,
    BlockFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    FundFactory,
    RoleAssignmentFactory,
    WorkPlanFactory,
)
from workplans import planfile
from workplans.models import Action, WorkPlan
from workplans.services import store_plan

pytestmark = pytest.mark.django_db

MUNICIPALITIES = (
    "K",
    "alle gemeenten",
    "Duin- en Bollenstreek, penvoerder N",
    "K 50%, N 30%, L 20%",
)


def queries(ask: Callable[[], Any]) -> list[str]:
    """The SQL of one call, made warm by another: what is asked once a process is left out."""
    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [query["sql"] for query in captured]


def flat(ask: Callable[[], Any], grow: Callable[[], None]) -> None:
    """The same number before and after; on a difference the queries tell which."""
    few = queries(ask)
    grow()
    many = queries(ask)
    assert len(many) == len(few), "\n".join(many)
    assert few


def add_actions(plan: WorkPlan, count: int) -> None:
    line = plan.lines.first() or ActionLineFactory(plan=plan)
    for n in range(count):
        ActionFactory(line=line, amount="€ 100,-", municipalities=MUNICIPALITIES[n % 4])


@pytest.fixture
def plan(bollenstreek: Any, fund: Any) -> WorkPlan:
    plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
    add_actions(plan, 15)
    return plan


@pytest.fixture
def page(client: Any, pieter: Any) -> Callable[[str], Callable[[], None]]:
    client.force_login(pieter)

    def get(url: str) -> Callable[[], None]:
        def ask() -> None:
            assert client.get(url).status_code == 200

        return ask

    return get


def grown(plan: WorkPlan, count: int) -> WorkPlan:
    """A plan with so many of the actions of another, each under a point of its own, with
    all that they mention: partners, quantities, pots."""
    tree = planfile.dump(plan)
    line = tree["lines"][0]
    actions = [
        action for part in tree["lines"] for point in part["points"] for action in point["actions"]
    ]
    points = [
        {"code": str(n), "title": "Punt", "actions": [actions[n % len(actions)]]}
        for n in range(1, count + 1)
    ]
    tree["plan"]["slug"] = f"plan-{count}"
    tree["lines"] = [{key: line[key] for key in ("code", "title", "kind")} | {"points": points}]
    store_plan(planfile.read(planfile.to_yaml(tree)))
    return WorkPlan.objects.get(slug=f"plan-{count}")


def test_annual_plan_with_15_and_with_500_actions(documents, client, gijs) -> None:
    plan = documents["westfriesland-2019"]
    RoleAssignmentFactory(user=gijs, reader_of_region=True, region=plan.region)
    client.force_login(gijs)
    few, many = (
        queries(lambda page=page: client.get(page.get_absolute_url()))
        for page in (grown(plan, 15), grown(plan, 500))
    )
    assert len(few) == len(many), "\n".join(many)


def test_plan_page_with_15_and_with_200_actions(plan, page) -> None:
    BlockFactory(plan=plan)

    def grow() -> None:
        add_actions(plan, 184)
        for code in "PQRS":
            ActionLineFactory(plan=plan, code=code)
            BlockFactory(plan=plan)

    flat(page(plan.get_absolute_url()), grow)


@pytest.mark.parametrize(
    "address", ["?per=gemeente&dekking=zonder", "?per=organisatie", "csv/?per=resultaat"]
)
def test_overview_with_2_and_with_20_actions(address: str, bollenstreek, page) -> None:
    plan = WorkPlanFactory(region=bollenstreek)
    add_served_actions(plan, 2)
    url = f"{plan.get_absolute_url()}overzicht/{address}"
    flat(page(url), lambda: add_served_actions(plan, 18))


def add_served_actions(plan: WorkPlan, count: int) -> None:
    """Actions with a partner that is part of another, and a result that is part of one."""
    add_actions(plan, count)
    for action in Action.objects.filter(line__plan=plan, partners__isnull=True):
        mother = Organisation.objects.create(name=f"Moeder {action.pk}", kind="welzijn")
        partner = Organisation.objects.create(
            name=f"Partner {action.pk}", kind="welzijn", parent=mother
        )
        action.partners.create(position=0, text="partner", organisation=partner)
        above = action.line.results.create(position=0, text="Meer")
        below = action.line.results.create(position=1, text="Veel meer", parent=above)
        action.results.create(position=0, text="?", result=below)


@pytest.mark.parametrize("form", FORMATS)
def test_files(form: str, plan) -> None:
    fresh = WorkPlan.objects.filter(pk=plan.pk).select_related("region", "programme")
    flat(lambda: render(fresh.get(), form), lambda: add_actions(plan, 24))


@pytest.mark.parametrize("address", ["/werkplannen/", "/"])
def test_lists_with_one_and_with_thirty_plans(address: str, plan, page) -> None:
    def grow() -> None:
        for _ in range(29):
            WorkPlanFactory(draft=True, region=plan.region)

    flat(page(address), grow)


@pytest.mark.parametrize("address", ["/fondsen/", "/", "/fondsen/{slug}/"])
def test_pages_of_a_fund_with_two_and_with_twelve_envelopes(
    address: str, fund, page, bollenstreek
) -> None:
    def grow() -> None:
        for year in range(2030, 2040):
            envelope = EnvelopeFactory(
                fund=fund,
                region=bollenstreek,
                starts_on=f"{year}-01-01",
                ends_on=f"{year}-12-31",
            )
            for _ in range(3):
                EnvelopeMutationFactory(envelope=envelope)
                ApplicationFactory(envelope=envelope)
                ApplicationFactory(envelope=envelope, granted=True)

    first = fund.envelopes.get(region=bollenstreek)
    EnvelopeMutationFactory(envelope=first)
    ApplicationFactory(envelope=first)
    ApplicationFactory(envelope=first, granted=True)
    flat(page(address.format(slug=fund.slug)), grow)


@pytest.mark.parametrize("address", ["/fondsen/", "/"])
@pytest.mark.parametrize("name", ["pieter", "fenna"])
def test_list_with_one_and_with_twelve_funds(
    address: str, name: str, client, fund, bollenstreek, request
) -> None:
    client.force_login(request.getfixturevalue(name))

    def grow() -> None:
        for _ in range(11):
            EnvelopeFactory(fund=FundFactory(owner=fund.owner), region=bollenstreek)

    flat(lambda: client.get(address), grow)


def test_page_that_submits(plan, page) -> None:
    flat(page(f"{plan.get_absolute_url()}indienen/"), lambda: add_actions(plan, 30))
