"""Shortcuts: where they lead, when they stay silent, and how to be rid of them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(
    ("keys", "address"), [("gp", "/werkplannen/"), ("gf", "/fondsen/"), ("gs", "/")]
)
def test_two_keys_lead_to_a_page(browse, live_server, anna, keys: str, address: str) -> None:
    page = browse("/sneltoetsen/", user=anna)
    for key in keys:
        page.keyboard.press(key)
    expect(page).to_have_url(f"{live_server.url}{address}")


def test_slash_goes_to_the_search_field_and_is_not_typed(browse, anna) -> None:
    page = browse("/fondsen/", user=anna)
    page.keyboard.press("/")
    expect(page.locator("#zoek")).to_be_focused()
    expect(page.locator("#zoek")).to_have_value("")


def test_question_mark_opens_the_list_and_escape_gives_the_focus_back(browse, anna) -> None:
    page = browse("/fondsen/", user=anna)
    link = page.get_by_role("link", name="Plannen", exact=True)
    link.focus()
    page.keyboard.press("Shift+?")
    dialog = page.get_by_role("dialog", name="Sneltoetsen")
    expect(dialog).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_link_in_the_footer_opens_the_same_list(browse, db) -> None:
    page = browse("/toegankelijkheid/")
    page.get_by_role("link", name="Sneltoetsen").click()
    expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()
    page.get_by_role("button", name="Sluit").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page).to_have_url(re.compile("/toegankelijkheid/$"))


def test_without_javascript_the_link_leads_to_the_page(browse, db) -> None:
    page = browse("/toegankelijkheid/", javascript=False)
    page.get_by_role("link", name="Sneltoetsen").click()
    expect(page.get_by_role("heading", name="Sneltoetsen", level=1)).to_be_visible()


def test_keys_are_letters_while_typing(browse, anna) -> None:
    page = browse("/fondsen/", user=anna)
    page.locator("#zoek").focus()
    page.keyboard.type("gp/?")
    expect(page.locator("#zoek")).to_have_value("gp/?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_keys_with_control_belong_to_the_browser(browse, anna) -> None:
    page = browse("/fondsen/", user=anna)
    page.keyboard.press("Control+/")
    expect(page.locator("#zoek")).not_to_be_focused()


def test_switched_off_they_do_nothing_until_switched_on(browse, anna) -> None:
    page = browse("/sneltoetsen/", user=anna)
    page.get_by_role("button", name="Zet sneltoetsen uit").click()
    expect(page.get_by_role("button", name="Zet sneltoetsen aan")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#zoek")).not_to_be_focused()
    page.get_by_role("button", name="Zet sneltoetsen aan").click()
    expect(page.get_by_role("button", name="Zet sneltoetsen uit")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#zoek")).to_be_focused()
