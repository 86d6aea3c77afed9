"""Menus close as people expect; the look changes at once and is kept."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def menu(page: Page):
    return page.locator("details.menu", has=page.locator("form[data-display]"))


def test_menu_closes_with_escape_and_gives_the_focus_back(browse, anna) -> None:
    page = browse("/fondsen/", user=anna)
    summary = menu(page).locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(menu(page)).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Zoals mijn apparaat").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu(page)).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_menu_closes_by_a_click_beside_it_and_when_the_focus_leaves(browse, anna) -> None:
    page = browse("/fondsen/", user=anna)
    menu(page).locator("summary").click()
    expect(menu(page)).to_have_attribute("open", "")
    page.get_by_role("heading", level=1).click()
    expect(menu(page)).not_to_have_attribute("open", "")
    menu(page).locator("summary").click()
    page.locator("#zoek").focus()
    expect(menu(page)).not_to_have_attribute("open", "")


def test_choice_shows_at_once_and_stays_on_the_next_page(browse, anna) -> None:
    page = browse("/fondsen/", user=anna)
    html = page.locator("html")
    menu(page).locator("summary").click()
    expect(menu(page).get_by_role("button", name="Toon zo")).to_be_hidden()
    with page.expect_response("**/weergave/"):
        menu(page).get_by_label("Donker").check()
    expect(html).to_have_attribute("data-scheme", "dark")
    with page.expect_response("**/weergave/"):
        menu(page).get_by_label("Meer").check()
    expect(html).to_have_attribute("data-contrast", "more")
    expect(html).to_have_css("color-scheme", "dark")
    page.goto("/werkplannen/")
    expect(html).to_have_attribute("data-scheme", "dark")
    expect(html).to_have_attribute("data-contrast", "more")
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    menu(page).locator("summary").click()
    with page.expect_response("**/weergave/"):
        menu(page).get_by_label("Zoals mijn apparaat").first.check()
    expect(html).not_to_have_attribute("data-scheme", re.compile("."))


def test_without_javascript_the_button_brings_one_back_where_one_was(browse, anna) -> None:
    page = browse("/werkplannen/?tekst=plan", user=anna, javascript=False)
    menu(page).locator("summary").click()
    menu(page).get_by_label("Ruim").check()
    menu(page).get_by_role("button", name="Toon zo").click()
    page.wait_for_url("**/werkplannen/?tekst=plan")
    expect(page.locator("html")).to_have_attribute("data-density", "roomy")


def test_refused_form_takes_the_focus_to_what_is_wrong(browse, db) -> None:
    page = browse("/inloggen/", javascript=False)
    page.get_by_label("E-mail").fill("anna@voorbeeld.nl")
    page.locator("input[type=password]").fill("fout")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(".fault-summary")).to_be_focused()
