"""Running text in an editor: what is pasted keeps its structure, what is typed is stored as
text, and without the editor there is a plain field."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.browser import gates
from tests.factories import BlockFactory, WorkPlanFactory
from tests.workplans.test_notation_richtext_html import WORD
from workplans.models import Block

TEXT = "Een *alinea* met [[A1]].\n- punt"


@pytest.fixture
def block(bollenstreek: Any) -> Block:
    plan = WorkPlanFactory(region=bollenstreek, slug="plan")
    return BlockFactory(plan=plan, kind="tekst", title="Inleiding", text=TEXT)


@pytest.fixture
def url(block: Block) -> str:
    return reverse("workplans:part_edit", args=[block.plan.slug, f"block:{block.pk}"])


def paste(page: Page, **formats: str) -> None:
    """Put these on the clipboard and paste them where the cursor is."""
    script = """formats => {
      const board = new DataTransfer();
      for (const [kind, text] of Object.entries(formats)) board.setData(`text/${kind}`, text);
      const event = new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
    }"""  # noqa: E501
    page.evaluate(script, formats)


def editor(page: Page) -> Locator:
    """The field, once the editor stands over it."""
    expect(page.get_by_role("toolbar", name="Opmaak van Tekst")).to_be_visible()
    return page.get_by_role("textbox", name="Tekst")


def save(page: Page, block: Block) -> str:
    page.get_by_role("button", name="Sla op").click()
    page.wait_for_url("**/bewerken/#*")
    block.refresh_from_db()
    return block.text


def test_pasting_from_word_keeps_the_structure_and_drops_the_rest(
    browse, pieter, block, url
) -> None:
    """A fault in the console fails: nothing of Word's styles is ever tried."""
    page = browse(url, user=pieter)
    field = editor(page)
    field.click()
    page.keyboard.press("Control+End")
    paste(page, html=WORD, plain="Aanleiding")
    expect(field.get_by_role("heading", name="Aanleiding")).to_be_visible()
    expect(field.locator("ul li")).to_have_text(["punt", "Een", "Twee"])
    assert field.locator("[style]:not(ol)").count() == 0
    assert save(page, block) == (
        "Een *alinea* met [[A1]].\n\n- punt\n\n### Aanleiding\n\nWij doen **dit** en *dat*[^1].\n\n"
        "- Een\n- Twee\n\n1. Eerst\n\n| Katwijk | € 200.000 |\n| Lisse | PM |\n\n[^1]: De bron."
    )


def test_marks_links_and_notes_by_keyboard(browse, pieter, block, url) -> None:
    page = browse(url, user=pieter)
    field = editor(page)
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("bron")
    page.keyboard.press("Control+A")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Vet")).to_be_focused()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("geen adres")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Begin het adres met https://")
    page.get_by_label("Adres van de link").fill("https://voorbeeld.nl/a")
    page.keyboard.press("Enter")
    expect(field.get_by_role("link", name="bron")).to_be_visible()
    page.keyboard.press("End")
    page.get_by_role("button", name="Noot").click()
    page.keyboard.type("Blz. 3.")
    assert save(page, block) == "[bron](https://voorbeeld.nl/a)[^1]\n\n[^1]: Blz. 3."


@pytest.mark.parametrize("name", ["Vet", "Opsomming", "Citaat", "Noot", "Tabel"])
def test_a_button_gives_the_focus_back_at_once(browse, pieter, url, name) -> None:
    """The next key comes sooner than the next frame."""
    page = browse(url, user=pieter)
    editor(page).focus()
    pressed = "one => { one.focus(); one.click(); return document.activeElement.role; }"
    button = page.get_by_role("button", name=name, exact=True)
    assert button.evaluate(pressed) == "textbox"


def test_a_long_text_is_shown_where_one_types(browse, pieter, block, url) -> None:
    block.text = "\n\n".join(f"Alinea {n}." for n in range(60))
    block.save()
    page = browse(url, user=pieter)
    field = editor(page)
    expect(field.get_by_text("Alinea 59.")).not_to_be_in_viewport()
    page.get_by_role("button", name="Noot").click()
    expect(field.get_by_text("[^1]:")).to_be_in_viewport()


def test_a_table_by_keyboard(browse, pieter, block, url) -> None:
    """Tab goes from cell to cell and after the last one on, so nobody is kept in it."""
    page = browse(url, user=pieter)
    field = editor(page)
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Shift+Tab")
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(field.get_by_role("cell")).to_have_count(9)
    expect(page.get_by_role("button", name="Tabel", exact=True)).to_be_disabled()
    field.get_by_role("cell").last.click()
    assert gates.look(page) == []
    field.get_by_role("cell").last.click()
    for button, cells in (("Kolom weg", 6), ("Rij erbij", 8), ("Rij weg", 6)):
        page.get_by_role("button", name=button).press("Enter")
        expect(field.get_by_role("cell")).to_have_count(cells)
    field.get_by_role("cell").first.click()
    for word in ("Taak", "Wie", "Opvang|zorg", "Leiden", "Sport", "Lisse"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    expect(field).not_to_be_focused()
    assert field.locator("[style]").count() == 0
    expect(field.locator("td").last).to_have_text("Lisse")
    assert save(page, block) == "| Taak | Wie |\n| Opvang\\|zorg | Leiden |\n| Sport | Lisse |"
    page.goto(url)
    expect(editor(page).get_by_role("cell")).to_have_text(
        ["Taak", "Wie", "Opvang|zorg", "Leiden", "Sport", "Lisse"]
    )


def test_a_text_that_was_only_looked_at_stays_as_it_was_typed(browse, pieter, block, url) -> None:
    page = browse(url, user=pieter)
    field = editor(page)
    field.click()
    expect(field.locator("em")).to_have_text("alinea")
    page.get_by_label("Kop").fill("Anders")
    assert save(page, block) == TEXT


def test_without_javascript_the_field_is_plain(browse, pieter, block, url) -> None:
    page = browse(url, user=pieter, javascript=False)
    field = page.get_by_label("Tekst")
    expect(field).to_have_value(TEXT)
    field.fill("Nu *anders*.")
    assert save(page, block) == "Nu *anders*."


def test_what_was_typed_before_the_editor_came_is_in_it(browse, pieter, block, url) -> None:
    page = browse("/", user=pieter)
    waiting = []
    page.route("**/django_prose_editor/editor.js", lambda route: waiting.append(route))
    with page.expect_request("**/django_prose_editor/editor.js"):
        page.goto(url, wait_until="commit")
    page.get_by_label("Tekst").fill("Alvast *dit*")
    with page.expect_response("**/bewerken/tekst/"):
        waiting.pop().continue_()
    page.unroute("**/django_prose_editor/editor.js")
    expect(editor(page).locator("em")).to_have_text("dit")
    assert save(page, block) == "Alvast *dit*"


def test_without_the_component_the_field_stays_plain(browse, pieter, block, url) -> None:
    page = browse("/", user=pieter, may_fault=True)
    page.route("**/django_prose_editor/editor.js", lambda route: route.abort())
    page.goto(url)
    page.get_by_label("Tekst").fill("Toch *dit*")
    assert save(page, block) == "Toch *dit*"


def test_the_editor_passes_every_gate(browse, pieter, url) -> None:
    page = browse(url, user=pieter)
    editor(page)
    assert gates.look(page) == []
