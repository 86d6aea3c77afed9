"""Submitting through the page: what it says beforehand, does, refuses, and records."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from config import urls
from funds.models import Application, Round
from municipalities.guard import check_now
from tests.browser_form import filled_in
from tests.factories import (
    ActionFactory,
    PlanApplicationFactory,
    WorkPlanFactory,
    euro,
    typed_cells,
)
from tests.reports.reading import parse, seen, words
from tests.sessions import at_once, waiting_for
from workplans import planfile
from workplans.cells import Cell
from workplans.models import Action, Share, WorkPlan
from workplans.services import store_cells, submit_workplan

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(bollenstreek: Any, fund: Any) -> WorkPlan:
    """€ 9.000 and a PM, for Leiden's fund."""
    plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
    ActionFactory(line=plan.lines.get(), amount="PM", municipalities="K")
    return plan


@pytest.fixture
def url(draft: WorkPlan) -> str:
    return reverse("workplans:workplan_submit", args=[draft.slug])


def agree(page: Any, url: str, looked_at: HttpResponse | None = None) -> HttpResponse:
    """Press the button of the page that was looked at, or of the page as it is now."""
    return page.post(url, filled_in(looked_at or page.get(url)))


def retype(action: Action, amount: str) -> None:
    """Somebody else types another amount."""
    action = Action.objects.select_related("line__plan").get(pk=action.pk)
    store_cells(action, typed=typed_cells(amount))


class TestBefore:
    def test_names_the_consequence_the_fund_and_the_amount(self, page, url, fund) -> None:
        said = words(page.get(url))
        assert "Na het indienen staat dit bedrag als aangevraagd in het fonds." in said
        assert "De aanvraag verandert daarna niet meer" in said
        assert fund.name in said
        assert "€ 9.000 + 1 × PM" in said

    def test_a_round_that_takes_only_known_amounts_names_the_action(self, page, url, draft) -> None:
        Round.objects.update(accepts_unknown=False)
        (link,) = parse(page.get(url).content).xpath('//*[@class="fault-summary"]//a')
        assert "neemt alleen bekende bedragen aan" in words(page.get(url))
        assert "nog niet bekend" in seen(link)
        assert link.get("href").startswith(f"{draft.get_absolute_url()}#actie-")

    def test_looking_changes_nothing(self, page, url, draft) -> None:
        page.get(url)
        page.head(url)
        draft.refresh_from_db()
        assert draft.status == "concept"
        assert not Application.objects.exists()

    def test_has_one_button_and_a_way_back(self, page, url, draft) -> None:
        tree = parse(page.get(url).content)
        (form,) = tree.xpath("//main//form[@method='post']")
        (button,) = form.xpath(".//button")
        assert (button.get("type"), seen(button)) == ("submit", "Dien het plan in")
        assert draft.get_absolute_url() in form.xpath(".//a/@href")


class TestSubmitting:
    def test_leads_back_to_the_plan_that_is_submitted_now(self, page, url, draft, fund) -> None:
        response = agree(page, url)
        assert (response.status_code, response.url) == (302, draft.get_absolute_url())
        said = words(page.get(response.url))
        day = date_format(localdate(), "j F Y")
        assert f"Het plan {draft.title} is op {day} ingediend" in said
        assert f"het vraagt € 9.000 + 1 × PM uit {fund.name}." in said
        assert "Aangeboden" in said
        assert "Dien in" not in said
        draft.refresh_from_db()
        assert draft.is_submitted
        assert draft.as_of == localdate()

    def test_writes_what_was_asked_on_that_day(self, page, url, draft) -> None:
        agree(page, url)
        application = draft.applications.get().application
        assert application.submitted_on == localdate()
        assert [(line.state, line.amount) for line in application.lines.order_by("position")] == [
            ("known", euro(9_000)),
            ("pm", None),
        ]

    def test_history_says_that_pieter_did_it(self, page, url, draft, pieter) -> None:
        agree(page, url)
        event = (
            apps.get_model("workplans", "WorkPlanEvent")
            .objects.filter(pgh_obj=draft)
            .latest("pgh_id")
        )
        assert event.status == "aangeboden"
        assert event.pgh_context.metadata["user"] == pieter.pk
        assert event.pgh_context.metadata["url"] == url

    def test_second_time_is_refused_with_the_reason(self, page, url, fund) -> None:
        looked_at = page.get(url)
        agree(page, url, looked_at)
        response = agree(page, url, looked_at)
        assert response.status_code == 422
        said = words(response)
        assert "Dit plan is al ingediend" in said
        assert f"het vraagt € 9.000 + 1 × PM uit {fund.name}." in said
        assert "nog niet" not in said
        assert Application.objects.count() == 1

    def test_form_of_another_site_is_refused(self, url, draft, pieter) -> None:
        stranger = Client(enforce_csrf_checks=True)
        stranger.force_login(pieter)
        response = stranger.post(url)
        assert response.status_code == 403
        assert "Het formulier is verlopen" in words(response)
        draft.refresh_from_db()
        assert not draft.is_submitted


