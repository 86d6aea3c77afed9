"""Submitting through the page: what it says beforehand, does, refuses, and records."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from django.utils.timezone import localdate

from config import urls
from funds.models import Application
from municipalities.guard import check_now
from tests.factories import ActionFactory, WorkPlanFactory, euro
from tests.reports.reading import parse, seen
from workplans.cells import Cell
from workplans.models import Share, WorkPlan

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


@pytest.fixture
def page(client: Any, pieter: Any) -> Any:
    """pieter, at his desk."""
    client.force_login(pieter)
    return client


def words(response: HttpResponse) -> str:
    return seen(parse(response.content))


class TestBefore:
    def test_names_the_consequence_the_fund_and_the_amount(self, page, url, fund) -> None:
        said = words(page.get(url))
        assert "Na het indienen staat dit bedrag als aangevraagd in het fonds." in said
        assert "De aanvraag verandert daarna niet meer" in said
        assert fund.name in said
        assert "€ 9.000 + 1 × PM" in said

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
    def test_leads_back_to_the_plan_that_is_submitted_now(self, page, url, draft) -> None:
        response = page.post(url)
        assert (response.status_code, response.url) == (302, draft.get_absolute_url())
        said = words(page.get(response.url))
        assert f"Het plan {draft.title} is ingediend." in said
        assert "Aangeboden" in said
        assert "Dien in" not in said
        draft.refresh_from_db()
        assert draft.is_submitted
        assert draft.as_of == localdate()

    def test_writes_what_was_asked_on_that_day(self, page, url, draft) -> None:
        page.post(url)
        application = draft.applications.get().application
        assert application.submitted_on == localdate()
        assert [(line.state, line.amount) for line in application.lines.order_by("position")] == [
            ("known", euro(9_000)),
            ("pm", None),
        ]

    def test_history_says_that_pieter_did_it(self, page, url, draft, pieter) -> None:
        page.post(url)
        event = (
            apps.get_model("workplans", "WorkPlanEvent")
            .objects.filter(pgh_obj=draft)
            .latest("pgh_id")
        )
        assert event.status == "aangeboden"
        assert event.pgh_context.metadata["user"] == pieter.pk
        assert event.pgh_context.metadata["url"] == url

    def test_second_time_is_refused_with_the_reason(self, page, url) -> None:
        page.post(url)
        response = page.post(url)
        assert response.status_code == 422
        assert "Dit plan is al aangeboden; indienen kan één keer." in words(response)
        assert Application.objects.count() == 1

    def test_form_of_another_site_is_refused(self, url, draft, pieter) -> None:
        stranger = Client(enforce_csrf_checks=True)
        stranger.force_login(pieter)
        response = stranger.post(url)
        assert response.status_code == 403
        assert "Het formulier is verlopen" in words(response)
        draft.refresh_from_db()
        assert not draft.is_submitted


class TestRefusals:
    def refused(self, page: Any, plan: WorkPlan) -> str:
        """What the page says; the plan is as it was."""
        response = page.post(reverse("workplans:workplan_submit", args=[plan.slug]))
        assert response.status_code == 422
        plan.refresh_from_db()
        assert plan.status == "concept"
        assert not Application.objects.exists()
        (alert,) = parse(response.content).xpath('//*[@role="alert"]')
        return seen(alert)

    def test_every_unread_cell_at_once(self, page, draft) -> None:
        line = draft.lines.get()
        ActionFactory(line=line, code="7", amount=Cell("€ 64,376", unread=True))
        ActionFactory(line=line, code="8", planning=Cell("Q5 2020", unread=True))
        ActionFactory(line=line, code="9", municipalities=Cell("wie dan ook", unread=True))
        said = self.refused(page, draft)
        assert f"Bij {line.code}7 is het bedrag niet te lezen (“€ 64,376”)" in said
        assert f"Bij {line.code}8 is de planning niet te lezen (“Q5 2020”)" in said
        assert f"Bij {line.code}9 zijn de gemeenten niet te lezen" in said

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
