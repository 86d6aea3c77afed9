"""A plan from nothing in a real browser, with the keyboard: the second plan of the Duin- en
Bollenstreek is begun, typed, pasted and submitted, and is the plan of the fixture.

The day is that of its submission. The plan is not in the database before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from reports import rendering
from reports.rendering import report
from tests.browser import site
from tests.reports.test_golden import NAMES, Computed, Figures
from tests.reports.test_golden import Page as Read
from workplans import planfile, words
from workplans.models import WorkPlan
from workplans.planfile import Tree

FIXTURE = Path(settings.BASE_DIR) / "fixtures/plans/duin-en-bollenstreek-2020.yaml"
SLUG = FIXTURE.stem
WAY_TO = Path(__file__).with_name("way_to.js").read_text(encoding="utf-8")
BY_HAND = {"A1", "A6", "D2"}
"""Actions that are typed cell by cell; the others come with a table."""


@pytest.fixture(scope="module")
def day() -> Iterator[None]:
    """The day on which the plan was submitted, before a browser or server looks."""
    with time_machine.travel("2020-03-01T09:00:00+00:00", tick=True):
        yield


@pytest.fixture(scope="module")
def base(
    day: None, django_db_setup: None, django_db_blocker: Any, _quick_passwords: None
) -> Iterator[str]:
    """The site with the fund and the people, and no plan at all."""
    with django_db_blocker.unblock(), site.database():
        try:
            call_command("load_reference", verbosity=0)
            call_command("load_funds", str(site.FIXTURES / "funds.yaml"), verbosity=0)
            call_command("demo_people", verbosity=0)
            with site.served() as address:
                yield address
        finally:
            site.empty()


@pytest.fixture(scope="module")
def golden(base: str) -> tuple[Tree, bytes, dict[str, Figures]]:
    """What the fixture is: its tree, PDF and figures; it is not in the database after."""
    with transaction.atomic():
        call_command("load_plan", str(FIXTURE), verbosity=0)
        plan = WorkPlan.objects.get(slug=SLUG)
        found = planfile.dump(plan), rendering.pdf(report(plan)), figures(Computed(report(plan)))
        transaction.set_rollback(True)
    return found


@pytest.fixture
def page(base: str, day: None, chromium: Browser) -> Iterator[Page]:
    window = chromium.new_context(base_url=base, locale="nl-NL", reduced_motion="reduce")
    window.grant_permissions(["clipboard-read", "clipboard-write"])
    window.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)
    faults: list[str] = []
    opened = window.new_page()
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    yield opened
    window.close()
    expect.set_options(timeout=5_000)
    assert faults == []


def figures(read: Computed | Read) -> dict[str, Figures]:
    """G1 to G4."""
    return {
        "receives": read.municipal("recipient", list(NAMES)),
        "nature": read.nature(["incidental", "structural"]),
        "fund": read.fund(),
        "benefits": read.municipal("beneficiary", list(NAMES)),
    }


def test_the_plan_of_the_fixture_is_made_by_keyboard(
    page: Page, golden: tuple[Tree, bytes, dict[str, Figures]]
) -> None:
    tree, pdf, wanted = golden
    hands = Hands(page)
    hands.sign_in()
    hands.begin(tree["plan"])
    hands.say_how_it_counts(tree["plan"])
    for line in tree["lines"]:
        hands.add_line(line)
    for block in reversed([block for block in tree["blocks"] if block["kind"] == "tekst"]):
        hands.add_text(block)
    for line in tree["lines"]:
        hands.add_actions(line)
    hands.add_printed(tree["printed"])
    hands.submit()

    plan = WorkPlan.objects.get(slug=SLUG)
    assert planfile.to_yaml(planfile.dump(plan)) == planfile.to_yaml(tree)
    shown = Read(page.content().encode())
    assert figures(shown) == wanted
    assert rendering.pdf(report(plan)) == pdf


class Hands:
    """Somebody at a keyboard: nothing is clicked."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # ---- keys

    def keys(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def at(self, place: Locator) -> Locator:
        """Come somewhere with Tab, and with the arrows in a table or a group of choices.
        That Tab goes through the whole page is a gate of its own."""
        while (way := place.evaluate(WAY_TO)) is None:
            pass
        self.keys(*way)
        expect(place).to_be_focused()
        return place

    def fill(self, name: str, text: str) -> None:
        """A field of a form, by its key."""
        self.at(self.page.locator(f"main [name={name}]:not([type=hidden])"))
        self.keys("Control+a")
        self.type(text)

    def paste(self, html: str, plain: str) -> None:
        """By the clipboard of the machine."""
        self.page.evaluate(
            """([html, plain]) => navigator.clipboard.write([new ClipboardItem({
                ...(html ? { "text/html": new Blob([html], { type: "text/html" }) } : {}),
                "text/plain": new Blob([plain], { type: "text/plain" }),
            })])""",
            [html, plain],
        )
        self.keys("Control+v")

    def stored(self) -> None:
        """Wait until nothing is under way."""
        expect(self.page.locator("[data-saved]")).to_contain_text(
            re.compile(r"pgeslagen om \d\d:\d\d")
        )
        self.page.wait_for_function(
            "() => !Object.keys(localStorage).some((name) => name.startsWith('penvoerder'))"
        )

    def ready(self) -> None:
        """Wait for the editor: its totals come last."""
        expect(self.page.locator(".desk-figures").first).to_be_visible()

    def storing(self, work: Callable[[], None]) -> None:
        """Do something that is stored by itself, and wait for that."""
        with self.page.expect_response("**/wijzigingen/") as answer:
            work()
        assert answer.value.ok, answer.value.text()
        self.stored()

    # ---- pages

    def sign_in(self) -> None:
        self.page.goto(reverse("account_login"))
        self.at(self.page.locator("input[name=login]"))
        self.type("pieter@penvoerder.test")
        self.at(self.page.locator("input[name=password]"))
        self.type(site.PASSWORD)
        self.keys("Enter")
        expect(self.page).not_to_have_url(re.compile("inloggen"))

    def begin(self, head: Tree) -> None:
        """Start an empty plan: title, years, address, and where it asks for money."""
        self.page.goto(reverse("workplans:workplan_new"))
        first, last = head["period"].split("-")
        self.fill("title", head["title"])
        self.fill("first_year", first)
        self.fill("last_year", last)
        self.fill("slug", head["slug"])
        self.at(self.page.locator(f"input[name=style][value={head['style']}]"))
        self.keys("Space")
        self.at(self.page.get_by_label("Tweede aanvraag"))
        self.keys("Space")
        self.at(self.page.get_by_role("button", name="Begin het plan"))
        self.keys("Enter")
        self.ready()

    def say_how_it_counts(self, head: Tree) -> None:
        self.at(self.page.get_by_role("link", name="Titel en periode"))
        self.keys("Enter")
        self.fill("joint", head["joint"])
        self.keys("Enter")
        self.ready()

    # ---- the editor

    def add_line(self, line: Tree) -> None:
        """The first by its form, the others in place, named after the code that follows."""
        if not self.page.locator("[data-section][data-node^=line]").count():
            self.at(self.page.get_by_role("link", name="Actielijn toevoegen"))
            self.keys("Enter")
            self.fill("code", line["code"])
            self.fill("title", line["title"])
            self.at(self.page.get_by_role("button", name="Voeg toe"))
            self.keys("Enter")
            expect(self.page).to_have_url(re.compile("bewerken/line:"))
            self.page.goto(reverse("workplans:plan_edit", args=[SLUG]))
            self.ready()
        else:
            self.at(self.page.get_by_role("link", name="Actielijn toevoegen"))
            self.storing(lambda: self.keys("Enter"))
            expect(self.page.locator("textarea.desk-input")).to_be_focused()
            self.type(line["title"])
            self.storing(lambda: self.keys("Enter"))
        self.choose_kind(self.section(line["title"]), line["kind"])

    def section(self, title: str) -> Locator:
        named = self.page.locator(".desk-heading", has_text=title)
        return self.page.locator("[data-section]").filter(has=named)

    def choose_kind(self, section: Locator, kind: str) -> None:
        cell = section.locator(".desk-kind")
        if cell.get_attribute("data-value") != kind:
            self.at(cell)
            self.keys("Enter")
            self.page.locator("select.desk-input").select_option(kind)
            self.storing(lambda: self.keys("Enter"))
        expect(cell).to_have_attribute("data-value", kind)

    def add_text(self, block: Tree) -> None:
        """Above everything else."""
        first = self.page.locator("[data-section]").first
        self.at(first.locator("summary"))
        self.keys("Enter")
        self.at(first.get_by_role("link", name="Blok hierboven toevoegen"))
        self.storing(lambda: self.keys("Enter"))
        expect(self.page.locator("textarea.desk-input")).to_be_focused()
        self.type(block["title"])
        self.storing(lambda: self.keys("Enter"))
        self.at(self.page.get_by_role("button", name=f"+ Tekst bij {block['title']}"))
        self.keys("Enter")
        expect(self.page.locator(".prose-field")).to_be_focused()
        with self.page.expect_response("**/bewerken/tekst/"):
            self.paste("", block["text"])
        expect(self.page.locator(".prose-field")).to_contain_text(block["text"][-40:])
        self.storing(lambda: self.keys("Control+Enter"))

    def add_actions(self, line: Tree) -> None:
        """The first of a line by hand where it is to be, the rest as a table, and then
        what is typed between its rows."""
        actions, clipboard = line["actions"], CLIPBOARDS[line["code"]]
        by_hand = [one for one in actions if line["code"] + one["code"] in BY_HAND]
        if actions[0] in by_hand:
            self.at(self.section(line["title"]).locator("[data-do=add]"))
            self.type_action(line, by_hand.pop(0), lambda: self.keys("Enter"))
        table = [one for one in actions if line["code"] + one["code"] not in BY_HAND]
        self.at(self.section(line["title"]).locator("[data-do=add]"))
        self.paste_table(*clipboard(rows_of(table, ACTION_COLUMNS)))
        for action in by_hand:
            before = actions[actions.index(action) - 1]
            self.at(self.cell(line, before["code"], "title"))
            self.type_action(line, action, lambda: self.keys("Control+Enter"))

    def paste_table(self, html: str, plain: str) -> None:
        self.paste(html, plain)
        expect(self.page.get_by_role("button", name="Sla op")).to_be_focused()
        expect(self.page.get_by_role("dialog").locator("td:is(.unread, .refused)")).to_have_count(0)
        self.storing(lambda: self.keys("Enter"))

    def cell(self, line: Tree, code: str, key: str) -> Locator:
        found = self.page.locator(f"tr[data-code='{line['code']}{code}'] td[data-key={key}]")
        expect(found).to_have_count(1)
        return found

    def type_action(self, line: Tree, action: Tree, add: Callable[[], None]) -> None:
        """A new row: cell after cell, and the rest on its own page."""
        self.storing(add)
        expect(self.page.locator("textarea.desk-input")).to_be_focused()
        row = self.page.locator("tr[data-node]:has(textarea)").get_attribute("data-node")
        shown = self.page.locator(f"tr[data-node='{row}'] td[data-key]")
        keys = [cell.get_attribute("data-key") for cell in shown.all()]
        for key in keys[keys.index("title") :]:
            if key == "nature" and key in action:
                self.keys("Enter")
                self.page.locator("select.desk-input").select_option(action[key])
            elif key in action:
                if key != "title":
                    self.keys("Enter")
                expect(self.page.locator("textarea.desk-input")).to_be_focused()
                self.keys("Control+a")
                self.type(action[key])
            self.keys("Tab")
        self.stored()
        code = self.page.locator(f"tr[data-node='{row}'] td[data-key=code]")
        if code.inner_text() != action["code"]:
            self.at(code)
            self.keys("Enter", "Control+a")
            self.type(action["code"])
            self.storing(lambda: self.keys("Enter"))
        if rest := [key for key in action if key not in keys]:
            self.at(self.page.locator(f"tr[data-node='{row}'] td.acts a"))
            self.keys("Enter")
            expect(self.page).to_have_url(re.compile("bewerken/action:"))
            for key in rest:
                self.type_field(key, action[key])
            self.at(self.page.get_by_role("button", name="Sla op"))
            self.keys("Enter")
            self.ready()

    def type_field(self, name: str, value: str | list[str]) -> None:
        choices = self.page.locator(f"main select[name={name}]")
        if choices.count():
            self.at(choices).select_option(str(value))
        else:
            self.fill(name, cell_text(value))

    def add_printed(self, printed: list[Tree]) -> None:
        """What the source prints: the first by its form, the rest as a table. A table has no
        spaces beside each other; who wants those types them."""
        first, *others = printed
        self.at(self.page.get_by_role("link", name="Gedrukt bedrag toevoegen"))
        self.keys("Enter")
        for key in ("where", "text"):
            self.fill(key, first[key])
        self.keys("Enter")
        self.fill("figure", first["figure"])
        self.keys("Enter")
        self.ready()
        table = self.page.locator("table[data-home='plan/printed']")
        self.at(table.locator("[data-do=add]"))
        self.paste_table(*as_text(rows_of(others, words.PRINTED)))
        for n, row in enumerate(printed):
            if "  " in row["text"]:
                self.at(table.locator("td[data-key=text]").nth(n))
                self.keys("Enter", "Control+a")
                self.type(row["text"])
                self.storing(lambda: self.keys("Enter"))

    def submit(self) -> None:
        self.page.goto(reverse("workplans:workplan_submit", args=[SLUG]))
        self.at(self.page.get_by_role("button", name="Dien het plan in"))
        self.keys("Enter")
        expect(self.page.get_by_text("Wat u indiende, is bewaard onder Versies")).to_be_visible()


# ---- a clipboard, as other programs fill it

ACTION_COLUMNS = {
    key: words.ACTION[key]
    for key in (
        "code",
        "title",
        "description",
        "partners",
        "quantities",
        "amount",
        "nature",
        "monitoring",
        "planning",
        "municipalities",
        "budget_title",
        "kind",
        "status",
    )
}
Rows = list[list[str]]


def rows_of(parts: list[Tree], columns: words.Words) -> Rows:
    cells = [[cell_text(part.get(key, "")) for key in columns] for part in parts]
    return [list(columns.values()), *cells]


def cell_text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def as_text(rows: Rows) -> tuple[str, str]:
    """Only text, as a plain editor has it; a cell of several lines stands in quotes."""
    quoted = [[f'"{cell}"' if "\n" in cell else cell for cell in row] for row in rows]
    return "", "".join("\t".join(row) + "\r\n" for row in quoted)


def as_excel(rows: Rows) -> tuple[str, str]:
    """A table with a style at each cell, and the same as text."""
    same_cell = "<br style='mso-data-placement:same-cell;'>"
    lines = [
        [f"<td class=xl65>{escape(cell).replace(chr(10), same_cell)}</td>" for cell in row]
        for row in rows
    ]
    table = "".join(f"<tr height=20>{''.join(line)}</tr>" for line in lines)
    return f"<html><body><table>{table}</table></body></html>", as_text(rows)[1]


def as_word(rows: Rows) -> tuple[str, str]:
    """A table with paragraphs in its cells; its text has no tabs to go by."""
    lines = [
        [
            f"<td><p class=MsoNormal>{escape(cell).replace(chr(10), '</p><p>')}</p></td>"
            for cell in row
        ]
        for row in rows
    ]
    table = "".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    return f"<table class=MsoTableGrid>{table}</table>", "\n".join(map(" ".join, rows))


CLIPBOARDS = {"A": as_excel, "B": as_text, "C": as_word, "D": as_excel}
"""By line, so that each way in is gone."""