class TestWhatWasSeen:
    """What is submitted is what the page showed."""

    def test_another_amount_asks_for_a_new_look(self, page, url, draft, fund) -> None:
        looked_at = page.get(url)
        retype(Action.objects.get(line__plan=draft, cost_lines__state="pm"), "€ 500")
        response = agree(page, url, looked_at)
        assert response.status_code == 422
        said = words(response)
        assert "Het plan is intussen veranderd" in said
        assert (
            f"U zag € 9.000 + 1 × PM uit {fund.name}; nu is dat € 9.500 uit {fund.name}. Kijk het "
            "na en bevestig het dan opnieuw."
        ) in said
        assert not Application.objects.exists()
        assert agree(page, url, response).status_code == 302
        assert Application.objects.get().lines.count() == 2

    def test_another_text_asks_for_a_new_look_too(self, page, url, draft) -> None:
        looked_at = page.get(url)
        Action.objects.filter(line__plan=draft).update(title="Iets anders")
        response = agree(page, url, looked_at)
        assert response.status_code == 422
        assert "Het bedrag is gelijk gebleven (€ 9.000 + 1 × PM uit" in words(response)
        assert not Application.objects.exists()

    def test_another_fund_is_named(self, page, url, draft, fund) -> None:
        looked_at = page.get(url)
        draft.applications.all().delete()
        other = PlanApplicationFactory(plan=draft).round.fund
        said = words(agree(page, url, looked_at))
        assert f"uit {fund.name}; nu is dat € 9.000 + 1 × PM uit {other.name}." in said

    def test_what_became_unread_is_said_beside_the_change(self, page, url, draft) -> None:
        looked_at = page.get(url)
        ActionFactory(line=draft.lines.get(), code="7", amount=Cell("€ 64,376", unread=True))
        response = agree(page, url, looked_at)
        said = words(response)
        assert "U zag € 9.000 + 1 × PM uit" in said
        assert "7 is het bedrag niet te lezen" in said
        assert not parse(response.content).xpath("//main//form[@method='post']")

    def test_a_form_that_says_nothing_submits_nothing(self, page, url) -> None:
        response = page.post(url)
        assert response.status_code == 422
        assert "Wij weten niet welk plan u zag" in words(response)
        assert not Application.objects.exists()

    def test_a_command_has_seen_nothing_and_submits(self, draft) -> None:
        assert submit_workplan(draft, on=localdate()).is_submitted


