"""Two people in the admin with one thing: the second is told, and nothing is lost."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from municipalities.admin.guarded import UNSEEN
from tests.browser_form import filled_in
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    BlockFactory,
    UserFactory,
    WorkPlanFactory,
    typed_cells,
)
from tests.reports.reading import parse, seen, words
from tests.sessions import waiting_for
from workplans.models import Action, Block, WorkPlan
from workplans.services import store_cells, submit_workplan

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db: None) -> Client:
    """The desk of somebody else who may do everything here."""
    colleague = Client()
    colleague.force_login(
        UserFactory(email="tweede@voorbeeld.nl", display_name="Tweede beheer", technician=True)
    )
    return colleague


@pytest.fixture
def action(bollenstreek: Any) -> Action:
    return ActionFactory(
        line__plan__region=bollenstreek, title="Oud", municipalities="Katwijk", planning="2020"
    )


def change(row: Any) -> str:
    return reverse(f"admin:workplans_{row._meta.model_name}_change", args=[row.pk])


def save(desk: Client, row: Any, page: HttpResponse | None = None, **typed: Any) -> HttpResponse:
    """Save a page as it was opened earlier, or as it is now."""
    return desk.post(change(row), filled_in(page or desk.get(change(row)), **typed))


def faults(response: HttpResponse) -> dict[str, str]:
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    return {name: " ".join(said) for name, said in errors.items()}


# ---- an action


def test_the_second_reads_what_the_first_made_of_it(
    desk: Client, other: Client, action: Action
) -> None:
    page = desk.get(change(action))
    assert save(other, action, title="Van de ander").status_code == 302
    response = save(desk, action, page, title="Van mij")
    said = faults(response)
    assert list(said) == ["title"]
    assert "Tweede beheer heeft hier op " in said["title"]
    assert "“Van de ander” van gemaakt" in said["title"]
    assert "sla nog een keer op om uw tekst te houden" in said["title"]
    assert filled_in(response)["title"] == ["Van mij"]
    action.refresh_from_db()
    assert action.title == "Van de ander"
    assert save(desk, action, response).status_code == 302
    action.refresh_from_db()
    assert action.title == "Van mij"


def test_a_field_that_was_left_alone_shows_what_the_other_made_of_it(
    desk: Client, other: Client, action: Action
) -> None:
    page = desk.get(change(action))
    save(other, action, description="een\r\ntwee", position="7")
    response = save(desk, action, page, title="Van mij")
    said = faults(response)
    assert set(said) == {"description", "position"}
    assert all("dat staat er nu" in sentence for sentence in said.values())
    assert save(desk, action, response).status_code == 302
    action.refresh_from_db()
    assert (action.title, action.description, action.position) == ("Van mij", "een\ntwee", 7)


def test_the_cells_of_a_cost_line_count_too(desk: Client, other: Client, action: Action) -> None:
    page = desk.get(change(action))
    save(other, action, amount_text="€ 12.345,-", municipalities_text="Lisse")
    response = save(desk, action, page, amount_text="PM")
    said = faults(response)
    assert "“€ 12.345,-” van gemaakt. U typte iets anders" in said["amount_text"]
    assert "“Lisse” van gemaakt; dat staat er nu" in said["municipalities_text"]
    assert save(desk, action, response).status_code == 302
    action.refresh_from_db()
    assert (action.cost_lines.get().text, action.municipalities_text) == ("PM", "Lisse")


def test_a_cost_line_that_went_away_is_said(desk: Client, other: Client, action: Action) -> None:
    page = desk.get(change(action))
    save(other, action, has_cost=None, amount_text="")
    response = save(desk, action, page, title="Van mij")
    assert set(faults(response)) == {"has_cost", "amount_text"}
    assert "has_cost" not in filled_in(response)
    assert save(desk, action, response).status_code == 302
    assert not action.cost_lines.exists()


def test_what_both_made_of_it_is_no_quarrel(desk: Client, other: Client, action: Action) -> None:
    page = desk.get(change(action))
    save(other, action, title="Gelijk")
    assert "dat staat er nu" in faults(save(desk, action, page, title="Gelijk"))["title"]


def test_what_is_as_it_was_again_stops_nobody(desk: Client, other: Client, action: Action) -> None:
    page = desk.get(change(action))
    save(other, action)
    save(other, action, title="Even anders")
    save(other, action, title="Oud")
    assert save(desk, action, page, title="Van mij").status_code == 302


def test_a_command_has_no_name(desk: Client, action: Action) -> None:
    page = desk.get(change(action))
    stored = Action.objects.select_related("line__plan").get(pk=action.pk)
    store_cells(stored, typed=typed_cells("€ 5", "2021", "Katwijk"))
    said = faults(save(desk, action, page, title="Van mij"))
    assert said["planning_text"].startswith("opdrachtregel of database heeft hier op ")


def test_who_edits_a_draft_hears_that_it_was_submitted(
    desk: Client, bollenstreek: Any, fund: Any
) -> None:
    plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
    action = Action.objects.get(line__plan=plan)
    page = desk.get(change(action))
    submit_workplan(plan, on=datetime.date(2020, 3, 1))
    response = save(desk, action, page, title="Van mij")
    assert "van “Concept” in “Aangeboden”" in faults(response)["__all__"]
    assert save(desk, action, response).status_code == 302


@pytest.mark.parametrize("sent", [None, "", "x", "1", "1.2.3.4"])
def test_a_page_without_a_version_stores_nothing(
    desk: Client, action: Action, sent: str | None
) -> None:
    response = save(desk, action, desk.get(change(action)), title="Van mij", seen=sent)
    assert "Wij weten niet meer wat u op deze pagina zag" in faults(response)["__all__"]
    action.refresh_from_db()
    assert action.title == "Oud"
    assert save(desk, action, response).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(desk: Client, other: Client, action: Action) -> None:
    pages = [(who, filled_in(who.get(change(action)), title=f"Titel {n}"))
             for n, who in enumerate((desk, other))]  # fmt: skip
    start, codes = threading.Barrier(2, timeout=20), []

    def run(who: Client, sent: dict[str, list[str]]) -> None:
        try:
            start.wait()
            codes.append(who.post(change(action), sent).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=page) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(codes) == [200, 302]


# ---- a plan, its lines and its texts


@pytest.fixture
def plan(bollenstreek: Any) -> WorkPlan:
    plan = WorkPlanFactory(region=bollenstreek, title="Plan")
    BlockFactory(plan=plan, position=0, title="Inleiding", text="Eerst")
    BlockFactory(plan=plan, position=1, title="Slot", text="Laatst")
    ActionLineFactory(plan=plan, code="A", title="Wonen")
    return plan


def row_faults(response: HttpResponse, prefix: str) -> list[dict[str, str]]:
    assert response.status_code == 200
    (formset,) = [
        found.formset
        for found in response.context["inline_admin_formsets"]
        if found.formset.prefix == prefix
    ]
    return [
        {name: " ".join(said) for name, said in form.errors.items()}
        for form in formset.initial_forms
    ]


def test_the_plan_itself(desk: Client, other: Client, plan: WorkPlan) -> None:
    page = desk.get(change(plan))
    save(other, plan, title="Van de ander", as_of="02-04-2021")
    response = save(desk, plan, page, title="Van mij")
    said = faults(response)
    assert set(said) == {"title", "as_of"}
    assert "“2 april 2021” van gemaakt; dat staat er nu" in said["as_of"]
    assert save(desk, plan, response).status_code == 302
    plan.refresh_from_db()
    assert (plan.title, plan.as_of) == ("Van mij", datetime.date(2021, 4, 2))


def test_a_text_and_a_line_under_the_plan(desk: Client, other: Client, plan: WorkPlan) -> None:
    page = desk.get(change(plan))
    save(other, plan, **{"blocks-0-text": "Van de ander", "lines-0-title": "Zorg"})
    typed = {"blocks-0-text": "Van mij", "blocks-1-text": "Ook van mij"}
    response = save(desk, plan, page, **typed)
    said = row_faults(response, "blocks")
    assert "“Van de ander” van gemaakt. U typte iets anders" in said[0]["text"]
    assert said[1] == {}
    assert "“Zorg” van gemaakt; dat staat er nu" in row_faults(response, "lines")[0]["title"]
    assert save(desk, plan, response).status_code == 302
    texts = plan.blocks.order_by("position").values_list("text", flat=True)
    assert list(texts) == ["Van mij", "Ook van mij"]
    assert plan.lines.get().title == "Zorg"


def test_a_text_of_its_own_page(desk: Client, other: Client, plan: WorkPlan) -> None:
    section = plan.blocks.get(position=0)
    page = desk.get(change(section))
    save(other, plan, **{"blocks-0-text": "Van de ander"})
    assert "“Van de ander”" in faults(save(desk, section, page, text="Van mij"))["text"]


def test_a_changed_text_is_not_removed_unseen(desk: Client, other: Client, plan: WorkPlan) -> None:
    page = desk.get(change(plan))
    save(other, plan, **{"blocks-0-text": "Van de ander"})
    response = save(desk, plan, page, **{"blocks-0-DELETE": "on"})
    assert "“Eerst” in “Van de ander”" in seen(parse(response.content))
    assert plan.blocks.count() == 2
    again = filled_in(response)
    assert again["blocks-0-DELETE"] == ["on"]
    assert desk.post(change(plan), again).status_code == 302
    assert plan.blocks.count() == 1


def removed(desk: Client, row: Any, page: HttpResponse) -> str:
    """What is said when a page that removes a row is confirmed; "" when it is gone."""
    sent = filled_in(page)
    said = words(desk.post(page.request["PATH_INFO"], sent, follow=True))
    return said if type(row).objects.filter(pk=row.pk).exists() else ""


def removing(desk: Client, row: Any) -> HttpResponse:
    return desk.get(reverse(f"admin:workplans_{row._meta.model_name}_delete", args=[row.pk]))


def test_who_removes_reads_first_what_the_other_made_of_it(
    desk: Client, other: Client, action: Action
) -> None:
    page = removing(desk, action)
    save(other, action, title="Van de ander")
    said = removed(desk, action, page)
    assert "door Tweede beheer veranderd van “Oud” in “Van de ander”." in said
    assert UNSEEN in said
    assert removed(desk, action, removing(desk, action)) == ""


def test_what_goes_along_counts_when_something_is_removed(
    desk: Client, other: Client, plan: WorkPlan
) -> None:
    for typed in ({"blocks-0-text": "Van de ander"}, {"blocks-0-DELETE": "on"}):
        page = removing(desk, plan)
        save(other, plan, **typed)
        assert UNSEEN in removed(desk, plan, page)
    assert UNSEEN in words(desk.post(page.request["PATH_INFO"], {"post": "yes"}, follow=True))
    assert removed(desk, plan, removing(desk, plan)) == ""


@pytest.mark.django_db(transaction=True)
def test_who_removes_waits_for_who_is_typing(desk: Client, action: Action) -> None:
    page = removing(desk, action)
    sent = filled_in(page)
    loaded = Action.objects.select_related("line__plan").get(pk=action.pk)
    response = waiting_for(
        lambda: store_cells(loaded, typed=typed_cells("€ 500")),
        lambda: desk.post(page.request["PATH_INFO"], sent, follow=True),
    )
    assert UNSEEN in words(response)
    assert Action.objects.filter(pk=action.pk).exists()


@pytest.mark.parametrize("keeps", [True, False])
def test_a_text_that_was_removed_is_said_and_what_was_typed_stays(
    desk: Client, other: Client, plan: WorkPlan, keeps: bool
) -> None:
    page = desk.get(change(plan))
    save(other, plan, **{"blocks-0-DELETE": "on"})
    response = save(desk, plan, page, **{"blocks-0-text": "Van mij"})
    assert "Iemand heeft deze regel intussen weggehaald" in seen(parse(response.content))
    again = filled_in(response)
    assert again["blocks-0-title"] == ["Slot"]
    assert again["blocks-1-text"] == ["Van mij"]
    if keeps:
        assert desk.post(change(plan), again).status_code == 302
        assert plan.blocks.get(title="Inleiding").text == "Van mij"
    else:
        again["blocks-1-DELETE"] = ["on"]
        assert desk.post(change(plan), again).status_code == 302
        assert Block.objects.get().title == "Slot"
