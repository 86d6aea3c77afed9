"""The pages that keep a version and go back to one: who may, what they say, what they do."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.browser_form import filled_in
from tests.factories import WorkPlanFactory
from tests.reports.reading import parse, seen
from workplans.models import WorkPlan
from workplans.services import keep_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek: Any, fund: Any) -> WorkPlan:
    return WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)


@pytest.fixture
def page(client: Any, pieter: Any) -> Any:
    """pieter, at his desk."""
    client.force_login(pieter)
    return client


def words(response: HttpResponse) -> str:
    return seen(parse(response.content))


class TestKeep:
    @pytest.fixture
    def url(self, plan: WorkPlan) -> str:
        return reverse("workplans:version_keep", args=[plan.slug])

    def test_pieter_keeps_the_plan_under_a_name(self, page, plan, url, pieter) -> None:
        typed = filled_in(page.get(url), name="Na het overleg", reason="Alles besproken")
        answer = page.post(url, typed, follow=True)
        kept = plan.versions.get()
        assert (kept.name, kept.reason, kept.kept_by) == (
            "Na het overleg",
            "Alles besproken",
            pieter,
        )
        assert answer.redirect_chain[-1][0] == reverse("reports:version_list", args=[plan.slug])
        assert "Versie 1 (Na het overleg) is bewaard." in words(answer)

    def test_without_a_name_the_page_says_so_and_keeps_what_was_typed(
        self, page, plan, url
    ) -> None:
        answer = page.post(url, {"name": "", "reason": "Alles besproken"})
        assert answer.status_code == 422
        assert "Geef de versie een naam" in words(answer)
        assert b"Alles besproken" in answer.content
        assert not plan.versions.exists()

    def test_what_did_not_change_is_not_kept_again(self, page, plan, url) -> None:
        keep_version(plan, name="Eerste", by=None)
        answer = page.post(url, {"name": "Tweede"})
        assert answer.status_code == 422
        assert "niet veranderd sinds versie 1 (Eerste)" in words(answer)

    def test_anna_writes_the_plan_and_may_not_keep_it(self, client, anna, url) -> None:
        client.force_login(anna)
        answer = client.get(url)
        assert answer.status_code == 403
        assert "Alleen de projectleider van Duin- en Bollenstreek" in words(answer)


class TestRestore:
    @pytest.fixture
    def url(self, plan: WorkPlan) -> str:
        keep_version(plan, name="Eerste", by=None)
        WorkPlan.objects.filter(pk=plan.pk).update(title="Heel anders")
        return reverse("workplans:version_restore", args=[plan.slug, 1])

    def test_the_page_names_the_consequence(self, page, url) -> None:
        said = words(page.get(url))
        assert "Wat er nu staat, bewaren wij eerst als versie" in said
        assert "Status, indiening en aanvragen blijven zoals ze nu zijn" in said

    def test_pieter_goes_back(self, page, plan, url) -> None:
        answer = page.post(url, filled_in(page.get(url), reason="Toch niet"), follow=True)
        assert "weer zoals in versie 1; dat is nu versie 3" in words(answer)
        title = plan.title
        plan.refresh_from_db()
        assert plan.title == title
        assert plan.versions.get(number=3).reason == "Toch niet"

    def test_without_a_reason_nothing_happens(self, page, plan, url) -> None:
        answer = page.post(url, {"reason": ""})
        assert answer.status_code == 422
        assert "Schrijf op waarom u teruggaat" in words(answer)
        assert plan.versions.count() == 1

    def test_a_refusal_stands_on_the_page(self, page, plan, url) -> None:
        WorkPlan.objects.filter(pk=plan.pk).update(title=plan.title)
        answer = page.post(url, {"reason": "Toch niet"})
        assert answer.status_code == 422
        assert "nu al gelijk aan versie 1" in words(answer)
        assert b"Toch niet" in answer.content

    def test_a_version_that_is_not_there_is_not_found(self, page, plan, url) -> None:
        missing = reverse("workplans:version_restore", args=[plan.slug, 9])
        assert page.get(missing).status_code == 404

    def test_bram_reads_and_does_not_go_back(self, client, bram, url) -> None:
        client.force_login(bram)
        assert client.get(url).status_code == 403
        assert client.post(url, {"reason": "x"}).status_code == 403
