"""The page of decisions and the forms behind it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from tests.browser_form import filled_in
from tests.factories import BodyDecisionFactory, DecisionBodyFactory, WorkPlanFactory
from tests.reports.reading import parse, seen
from workplans.majority import Majority
from workplans.models import WorkPlan
from workplans.services import keep_version, put_forward, submit_workplan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek: Any, fund: Any) -> WorkPlan:
    """Put forward as version 1."""
    plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
    kept = keep_version(plan, name="Eerste", by=None)
    put_forward(plan, kept, majority=Majority.TWO_THIRDS, on=localdate())
    return plan


@pytest.fixture
def page(client: Any, pieter: Any) -> Any:
    """pieter, at his desk."""
    client.force_login(pieter)
    return client


def detail(plan: WorkPlan) -> str:
    return reverse("reports:adoption_detail", args=[plan.slug])


def step(name: str, plan: WorkPlan, *more: Any) -> str:
    return reverse(f"workplans:{name}", args=[plan.slug, *more])


def words(answer: Any) -> str:
    return seen(parse(answer.content)).replace("\u00a0", " ")


class TestDetail:
    def test_it_says_on_whom_the_plan_waits(self, page, plan) -> None:
        first = plan.versions.get()
        agreed, earlier, later = (
            DecisionBodyFactory(plan=plan, name=name)
            for name in ("raad van Katwijk", "raad van Lisse", "raad van Noordwijk")
        )
        WorkPlan.objects.filter(pk=plan.pk).update(title="Anders")
        plan.refresh_from_db()
        second = keep_version(plan, name="Tweede", by=None)
        BodyDecisionFactory(body=earlier, version=first)
        BodyDecisionFactory(body=agreed, version=second, reference="B-14")
        put_forward(plan, second, majority=Majority.TWO_THIRDS, on=localdate())
        answer = page.get(detail(plan))
        said = words(answer)
        assert "1 van 3 akkoord, nodig 2 (twee derde)" in said
        assert "De raad van Lisse heeft nog niet besloten over versie 2." in said
        assert "Eerder versie 1: akkoord" in said
        assert "B-14" in said
        compare = reverse("reports:version_compare", args=[plan.slug])
        assert f'href="{compare}?van=1&amp;naar=2"' in answer.content.decode()
        BodyDecisionFactory(body=later, version=second)
        assert "De meerderheid is akkoord met het plan zoals het nu is." in words(
            page.get(detail(plan))
        )

    def test_who_reads_finds_nothing_to_press(self, client, plan, bram) -> None:
        DecisionBodyFactory(plan=plan)
        client.force_login(bram)
        html = client.get(detail(plan)).content.decode()
        assert "/besluiten/vastleggen/" not in html
        assert "/besluiten/organen/" not in html
        assert "/publiceren/" not in html

    def test_the_number_of_queries_does_not_depend_on_the_bodies(self, page, plan) -> None:
        BodyDecisionFactory(body=DecisionBodyFactory(plan=plan), version=plan.versions.get())
        page.get(detail(plan))  # the first of a visit writes that down
        with CaptureQueriesContext(connection) as one:
            page.get(detail(plan))
        for _ in range(4):
            BodyDecisionFactory(body=DecisionBodyFactory(plan=plan), version=plan.versions.get())
        with CaptureQueriesContext(connection) as five:
            page.get(detail(plan))
        assert len(five) == len(one)

    def test_a_fund_manager_is_led_to_no_version_of_before_the_submission(
        self, client, fenna, bollenstreek, fund
    ) -> None:
        plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
        kept = keep_version(plan, name="Concept", by=None)
        put_forward(plan, kept, majority=Majority.ALL, on=localdate())
        BodyDecisionFactory(body=DecisionBodyFactory(plan=plan), version=kept)
        submit_workplan(plan, on=localdate())
        client.force_login(fenna)
        assert "/versies/1/" not in client.get(detail(plan)).content.decode()


class TestForms:
    def test_all_colleges_with_one_press(self, page, plan) -> None:
        answer = page.post(step("body_create", plan), {"voorstel": "colleges"}, follow=True)
        assert "3 organen staan erbij." in words(answer)
        assert "Het college van Katwijk" in words(answer)
        again = page.post(step("body_create", plan), {"voorstel": "colleges"}, follow=True)
        assert "Alle organen stonden er al." in words(again)

    def test_one_body_is_named_changed_and_taken_away(self, page, plan) -> None:
        url = step("body_create", plan)
        typed = filled_in(page.get(url), kind="pho", name="PHO Maatschappij")
        assert "Het PHO Maatschappij staat erbij." in words(page.post(url, typed, follow=True))
        twice = page.post(url, typed)
        assert twice.status_code == 422
        assert "Dit orgaan staat al bij dit plan." in words(twice)
        body = plan.bodies.get()
        url = step("body_edit", plan, body.pk)
        page.post(url, filled_in(page.get(url), due_on="2030-01-31"))
        body.refresh_from_db()
        assert body.due_on == datetime.date(2030, 1, 31)
        assert "is weg" in words(page.post(url, {"weg": "ja"}, follow=True))
        assert not plan.bodies.exists()

    def test_who_decided_cannot_be_taken_away(self, page, plan) -> None:
        body = DecisionBodyFactory(plan=plan, name="raad van Lisse")
        BodyDecisionFactory(body=body, version=plan.versions.get())
        url = step("body_edit", plan, body.pk)
        refused = page.post(url, {"weg": "ja"})
        assert refused.status_code == 422
        assert "De raad van Lisse heeft al besloten" in words(refused)

    def test_a_decision_is_recorded_for_the_version_that_was_put_forward(
        self, page, plan, pieter
    ) -> None:
        body = DecisionBodyFactory(plan=plan, name="raad van Lisse")
        url = f"{step('decision_record', plan)}?orgaan={body.pk}"
        typed = filled_in(page.get(url), outcome="akkoord", reference="B-15")
        answer = page.post(url, typed, follow=True)
        assert "De raad van Lisse: het besluit over versie 1 is vastgelegd." in words(answer)
        made = body.decisions.get()
        assert (made.version.number, made.reference, made.entered_by) == (1, "B-15", pieter)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"outcome": "voorwaarde"}, "Een voorwaarde hoort bij"),
            ({"dated_on": "2019-01-01"}, "Versie 1 is bewaard op"),
            ({"dated_on": "2999-01-01"}, "Deze dag moet nog komen"),
            ({"dated_on": "gisteren"}, "Schrijf de dag als jaar-maand-dag"),
            ({"outcome": ""}, "Kies wat er is besloten."),
        ],
    )
    def test_a_refusal_keeps_what_was_typed(self, page, plan, typed, sentence) -> None:
        body = DecisionBodyFactory(plan=plan)
        url = f"{step('decision_record', plan)}?orgaan={body.pk}"
        said = {"outcome": "akkoord", "reference": "Nummer 15"} | typed
        answer = page.post(url, filled_in(page.get(url), **said))
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert b"Nummer 15" in answer.content
        assert not body.decisions.exists()

    def test_a_body_or_version_of_another_plan_is_refused(self, page, plan, bollenstreek) -> None:
        other = WorkPlanFactory(draft=True, region=bollenstreek)
        foreign = keep_version(other, name="Ander plan", by=None)
        body = DecisionBodyFactory(plan=other)
        own = DecisionBodyFactory(plan=plan)
        url = step("decision_record", plan)
        for said in ({"body": str(body.pk)}, {"body": str(own.pk), "version": str(foreign.pk)}):
            typed = filled_in(page.get(url), outcome="akkoord", **said)
            assert page.post(url, typed).status_code == 422
        url = step("adoption_edit", plan)
        typed = filled_in(page.get(url), version=str(foreign.pk))
        assert page.post(url, typed).status_code == 422

    def test_version_and_majority_are_chosen(self, page, plan) -> None:
        url = step("adoption_edit", plan)
        answer = page.post(url, filled_in(page.get(url), majority="meerderheid"), follow=True)
        assert "Versie 1 is voorgelegd." in words(answer)
        plan.adoption.refresh_from_db()
        assert plan.adoption.majority == Majority.HALF


def test_a_late_body_is_on_the_start_page(page, plan) -> None:
    DecisionBodyFactory(
        plan=plan, name="raad van Lisse", due_on=localdate() - datetime.timedelta(days=1)
    )
    answer = page.get(reverse("reports:start"))
    assert "De raad van Lisse: heeft nog niet besloten" in words(answer)
    assert detail(plan).encode() in answer.content
