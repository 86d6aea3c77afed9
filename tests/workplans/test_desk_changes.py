"""What the page of the editor sends while somebody types, and what comes back."""

from __future__ import annotations

import json
import uuid

import pytest
from lxml import html

from tests.reports.reading import seen
from tests.workplans.desks import at, change, number, posted, put, small_plan
from workplans.models import Action, ActionLine, Block, CostLine, WorkPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek) -> WorkPlan:
    return small_plan(bollenstreek)


@pytest.fixture
def one(plan) -> str:
    """The handle of A1."""
    return f"action:{Action.objects.get(line__plan=plan, code='1').pk}"


@pytest.fixture
def two(plan) -> str:
    """The handle of A2."""
    return f"action:{Action.objects.get(line__plan=plan, code='2').pk}"


class TestStoring:
    def test_a_cell_is_stored_and_its_row_comes_back_as_it_was_read(self, page, plan, one) -> None:
        before = number(plan)
        answer = change(page, plan, put(one, "amount", "€ 10.000", "15000"))
        said = answer.json()
        assert answer.status_code == 200
        assert (said["before"], said["number"]) == (before, number(plan))
        assert list(said["rows"]) == said["written"] == [one]
        (cell,) = html.fromstring(f"<table>{said['rows'][one]}</table>").xpath(
            "//td[@data-key='amount']"
        )
        assert seen(cell) == "15000"
        assert CostLine.objects.get(action__code="1").amount.amount == 15_000

    def test_what_cannot_be_read_stays_as_typed_and_is_marked(self, page, plan, one) -> None:
        said = change(page, plan, put(one, "municipalities", "K", "K: 3.000")).json()
        (cell,) = html.fromstring(f"<table>{said['rows'][one]}</table>").xpath(
            "//td[@data-key='municipalities']"
        )
        assert cell.get("class") == "unread"
        assert seen(cell).startswith("K: 3.000 De verdeling telt op tot € 3.000")
        assert "verschil € 7.000" in seen(cell)

    def test_the_same_batch_twice_is_stored_once(self, page, plan, one) -> None:
        key = uuid.uuid4()
        sent = put(one, "title", "Opvang", "Nachtopvang")
        first = change(page, plan, sent, key=key).json()
        change(page, plan, put(one, "title", "Nachtopvang", "Dagopvang"))
        again = change(page, plan, sent, key=key).json()
        assert (again["number"], again["before"]) == (first["number"], first["before"])
        assert Action.objects.get(line__plan=plan, code="1").title == "Dagopvang"

    def test_what_is_new_comes_back_with_its_handle(self, page, plan) -> None:
        line = ActionLine.objects.get(plan=plan)
        add = {
            "do": "add",
            "handle": "new:a",
            "into": f"line:{line.pk}",
            "name": "actions",
            "after": "end",
            "tree": {"title": "Nieuwe actie"},
        }
        said = change(page, plan, add).json()
        node = said["new"]["new:a"]
        tree = page.get(at(plan, "part_tree", node)).json()["tree"]
        assert tree == {"code": "3", "title": "Nieuwe actie"}
        gone = change(page, plan, {"do": "remove", "node": node, "was": tree})
        assert gone.status_code == 200
        assert gone.json()["removed"] == [node]

    def test_a_batch_is_stored_whole_or_not_at_all(self, page, plan, one, two) -> None:
        answer = change(
            page,
            plan,
            put(two, "title", "Overleg", "Vergadering"),
            put(one, "title", "Iets anders", "Nachtopvang"),
        )
        assert answer.status_code == 409
        titles = Action.objects.filter(line__plan=plan).order_by("code").values_list("title")
        assert [title for (title,) in titles] == ["Opvang", "Overleg"]


