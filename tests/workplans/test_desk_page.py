"""The editor's page: what can be typed where, for whom, in how many queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ActionFactory, ActionLineFactory, BlockFactory, WorkPlanFactory
from tests.reports.reading import parse, seen
from tests.trail import bring
from tests.workplans.desks import at, change, posted, put, small_plan
from workplans.models import Action, ActionLine, Block, WorkPlan
from workplans.services import submit_workplan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek) -> WorkPlan:
    return small_plan(bollenstreek)


def shown(client, plan):
    answer = client.get(at(plan, "plan_edit"))
    assert answer.status_code == 200
    return parse(answer.content)


class TestWhatItShows:
    def test_every_part_says_its_handle_and_where_it_stands(self, page, plan) -> None:
        tree = shown(page, plan)
        line = ActionLine.objects.get(plan=plan)
        found = {
            part.get("data-node"): part.get("data-home") for part in tree.xpath("//*[@data-node]")
        }
        first, second = Block.objects.filter(plan=plan).order_by("position")
        one, two = Action.objects.filter(line=line).order_by("position")
        assert found == {
            f"block:{first.pk}": "plan/blocks",
            f"block:{second.pk}": "plan/blocks",
            f"line:{line.pk}": "plan/lines",
            f"action:{one.pk}": f"line:{line.pk}/actions",
            f"action:{two.pk}": f"line:{line.pk}/actions",
        }

    def test_a_cell_holds_what_was_typed_and_beside_it_how_it_was_read(self, page, plan) -> None:
        ActionFactory(
            line=ActionLine.objects.get(plan=plan),
            code="3",
            title="Samen",
            amount="€ 9.000",
            planning="2020/2021",
            municipalities="gelijk over de gemeenten",
        )
        row = shown(page, plan).xpath("//tr[.//*[text()='Samen']]")[0]
        said = {
            cell.get("data-key"): [seen(part) for part in cell.xpath(".//*[@class]")]
            for cell in row.xpath(".//td[@data-key]")
        }
        assert said["amount"] == ["€ 9.000"]
        assert said["planning"] == ["2020/2021", "2020 en/of 2021"]
        assert said["municipalities"] == ["gelijk over de gemeenten", "3 × € 3.000"]

    def test_an_empty_line_and_a_plan_without_anything_can_be_filled(
        self, page, bollenstreek
    ) -> None:
        empty = WorkPlanFactory(region=bollenstreek)
        assert [seen(a) for a in shown(page, empty).xpath("//*[@data-sections]//a")] == [
            "Actielijn toevoegen",
            "Blok toevoegen",
            "Regel toevoegen",
            "Cijfer toevoegen",
            "Gedrukt bedrag toevoegen",
        ]
        line = ActionLineFactory(plan=empty, code="A", title="Nieuw")
        tree = shown(page, empty)
        (body,) = tree.xpath("//tbody")
        assert body.get("data-home") == f"line:{line.pk}/actions"
        assert [seen(row) for row in body.xpath("tr")] == ["+ Actie toevoegen"]
        standing = [seen(part) for part in tree.xpath("//*[@class='desk-empty']/*")]
        assert standing == [
            "+ Algemene doelstelling bij Nieuw",
            "+ Doelstellingen bij Nieuw",
            "+ Tekst bij Nieuw",
        ]

    def test_a_heading_is_never_more_than_one_step_deeper(self, page, bollenstreek) -> None:
        plan = WorkPlanFactory(region=bollenstreek)
        for level in (1, 3, 2):
            BlockFactory(plan=plan, level=level)
        tree = shown(page, plan)
        assert [part.tag for part in tree.xpath("//*[@data-section]//header/*[1]")] == [
            "h2",
            "h3",
            "h3",
        ]

    def test_a_block_without_a_heading_shows_what_the_document_prints(
        self, page, bollenstreek
    ) -> None:
        plan = WorkPlanFactory(region=bollenstreek)
        BlockFactory(plan=plan, kind="planning", title="", text="")
        (heading,) = shown(page, plan).xpath("//header/h2")
        assert seen(heading) == "Planning"
        (typed,) = heading.xpath(".//*[@class='typed']")
        assert seen(typed) == ""


class TestWhoMay:
    def test_an_adopted_plan_says_that_it_stands(self, page, plan) -> None:
        bring(plan, "vastgesteld")
        answer = page.get(at(plan, "plan_edit"))
        assert answer.status_code == 403
        assert "Dit plan is vastgesteld en verandert niet meer" in answer.content.decode()
        node = f"action:{Action.objects.filter(line__plan=plan)[0].pk}"
        assert change(page, plan, put(node, "title", "Opvang", "Anders")).status_code == 403
        assert not Action.objects.filter(title="Anders").exists()

    def test_from_the_submission_on_only_the_leader_writes(
        self, client, anna, pieter, bollenstreek, fund
    ) -> None:
        plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
        client.force_login(anna)
        assert client.get(at(plan, "plan_edit")).status_code == 200
        submit_workplan(plan, on=plan.as_of)
        answer = client.get(at(plan, "plan_edit"))
        assert answer.status_code == 403
        assert "alleen de projectleider van Duin- en Bollenstreek" in answer.content.decode()
        client.force_login(pieter)
        assert client.get(at(plan, "plan_edit")).status_code == 200

    def test_rights_that_were_taken_away_meanwhile(self, page, plan, pieter) -> None:
        assert page.get(at(plan, "plan_edit")).status_code == 200
        pieter.role_assignments.all().delete()
        node = f"action:{Action.objects.filter(line__plan=plan)[0].pk}"
        assert change(page, plan, put(node, "title", "Opvang", "Anders")).status_code == 404
        for name in ("plan_state", "plan_read"):
            assert posted(page, at(plan, name), {"since": 1}).status_code == 404
        assert page.post(at(plan, "part_edit", node), {"title": "Anders"}).status_code == 404
        assert not Action.objects.filter(title="Anders").exists()


class TestQueries:
    """As many for two hundred actions as for fifteen."""

    @pytest.fixture
    def sizes(self, bollenstreek) -> list[WorkPlan]:
        found = []
        for count in (15, 200):
            plan = small_plan(bollenstreek)
            line = ActionLine.objects.get(plan=plan)
            for n in range(3, count + 1):
                ActionFactory(line=line, code=str(n), title=f"Actie {n}", municipalities="K")
            found.append(plan)
        return found

    def counts(self, act, sizes) -> list[int]:
        found = []
        for plan in sizes:
            act(plan)
            with CaptureQueriesContext(connection) as asked:
                assert act(plan).status_code == 200
            found.append(len(asked))
        return found

    def test_the_page(self, page, sizes) -> None:
        few, many = self.counts(lambda plan: page.get(at(plan, "plan_edit")), sizes)
        assert few == many

    def test_a_cell(self, page, sizes) -> None:
        turn = iter(range(100))
        typed: dict[int, str] = {}

        def store(plan):
            action = Action.objects.filter(line__plan=plan).order_by("position")[0]
            was = typed.get(plan.pk, "€ 10.000")
            typed[plan.pk] = f"€ {20_000 + next(turn)}"
            return change(page, plan, put(f"action:{action.pk}", "amount", was, typed[plan.pk]))

        few, many = self.counts(store, sizes)
        assert few == many

    def test_what_is_new(self, page, sizes) -> None:
        def ask(plan):
            return posted(page, at(plan, "plan_state"), {"since": 0, "place": ""})

        few, many = self.counts(ask, sizes)
        assert few == many
