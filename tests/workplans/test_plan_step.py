"""The page of a step: what it says beforehand, takes and refuses; and where it is offered."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser_form import filled_in
from tests.factories import ActionFactory, PlanApplicationFactory, WorkPlanFactory
from tests.reports.reading import parse, seen, words
from tests.trail import bring
from workplans.lifecycle import ADOPT, PRESENT, STEPS, SUBMIT, TAKE_BACK, Step
from workplans.models import WorkPlan
from workplans.services import submit_workplan, take_step
from workplans.stepping import step_address

pytestmark = pytest.mark.django_db

WHY = "Het college vraagt om een andere verdeling"


@pytest.fixture
def draft(bollenstreek: Any, fund: Any) -> WorkPlan:
    return WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)


@pytest.fixture
def submitted(draft: WorkPlan) -> WorkPlan:
    return submit_workplan(draft, on=draft.as_of)


def agree(page: Client, plan: WorkPlan, step: Step, looked_at: Any = None, **typed: str) -> Any:
    url = step_address(plan, step)
    return page.post(url, filled_in(looked_at or page.get(url)) | typed)


def offers(page: Client, plan: WorkPlan) -> list[str]:
    """The buttons of steps on the page of the plan; the main one has a star."""
    tree = parse(page.get(plan.get_absolute_url()).content)
    labels = {step.label for step in STEPS}
    found = tree.xpath("//main//a[contains(@class, 'button')]")
    return [
        seen(link) + ("*" if "primary" in link.get("class") else "")
        for link in found
        if seen(link) in labels
    ]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_each_says_what_comes_of_it_and_what_the_plan_costs(page, bollenstreek, step) -> None:
    plan = WorkPlanFactory(region=bollenstreek)
    ActionFactory(line__plan=plan, amount="€ 9.000,-", equal=True)
    bring(plan, min(step.sources))
    if step is SUBMIT:
        PlanApplicationFactory(plan=plan)
    answer = page.get(step_address(plan, step))
    said = words(answer)
    assert seen(parse(answer.content).xpath("//main//form//button")[0]) == step.verb
    assert ("Reden" in said) == step.asks_reason
    assert step.consequence in said
    assert "€ 9.000" in said


def test_taking_back_asks_a_reason_and_tells_the_fund(page, submitted, fund, cast) -> None:
    refused = agree(page, submitted, TAKE_BACK)
    assert refused.status_code == 422
    assert "Schrijf op waarom u dit doet" in words(refused)
    answer = agree(page, submitted, TAKE_BACK, reason=WHY)
    assert (answer.status_code, answer.url) == (302, submitted.get_absolute_url())
    assert f"Het plan {submitted.title} is nu in afstemming." in words(page.get(answer.url))

    trail = words(page.get(reverse("reports:version_list", args=[submitted.slug])))
    for text in ("Teruggenomen", WHY, "Projectleider Duin- en Bollenstreek", "Versie 1"):
        assert text in trail
    page.force_login(cast["fenna"])
    assert page.get(submitted.get_absolute_url()).status_code == 404
    booked = words(page.get(reverse("reports:fund_detail", args=[fund.slug])))
    assert f"{submitted.title} {WHY}" in booked
    assert "Ingetrokken −9.000" in booked


def test_what_was_typed_stays_when_the_plan_changed_in_between(page, submitted) -> None:
    looked_at = page.get(step_address(submitted, TAKE_BACK))
    WorkPlan.objects.filter(pk=submitted.pk).update(title="Anders")
    answer = agree(page, submitted, TAKE_BACK, looked_at, reason=WHY)
    assert answer.status_code == 422
    assert "Het plan is intussen veranderd" in words(answer)
    assert filled_in(answer)["reason"] == [WHY]
    assert agree(page, submitted, TAKE_BACK, answer).status_code == 302


def test_what_stands_in_the_way_is_a_sentence_and_there_is_no_button(page, draft) -> None:
    take_step(draft, PRESENT, on=draft.as_of)
    for answer in (page.get(step_address(draft, ADOPT)), agree(page, draft, ADOPT)):
        assert "is daar nog niet ingediend; dien het eerst in." in words(answer)
        assert not parse(answer.content).xpath("//main//form[@method='post']")


def test_a_second_look_at_a_step_that_was_taken_says_where_the_plan_is(page, draft) -> None:
    looked_at = page.get(step_address(draft, PRESENT))
    assert agree(page, draft, PRESENT, looked_at).status_code == 302
    again = agree(page, draft, PRESENT, looked_at)
    assert again.status_code == 422
    assert "Dit plan is in afstemming; de stap “Leg voor” is dan niet aan de orde." in words(again)


def test_the_plan_offers_the_steps_that_start_where_it_is(page, draft, bram) -> None:
    found = {}
    for status in ("concept", "in_afstemming"):
        bring(draft, status)
        found[status] = offers(page, draft)
    submit_workplan(draft, on=draft.as_of)
    for status in ("aangeboden", "vastgesteld", "afgesloten"):
        bring(draft, status)
        found[status] = offers(page, draft)
    assert found == {
        "concept": ["Dien in*", "Leg voor"],
        "in_afstemming": ["Dien in*", "Neem terug"],
        "aangeboden": ["Stel vast*", "Neem terug"],
        "vastgesteld": ["Sluit af", "Begin een nieuwe versie"],
        "afgesloten": [],
    }
    page.force_login(bram)
    assert offers(page, draft) == []


def test_a_plan_that_asks_nothing_may_be_adopted_at_once(page, bollenstreek) -> None:
    plan = WorkPlanFactory(region=bollenstreek)
    bring(plan, "in_afstemming")
    assert offers(page, plan) == ["Stel vast*", "Dien in", "Neem terug"]


def test_submitting_has_one_address(page, draft) -> None:
    url = reverse("workplans:plan_step", args=[draft.slug, SUBMIT.name])
    assert page.get(url).status_code == 404
