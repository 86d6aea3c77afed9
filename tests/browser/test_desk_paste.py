"""A table from elsewhere into the editor of a plan, and out of it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from municipalities.models import Region
from reports.content import fetch
from reports.plan_totals import plan_totals
from tests.browser import gates
from tests.browser.conftest import Site
from tests.factories import ActionFactory, ActionLineFactory, WorkPlanFactory
from workplans import planfile
from workplans.models import WorkPlan

HEADINGS = {
    "code": "Nr",
    "title": "Actie",
    "description": "Toelichting",
    "partners": "Partner(s)",
    "amount": "Kosten in €",
    "nature": "Aard",
    "monitoring": "Monitoring",
    "planning": "Planning",
    "municipalities": "Gemeente(n)",
    "budget_title": "Titel in de begroting",
    "quantities": "Aantallen",
    "kind": "Soort",
}


@pytest.fixture
def plan(running_site: Site) -> WorkPlan:
    """A concept with one line without actions, for one test."""
    region = Region.objects.get(slug="duin-en-bollenstreek")
    plan = WorkPlanFactory(region=region)
    ActionLineFactory(plan=plan, code="P", title="Persoonlijke situatie")
    return plan


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripted(request: pytest.FixtureRequest) -> bool:
    found: bool = request.param
    return found


@pytest.fixture
def window(running_site: Site, scripted: bool) -> Iterator[BrowserContext]:
    opened = running_site.new_window("pieter", java_script_enabled=scripted)
    opened.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def desk(running_site: Site, plan: WorkPlan) -> Iterator[Page]:
    """The editor of the plan, with JavaScript; nothing may go wrong in the console."""
    opened = running_site.new_window("pieter")
    opened.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.set_default_timeout(15_000)
    page, said = opened.new_page(), []
    page.on("console", lambda line: line.type == "error" and said.append(line.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.goto(reverse("workplans:plan_edit", args=[plan.slug]))
    yield page
    opened.close()
    # An answer that says what is wrong with a table is no fault of the page.
    assert [fault for fault in said if "status of 422" not in fault] == []


def golden() -> WorkPlan:
    return WorkPlan.objects.get(slug="duin-en-bollenstreek-2020")


def line_a() -> list[dict[str, Any]]:
    tree = planfile.dump(golden())
    return next(line for line in tree["lines"] if line["code"] == "A")["actions"]


def actions_of(plan: WorkPlan) -> list[dict[str, Any]]:
    tree = planfile.dump(WorkPlan.objects.get(pk=plan.pk))
    return tree["lines"][0].get("actions", [])


def cell_text(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")


def as_text(actions: list[dict[str, Any]]) -> str:
    """As Excel puts it on a clipboard."""
    lines = [list(HEADINGS.values())]
    lines += [[cell_text(action.get(key)) for key in HEADINGS] for action in actions]
    lines.append(["", "Totaal", "", "", "€ 1.088.000", "", "", "", "", "", "", ""])
    quoted = [[f'"{c}"' if "\n" in c else c for c in line] for line in lines]
    return "".join("\t".join(line) + "\r\n" for line in quoted)


def as_html(actions: list[dict[str, Any]]) -> str:
    rows = "".join(
        "<tr height=20 style='height:15.0pt'>"
        + "".join(
            f"<td class=xl65 style='border:none'>{cell_text(action.get(key))}</td>".replace(
                "\n", "<br style='mso-data-placement:same-cell;'>"
            )
            for key in HEADINGS
        )
        + "</tr>"
        for action in actions
    )
    heads = "".join(f"<td class=xl66>{text}</td>" for text in HEADINGS.values())
    return (
        "<html><head><style><!--td {mso-style-parent:style0;}--></style></head><body>"
        f"<table><!--StartFragment--><col width=64><tr>{heads}</tr>{rows}<!--EndFragment-->"
        "</table><script>document.title = 'gekaapt'</script></body></html>"
    )


PASTE = """([selector, html, plain]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", plain);
  const at = document.querySelector(selector);
  at.focus();
  at.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""  # noqa: E501
ADD = "tr.add a"
FIRST = "td[data-key='code']"


def paste(page: Page, where: str, html: str = "", plain: str = "") -> None:
    page.evaluate(PASTE, [where, html, plain])


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(words)


def total(plan: WorkPlan, code: str) -> str:
    return str(plan_totals(fetch(plan)).by_line[code])


def test_the_table_of_a_plan_gives_the_same_actions(desk: Page, plan: WorkPlan) -> None:
    paste(desk, ADD, html=as_html(line_a()))
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_contain_text("9 rijen komen erbij")
    assert actions_of(plan) == []
    dialog.get_by_role("button", name="Sla op").click()
    says(desk, "9 rijen toegevoegd")
    expect(desk.locator("tr[data-node^='action:']")).to_have_count(9)
    assert actions_of(plan) == line_a()
    assert total(plan, "P") == total(golden(), "A") == "€\xa01.088.000"
    desk.get_by_role("button", name="Ongedaan maken").click()
    expect(desk.locator("tr[data-node^='action:']")).to_have_count(0)
    assert actions_of(plan) == []


def test_the_same_on_a_page(window: BrowserContext, plan: WorkPlan, scripted: bool) -> None:
    page = window.new_page()
    line = plan.lines.get()
    page.goto(reverse("workplans:part_paste", args=[plan.slug, f"line:{line.pk}"]))
    page.get_by_label("Tabel", exact=True).fill(as_text(line_a()))
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("9 rijen komen erbij")).to_be_visible()
    expect(page.get_by_text("Weggelaten omdat het een optelling is")).to_be_visible()
    page.get_by_role("button", name="Sla op").click()
    expect(page.get_by_text("9 rijen toegevoegd")).to_be_visible()
    assert actions_of(plan) == line_a()


