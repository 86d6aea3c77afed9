"""What everybody may read without a sign-in, and the pages that begin and end that."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from tests.browser_form import filled_in
from tests.conftest import unguarded
from tests.factories import (
    ActionFactory,
    CommentFactory,
    PublicationFactory,
    PublicationWithdrawalFactory,
    WorkPlanFactory,
)
from tests.reports.reading import parse, seen
from workplans.lifecycle import SUBMIT
from workplans.models import Publication, WorkPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek: Any, fund: Any) -> WorkPlan:
    return WorkPlanFactory(submitted=True, region=bollenstreek, fund=fund, title="Samen verder")


@pytest.fixture
def public(plan: WorkPlan) -> Publication:
    return PublicationFactory(version=plan.versions.get(name=SUBMIT.keeps))


@pytest.fixture
def page(client: Any, pieter: Any) -> Any:
    """pieter, at his desk."""
    client.force_login(pieter)
    return client


def at(plan: WorkPlan, form: str = "") -> str:
    if form:
        return reverse("reports:public_download", args=[plan.slug, form])
    return reverse("reports:public_detail", args=[plan.slug])


def words(answer: Any) -> str:
    return seen(parse(answer.content)).replace("\u00a0", " ")


def test_from_the_plan_to_everybody_and_back(page, plan, anna) -> None:
    """pieter publishes; the plan changes and is talked about; nothing of that shows; he
    withdraws it and everybody reads why."""
    CommentFactory(plan=plan, author=anna, text="Geheim overleg")
    url = reverse("reports:publication_create", args=[plan.slug])
    answer = page.post(url, filled_in(page.get(url), adopted_on=str(localdate())), follow=True)
    assert "is nu openbaar" in words(answer)
    stranger = Client()
    listed = words(stranger.get(reverse("reports:public_list")))
    assert "Samen verder" in listed
    assert "Duin- en Bollenstreek" in listed
    before = {form: stranger.get(at(plan, form)).content for form in ("pdf", "csv", "json")}
    assert before["pdf"].startswith(b"%PDF-")
    assert b"Samen verder" in before["json"]
    first = stranger.get(at(plan)).content.decode()
    ActionFactory(line=plan.lines.get(), code="9", title="Later bedacht")
    WorkPlan.objects.filter(pk=plan.pk).update(title="Heel anders")
    assert {form: stranger.get(at(plan, form)).content for form in before} == before
    html = stranger.get(at(plan)).content.decode()
    assert part(html) == part(first)
    for secret in ("Geheim overleg", "Later bedacht", "Heel anders", "/werkplannen/", "opmerking"):
        assert secret not in part(html)
    assert '<meta name="DCTERMS.publisher" content="Duin- en Bollenstreek">' in html
    assert "jaarplan of jaarverslag (c_c6cd1213)" in html
    url = reverse("workplans:publication_withdraw", args=[plan.slug])
    page.post(url, filled_in(page.get(url), reason="Een bedrag klopte niet."))
    for address in (at(plan), at(plan, "pdf")):
        gone = stranger.get(address)
        assert gone.status_code == 410
        assert "ingetrokken. Reden: Een bedrag klopte niet." in words(gone)
        assert "Samen verder" not in words(stranger.get(reverse("reports:public_list")))


def part(html: str) -> str:
    """The document inside the frame."""
    return html[html.index('<div class="reader">') : html.index("</main>")]


def test_past_its_term_it_is_gone(client, plan, public) -> None:
    day = datetime.timedelta(days=1)
    with unguarded():
        Publication.objects.update(
            published_on=localdate() - 2 * day, retention_until=localdate() - day
        )
    gone = client.get(at(plan))
    assert gone.status_code == 410
    assert "toen eindigde de bewaartermijn" in words(gone)
    assert client.get(at(plan, "csv")).status_code == 410


def test_a_public_page_costs_two_queries_and_writes_nothing(client, plan, public) -> None:
    for address in (at(plan), at(plan, "pdf")):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert [query["sql"][:6] for query in asked] == ["SELECT", "SELECT"]


def test_who_has_the_file_is_sent_nothing_again_until_it_is_gone(client, plan, public) -> None:
    answer = client.get(at(plan, "csv"))
    assert answer["Cache-Control"] == "public, no-cache"
    known = {"HTTP_IF_NONE_MATCH": answer["ETag"]}
    assert client.get(at(plan, "csv"), **known).status_code == 304
    PublicationWithdrawalFactory(publication=public)
    assert client.get(at(plan, "csv"), **known).status_code == 410


def test_nothing_public_says_so(client) -> None:
    assert "Nog niets openbaar" in words(client.get(reverse("reports:public_list")))


class TestPublish:
    @pytest.fixture
    def url(self, plan: WorkPlan) -> str:
        return reverse("reports:publication_create", args=[plan.slug])

    def test_it_says_what_is_public_now(self, page, url, public) -> None:
        said = words(page.get(url))
        assert "Nu openbaar" in said
        assert "Trek in" in said

    def test_a_concept_has_nothing_to_publish(self, page, bollenstreek) -> None:
        draft = WorkPlanFactory(draft=True, region=bollenstreek)
        answer = page.get(reverse("reports:publication_create", args=[draft.slug]))
        assert "Er is nog geen versie die openbaar kan worden." in words(answer)

    @pytest.mark.parametrize("years", ["0", "101", "tien"])
    def test_a_term_that_is_none_is_refused(self, page, url, plan, years) -> None:
        answer = page.post(url, filled_in(page.get(url), years=years))
        assert answer.status_code == 422
        assert not Publication.objects.exists()

    def test_without_a_publication_there_is_nothing_to_withdraw(self, page, plan) -> None:
        url = reverse("workplans:publication_withdraw", args=[plan.slug])
        assert "is nu niets openbaar" in words(page.get(url))
        assert page.post(url, {"reason": "Toch"}).status_code == 422
