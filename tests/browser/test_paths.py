"""What people come to do, with the keyboard alone, with JavaScript and without it.

No test touches the mouse: each control is reached with the tab key and worked with the
keys that a person would press. Who changes something is made for the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from funds.models import Fund
from municipalities.models import Region, RoleAssignment, User
from tests.browser import gates, site
from tests.browser.conftest import Site
from tests.factories import RoleAssignmentFactory, UserFactory, WorkPlanFactory
from workplans.models import WorkPlan

NEW_PASSWORD = "tulpen-in-het-voorjaar"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripted(request: pytest.FixtureRequest) -> bool:
    """Does JavaScript run? Where it does not, axe waits for ever, so it is not asked."""
    found: bool = request.param
    return found


@pytest.fixture
def window(scripted: bool, running_site: Site) -> Iterator[BrowserContext]:
    """A window in which nobody is signed in, that keeps quiet until the end."""
    opened = running_site.new_window("nobody", java_script_enabled=scripted)
    watch = gates.Watch(opened, running_site.base)
    yield opened
    opened.close()
    assert watch.take() == []


@pytest.fixture
def leader(running_site: Site) -> User:
    """A projectleider of the Duin- en Bollenstreek for one test."""
    user = UserFactory(password=site.PASSWORD)
    region = Region.objects.get(slug="duin-en-bollenstreek")
    RoleAssignmentFactory(user=user, role=RoleAssignment.Role.PROJECT_LEADER, region=region)
    return user


@pytest.fixture
def draft(running_site: Site) -> WorkPlan:
    """A plan that may be submitted, for one test."""
    fund = Fund.objects.get(slug=running_site.slugs["fund"])
    region = Region.objects.get(slug="duin-en-bollenstreek")
    return WorkPlanFactory(draft=True, region=region, fund=fund)


def tab_to(page: Page, what: str) -> None:
    """Press the tab key until the control has focus whose words are these."""
    for _ in range(100):
        page.keyboard.press("Tab")
        if _words(page) == what:
            return
    raise AssertionError(f"the tab key does not reach “{what}”")


def _words(page: Page) -> str:
    found: str = page.evaluate(
        "(e => (e.labels && e.labels[0] ? e.labels[0] : e).textContent)(document.activeElement)"
    )
    return " ".join(found.split())


def sign_in(page: Page, email: str, password: str = site.PASSWORD) -> None:
    page.goto(reverse("account_login"))
    tab_to(page, "E-mail")
    page.keyboard.type(email)
    tab_to(page, "Wachtwoord")
    page.keyboard.type(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_from_the_sign_in_to_the_pdf(window: BrowserContext, leader: User) -> None:
    page = window.new_page()
    sign_in(page, leader.email)
    expect(page).to_have_title(re.compile(r"^Start"))
    tab_to(page, "Plannen")
    page.keyboard.press("Enter")
    heading(page, "Plannen")
    tab_to(page, "Tweede werkplan ‘Omzien naar Elkaar’")
    page.keyboard.press("Enter")
    heading(page, "Tweede werkplan ‘Omzien naar Elkaar’")
    tab_to(page, "Download de pdf")
    with page.expect_download() as expected:
        page.keyboard.press("Enter")
    download = expected.value
    assert download.suggested_filename.endswith("-peildatum-2020-03-01.pdf")
    body = Path(download.path()).read_bytes()
    assert body.startswith(b"%PDF-1.7")
    assert body.rstrip().endswith(b"%%EOF")


def test_the_other_files_stand_in_a_list_that_opens(window: BrowserContext, leader: User) -> None:
    page = window.new_page()
    sign_in(page, leader.email)
    page.goto(reverse("reports:workplan_detail", args=["duin-en-bollenstreek-2020"]))
    tab_to(page, "Andere bestanden")
    page.keyboard.press("Enter")
    tab_to(page, "csv alle tabellen, voor Excel")
    with page.expect_download() as expected:
        page.keyboard.press("Enter")
    assert expected.value.suggested_filename.endswith((".csv", ".zip"))


def test_the_first_key_skips_to_the_content(window: BrowserContext, leader: User) -> None:
    page = window.new_page()
    sign_in(page, leader.email)
    page.goto(reverse("reports:workplan_list"))
    page.keyboard.press("Tab")
    assert _words(page) == "Naar de inhoud"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_draft_is_submitted(window: BrowserContext, leader: User, draft: WorkPlan) -> None:
    page = window.new_page()
    sign_in(page, leader.email)
    page.goto(reverse("reports:workplan_detail", args=[draft.slug]))
    tab_to(page, "Dien in")
    page.keyboard.press("Enter")
    heading(page, f"Dien in: {draft.title}")
    tab_to(page, "Dien het plan in")
    page.keyboard.press("Enter")
    heading(page, draft.title)
    expect(page.get_by_role("status")).to_contain_text(f"Het plan {draft.title} is op ")
    draft.refresh_from_db()
    assert draft.status == "aangeboden"


def test_a_draft_with_gaps_is_refused_with_the_reasons(
    window: BrowserContext, leader: User, running_site: Site, scripted: bool
) -> None:
    page = window.new_page()
    sign_in(page, leader.email)
    page.goto(reverse("workplans:workplan_submit", args=[running_site.slugs["own-draft"]]))
    faults = page.get_by_role("alert")
    expect(faults).to_contain_text("A5")
    expect(page.get_by_role("button", name="Dien het plan in")).to_have_count(0)
    assert not scripted or gates.look(page) == []


def test_a_password_is_changed(window: BrowserContext, leader: User) -> None:
    page = window.new_page()
    sign_in(page, leader.email)
    tab_to(page, f"{leader.display_name}: uw account")
    page.keyboard.press("Enter")
    tab_to(page, "Wachtwoord wijzigen")
    page.keyboard.press("Enter")
    heading(page, "Wachtwoord wijzigen")
    for label, typed in (
        ("Huidig wachtwoord", site.PASSWORD),
        ("Nieuw wachtwoord", NEW_PASSWORD),
        ("Nieuw wachtwoord (bevestigen)", NEW_PASSWORD),
    ):
        tab_to(page, label)
        page.keyboard.type(typed)
    tab_to(page, "Wijzig het wachtwoord")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    leader.refresh_from_db()
    assert leader.check_password(NEW_PASSWORD)


def test_a_wrong_password_is_a_sentence_at_the_form(
    window: BrowserContext, leader: User, scripted: bool
) -> None:
    page = window.new_page()
    sign_in(page, leader.email, "narcissen")
    expect(page.get_by_role("alert")).to_contain_text("wachtwoord")
    assert page.get_by_label("E-mail").input_value() == leader.email
    assert not scripted or gates.look(page) == []


def test_an_unknown_address_says_so_and_leads_back(window: BrowserContext, leader: User) -> None:
    page = window.new_page()
    sign_in(page, leader.email)
    answer = page.goto("/bestaat/niet/")
    assert answer is not None
    assert answer.status == 404
    heading(page, "Deze pagina is er niet")
    tab_to(page, "Naar de start")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile(r"^Start"))


def test_after_signing_out_the_door_is_shut(window: BrowserContext, leader: User) -> None:
    page = window.new_page()
    sign_in(page, leader.email)
    tab_to(page, f"{leader.display_name}: uw account")
    page.keyboard.press("Enter")
    tab_to(page, "Uitloggen")
    page.keyboard.press("Enter")
    heading(page, "Wilt u uitloggen?")
    tab_to(page, "Log uit")
    page.keyboard.press("Enter")
    expect(page.get_by_label("E-mail")).to_be_visible()
    page.goto(reverse("reports:start"))
    expect(page).to_have_url(re.compile(reverse("account_login")))