def test_the_preview_passes_every_gate(running_site: Site, plan: WorkPlan) -> None:
    ActionFactory(line=plan.lines.get(), code="1", title="Toen", amount="€ 5")
    context, _ = running_site.window("pieter")
    page = context.new_page()
    page.goto(reverse("workplans:part_paste", args=[plan.slug, f"line:{plan.lines.get().pk}"]))
    page.get_by_label("Tabel", exact=True).fill(
        "Nr\tActie\tBedrag\tAard\n1\tStraks\t€ 64,376\tsoms\n\tNieuw\tPM\tincidenteel\n"
    )
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("1 rij komt erbij, 1 verandert")).to_be_visible()
    page.get_by_text("Welke kolom is wat").click()
    assert gates.look(page) == []
    page.close()


def test_what_cannot_be_read_is_shown_before_it_is_stored(desk: Page, plan: WorkPlan) -> None:
    paste(desk, ADD, plain="Actie\tBedrag\tAard\nEen\t€ 64,376\tsoms\nTwee\tPM\tincidenteel\n")
    dialog = desk.get_by_role("dialog")
    expect(dialog.locator("td.unread")).to_contain_text("De cel blijft zoals getypt.")
    expect(dialog.locator("td.refused")).to_contain_text("Wordt niet opgeslagen.")
    dialog.get_by_role("button", name="Sla op").click()
    says(desk, "2 rijen toegevoegd; 1 cel of rij is niet opgeslagen")
    first, second = actions_of(plan)
    assert first == {"code": "1", "title": "Een", "amount": {"unread": "€ 64,376"}}
    assert second["nature"] == "incidenteel"


def test_what_was_copied_and_pasted_changes_nothing(desk: Page, plan: WorkPlan) -> None:
    paste(desk, ADD, html=as_html(line_a()))
    desk.get_by_role("dialog").get_by_role("button", name="Sla op").click()
    expect(desk.locator("tr[data-node^='action:']")).to_have_count(9)
    desk.get_by_role("button", name="Kopieer tabel").first.click()
    says(desk, "9 rijen gekopieerd")
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[1].startswith("P1\tBegeleiding decentrale opvang\t")
    desk.locator(FIRST).first.focus()
    desk.keyboard.press("Control+v")
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_contain_text("Er verandert niets")
    expect(dialog.get_by_role("button", name="Sla op")).to_have_count(0)
    # The text says the same as the table.
    dialog.get_by_role("button", name="Terug zonder te plakken").click()
    paste(desk, FIRST, plain=copied)
    expect(dialog.get_by_role("status")).to_contain_text("Er verandert niets")


