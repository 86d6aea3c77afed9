"""Undoing what somebody did in the editor: the server knows the way back of each batch."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client

from municipalities.guard import guarded
from tests.workplans.desks import at, change, posted, put, small_plan
from workplans import planfile
from workplans.models import Action, ActionLine, Block, PlanChange, WorkPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek) -> WorkPlan:
    return small_plan(bollenstreek)


@pytest.fixture
def other(anna) -> Client:
    """Somebody else, at a desk of her own."""
    client = Client()
    client.force_login(anna)
    return client


def handle(plan: WorkPlan, code: str) -> str:
    return f"action:{Action.objects.get(line__plan=plan, code=code).pk}"


def does(client: Any, plan: WorkPlan, *changes: dict[str, Any]) -> uuid.UUID:
    """Store a batch; gives its key."""
    key = uuid.uuid4()
    assert change(client, plan, *changes, key=key).status_code == 200
    return key


def undo(client: Any, plan: WorkPlan, of: uuid.UUID) -> tuple[uuid.UUID, Any]:
    key = uuid.uuid4()
    return key, posted(client, at(plan, "plan_change"), {"key": str(key), "undo": str(of)})


def tree_of(client: Any, plan: WorkPlan, node: str) -> Any:
    return client.get(at(plan, "part_tree", node)).json()["tree"]


class TestWayBack:
    def test_a_session_goes_back_step_by_step_and_forth_again(self, page, plan) -> None:
        """Also what was done to a row that was taken away and came back under another key."""
        start = planfile.dump(plan)
        one, line = handle(plan, "1"), f"line:{ActionLine.objects.get(plan=plan).pk}"
        done = [does(page, plan, put(one, "title", "Opvang", "Nachtopvang"))]
        done += [does(page, plan, put(one, "amount", "€ 10.000", None))]
        tree = {"title": "Derde", "amount": "€ 5", "nature": "incidenteel"}
        new = {"do": "add", "handle": "new:a", "into": line, "name": "actions", "after": one}
        done += [does(page, plan, new | {"tree": tree})]
        gone = {"do": "remove", "node": one, "was": tree_of(page, plan, one)}
        done += [does(page, plan, gone)]
        two = handle(plan, "2")
        to = {"do": "move", "node": two, "into": line, "name": "actions", "after": ""}
        done += [does(page, plan, to, put(two, "code", "2", "9"))]
        end = planfile.dump(plan)

        for _ in range(2):
            back = []
            for key in reversed(done):
                undone, answer = undo(page, plan, key)
                assert answer.status_code == 200, answer.content
                assert answer.json()["changes"]
                back.append(undone)
            assert planfile.dump(plan) == start
            done = []
            for key in reversed(back):
                again, answer = undo(page, plan, key)
                assert answer.status_code == 200, answer.content
                done.append(again)
            assert planfile.dump(plan) == end

    def test_a_block_with_all_that_is_in_it_comes_back_where_it_was(self, page, plan) -> None:
        start = planfile.dump(plan)
        block = f"block:{Block.objects.filter(plan=plan).earliest('position').pk}"
        gone = {"do": "remove", "node": block, "was": tree_of(page, plan, block)}
        _, answer = undo(page, plan, does(page, plan, gone))
        assert answer.status_code == 200
        assert planfile.dump(plan) == start

    def test_what_somebody_else_made_of_it_stands_and_is_said(self, page, other, plan, anna):
        one = handle(plan, "1")
        mine = does(page, plan, put(one, "title", "Opvang", "Van mij"))
        does(other, plan, put(one, "title", "Van mij", "Van Anna"))
        key, answer = undo(page, plan, mine)
        said = answer.json()
        assert answer.status_code == 409
        assert said["changes"] == [put(one, "title", "Van mij", "Opvang")]
        (clash,) = said["clashes"]
        assert (clash["theirs"], clash["who"]) == ("Van Anna", str(anna))
        assert clash["at"].startswith("om ")
        assert Action.objects.get(line__plan=plan, code="1").title == "Van Anna"
        assert not PlanChange.objects.filter(key=key).exists()

    def test_what_somebody_else_took_away_is_said_with_who(self, page, other, plan, anna):
        one = handle(plan, "1")
        mine = does(page, plan, put(one, "title", "Opvang", "Van mij"))
        does(other, plan, {"do": "remove", "node": one, "was": tree_of(page, plan, one)})
        _, answer = undo(page, plan, mine)
        assert answer.status_code == 410
        assert answer.json()["sentence"].startswith(f"{anna} (om ")

    def test_nobody_undoes_what_another_did(self, page, other, plan, anna) -> None:
        theirs = does(other, plan, put(handle(plan, "1"), "title", "Opvang", "Van Anna"))
        assert undo(page, plan, theirs)[1].status_code == 410
        assert Action.objects.get(line__plan=plan, code="1").title == "Van Anna"

    def test_sent_twice_it_is_undone_once(self, page, plan) -> None:
        done = does(page, plan, put(handle(plan, "1"), "title", "Opvang", "Van mij"))
        key = uuid.uuid4()
        first, second = (
            posted(page, at(plan, "plan_change"), {"key": str(key), "undo": str(done)}).json()
            for _ in range(2)
        )
        assert first["number"] == second["number"]
        assert Action.objects.get(line__plan=plan, code="1").title == "Opvang"


class TestJournal:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE workplans_planchange SET changes = '[]'",
            "UPDATE workplans_planchange SET by_name = 'Niemand'",
            "DELETE FROM workplans_planchange",
        ],
    )
    def test_it_is_only_added_to(self, page, plan, sql) -> None:
        does(page, plan, put(handle(plan, "1"), "title", "Opvang", "Van mij"))
        with (
            pytest.raises(ValidationError) as refusal,
            transaction.atomic(),
            guarded(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
        assert refusal.value.code == "plan_change_append_only"

    def test_who_did_it_is_known_when_that_person_is_gone(self, page, plan) -> None:
        does(page, plan, put(handle(plan, "1"), "title", "Opvang", "Van mij"))
        who = PlanChange.objects.get().by
        assert who is not None
        PlanChange.objects.update(by=None)
        assert PlanChange.objects.get().by_name == str(who)

    def test_it_outlives_its_plan(self, page, plan) -> None:
        does(page, plan, put(handle(plan, "1"), "title", "Opvang", "Van mij"))
        plan.delete()
        assert PlanChange.objects.count() == 1
