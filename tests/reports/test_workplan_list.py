"""The list of plans: what the filter leaves, in which order, in pages of 25."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from municipalities.models import Region, User
from reports.plan_order import PlanOrder
from tests.factories import ActionFactory, WorkPlanFactory
from tests.trail import bring
from workplans.models import WorkPlan

LIST = "/werkplannen/"
HTMX = {"HX-Request": "true"}


def titles(page: str) -> list[str]:
    return re.findall(r'<a href="/werkplannen/[a-z0-9-]+/">([^<]+)</a>', page)


@pytest.fixture
def plans(bollenstreek: Region) -> None:
    """Three plans of € 20, € 3 and € 100, with 2, 1 and 1 actions."""
    for title, status, years, amounts in (
        ("Plan 10", "vastgesteld", (2020, 2021), ("€ 15", "€ 5")),
        ("plan 2", "concept", (2021, 2021), ("€ 3",)),
        ("Één plan", "in_afstemming", (2019, 2022), ("€ 100",)),
    ):
        plan = WorkPlanFactory(
            region=bollenstreek,
            title=title,
            first_year=years[0],
            last_year=years[1],
        )
        for amount in amounts:
            ActionFactory(line__plan=plan, amount=amount, municipalities="alle gemeenten")
        bring(plan, status)


@pytest.fixture
def reader(client: Client, bram: User, plans: None) -> Client:
    client.force_login(bram)
    return client


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("plan", ["Één plan", "plan 2", "Plan 10"]),
        ("-plan", ["Plan 10", "plan 2", "Één plan"]),
        ("bedrag", ["plan 2", "Plan 10", "Één plan"]),
        ("-bedrag", ["Één plan", "Plan 10", "plan 2"]),
        ("-acties", ["Plan 10", "Één plan", "plan 2"]),
        ("status", ["plan 2", "Één plan", "Plan 10"]),
        ("periode", ["Één plan", "Plan 10", "plan 2"]),
        ("", ["Één plan", "plan 2", "Plan 10"]),
        ("onzin", ["Één plan", "plan 2", "Plan 10"]),
        ("-", ["Één plan", "plan 2", "Plan 10"]),
    ],
)
def test_order_is_that_of_the_address(reader: Client, asked: str, expected: list[str]) -> None:
    page = reader.get(LIST, {"sorteer": asked} if asked else {}).content.decode()
    assert titles(page) == expected


def test_heading_says_how_it_is_sorted_and_turns_it(reader: Client) -> None:
    page = reader.get(LIST, {"sorteer": "bedrag", "jaar": "2021"}).content.decode()
    assert page.count("aria-sort=") == 1
    assert re.search(
        r'aria-sort="ascending"><a class="sort" id="sorteer-bedrag" '
        r'href="\?jaar=2021&amp;sorteer=-bedrag"',
        page,
    )
    assert 'href="?jaar=2021&amp;sorteer=plan"' in page


def test_order_of_equals_is_total(bollenstreek: Region) -> None:
    WorkPlanFactory.create_batch(5, region=bollenstreek, title="Zelfde")
    plans = WorkPlan.objects.all()
    for key in ("plan", "status", "periode", "acties", "bedrag"):
        for asked in (key, f"-{key}"):
            ordered = PlanOrder.read(asked).sorted(plans)
            assert str(PlanOrder.read(asked)) == asked
            assert [plan.pk for plan in ordered] == sorted(plan.pk for plan in plans)


def test_natural_order_knows_numbers_accents_and_apostrophes(bollenstreek: Region) -> None:
    expected = ["A2", "A10", "Één", "Eerste 9", "eerste 11", "’s-Gravenhage", "Twee"]
    for title in reversed(expected):
        WorkPlanFactory(region=bollenstreek, title=title)
    found = PlanOrder("plan").sorted(WorkPlan.objects.all())
    assert [plan.title for plan in found] == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"tekst": "één"}, ["Één plan"]),
        ({"tekst": "bollenstreek"}, ["Één plan", "plan 2", "Plan 10"]),
        ({"regio": "duin-en-bollenstreek", "status": "concept"}, ["plan 2"]),
        ({"jaar": "2020"}, ["Één plan", "Plan 10"]),
        ({"jaar": "2022", "status": "concept"}, []),
    ],
)
def test_filter_leaves_what_fits(
    reader: Client, asked: dict[str, str], expected: list[str]
) -> None:
    page = reader.get(LIST, asked).content.decode()
    assert titles(page) == expected
    assert ("Geen plan past bij dit filter" in page) == (not expected)


def test_filter_stands_in_the_fields_again(reader: Client) -> None:
    page = reader.get(LIST, {"tekst": "2", "status": "concept"}).content.decode()
    assert '<option value="concept" selected>' in page
    assert re.search(r'<input type="text" name="tekst" value="2"', page)


@pytest.mark.parametrize("asked", [{"status": "weg"}, {"regio": "rijnstreek"}, {"jaar": "x"}])
def test_value_that_does_not_exist_is_a_fault_at_its_field(
    reader: Client, rijnstreek: Region, asked: dict[str, str]
) -> None:
    """A region of others is as unknown as one that does not exist."""
    response = reader.get(LIST, asked)
    assert response.status_code == 422
    assert 'class="fault"' in response.content.decode()


def test_filter_offers_only_regions_of_plans_that_one_sees(
    reader: Client, rijnstreek: Region
) -> None:
    WorkPlanFactory(region=rijnstreek)
    page = reader.get(LIST).content.decode()
    assert "duin-en-bollenstreek" in page
    assert "Rijnstreek" not in page


def test_pages_keep_filter_and_order(client: Client, bram: User, bollenstreek: Region) -> None:
    for number in range(30):
        WorkPlanFactory(region=bollenstreek, title=f"Plan {number}")
    client.force_login(bram)
    asked = {"sorteer": "plan", "jaar": "2020"}
    first = client.get(LIST, asked).content.decode()
    assert titles(first) == [f"Plan {number}" for number in range(25)]
    assert "1 tot en met 25 van 30 plannen" in first
    assert 'href="?jaar=2020&amp;sorteer=plan&amp;pagina=2"' in first
    last = client.get(LIST, asked | {"pagina": "2"}).content.decode()
    assert titles(last) == [f"Plan {number}" for number in range(25, 30)]


def test_part_is_the_list_and_its_count(reader: Client) -> None:
    part = reader.get(LIST, {"jaar": "2020"}, headers=HTMX).content.decode()
    assert titles(part) == ["Één plan", "Plan 10"]
    assert re.search(r'<div hx-swap-oob="innerHTML:#plannen-aantal">2 plannen\s*</div>', part)
    assert "<form" not in part


def test_queries_do_not_grow_with_the_plans(
    reader: Client, django_assert_num_queries, bollenstreek: Region
) -> None:
    WorkPlanFactory.create_batch(10, region=bollenstreek)
    reader.get(LIST)  # notes the visit, once
    # session, user · years · count, plans, their regions, totals, numbers of actions
    # · role, for the tile in the header · regions to choose from · notices, for the bell
    # · regions that the reader leads, for the button of a new plan
    with django_assert_num_queries(12):
        reader.get(LIST, {"sorteer": "-bedrag"})


def test_who_sees_no_plan_gets_no_filter(client: Client, gijs: User) -> None:
    client.force_login(gijs)
    page = client.get(LIST).content.decode()
    assert "Nog geen plannen" in page
    assert 'id="filter"' not in page
