"""The editor of a plan in a real browser: typing, undoing, and several people at once.

Nothing waits for a time: each step waits for the state that a person would see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from municipalities.models import Region, RoleAssignment, User
from tests.browser.conftest import Site
from tests.factories import ActionLineFactory, RoleAssignmentFactory, UserFactory
from tests.workplans.desks import small_plan
from workplans import planfile
from workplans.lifecycle import ADOPT, PRESENT
from workplans.models import Action, ActionLine, Block, CostLine, WorkPlan
from workplans.services import take_step

Opens = Callable[..., Page]


@pytest.fixture
def plan(running_site: Site) -> WorkPlan:
    """Of this test alone."""
    return small_plan(Region.objects.get(slug="duin-en-bollenstreek"))


def somebody(name: str) -> User:
    user = UserFactory(display_name=name)
    region = Region.objects.get(slug="duin-en-bollenstreek")
    RoleAssignmentFactory(user=user, role=RoleAssignment.Role.PROJECT_LEADER, region=region)
    return user


@pytest.fixture
def opens(running_site: Site, plan: WorkPlan) -> Iterator[Opens]:
    """`opens("Els")`: the editor in a window of somebody of that name; `within` gives
    another tab of the same window."""
    from tests.browser.conftest import session_cookie

    windows: dict[str, BrowserContext] = {}
    faults: list[str] = []

    def inner(name: str = "Els", *, within: Page | None = None) -> Page:
        if within is not None:
            page = within.context.new_page()
        else:
            window = running_site.new_window("nobody")
            window.set_default_timeout(15_000)
            window.add_cookies([session_cookie(somebody(name), running_site.base)])
            windows[f"{name}{len(windows)}"] = window
            page = window.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(edit_address(plan))
        expect(page.locator(".desk-figures").first).to_be_visible()
        return page

    yield inner
    for window in windows.values():
        window.close()
    assert faults == []


def edit_address(plan: WorkPlan) -> str:
    return reverse("workplans:plan_edit", args=[plan.slug])


def cell(page: Page, code: str, key: str) -> Locator:
    """A cell of the row with that code."""
    row = page.locator("tr[data-node]").filter(
        has=page.locator("td[data-key=code]", has_text=re.compile(rf"^{code}$"))
    )
    return row.locator(f"td[data-key={key}]")


def typed(page: Page, code: str, key: str) -> Locator:
    return cell(page, code, key).locator(".typed")


def fill(page: Page, code: str, key: str, text: str) -> None:
    """Go to a cell, open it, type over what is there, and leave it."""
    cell(page, code, key).focus()
    keys(page, "Enter", "Control+a")
    page.keyboard.insert_text(text)
    keys(page, "Enter")


def keys(page: Page, *names: str) -> None:
    for name in names:
        page.keyboard.press(name)


def stored(page: Page) -> None:
    """Wait until nothing is under way any more."""
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"pgeslagen om \d\d:\d\d"))
    page.wait_for_function("() => !Object.keys(localStorage).some(n => n.startsWith('penvoerder'))")


def titles(plan: WorkPlan) -> list[str]:
    actions = Action.objects.filter(line__plan=plan)
    return list(actions.order_by("line__position", "position").values_list("title", flat=True))


def rows(page: Page) -> Locator:
    return page.locator("tr[data-node]:not(.group) td[data-key=title] .typed")


# ---- typing


class TestKeys:
    def test_arrows_tab_enter_and_escape_go_where_a_person_expects(self, opens, plan) -> None:
        page = opens()
        cell(page, "1", "title").focus()
        keys(page, "ArrowRight")
        expect(cell(page, "1", "description")).to_be_focused()
        keys(page, "ArrowDown")
        expect(cell(page, "2", "description")).to_be_focused()
        keys(page, "Shift+Tab")
        expect(cell(page, "2", "title")).to_be_focused()
        page.keyboard.type("Weg ermee")
        keys(page, "Escape")
        expect(typed(page, "2", "title")).to_have_text("Overleg")
        expect(cell(page, "2", "title")).to_be_focused()
        keys(page, "ArrowUp")
        page.keyboard.type("Nachtopvang")
        keys(page, "Tab")
        expect(cell(page, "1", "description")).to_be_focused()
        stored(page)
        assert titles(plan) == ["Nachtopvang", "Overleg"]

    def test_tab_goes_through_what_is_typed_and_escape_leaves(self, opens, plan) -> None:
        page = opens()
        cell(page, "1", "municipalities").focus()
        keys(page, "Tab")
        expect(cell(page, "2", "code")).to_be_focused()
        keys(page, "Shift+Tab", "Enter")
        expect(page.locator("textarea")).to_be_focused()
        keys(page, "Tab")
        expect(cell(page, "2", "code")).to_be_focused()
        cell(page, "2", "municipalities").focus()
        keys(page, "Tab")
        expect(page.get_by_role("link", name="Actie toevoegen")).to_be_focused()
        cell(page, "1", "title").focus()
        keys(page, "Escape")
        expect(page.get_by_role("link", name="Plak tabel")).to_be_focused()

    def test_a_row_is_dragged_to_another_line_and_the_rest_numbered_again(
        self, opens, plan
    ) -> None:
        other = ActionLineFactory(plan=plan, code="B", title="Zorg")
        page = opens()
        page.set_viewport_size({"width": 1280, "height": 1600})  # both in sight
        below = page.locator(f"tbody[data-home='line:{other.pk}/actions']")
        with page.expect_response("**/wijzigingen/"):
            page.locator("tr[data-code=A1] [data-grip]").drag_to(below.locator("tr.add"))
        expect(below.locator("tr[data-code=B1]")).to_contain_text("Opvang")
        stored(page)
        page.get_by_role("button", name="Hernummer").first.click()
        expect(page.locator("tr[data-code=A1]")).to_contain_text("Overleg")
        stored(page)
        undo(page, "undo")
        undo(page, "undo")
        expect(page.locator("tr[data-code=A1]")).to_contain_text("Opvang")
        assert titles(plan) == ["Opvang", "Overleg"]

    def test_text_is_made_up_where_it_stands(self, opens, plan) -> None:
        page = opens()
        text = page.locator("[data-prose]").first
        text.focus()
        keys(page, "Enter")
        field = page.get_by_role("textbox", name="Tekst van Inleiding")
        expect(field).to_be_focused()
        keys(page, "Control+End", "Enter")
        page.get_by_role("button", name="Opsomming").click()
        page.keyboard.type("eerst dit")
        keys(page, "Enter")
        page.keyboard.type("dan dat")
        keys(page, "Control+Enter")
        stored(page)
        expect(page.locator(".shown li")).to_have_text(["eerst dit", "dan dat"])
        block = Block.objects.filter(plan=plan).earliest("position")
        assert block.text == "Waarom dit plan.\n\n- eerst dit\n- dan dat"
        undo(page, "undo")
        block.refresh_from_db()
        assert block.text == "Waarom dit plan."

    def test_a_whole_session_is_undone_and_done_again(self, opens, plan) -> None:
        page = opens()
        fill(page, "1", "title", "Nachtopvang")
        stored(page)
        cell(page, "1", "title").focus()
        keys(page, "Control+Enter")
        expect(page.locator("textarea")).to_be_focused()
        page.keyboard.type("Er tussenin")
        keys(page, "Enter")
        expect(rows(page)).to_have_text(["Nachtopvang", "Er tussenin", "Overleg"])
        stored(page)
        cell(page, "1", "title").focus()
        keys(page, "Control+d")
        expect(rows(page)).to_have_text(["Nachtopvang", "Nachtopvang", "Er tussenin", "Overleg"])
        expect(page.locator("textarea")).to_be_focused()
        keys(page, "Escape", "ArrowUp", "Alt+ArrowDown")
        expect(rows(page)).to_have_text(["Nachtopvang", "Nachtopvang", "Er tussenin", "Overleg"])
        stored(page)
        cell(page, "2", "title").focus()
        keys(page, "Alt+ArrowUp")
        expect(rows(page)).to_have_text(["Nachtopvang", "Nachtopvang", "Overleg", "Er tussenin"])
        stored(page)
        cell(page, "2", "amount").focus()
        keys(page, "Delete")
        expect(typed(page, "2", "amount")).to_have_text("")
        stored(page)
        cell(page, "1", "title").focus()
        keys(page, "Control+Delete")
        expect(rows(page)).to_have_text(["Nachtopvang", "Overleg", "Er tussenin"])
        stored(page)
        now = planfile.dump(plan)

        for _ in range(8):
            undo(page, "undo")
        expect(page.locator("[data-do=undo]")).to_be_disabled()
        expect(rows(page)).to_have_text(["Opvang", "Overleg"])
        assert titles(plan) == ["Opvang", "Overleg"]
        expect(typed(page, "2", "amount")).to_have_text("PM")

        for _ in range(8):
            undo(page, "redo")
        expect(page.locator("[data-do=redo]")).to_be_disabled()
        expect(rows(page)).to_have_text(["Nachtopvang", "Overleg", "Er tussenin"])
        assert planfile.dump(plan) == now

    def test_headings_texts_and_blocks_without_the_mouse(self, opens, plan) -> None:
        page = opens()
        heading = page.locator("[data-section] [data-key=title]").first
        heading.focus()
        keys(page, "Enter", "Control+a")
        page.keyboard.type("Aanleiding")
        keys(page, "Enter")
        expect(page.get_by_role("heading", name="Aanleiding")).to_be_visible()
        stored(page)
        page.get_by_role("button", name="+ Tekst bij Preventie").focus()
        keys(page, "Enter")
        expect(page.get_by_role("textbox", name="Tekst van")).to_be_focused()
        page.keyboard.type("Wat wij willen.")
        keys(page, "Enter")
        page.keyboard.type("Twee alinea’s.")
        keys(page, "Control+Enter")
        stored(page)
        assert ActionLine.objects.get(plan=plan).text == "Wat wij willen.\n\nTwee alinea’s."

        menu = page.locator("[data-section]").first.locator("summary")
        menu.focus()
        keys(page, "Enter")
        page.get_by_role("link", name="Blok hieronder toevoegen").first.focus()
        keys(page, "Enter")
        expect(page.locator("textarea")).to_have_value("Nieuw blok")
        page.keyboard.type("Doel")
        keys(page, "Enter")
        stored(page)
        blocks = Block.objects.filter(plan=plan).order_by("position")
        expect(page.get_by_role("heading", name="Doel")).to_be_visible()
        assert [block.title for block in blocks] == ["Aanleiding", "Doel", "Acties"]
        all_four = ["Doel", "Aanleiding", "Acties", "A Preventie"]
        act(page, 1, "Omhoog")
        expect(headings(page)).to_have_text(all_four, use_inner_text=True)
        act(page, 0, "Haal weg")
        expect(headings(page)).to_have_text(all_four[1:], use_inner_text=True)
        stored(page)
        undo(page, "undo")
        expect(headings(page)).to_have_text(all_four, use_inner_text=True)

    @pytest.mark.parametrize(
        "place",
        [
            "[data-section]:first-child summary",
            "[data-section]:nth-child(3) .desk-region",
            "[data-section]:nth-child(3) [data-do=add]",
            "[data-section]:nth-child(3) [data-do=renumber]",
            "[data-section]:nth-child(3) tr[data-node] [data-pick]",
            "[data-sections] > .buttons [data-do=line]",
        ],
    )
    def test_focus_stays_where_it_is_when_the_sections_come_anew(
        self, opens, plan, place: str
    ) -> None:
        """Whoever stores a heading goes on at once; what that changed comes a moment later."""
        page = opens()
        under_way: list[Route] = []
        page.route(f"**{edit_address(plan)}", lambda route: under_way.append(route))
        heading = page.locator("[data-section] [data-key=title]").first
        heading.focus()
        keys(page, "Enter", "Control+a")
        page.keyboard.type("Aanleiding")
        with page.expect_request(f"**{edit_address(plan)}"):
            keys(page, "Enter")
        page.locator(place).first.focus()
        old = heading.element_handle()
        under_way.pop().continue_()
        page.wait_for_function("old => !old.isConnected", arg=old)
        expect(page.locator(place).first).to_be_focused()

    def test_several_rows_at_once(self, opens, plan) -> None:
        page = opens()
        cell(page, "1", "title").focus()
        keys(page, " ")
        cell(page, "2", "title").focus()
        keys(page, " ")
        bar = page.get_by_role("region", name="Gekozen rijen")
        expect(bar).to_contain_text("2 rijen gekozen")
        bar.locator("[data-batch=nature]").select_option("structureel")
        for code in ("1", "2"):
            expect(typed(page, code, "nature")).to_have_text("structureel")
        stored(page)
        natures = CostLine.objects.filter(action__line__plan=plan).values_list("nature", flat=True)
        assert set(natures) == {"structural"}
        bar.get_by_role("button", name="Haal weg").click()
        expect(rows(page)).to_have_count(0)
        stored(page)
        undo(page, "undo")
        expect(rows(page)).to_have_text(["Opvang", "Overleg"])


def headings(page: Page) -> Locator:
    return page.locator("[data-section] h2")


def undo(page: Page, way: str) -> None:
    """One step back or forth, by its key; waits until it is stored."""
    with page.expect_response("**/wijzigingen/") as answer:
        keys(page, "Control+z" if way == "undo" else "Control+y")
    assert answer.value.ok, answer.value.text()
    stored(page)


def act(page: Page, section: int, what: str) -> None:
    page.locator("[data-section]").nth(section).locator("summary").click()
    with page.expect_response("**/wijzigingen/"):
        page.locator("[data-section]").nth(section).get_by_role("link", name=what).click()
    stored(page)


# ---- reading and totals


class TestReading:
    def test_how_it_is_read_shows_at_once_and_a_remedy_mends_it(self, opens, plan) -> None:
        page = opens()
        cell(page, "1", "municipalities").focus()
        keys(page, "Enter", "Control+a")
        page.keyboard.type("K: 4.000")
        expect(page.locator(".desk-reading")).to_contain_text("verschil € 6.000")
        page.get_by_role("button", name="Geef de rest (€ 6.000) aan Noordwijk").click()
        expect(typed(page, "1", "municipalities")).to_have_text(
            "Katwijk: € 4.000, Noordwijk: € 6.000"
        )
        stored(page)
        expect(page.locator("td.unread")).to_have_count(0)

    def test_what_cannot_be_read_stays_and_is_marked(self, opens, plan) -> None:
        page = opens()
        fill(page, "1", "municipalities", "K: 4.000")
        marked = cell(page, "1", "municipalities")
        expect(marked).to_have_class(re.compile("unread"))
        expect(marked).to_contain_text("K: 4.000")
        expect(marked).to_contain_text("verschil € 6.000")
        page.reload()
        expect(cell(page, "1", "municipalities")).to_have_class(re.compile("unread"))

    def test_the_totals_are_those_of_the_report(self, opens, plan) -> None:
        page = opens()
        fill(page, "1", "amount", "€ 12.345")
        total = page.locator(".desk-figures .big dd").first
        expect(total).to_contain_text("€ 12.345")
        said = total.inner_text()
        page.goto(plan.get_absolute_url())
        expect(page.locator("main")).to_contain_text(said.split()[1])


# ---- together


class TestTogether:
    def test_different_rows_merge_by_themselves(self, opens, plan) -> None:
        els, jan = opens("Els"), opens("Jan")
        fill(els, "1", "title", "Van Els")
        fill(jan, "2", "title", "Van Jan")
        for page in (els, jan):
            expect(rows(page)).to_have_text(["Van Els", "Van Jan"])
        expect(els.locator("[data-people]")).to_contain_text("Jan")
        assert titles(plan) == ["Van Els", "Van Jan"]

    def test_the_same_cell_asks_and_nothing_is_lost(self, opens, plan) -> None:
        els, jan = opens("Els"), opens("Jan")
        jan.context.set_offline(True)
        fill(els, "1", "title", "Van Els")
        stored(els)
        fill(jan, "1", "title", "Van Jan")
        expect(jan.locator("[data-saved]")).to_contain_text("Geen verbinding")
        jan.context.set_offline(False)
        asked = cell(jan, "1", "title")
        expect(asked).to_contain_text(
            re.compile("Els maakte hier om .* “Van Els” van; u typte “Van Jan”")
        )
        assert titles(plan)[0] == "Van Els"
        asked.get_by_role("button", name="Houd mijn tekst").click()
        expect(rows(els).first).to_have_text("Van Jan")
        assert titles(plan)[0] == "Van Jan"

    def test_somebody_who_types_is_not_disturbed_by_what_others_do(self, opens, plan) -> None:
        els, jan = opens("Els"), opens("Jan")
        cell(jan, "2", "title").focus()
        keys(jan, "Enter", "Control+a")
        jan.keyboard.type("Half")
        cell(els, "2", "title").focus()
        keys(els, "Control+Enter")
        expect(els.locator("textarea")).to_be_focused()
        keys(els, "Escape")
        with jan.expect_response(re.compile("stand/")) as answer:
            pass
        while not answer.value.json()["reload"]:
            with jan.expect_response(re.compile("stand/")) as answer:
                pass
        expect(jan.locator("textarea")).to_have_value("Half")
        jan.keyboard.type("weg")
        keys(jan, "Enter")
        expect(rows(jan)).to_have_text(["Opvang", "Halfweg", "Nieuwe actie"])

    def test_offline_with_an_import_in_between(self, opens, plan, tmp_path) -> None:
        page = opens()
        page.context.set_offline(True)
        fill(page, "1", "title", "Van mij")
        fill(page, "2", "title", "Ook van mij")
        expect(page.locator("[data-saved]")).to_contain_text("2 wijzigingen blijven")
        tree = planfile.dump(plan)
        tree["lines"][0]["actions"][0]["title"] = "Uit het bestand"
        file = tmp_path / "plan.yaml"
        file.write_text(planfile.to_yaml(tree), encoding="utf-8")
        call_command("load_plan", str(file), replace=True, verbosity=0)
        page.context.set_offline(False)
        expect(cell(page, "1", "title")).to_contain_text("“Uit het bestand”")
        expect(cell(page, "1", "title")).to_contain_text("u typte “Van mij”")
        expect(typed(page, "2", "title")).to_have_text("Ook van mij")
        stored(page)
        assert titles(plan) == ["Uit het bestand", "Ook van mij"]

    def test_leaving_offline_and_coming_back_sends_what_was_kept(self, opens, plan) -> None:
        page = opens()
        page.context.set_offline(True)
        fill(page, "1", "title", "Bewaard")
        expect(page.locator("[data-saved]")).to_contain_text("1 wijziging blijft")
        page.goto("about:blank")
        page.context.set_offline(False)
        assert titles(plan)[0] == "Opvang"
        page.goto(edit_address(plan))
        stored(page)
        expect(rows(page).first).to_have_text("Bewaard")
        assert titles(plan)[0] == "Bewaard"

    def test_two_tabs_of_one_person_lose_nothing(self, opens, plan) -> None:
        one = opens()
        two = opens(within=one)
        one.context.set_offline(True)
        fill(one, "1", "title", "Uit het ene")
        fill(two, "2", "title", "Uit het andere")
        for page in (one, two):
            expect(page.locator("[data-saved]")).to_contain_text("1 wijziging blijft")
            page.goto("about:blank")
        one.context.set_offline(False)
        one.goto(edit_address(plan))
        stored(one)
        expect(rows(one)).to_have_text(["Uit het ene", "Uit het andere"])
        assert titles(plan) == ["Uit het ene", "Uit het andere"]

    def test_a_row_that_was_taken_away_gives_the_text_back(self, opens, plan) -> None:
        els, jan = opens("Els"), opens("Jan")
        cell(jan, "1", "title").focus()
        keys(jan, "Enter", "Control+a")
        jan.keyboard.type("Niet kwijt")
        cell(els, "1", "title").focus()
        keys(els, "Control+Delete")
        expect(rows(els)).to_have_count(1)
        stored(els)
        keys(jan, "Enter")
        held = jan.locator("[data-held]")
        expect(held).to_contain_text("weggehaald")
        expect(held).to_contain_text("Niet kwijt")

    def test_a_plan_that_is_adopted_while_somebody_types(self, opens, plan) -> None:
        page = opens()
        cell(page, "1", "title").focus()
        keys(page, "Enter", "Control+a")
        page.keyboard.type("Niet kwijt")
        for step in (PRESENT, ADOPT):
            take_step(plan, step, on=plan.as_of)
        keys(page, "Enter")
        expect(page.locator("[data-held]")).to_contain_text("Niet kwijt")
        assert titles(plan)[0] == "Opvang"
