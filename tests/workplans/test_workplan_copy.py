"""The page that makes the next plan: what it proposes, does, and gives back when refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.browser_form import filled_in
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    RoleAssignmentFactory,
    WorkPlanFactory,
    typed_cells,
)
from tests.reports.reading import parse, seen, words
from tests.sessions import waiting_for
from workplans.models import Action, WorkPlan
from workplans.services import store_cells
from workplans.services.copying import CHANGED

pytestmark = pytest.mark.django_db

OWN = ("title", "slug", "first_year", "last_year", "as_of")


@pytest.fixture
def plan(bollenstreek: Any) -> WorkPlan:
    """Of 2020 and 2021: A1 is over then, A2 goes on, A3 names Katwijk."""
    plan = WorkPlanFactory(region=bollenstreek, slug="plan-2020", title="Plan 2020-2021")
    line = ActionLineFactory(plan=plan, code="A", title="Preventie")
    ActionFactory(line=line, code="1", title="Voorbij", planning="2020")
    ActionFactory(line=line, code="2", title="Blijft", planning="Doorlopend")
    ActionFactory(line=line, code="3", title="Van Katwijk", planning="", municipalities="K")
    return plan


@pytest.fixture
def url(plan: WorkPlan) -> str:
    return reverse("workplans:workplan_copy", args=[plan.slug])


@pytest.fixture
def field(plan: WorkPlan) -> Any:
    """The name of the field of an action."""
    keys = {action.code: action.pk for action in Action.objects.filter(line__plan=plan)}
    return lambda code: f"action-{keys[code]}"


class TestBefore:
    def test_proposes_the_years_after_and_what_becomes_of_each_action(
        self, page, url, field
    ) -> None:
        typed = filled_in(page.get(url))
        own = {name: values for name, values in typed.items() if name in OWN or "action-" in name}
        assert own == {
            "title": ["Plan 2022-2023"],
            "slug": ["plan-2022"],
            "first_year": ["2022"],
            "last_year": ["2023"],
            "as_of": ["2022-01-01"],
            field("1"): ["afronden"],
            field("2"): ["voortzetten"],
            field("3"): ["voortzetten"],
        }

    def test_each_action_is_a_group_of_four_named_after_it(self, page, url) -> None:
        tree = parse(page.get(url).content)
        groups = tree.xpath('//*[@role="radiogroup"]')
        assert [len(group.xpath(".//input")) for group in groups] == [4, 4, 4]
        (name,) = tree.xpath(f'//*[@id="{groups[0].get("aria-labelledby")}"]')
        assert seen(name) == "A1 Voorbij 2020"

    def test_looking_changes_nothing(self, page, url) -> None:
        page.get(url)
        page.head(url)
        assert WorkPlan.objects.count() == 1

    def test_asks_as_often_for_many_actions_as_for_few(
        self, page, plan, url, django_assert_max_num_queries
    ) -> None:
        page.get(url)  # the first of the day notes the visit
        with django_assert_max_num_queries(30) as few:
            page.get(url)
        ActionFactory.create_batch(20, line=plan.lines.get())
        with django_assert_max_num_queries(30) as many:
            page.get(url)
        assert len(many) == len(few)


class TestCopying:
    def test_leads_to_the_new_plan_and_counts_each_choice(self, page, url, field) -> None:
        typed = filled_in(page.get(url), **{field("3"): "ontwikkelagenda"})
        response = page.post(url, typed)
        made = WorkPlan.objects.get(slug="plan-2022")
        assert (response.status_code, response.url) == (302, made.get_absolute_url())
        said = words(page.get(response.url))
        assert (
            "Het plan Plan 2022-2023 is gemaakt als concept: 1 actie voortgezet, "
            "1 actie afgerond en 1 actie naar de ontwikkelagenda." in said
        )
        assert [action.title for action in made.lines.get().actions.all()] == ["Blijft"]

    def test_says_what_is_to_be_read_again(self, page, url, bollenstreek) -> None:
        gone = bollenstreek.memberships.get(abbreviation="K").municipality
        gone.valid_until = "2021-12-31"
        gone.save()
        said = words(page.get(page.post(url, filled_in(page.get(url))).url))
        assert "Bij A3 passen de gemeenten niet meer (“K”); vul die cel opnieuw in." in said


class TestRefusals:
    def refused(self, page: Any, url: str, **changed: Any) -> HttpResponse:
        """The page with the faults; no plan was made."""
        before = WorkPlan.objects.count()
        response: HttpResponse = page.post(url, filled_in(page.get(url), **changed))
        assert response.status_code == 422
        assert WorkPlan.objects.count() == before
        return response

    def test_everything_typed_is_kept(self, page, url, field) -> None:
        changed = {"title": "Mijn <plan>", "slug": "Met Spatie", "first_year": "2025",
                   "last_year": "2026", "as_of": "2025-02-03", field("2"): "omvormen"}  # fmt: skip
        response = self.refused(page, url, **changed)
        again = filled_in(response)
        assert {name: again[name] for name in changed} == {
            name: [value] for name, value in changed.items()
        }
        assert "Gebruik kleine letters, cijfers en streepjes" in words(response)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"slug": "plan-2020"}, "Het kenmerk plan-2020 is al van een ander plan"),
            ({"first_year": "2019"}, "Het nieuwe plan begint na 2020"),
            ({"last_year": "2021"}, "Het laatste jaar ligt voor het eerste"),
            ({"as_of": "gisteren"}, "Schrijf de peildatum als jaar-maand-dag"),
        ],
    )
    def test_each_fault_stands_at_its_field(self, page, url, changed, sentence) -> None:
        tree = parse(self.refused(page, url, **changed).content)
        (name,) = changed
        (alert,) = tree.xpath('//*[@role="alert"]')
        assert sentence in seen(alert)
        (link,) = alert.xpath(".//a/@href")
        (at,) = tree.xpath(f'//*[@id="{link[1:]}"]')
        assert at.get("name") == name

    @pytest.mark.parametrize("typed", [None, "weggooien"])
    def test_action_without_a_choice(self, page, url, field, typed) -> None:
        """As when somebody added it in the meantime: the summary leads to its choices."""
        tree = parse(self.refused(page, url, **{field("2"): typed}).content)
        (alert,) = tree.xpath('//*[@role="alert"]')
        assert "A2 Blijft: Kies wat er met deze actie gebeurt" in seen(alert)
        (link,) = alert.xpath(".//a/@href")
        (radio,) = tree.xpath(f'//*[@id="{link[1:]}"]')
        assert (radio.get("name"), radio.get("value")) == (field("2"), "voortzetten")
        (group,) = tree.xpath(f'//*[@aria-describedby="id_{field("2")}_error"]')
        assert group.get("role") == "radiogroup"

    @pytest.mark.parametrize("typed", [{}, {"slug": "Met Spatie"}])
    def test_a_plan_that_changed_meanwhile_is_looked_at_again(
        self, page, plan, url, field, typed
    ) -> None:
        """Said also beside another fault; once seen it goes through, as it was typed."""
        chosen = {"title": "Mijn plan", field("2"): "ontwikkelagenda"}
        sent = filled_in(page.get(url), **chosen, **typed)
        plan.lines.get().actions.filter(code="2").update(description="Iets anders")
        response = page.post(url, sent)
        assert response.status_code == 422
        assert words(response).count(CHANGED) == 1
        again = filled_in(response, slug="mijn-plan")
        assert {name: again[name] for name in chosen} == {
            name: [value] for name, value in chosen.items()
        }
        assert WorkPlan.objects.get() == plan
        assert page.post(url, again).status_code == 302
        assert WorkPlan.objects.filter(slug="mijn-plan", title="Mijn plan").exists()

    @pytest.mark.django_db(transaction=True)
    def test_who_copies_waits_for_who_is_typing_and_is_told(self, page, plan, url, field) -> None:
        sent = filled_in(page.get(url), title="Mijn plan")
        action = Action.objects.select_related("line__plan").get(line__plan=plan, code="2")
        response = waiting_for(
            lambda: store_cells(action, typed=typed_cells("€ 500")), lambda: page.post(url, sent)
        )
        assert response.status_code == 422
        assert words(response).count(CHANGED) == 1
        again = filled_in(response)
        assert again["title"] == ["Mijn plan"]
        assert again["plan"] != sent["plan"]
        assert WorkPlan.objects.get() == plan

    @pytest.mark.parametrize("name", ["anna", "bram"])
    def test_who_does_not_lead_the_region(self, name: str, client, url, plan, request) -> None:
        client.force_login(request.getfixturevalue(name))
        for response in (client.get(url), client.post(url)):
            assert response.status_code == 403
            assert "Alleen de projectleider van Duin- en Bollenstreek" in words(response)
        assert url not in client.get(plan.get_absolute_url()).content.decode()

    def test_leader_of_another_region(self, client, url, rijnstreek) -> None:
        client.force_login(RoleAssignmentFactory(project_leader=True, region=rijnstreek).user)
        assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


def test_plan_page_has_the_link_for_its_leader(page, plan, url) -> None:
    (link,) = parse(page.get(plan.get_absolute_url()).content).xpath(f'//a[@href="{url}"]')
    assert seen(link) == "Maak het volgende plan"