class TestRefusals:
    def refused(self, page: Any, plan: WorkPlan) -> str:
        """What the page says, before and after it was sent all the same; the plan is as
        it was, and there is no button."""
        url = reverse("workplans:workplan_submit", args=[plan.slug])
        digest = planfile.digest(planfile.dump(plan))
        said = []
        for response in (page.get(url), page.post(url, {"plan": digest})):
            tree = parse(response.content)
            assert not tree.xpath("//main//form[@method='post']")
            assert plan.get_absolute_url() in tree.xpath("//main//a/@href")
            (alert,) = tree.xpath('//*[@role="alert"]')
            said.append(seen(alert))
        assert response.status_code == 422
        assert said[0] == said[1]
        plan.refresh_from_db()
        assert plan.status == "concept"
        assert not Application.objects.exists()
        return said[0]

    def test_every_unread_cell_at_once(self, page, draft) -> None:
        line = draft.lines.get()
        ActionFactory(line=line, code="7", amount=Cell("€ 64,376", unread=True))
        ActionFactory(line=line, code="8", planning=Cell("Q5 2020", unread=True))
        ActionFactory(line=line, code="9", municipalities=Cell("wie dan ook", unread=True))
        said = self.refused(page, draft)
        assert f"Bij {line.code}7 is het bedrag niet te lezen (“€ 64,376”)" in said
        assert f"Bij {line.code}8 is de planning niet te lezen (“Q5 2020”)" in said
        assert f"Bij {line.code}9 zijn de gemeenten niet te lezen" in said

    def test_an_unread_cell_is_one_click_away(self, page, url, draft) -> None:
        line = draft.lines.get()
        ActionFactory(line=line, code="7", amount=Cell("€ 64,376", unread=True))
        (link,) = parse(page.get(url).content).xpath('//*[@role="alert"]//a/@href')
        assert link == f"{draft.get_absolute_url()}#actie-{line.code}7"
        place, _, anchor = link.partition("#")
        assert parse(page.get(place).content).xpath(f'//*[@id="{anchor}"]')

    def test_a_submitted_plan_shows_what_was_asked_and_when(self, page, url, draft) -> None:
        submit_workplan(draft, on=datetime.date(2020, 3, 2))
        retype(Action.objects.get(line__plan=draft, cost_lines__state="pm"), "€ 500")
        response = page.get(url)
        said = words(response)
        assert response.status_code == 200
        assert "Dit plan is al ingediend" in said
        assert "is op 2 maart 2020 ingediend: het vraagt € 9.000 + 1 × PM uit" in said
        assert "9.500" not in said
        assert not parse(response.content).xpath("//main//form[@method='post']")

    def test_plan_without_a_round(self, page, bollenstreek) -> None:
        plan = WorkPlanFactory(region=bollenstreek)
        ActionFactory(line__plan=plan)
        assert "Het plan noemt geen aanvraagronde" in self.refused(page, plan)

    def test_region_without_an_envelope(self, page, draft, fund) -> None:
        fund.envelopes.update(starts_on="2030-01-01", ends_on="2030-12-31")
        said = self.refused(page, draft)
        assert "geen ruimte in 2020 t/m 2021; vraag de fondsbeheerder die te openen." in said

    def test_plan_that_asks_nothing(self, page, draft) -> None:
        draft.lines.all().delete()
        assert "Er staat geen enkel bedrag in de aanvraag" in self.refused(page, draft)

    @pytest.mark.parametrize("name", ["anna", "bram"])
    def test_who_does_not_lead_the_region(self, name: str, client, url, draft, request) -> None:
        client.force_login(request.getfixturevalue(name))
        for response in (client.get(url), client.post(url)):
            assert response.status_code == 403
            assert "Alleen de projectleider van Duin- en Bollenstreek" in words(response)
        draft.refresh_from_db()
        assert not draft.is_submitted

    @pytest.mark.parametrize("name", ["anna", "bram"])
    def test_who_may_not_gets_no_button(self, name: str, client, draft, url, request) -> None:
        client.force_login(request.getfixturevalue(name))
        assert url not in client.get(draft.get_absolute_url()).content.decode()


# ---- two at once


@pytest.mark.django_db(transaction=True)
def test_of_two_who_submit_at_once_one_does(draft, url, pieter) -> None:
    desks = [Client(), Client()]
    for desk in desks:
        desk.force_login(pieter)
    sent = filled_in(desks[0].get(url))
    first, second = (lambda desk=desk: desk.post(url, sent) for desk in desks)
    answers = sorted(at_once(first, second), key=lambda answer: answer.status_code)
    assert [answer.status_code for answer in answers] == [302, 422]
    assert "Dit plan is al ingediend" in words(answers[1])
    assert Application.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_submits_waits_for_who_is_typing_and_is_refused(draft, url, page) -> None:
    """The change is made and not yet stored when the button is pressed."""
    action = Action.objects.select_related("line__plan").get(
        line__plan=draft, cost_lines__state="pm"
    )
    sent = filled_in(page.get(url))
    response = waiting_for(
        lambda: store_cells(action, typed=typed_cells("€ 500")), lambda: page.post(url, sent)
    )
    assert response.status_code == 422
    assert "U zag € 9.000 + 1 × PM uit" in words(response)
    assert not Application.objects.exists()


# ---- the net under everything: what the database refuses


def careless(request: HttpRequest) -> HttpResponse:
    """A page that forgot to ask first: takes a share away, and commits."""
    with transaction.atomic():
        Share.objects.filter(amount__isnull=False)[:1].get().delete()
        check_now()
    raise AssertionError("the database lets a division stand that does not add up")


urlpatterns = [path("zonder-te-vragen/", careless), path("", include(urls.urlpatterns))]


@pytest.mark.urls(__name__)
def test_refusal_by_the_database_is_a_page_with_the_sentence(page, draft) -> None:
    ActionFactory(
        line=draft.lines.get(), amount="€ 90,-", municipalities="gelijk over de gemeenten"
    )
    before = Share.objects.count()
    response = page.get("/zonder-te-vragen/")
    assert response.status_code == 409
    said = words(response)
    assert "telt niet op tot het bedrag van de kostenregel" in said
    assert "pas de aandelen of het bedrag aan" in said
    assert Share.objects.count() == before
