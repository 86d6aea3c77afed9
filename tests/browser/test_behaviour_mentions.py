"""Names after an @ are completed from the people who can be told, by keyboard too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.factories import WorkPlanFactory

PIETER = "Projectleider Duin- en Bollenstreek"


@pytest.fixture
def path(bollenstreek, bram, pieter) -> str:
    plan = WorkPlanFactory(region=bollenstreek)
    return f"/werkplannen/{plan.slug}/opmerkingen/nieuw/"


def text(page: Page):
    return page.get_by_role("textbox", name="Opmerking")


def test_name_is_taken_with_the_keyboard_and_its_box_is_ticked(browse, anna, path) -> None:
    page = browse(path, user=anna)
    text(page).press_sequentially("Klopt dit, @proj")
    option = page.get_by_role("option", name=PIETER)
    expect(option).to_have_attribute("aria-selected", "true")
    expect(text(page)).to_have_attribute(
        "aria-activedescendant", option.get_attribute("id") or "none"
    )
    page.keyboard.press("Enter")
    expect(text(page)).to_have_value(f"Klopt dit, @{PIETER} ")
    expect(page.get_by_label(PIETER)).to_be_checked()
    expect(page.get_by_role("listbox", name="Wie noemt u?")).to_have_count(0)


def test_list_closes_with_escape_and_leaves_what_was_typed(browse, anna, path) -> None:
    page = browse(path, user=anna)
    text(page).press_sequentially("@")
    names = page.get_by_role("listbox", name="Wie noemt u?").get_by_role("option")
    expect(names).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(names.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(names).to_have_count(0)
    expect(text(page)).to_have_value("@")


def test_without_javascript_the_whole_form_works(browse, anna, path) -> None:
    page = browse(path, user=anna, javascript=False)
    text(page).fill("Klopt dit?")
    page.get_by_label(PIETER).check()
    page.get_by_role("button", name="Plaats de opmerking").click()
    expect(page.get_by_role("status").first).to_contain_text("Uw opmerking staat bij")
    expect(page.get_by_role("article")).to_contain_text("Klopt dit?")
