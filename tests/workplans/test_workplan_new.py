"""The page that starts a plan from nothing: what it proposes, makes, and gives back."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse

from municipalities.models import RoleAssignment
from tests.browser_form import filled_in
from tests.factories import (
    ActionLineFactory,
    EnvelopeFactory,
    RoleAssignmentFactory,
    RoundFactory,
    WorkPlanFactory,
)
from tests.reports.reading import parse, seen
from workplans.models import WorkPlan
from workplans.new_form import NewPlanForm, read_lines, slug_of, with_codes
from workplans.styles import STYLES

pytestmark = pytest.mark.django_db

URL = "/werkplannen/nieuw/"


@pytest.fixture
def typed(page) -> Any:
    """What is sent for the least that a plan needs, and anything more."""

    def inner(**more: Any) -> dict[str, list[str]]:
        least = {"title": "Samen verder", "first_year": "2027", "as_of": "2027-01-01"}
        return filled_in(page.get(URL), **(least | more))

    return inner


def faults(response: HttpResponse) -> dict[str, str]:
    """The sentences of a page that was refused, by the field that they lead to."""
    assert response.status_code == 422
    links = parse(response.content).xpath('//*[@class="fault-summary"]//a')
    return {
        # Before the sentence stands the name of its field.
        link.get("href").removeprefix("#id_").removesuffix("_0"): seen(link).partition(": ")[2]
        for link in links
    }


class TestBefore:
    def test_the_address_is_this_page_and_no_plan(self) -> None:
        assert reverse("workplans:workplan_new") == URL

    def test_proposes_the_own_region_that_day_and_the_style_of_the_kind(self, page, pieter):
        proposed = filled_in(page.get(URL))
        assert proposed["region"] == ["duin-en-bollenstreek"]
        assert proposed["style"] == [""]
        form = NewPlanForm(None, user=pieter, on=datetime.date(2026, 12, 31))
        assert form["as_of"].value() == datetime.date(2026, 12, 31)
        assert form["first_year"].value() == 2027

    def test_who_leads_two_regions_chooses(self, page, pieter, rijnstreek) -> None:
        RoleAssignmentFactory(
            user=pieter, role=RoleAssignment.Role.PROJECT_LEADER, region=rijnstreek
        )
        assert filled_in(page.get(URL))["region"] == [""]

    def test_every_style_is_told_in_a_sentence(self, page) -> None:
        (group,) = parse(page.get(URL).content).xpath('//fieldset[.//input[@name="style"]]')
        for style in STYLES.values():
            assert style.looks in seen(group)

    def test_leads_on_to_copying_where_there_is_a_plan(self, page, bollenstreek) -> None:
        assert "Of begin met een eerder plan" not in page.get(URL).content.decode()
        plan = WorkPlanFactory(region=bollenstreek, slug="eerder")
        address = reverse("workplans:workplan_copy", args=[plan.slug])
        assert parse(page.get(URL).content).xpath(f'//a[@href="{address}"]')

    @pytest.mark.parametrize("url", ["/", "/werkplannen/"])
    def test_a_project_leader_is_led_here_and_nobody_else(self, url, page, client, anna) -> None:
        assert parse(page.get(url).content).xpath(f'//a[@href="{URL}"]')
        client.force_login(anna)
        assert not parse(client.get(url).content).xpath(f'//a[@href="{URL}"]')


class TestMaking:
    def test_goes_on_to_the_editor_of_a_concept_with_the_blocks_of_its_style(
        self, page, typed
    ) -> None:
        response = page.post(URL, typed(kind="jaarwerkplan", last_year="2028"))
        plan = WorkPlan.objects.get()
        assert response.url == reverse("workplans:plan_edit", args=["samen-verder-2027-2028"])
        assert page.get(response.url).status_code == 200
        assert (plan.title, plan.status, plan.style) == ("Samen verder", "concept", "")
        assert (plan.first_year, plan.last_year) == (2027, 2028)
        assert tuple(plan.blocks.values_list("kind", flat=True)) == STYLES["jaarplan"].blocks

    def test_the_style_that_was_chosen_gives_the_blocks(self, page, typed) -> None:
        page.post(URL, typed(style="tafel"))
        plan = WorkPlan.objects.get()
        assert plan.style == "tafel"
        assert tuple(plan.blocks.values_list("kind", flat=True)) == STYLES["tafel"].blocks

    def test_lines_have_the_code_that_was_typed_or_a_letter(self, page, typed) -> None:
        page.post(URL, typed(lines="A Persoonlijke situatie\r\n\r\nZorg thuis\r\n1.2: Opvang"))
        lines = WorkPlan.objects.get().lines.order_by("position")
        assert [(line.code, line.title, line.kind) for line in lines] == [
            ("A", "Persoonlijke situatie", "cirkel"),
            ("B", "Zorg thuis", "cirkel"),
            ("1.2", "Opvang", "cirkel"),
        ]

    def test_lines_of_another_plan_come_first_and_say_what_they_follow(
        self, page, typed, bollenstreek
    ) -> None:
        old = WorkPlanFactory(region=bollenstreek, slug="eerder")
        line = ActionLineFactory(plan=old, code="A", title="Preventie", kind="thema")
        ActionLineFactory(plan=old, parent=line, code="A.1", title="Jeugd", kind="onderdeel")
        page.post(URL, typed(lines_of="eerder", lines="Opvang"))
        made = WorkPlan.objects.exclude(pk=old.pk).get()
        rows = [
            (line.code, line.title, line.kind, line.parent and line.parent.code)
            for line in made.lines.order_by("code")
        ]
        assert rows == [
            ("A", "Preventie", "thema", None),
            ("A.1", "Jeugd", "onderdeel", "A"),
            ("B", "Opvang", "cirkel", None),
        ]
        assert made.lines.get(code="A").predecessors.get().predecessor == line

    def test_carries_out_a_programme_and_asks_in_a_round(self, page, typed, bollenstreek) -> None:
        programme = WorkPlanFactory(region=bollenstreek, kind="uitvoeringsprogramma", slug="prog")
        turn = RoundFactory(fund=EnvelopeFactory(region=bollenstreek).fund)
        page.post(URL, typed(programme="prog", rounds=turn.pk))
        made = WorkPlan.objects.exclude(pk=programme.pk).get()
        assert made.programme == programme
        assert [row.round for row in made.applications.all()] == [turn]

    def test_two_hundred_lines_are_a_plan(self, page, typed) -> None:
        page.post(URL, typed(lines="\r\n".join(f"Lijn {n}" for n in range(200))))
        assert WorkPlan.objects.get().lines.count() == 200

    def test_html_is_text(self, page, typed) -> None:
        page.post(URL, typed(title="<b>Plan</b>", lines="A <script>alert(1)</script>"))
        plan = WorkPlan.objects.get()
        assert plan.title == "<b>Plan</b>"
        html = page.get(reverse("workplans:plan_edit", args=[plan.slug])).content.decode()
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


class TestRefusing:
    def test_what_was_typed_comes_back(self, page, typed) -> None:
        sent = typed(title="", lines="A Lijn\r\nB <b>Lijn</b>", style="tafel", slug="eigen")
        back = filled_in(page.post(URL, sent))
        kept = set(sent) - {"csrfmiddlewaretoken", "q"}
        assert {name: back[name] for name in kept} == {name: sent[name] for name in kept}
        assert not WorkPlan.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("title", "", "Geef het plan een titel."),
            ("last_year", "2026", "Het laatste jaar ligt voor het eerste; draai ze om."),
            ("first_year", "overmorgen", "Schrijf het eerste jaar als getal, zoals 2027."),
            ("as_of", "gisteren", "Schrijf de peildatum als jaar-maand-dag, zoals 2022-01-01."),
            (
                "slug",
                "nieuw",
                "Dit kenmerk is het adres van een andere pagina; kies een ander.",
            ),
            (
                "slug",
                "Mijn Plan",
                "Een kenmerk bestaat uit kleine letters en cijfers met streepjes ertussen, zoals "
                "duin-en-bollenstreek-2020.",
            ),
            ("lines_of", "weg", "Kies een plan van uw regio, of geen plan."),
            ("programme", "weg", "Kies een programma van uw regio, of geen programma."),
            ("region", "rijnstreek", "Kies een regio waarvan u projectleider bent."),
            (
                "lines",
                "A Een\nA Twee",
                "De actielijn A staat er twee keer; geef elke lijn een eigen code.",
            ),
            (
                "lines",
                "A " + "x" * 201,
                f"“{'x' * 40}…” heeft 201 tekens; maak er hoogstens 200 van.",
            ),
            (
                "lines",
                "\n".join(["Lijn"] * 201),
                "Een plan heeft hoogstens 200 actielijnen en hier staan er 201; laat de andere "
                "weg.",
            ),
        ],
        ids=lambda value: str(value)[:20],
    )
    def test_wrong_input_has_its_sentence(
        self, page, typed, rijnstreek, field, value, sentence
    ) -> None:
        assert faults(page.post(URL, typed(**{field: value}))) == {field: sentence}
        assert not WorkPlan.objects.exists()

    def test_a_slug_that_is_taken_is_shown_to_be_changed(self, page, typed) -> None:
        """Also one that was made: whoever sends the form twice makes one plan."""
        sent = typed()
        page.post(URL, sent)
        again = page.post(URL, sent)
        assert faults(again) == {
            "slug": "Het kenmerk samen-verder-2027 is al van een ander plan; kies een ander."
        }
        assert filled_in(again)["slug"] == ["samen-verder-2027"]
        assert WorkPlan.objects.count() == 1

    def test_another_region_has_programmes_plans_and_money_of_its_own(
        self, page, typed, pieter, rijnstreek
    ) -> None:
        RoleAssignmentFactory(
            user=pieter, role=RoleAssignment.Role.PROJECT_LEADER, region=rijnstreek
        )
        WorkPlanFactory(region=rijnstreek, kind="uitvoeringsprogramma", slug="prog")
        turn = RoundFactory(fund=EnvelopeFactory(region=rijnstreek).fund)
        sent = typed(
            region="duin-en-bollenstreek", programme="prog", lines_of="prog", rounds=turn.pk
        )
        kept = faults(page.post(URL, sent))
        name = rijnstreek.name
        assert kept == {
            "lines_of": f"Dit plan is van {name}; kies een plan van Duin- en Bollenstreek.",
            "programme": (
                f"Dit programma is van {name}; kies een programma van Duin- en Bollenstreek."
            ),
            "rounds": (
                f"Duin- en Bollenstreek heeft geen ruimte in {turn.fund}; haal deze ronde weg."
            ),
        }

    def test_a_round_that_takes_only_known_amounts_says_so(self, page, bollenstreek) -> None:
        turn = RoundFactory(fund=EnvelopeFactory(region=bollenstreek).fund, accepts_unknown=False)
        assert f"{turn}: alleen bekende bedragen, geen PM" in page.get(URL).content.decode()

    def test_a_round_that_is_closed_is_not_offered_nor_taken(
        self, page, typed, bollenstreek
    ) -> None:
        turn = RoundFactory(
            fund=EnvelopeFactory(region=bollenstreek).fund,
            opens_on=datetime.date(2020, 1, 1),
            closes_on=datetime.date(2020, 3, 1),
        )
        assert str(turn) not in page.get(URL).content.decode()
        assert "niet open voor uw regio" in page.post(URL, typed(rounds=turn.pk)).content.decode()

    def test_no_plan_has_the_address_of_this_page(self) -> None:
        plan = WorkPlanFactory()
        plan.slug = "nieuw"
        with pytest.raises(ValidationError, match="adres van een andere pagina"):
            plan.full_clean()


@pytest.mark.parametrize(
    ("title", "years", "slug"),
    [
        ("Tweede werkplan ‘Omzien’", (2027, 2028), "tweede-werkplan-omzien-2027-2028"),
        ("Jaarplan 2027", (2027, 2027), "jaarplan-2027"),
        ("???", (2027, 2027), "plan-2027"),
        ("x" * 100, (2027, 2027), "x" * 75 + "-2027"),
    ],
)
def test_slug_is_made_of_title_and_years(title, years, slug) -> None:
    assert slug_of(title, *years) == slug


def test_codes_are_told_from_words() -> None:
    typed = "A. Een\nIV Twee\n1.2\tDrie\nD1: Vier\nEen lijn\nGGZ thuis\nB"
    assert [line.get("code") for line in read_lines(typed)] == [
        *("A", "IV", "1.2", "D1"),
        *(None, None, None),
    ]


def test_letters_go_on_after_z() -> None:
    codes = [line["code"] for line in with_codes([{"title": "x"}] * 28)]
    assert codes[:2] + codes[-3:] == ["A", "B", "Z", "AA", "AB"]
