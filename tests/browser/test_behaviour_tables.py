"""Sorting: in place in a plan, by the server in the list; the filter of the list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import ActionFactory, ActionLineFactory, WorkPlanFactory


@pytest.fixture
def plan(bollenstreek):
    """Actions A2, A10 and A1 of € 300, PM and € 40, in that order."""
    plan = WorkPlanFactory(region=bollenstreek, title="Plan met acties", slug="acties")
    line = ActionLineFactory(plan=plan, code="A")
    for position, (code, amount) in enumerate((("2", "€ 300"), ("10", "PM"), ("1", "€ 40"))):
        ActionFactory(
            line=line, code=code, position=position, amount=amount, municipalities="alle gemeenten"
        )
    return plan


def first_column(page: Page):
    return page.locator("#acties-A-tabel ~ tbody tr > :first-child")


def test_heading_sorts_in_place_and_the_total_stays_below(browse, plan, bram) -> None:
    page = browse("/werkplannen/acties/", user=bram)
    expect(first_column(page)).to_have_text(["A2", "A10", "A1", ""])
    table = page.locator("table", has=page.locator("#acties-A-tabel"))
    button = table.get_by_role("button", name="Nr")
    heading = table.locator("th").first
    button.focus()
    for direction, order in (
        ("ascending", ["A1", "A2", "A10", ""]),
        ("descending", ["A10", "A2", "A1", ""]),
        (None, ["A2", "A10", "A1", ""]),
    ):
        page.keyboard.press("Enter")
        expect(first_column(page)).to_have_text(order)
        expect(button).to_be_focused()
        assert heading.get_attribute("aria-sort") == direction


def test_amounts_sort_by_value_and_what_is_unknown_comes_last(browse, plan, bram) -> None:
    page = browse("/werkplannen/acties/", user=bram)
    button = page.locator("table", has=page.locator("#acties-A-tabel")).get_by_role(
        "button", name="Bedrag"
    )
    button.click()
    expect(first_column(page)).to_have_text(["A1", "A2", "A10", ""])
    button.click()
    expect(first_column(page)).to_have_text(["A2", "A1", "A10", ""])


def test_without_javascript_a_heading_is_no_button(browse, plan, bram) -> None:
    page = browse("/werkplannen/acties/", user=bram, javascript=False)
    expect(first_column(page)).to_have_text(["A2", "A10", "A1", ""])
    expect(page.locator("thead button")).to_have_count(0)


@pytest.fixture
def plans(bollenstreek):
    for number in range(30):
        WorkPlanFactory(region=bollenstreek, title=f"Plan {number}", first_year=2020 + number % 2)


def names(page: Page):
    return page.locator("#plannen tbody th a")


@pytest.mark.parametrize("javascript", [True, False])
def test_list_sorts_and_pages_by_links(browse, plans, bram, javascript: bool) -> None:
    page = browse("/werkplannen/", user=bram, javascript=javascript)
    page.get_by_role("link", name="Plan", exact=True).click()
    page.wait_for_url("**/werkplannen/?sorteer=plan")
    expect(names(page).first).to_have_text("Plan 0")
    page.get_by_role("link", name="Volgende").click()
    page.wait_for_url("**/werkplannen/?sorteer=plan&pagina=2")
    expect(names(page).first).to_have_text("Plan 25")
    page.go_back()
    expect(names(page).first).to_have_text("Plan 0")
    expect(page.locator("h1")).to_have_text("Plannen")


def test_focus_stays_on_the_heading_and_is_never_lost(browse, plans, bram) -> None:
    page = browse("/werkplannen/", user=bram)
    page.locator("#sorteer-plan").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(page.locator("#sorteer-plan")).to_be_focused()
    page.locator("#blad-volgende").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#blad-volgende")).to_have_count(0)
    expect(page.locator("#plannen a").first).to_be_focused()


def test_filter_works_while_typing_and_keeps_focus_address_and_order(browse, plans, bram) -> None:
    page = browse("/werkplannen/?sorteer=-plan", user=bram)
    status = page.get_by_role("status").filter(has_text="plannen")
    expect(status).to_have_text("30 plannen")
    page.evaluate("window.isSamePage = true")
    page.get_by_label("Titel of regio").press_sequentially("Plan 2")
    expect(status).to_have_text("11 plannen")
    expect(page.get_by_label("Titel of regio")).to_be_focused()
    expect(names(page).first).to_have_text("Plan 29")
    expect(page).to_have_url(re.compile(r"\?tekst=Plan(\+|%20)2&sorteer=-plan$"))
    page.get_by_label("Periode").select_option("2020")
    expect(status).to_have_text("6 plannen")
    assert page.evaluate("window.isSamePage") is True
    page.reload()
    expect(status).to_have_text("6 plannen")
    expect(page.get_by_label("Titel of regio")).to_have_value("Plan 2")


def test_filter_works_without_javascript(browse, plans, bram) -> None:
    page = browse("/werkplannen/", user=bram, javascript=False)
    page.get_by_label("Titel of regio").fill("Plan 29")
    page.get_by_role("button", name="Toon", exact=True).click()
    expect(names(page)).to_have_text(["Plan 29"])
    page.get_by_role("link", name="Wis filter").click()
    expect(names(page)).to_have_count(25)


def test_lost_session_brings_the_sign_in_whole(browse, plans, bram) -> None:
    page = browse("/werkplannen/?jaar=2020", user=bram)
    page.context.clear_cookies()
    page.get_by_role("link", name="Plan", exact=True).click()
    page.wait_for_url("**/inloggen/?next=*")
    expect(page.locator("h1")).to_have_count(1)
    assert "jaar%3D2020" in page.url


def test_failing_server_is_told_and_nothing_is_lost(browse, plans, bram) -> None:
    page = browse("/werkplannen/", user=bram, may_fault=True)
    page.route("**/werkplannen/?*", lambda route: route.abort())
    page.get_by_label("Titel of regio").press_sequentially("Plan")
    expect(page.get_by_role("status").filter(has_text="niet ververst")).to_be_visible()
    expect(names(page)).to_have_count(25)