def test_one_cell_and_chosen_rows_go_from_place_to_place(desk: Page, plan: WorkPlan) -> None:
    for code, title in (("1", "Eén\nregel"), ("2", "Twee"), ("3", "=2+3")):
        ActionFactory(line=plan.lines.get(), code=code, title=title, amount="€ 5")
    desk.reload()
    titles = desk.locator("td[data-key='title']")
    titles.nth(0).focus()
    desk.keyboard.press("Control+c")
    says(desk, "De cel is gekopieerd")
    titles.nth(1).focus()
    desk.keyboard.press("Control+v")
    says(desk, "Opgeslagen om")
    assert actions_of(plan)[1]["title"] == "Eén\nregel"
    for n in (1, 2):
        desk.locator("[data-pick]").nth(n).check()
    titles.nth(2).focus()
    desk.keyboard.press("Control+c")
    says(desk, "2 rijen gekopieerd")
    html = desk.evaluate(
        "navigator.clipboard.read()"
        ".then((all) => all[0].getType('text/html')).then((found) => found.text())"
    )
    assert re.search(r"<td[^>]*>P2</td>", html)
    assert not re.search(r"<td[^>]*>P1</td>", html)


def test_a_choice_for_a_column_shows_the_preview_again(desk: Page, plan: WorkPlan) -> None:
    paste(desk, ADD, plain="Wie\tWat\nBrug\tInloop\nKlooster\tMaaltijd\n")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_text("Welke kolom is wat").click()
    dialog.get_by_label("Koppen").select_option(label="De eerste rij heeft de koppen")
    dialog.get_by_role("button", name="Bekijk opnieuw").click()
    dialog.get_by_label("Wie", exact=True).select_option(label="Partners")
    dialog.get_by_label("Wat", exact=True).select_option(label="Actie")
    dialog.get_by_role("button", name="Bekijk opnieuw").click()
    expect(dialog.get_by_role("columnheader", name="Partners")).to_be_visible()
    expect(dialog.get_by_role("status")).to_contain_text("2 rijen komen erbij")
    dialog.get_by_role("button", name="Sla op").click()
    says(desk, "2 rijen toegevoegd")
    assert [action["partners"] for action in actions_of(plan)] == [["Brug"], ["Klooster"]]


def test_what_somebody_else_changed_is_shown_before_it_is_stored(
    desk: Page, plan: WorkPlan
) -> None:
    action = ActionFactory(line=plan.lines.get(), code="1", title="Toen", amount=None)
    paste(desk, ADD, plain="Nr\tActie\n1\tStraks\n")
    dialog = desk.get_by_role("dialog")
    expect(dialog.locator("del")).to_have_text("Toen")
    action.title = "Nu"
    action.save()
    dialog.get_by_role("button", name="Sla op").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Het plan is intussen veranderd")
    expect(dialog.locator("del")).to_have_text("Nu")
    assert actions_of(plan)[0]["title"] == "Nu"


def test_a_thousand_rows_and_too_many(desk: Page, plan: WorkPlan) -> None:
    many = "".join(f"Actie {n}\t€ {n}\n" for n in range(1, 602))
    paste(desk, ADD, plain=f"Actie\tBedrag\n{many}")
    dialog = desk.get_by_role("dialog")
    expect(dialog.locator("tbody tr")).to_have_count(100)
    expect(dialog.get_by_text("de eerste 100 van 601 rijen")).to_be_visible()
    desk.set_default_timeout(60_000)
    dialog.get_by_role("button", name="Sla op").click()
    expect(desk.locator("[data-saved]")).to_contain_text("601 rijen toegevoegd", timeout=60_000)
    assert len(actions_of(plan)) == 601
    rows = desk.locator("tr[data-node^='action:']")
    expect(rows).to_have_count(601, timeout=60_000)
    desk.get_by_role("button", name="Ongedaan maken").click()
    expect(rows).to_have_count(0, timeout=60_000)
    assert actions_of(plan) == []
    paste(desk, ADD, plain="a\tb\n" * 2_100)
    expect(dialog.get_by_role("alert")).to_contain_text(
        "heeft 2.100 rijen; plak er hoogstens 2.000"
    )