class TestStandingInTheWay:
    def test_a_clash_says_what_stands_there_now_who_put_it_there_and_when(
        self, client, plan, one, anna, pieter
    ) -> None:
        client.force_login(anna)
        change(client, plan, put(one, "title", "Opvang", "Nachtopvang"))
        client.force_login(pieter)
        answer = change(client, plan, put(one, "title", "Opvang", "Dagopvang"))
        (clash,) = answer.json()["clashes"]
        assert answer.status_code == 409
        assert (clash["node"], clash["key"], clash["theirs"]) == (one, "title", "Nachtopvang")
        assert clash["who"] == "Beleidsmedewerker Katwijk"
        assert clash["at"].startswith("om ")
        assert Action.objects.get(line__plan=plan, code="1").title == "Nachtopvang"

    def test_two_who_type_the_same_do_not_clash(self, page, plan, one) -> None:
        change(page, plan, put(one, "title", "Opvang", "Nachtopvang"))
        assert change(page, plan, put(one, "title", "Opvang", "Nachtopvang")).status_code == 200

    def test_what_is_gone_is_said(self, page, plan, one) -> None:
        Action.objects.get(line__plan=plan, code="1").delete()
        answer = change(page, plan, put(one, "title", "Opvang", "Nachtopvang"))
        assert answer.status_code == 410
        assert answer.json()["node"] == one
        assert "weggehaald" in answer.json()["sentence"]

    def test_a_part_of_another_plan_is_not_there(self, page, plan, bollenstreek) -> None:
        other = small_plan(bollenstreek)
        foreign = f"action:{Action.objects.get(line__plan=other, code='1').pk}"
        assert change(page, plan, put(foreign, "title", "Opvang", "Mijn")).status_code == 410
        line = f"line:{ActionLine.objects.get(plan=other).pk}"
        assert change(page, plan, put(line, "title", "Preventie", "Mijn")).status_code == 410
        assert not Action.objects.filter(title="Mijn").exists()

    def test_a_title_cannot_go(self, page, plan, one) -> None:
        answer = change(page, plan, put(one, "title", "Opvang", ""))
        (refusal,) = answer.json()["refusals"]
        assert answer.status_code == 422
        assert refusal == {
            "node": one,
            "key": "title",
            "sentence": "Een actie heeft een titel; vul die in.",
        }

    def test_a_very_long_text_is_stored_or_refused_with_a_sentence(self, page, plan, one) -> None:
        answer = change(page, plan, put(one, "description", None, "woord " * 20_000))
        assert answer.status_code in (200, 422)
        if answer.status_code == 422:
            assert answer.json()["refusals"][0]["sentence"]
        answer = change(page, plan, put(one, "title", "Opvang", "a" * 100_000))
        assert answer.status_code == 422
        assert answer.json()["refusals"][0]["key"] == "title"


BROKEN = (
    b"",
    b"geen json",
    b"[]",
    b'{"key": "x", "changes": []}',
    b"[" * 100_000,
    b'{"changes": [{"do": "put"}]}',
    b"\xff\xfe",
)


@pytest.mark.parametrize("name", ["plan_change", "plan_state", "plan_read"])
@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_request_is_refused_with_a_sentence(page, plan, name, body) -> None:
    answer = page.post(at(plan, name), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["sentence"].endswith((".", "opnieuw."))


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "zap"},
        {"do": "put", "node": "plan", "key": "title"},
        put("plan", "title", "x", "stuur\x07teken"),
        {"do": "put", "node": 3, "key": "title", "was": "", "now": ""},
    ],
    ids=["unknown", "half", "control", "number"],
)
def test_what_is_no_change_is_refused_with_a_sentence(page, plan, sent) -> None:
    answer = change(page, plan, sent)
    assert answer.status_code == 400
    assert answer.json()["sentence"].endswith(".")


