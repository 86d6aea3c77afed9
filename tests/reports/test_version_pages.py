"""The pages of versions: the list, one as it was, its files, and two side by side."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.rendering import FORMATS
from tests.factories import ActionFactory, WorkPlanFactory
from tests.reports.reading import parse, seen
from workplans.models import WorkPlan
from workplans.services import keep_version, submit_workplan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek: Any, fund: Any, pieter: Any) -> WorkPlan:
    """Kept as `Eerste` with € 9.000 under its first title; € 1.000 and another title since."""
    plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund, title="Eerste titel")
    keep_version(plan, name="Eerste", reason="Voor het overleg.", by=pieter)
    ActionFactory(line=plan.lines.get(), code="9", amount="€ 1.000,-", title="Erbij")
    WorkPlan.objects.filter(pk=plan.pk).update(title="Tweede titel")
    plan.refresh_from_db()
    return plan


@pytest.fixture
def page(client: Any, pieter: Any) -> Any:
    """pieter, at his desk."""
    client.force_login(pieter)
    return client


def at(route: str, plan: WorkPlan, *more: Any) -> str:
    return reverse(f"reports:version_{route}", args=[plan.slug, *more])


def words(answer: Any) -> str:
    return seen(parse(answer.content)).replace("\u00a0", " ")


class TestList:
    def test_each_version_has_who_when_and_what_it_cost(self, page, plan) -> None:
        kept = plan.versions.get()
        said = words(page.get(at("list", plan)))
        for text in ("Eerste", "Voor het overleg.", "Projectleider Duin", "Concept", "9.000"):
            assert text in said
        assert kept.short_digest in said

    def test_without_versions_it_says_what_they_are(self, page, bollenstreek) -> None:
        answer = page.get(at("list", WorkPlanFactory(region=bollenstreek)))
        assert "Nog geen versies" in words(answer)

    def test_only_who_may_keep_one_has_the_form(self, page, client, plan, bram) -> None:
        assert "Bewaar deze versie" in words(page.get(at("list", plan)))
        client.force_login(bram)
        assert "Bewaar deze versie" not in words(client.get(at("list", plan)))

    def test_the_number_of_queries_does_not_depend_on_the_versions(self, page, plan) -> None:
        page.get(at("list", plan))  # the first of a visit writes that down
        with CaptureQueriesContext(connection) as one:
            page.get(at("list", plan))
        keep_version(plan, name="Tweede", by=None)
        with CaptureQueriesContext(connection) as two:
            page.get(at("list", plan))
        assert len(two) == len(one)

    def test_the_plan_leads_to_its_versions(self, page, plan) -> None:
        assert at("list", plan).encode() in page.get(plan.get_absolute_url()).content


class TestDetail:
    def test_it_is_the_plan_as_it_was_and_says_so(self, page, plan) -> None:
        said = words(page.get(at("detail", plan, 1)))
        assert "Eerste titel" in said
        assert "Tweede titel" not in said
        assert "Erbij" not in said
        assert "U leest versie 1, “Eerste”, vandaag" in said
        assert "door Projectleider Duin- en Bollenstreek. Reden: Voor het overleg. Deze" in said
        assert "kan niet worden bewerkt" in said

    def test_only_who_may_go_back_has_the_link(self, page, client, plan, bram) -> None:
        assert "Ga terug naar deze versie" in words(page.get(at("detail", plan, 1)))
        client.force_login(bram)
        assert "Ga terug naar deze versie" not in words(client.get(at("detail", plan, 1)))

    def test_the_fund_manager_sees_no_version_of_before_the_submission(
        self, client, plan, fenna
    ) -> None:
        submit_workplan(plan, on=datetime.date(2020, 3, 1))
        client.force_login(fenna)
        assert client.get(at("detail", plan, 1)).status_code == 404
        assert client.get(at("detail", plan, 2)).status_code == 200
        said = words(client.get(at("list", plan)))
        assert "Ingediend" in said
        assert "Eerste" not in said
        compare = at("compare", plan)
        assert client.get(f"{compare}?van=1").status_code == 404
        assert client.get(f"{compare}?van=2").status_code == 200

    def test_a_version_that_names_what_is_gone_says_so(self, page, bollenstreek) -> None:
        programme = WorkPlanFactory(kind=WorkPlan.Kind.PROGRAMME, region=bollenstreek)
        plan = WorkPlanFactory(draft=True, region=bollenstreek, programme=programme)
        keep_version(plan, name="Met programma", by=None)
        WorkPlan.objects.filter(pk=plan.pk).update(programme=None)
        slug = programme.slug
        WorkPlan.objects.filter(pk=programme.pk).delete()
        for url in (
            at("detail", plan, 1),
            at("download", plan, 1, "json"),
            at("compare", plan),
            at("compare_download", plan, "csv"),
        ):
            answer = page.get(url)
            assert answer.status_code == 409
            assert f"Het uitvoeringsprogramma {slug} kennen wij niet" in words(answer)


class TestDownload:
    @pytest.mark.parametrize("form", FORMATS)
    def test_every_format_is_there_under_its_own_name(self, page, plan, form) -> None:
        answer = page.get(at("download", plan, 1, form))
        assert answer.status_code == 200
        name = f"{plan.slug}-versie-1-peildatum-2020-03-01.{form}"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        if form != "pdf":
            body = ContentFile(answer.content).read().decode()
            assert "Erbij" not in body

    def test_another_format_is_not_found(self, page, plan) -> None:
        assert page.get(at("download", plan, 1, "docx")).status_code == 404
        assert page.get(at("compare_download", plan, "pdf")).status_code == 404


class TestCompare:
    def test_from_the_newest_version_to_now_unless_asked_otherwise(self, page, plan) -> None:
        answer = page.get(at("compare", plan))
        said = words(answer)
        assert "van versie 1 (“Eerste”) naar het plan zoals het nu is" in said
        assert "1 actie nieuw; 1 wijziging in de gegevens; totaal + € 1.000" in said.casefold()

    def test_what_went_and_came_is_said_and_not_only_shown(self, page, plan) -> None:
        tree = parse(page.get(at("compare", plan)).content)
        said = {tag: [e.text_content() for e in tree.iter(tag)] for tag in ("del", "ins")}
        assert said["del"] == ["Weg: Eerste titel (einde) "]
        assert said["ins"][0] == "Nieuw: Tweede titel (einde) "

    def test_the_other_way_round(self, page, plan) -> None:
        said = words(page.get(f"{at('compare', plan)}?van=nu&naar=1"))
        assert "1 actie vervallen" in said.casefold()
        assert "totaal − € 1.000" in said

    def test_two_that_are_equal_say_so(self, page, plan) -> None:
        said = words(page.get(f"{at('compare', plan)}?van=1&naar=1"))
        assert "Deze twee zijn gelijk" in said

    @pytest.mark.parametrize("asked", ["van=9", "naar=x", "van=1&naar=-1", "van=%00"])
    def test_what_is_no_version_is_not_found(self, page, plan, asked) -> None:
        assert page.get(f"{at('compare', plan)}?{asked}").status_code == 404

    def test_without_versions_there_is_nothing_to_compare(self, page, bollenstreek) -> None:
        assert page.get(at("compare", WorkPlanFactory(region=bollenstreek))).status_code == 404

    def test_the_money_comes_as_a_file(self, page, plan) -> None:
        answer = page.get(f"{at('compare_download', plan, 'csv')}?van=1&naar=nu")
        name = f"{plan.slug}-verschil-1-nu.csv"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "totaal;totaal;Totaal;9000.00;bekend;10000.00" in answer.content.decode()