class TestState:
    def ask(self, client, plan, since, place="") -> dict:
        answer = posted(client, at(plan, "plan_state"), {"since": since, "place": place})
        assert answer.status_code == 200
        return answer.json()

    def test_rows_that_somebody_else_changed_come_by_themselves(self, page, plan, one) -> None:
        before = number(plan)
        change(page, plan, put(one, "title", "Opvang", "Nachtopvang"))
        said = self.ask(page, plan, before)
        assert said["number"] == number(plan)
        assert list(said["rows"]) == [one]
        assert "Nachtopvang" in said["rows"][one]
        assert not said["reload"]
        again = self.ask(page, plan, said["number"])
        assert (again["rows"], again["reload"]) == ({}, False)

    def test_another_way_of_writing_asks_for_the_page_anew(self, page, plan, one) -> None:
        before = number(plan)
        Action.objects.filter(line__plan=plan, code="1").update(title="Uit een import")
        assert self.ask(page, plan, before)["reload"]

    def test_a_text_that_changed_asks_for_the_page_anew(self, page, plan) -> None:
        before = number(plan)
        block = Block.objects.get(plan=plan, title="Inleiding")
        change(page, plan, put(f"block:{block.pk}", "text", "Waarom dit plan.", "Daarom."))
        assert self.ask(page, plan, before)["reload"]

    def test_who_else_is_here_and_where(self, client, plan, one, anna, pieter) -> None:
        client.force_login(anna)
        assert self.ask(client, plan, 0, one)["people"] == []
        client.force_login(pieter)
        (there,) = self.ask(client, plan, 0)["people"]
        assert (there["name"], there["place"]) == ("Beleidsmedewerker Katwijk", one)

    @pytest.mark.parametrize(
        "sent",
        [{"since": "1"}, {"since": None}, {"since": 1, "place": "a\x00"}, {"since": 1, "place": 3}],
        ids=["text", "nothing", "control", "number"],
    )
    def test_what_makes_no_sense_is_refused(self, page, plan, sent) -> None:
        assert posted(page, at(plan, "plan_state"), sent).status_code == 400

    @pytest.mark.parametrize("since", [-1, 10**30])
    def test_a_number_that_never_was_asks_for_the_page_anew(self, page, plan, since) -> None:
        assert self.ask(page, plan, since)["reload"]


class TestReading:
    def read(self, client, plan, **cells):
        return posted(client, at(plan, "plan_read"), {"cells": cells})

    def test_how_a_cell_would_be_read_and_what_would_mend_it(self, page, plan) -> None:
        said = self.read(page, plan, amount="10000", municipalities="K: 4.000").json()
        assert "verschil € 6.000" in said["faults"]["municipalities"].replace("\xa0", " ")
        labels = [one["label"].replace("\xa0", " ") for one in said["remedies"]["municipalities"]]
        assert labels[0] == "Geef de rest (€ 6.000) aan Katwijk"
        assert "Verdeel gelijk over de gemeenten" in labels
        for remedy in said["remedies"]["municipalities"]:
            mended = self.read(page, plan, amount="10000", municipalities=remedy["text"]).json()
            assert mended["faults"] == {}

    def test_nothing_is_stored(self, page, plan) -> None:
        before = number(plan)
        assert self.read(page, plan, amount="99").status_code == 200
        assert number(plan) == before

    @pytest.mark.parametrize(
        "cells", [{"wachtwoord": "x"}, {"amount": ["1"]}, {"amount": "1" * 20_001}], ids=str
    )
    def test_cells_that_no_action_has_are_refused(self, page, plan, cells) -> None:
        assert posted(page, at(plan, "plan_read"), {"cells": cells}).status_code == 400


def test_a_tree_is_what_a_person_sees_of_a_part(page, plan, one) -> None:
    answer = page.get(at(plan, "part_tree", one))
    assert json.loads(answer.content) == {
        "tree": {
            "code": "1",
            "title": "Opvang",
            "amount": "€ 10.000",
            "planning": "2020",
            "municipalities": "K",
        }
    }
    for foreign in ("action:0", "action:x", "action:99999999999999999999", "zap:1", "plan:1"):
        assert page.get(at(plan, "part_tree", foreign)).status_code == 404
