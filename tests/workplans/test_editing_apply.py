"""Applying changes to a tree: what comes of them, and what stands in their way.

`TREE` is a small plan with something in every list. Numbers are keys: `action:11`.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplans import planfile
from workplans.editing import (
    Add,
    Clash,
    Gone,
    Impossible,
    Move,
    Parts,
    Put,
    Remove,
    Unclear,
    apply,
    read_changes,
    way_back,
)
from workplans.editing.applying import Applied, seen
from workplans.editing.codes import codes_in
from workplans.editing.parts import LISTS
from workplans.planfile import KEY

TREE: dict[str, Any] = {
    "penvoerder": "1",
    "plan": {
        "slug": "plan",
        "title": "Plan",
        "kind": "werkplan",
        "region": "regio",
        "period": "2020",
        "status": "concept",
        "as_of": "2020-03-01",
    },
    "rules": [
        {KEY: 1, "code": "R1", "kind": "afspraak", "title": "Regel", "figure": "totaal A"},
        {KEY: 2, "code": "R2", "kind": "afspraak", "title": "Tweede", "figure": "totaal A1"},
    ],
    "figures": [{KEY: 3, "code": "budget", "title": "Budget", "amount": "€ 5"}],
    "blocks": [
        {KEY: 4, "kind": "tekst", "text": "Zie [[A1]], [[lijn A]], {{totaal A1}}, {{totaal A}}."},
        {
            KEY: 5,
            "kind": "terugblik",
            "lines": ["A", "B"],
            "rows": [
                {KEY: 6, "title": "Wonen", "line": "A", "action": "A1"},
                {KEY: 7, "title": "Zorg", "action": "18"},
            ],
        },
    ],
    "lines": [
        {
            KEY: 8,
            "code": "A",
            "title": "Wonen",
            "kind": "cirkel",
            "goals": ["Korter wachten"],
            "results": [
                {KEY: 9, "code": "1", "text": "Korter", "results": [{KEY: 10, "text": "Half"}]}
            ],
            "points": [
                {KEY: 20, "code": "18", "actions": [{KEY: 12, "title": "Zonder code"}]},
                {KEY: 21, "title": "Kopje", "actions": [{KEY: 13, "code": "7", "title": "Zeven"}]},
            ],
            "actions": [
                {
                    KEY: 11,
                    "code": "1",
                    "title": "Een",
                    "amount": {"unread": "€ 64,376"},
                    "nature": "incidenteel",
                    "partners": ["De Brug"],
                    "results": ["1", "A1"],
                },
                {KEY: 14, "code": "2", "title": "Twee", "amount": "", "after": ["A1", "18"]},
                {
                    KEY: 15,
                    "code": "3",
                    "title": "Drie",
                    "costs": [
                        {"label": "2020", "amount": {"unread": "veel"}},
                        {"label": "2021", "amount": "€ 5"},
                    ],
                },
            ],
            "parts": [{KEY: 22, "code": "A-a", "title": "Onderdeel", "kind": "onderdeel"}],
        },
        {
            KEY: 16,
            "code": "B",
            "title": "Zorg",
            "kind": "cirkel",
            "actions": [{KEY: 17, "code": "1", "title": "Van B"}],
        },
        {KEY: 18, "code": "C", "title": "Leeg", "kind": "cirkel"},
    ],
    "printed": [{KEY: 19, "where": "blz. 3", "text": "€ 5", "figure": "totaal A1"}],
}

COSTS = [{"label": "2020", "amount": "veel"}, {"label": "2021", "amount": "€ 5"}]
"""Those of action 15 as a person sees them."""


def after(*changes: Any, tree: dict[str, Any] = TREE) -> Applied:
    before = copy.deepcopy(tree)
    found = apply(tree, changes)
    assert tree == before
    assert isinstance(found, Applied), found
    return found


def part(handle: str, *changes: Any) -> Any:
    return after(*changes).parts.found[handle]


def codes(into: str, *changes: Any, name: str = "actions") -> list[Any]:
    return [action.get("code") for action in part(into, *changes).get(name, [])]


def clashes(*changes: Any) -> list[Clash]:
    found = apply(TREE, changes)
    assert isinstance(found, list), found
    return found


# ---- put


@pytest.mark.parametrize(
    ("node", "key", "was", "now"),
    [
        ("plan", "title", "Plan", "Ander plan"),
        ("plan", "joint", None, "gelijk"),
        ("line:8", "goals", ["Korter wachten"], ["Korter wachten", "Meer huizen"]),
        ("point:20", "title", None, "Plaatsen"),
        ("action:11", "title", "Een", "Eén"),
        ("action:11", "amount", "€ 64,376", "€ 64.376"),
        ("action:14", "amount", None, "PM"),
        ("action:15", "costs", COSTS, [{"amount": "PM"}]),
        ("result:10", "due", "", "2021"),
        ("block:4", "text", TREE["blocks"][0]["text"], "Kort."),
        ("row:6", "title", "Wonen", "Huren"),
        ("rule:1", "text", None, "Zo is het."),
        ("figure:3", "amount", "€ 5", "€ 6"),
        ("printed:19", "note", None, "Klopt."),
    ],
)  # fmt: skip
def test_a_value_is_put(node, key, was, now) -> None:
    done = after(Put(node, key, was, now))
    assert done.parts.found[node][key] == now
    assert (done.written, done.removed) == ({node}, set())


@pytest.mark.parametrize(("key", "was"), [("partners", ["De Brug"]), ("nature", "incidenteel")])
@pytest.mark.parametrize("now", [None, "", []])
def test_a_value_that_says_nothing_takes_the_key_away(key, was, now) -> None:
    assert key not in part("action:11", Put("action:11", key, was, now))


def test_an_empty_amount_stays_and_no_amount_takes_its_nature_along() -> None:
    assert part("action:11", Put("action:11", "amount", "€ 64,376", ""))["amount"] == ""
    gone = part("action:11", Put("action:11", "amount", "€ 64,376", None))
    assert not {"amount", "nature"} & gone.keys()


def test_an_empty_amount_and_none_look_the_same_and_are_not() -> None:
    assert "amount" not in part("action:14", Put("action:14", "amount", None, None))
    assert part("action:17", Put("action:17", "amount", None, ""))["amount"] == ""


@pytest.mark.parametrize(
    ("key", "was", "now"),
    [
        ("title", "Anders", "Een"),
        ("amount", "€ 1", "€ 64,376"),
        ("note", "Weg", None),
        ("note", "Weg", ""),
        ("partners", [], ["De Brug"]),
    ],
)
def test_who_wants_what_stands_there_already_writes_nothing(key, was, now) -> None:
    """Whatever they saw before: two people who do the same do not clash."""
    assert after(Put("action:11", key, was, now)).written == set()


def test_two_puts_of_one_cell_see_each_other() -> None:
    twice = (Put("action:11", "title", "Een", "1"), Put("action:11", "title", "1", "Eerste"))
    assert part("action:11", *twice)["title"] == "Eerste"


def test_what_was_given_is_not_the_tree() -> None:
    """What becomes of the tree later does not change what somebody asked."""
    costs = [{"amount": "PM"}]
    tree = after(Put("action:17", "costs", None, costs)).parts.found["action:17"]
    tree["costs"][0]["amount"] = {"unread": "PM"}
    assert costs == [{"amount": "PM"}]


# ---- clashes


@pytest.mark.parametrize(
    ("change", "theirs"),
    [
        (Put("action:11", "title", "Anders", "Mijn"), "Een"),
        (Put("action:11", "amount", "€ 1", "€ 2"), "€ 64,376"),
        (Put("action:11", "partners", None, ["Wij"]), ["De Brug"]),
        (Put("action:11", "note", "Iets", "Iets anders"), None),
        (Put("action:15", "costs", [{"amount": "veel"}], [{"amount": "PM"}]), COSTS),
        (Put("action:14", "amount", "€ 1", None), None),
        (
            Remove("action:17", {"code": "1", "title": "Anders"}),
            {"code": "1", "title": "Van B"},
        ),
    ],
)
def test_a_clash_says_what_stands_there_now(change, theirs) -> None:
    (clash,) = clashes(change)
    assert (clash.number, clash.node, clash.theirs) == (0, change.node, theirs)
    assert clash.key == getattr(change, "key", "")


def test_all_clashes_are_told_by_the_turn_of_their_change() -> None:
    found = clashes(
        Put("action:11", "title", "x", "y"),
        Put("action:14", "title", "Twee", "2"),
        Remove("line:18", {"code": "C"}),
    )
    assert [(clash.number, clash.node) for clash in found] == [(0, "action:11"), (2, "line:18")]


# ---- gone and impossible


@pytest.mark.parametrize(
    "change",
    [
        Put("action:99", "title", "x", "y"),
        Put("new:a", "title", None, "y"),
        Put("", "title", "x", "y"),
        Put("action", "title", "x", "y"),
        Put("toString:1", "title", "x", "y"),
        Put("action:011", "title", "Een", "y"),
        Remove("line:99", {}),
        Add("new:a", "line:99", "actions", "end", {"title": "x"}),
        Move("action:99", "line:8", "actions", "end"),
        Move("action:11", "line:99", "actions", "end"),
    ],
)
def test_a_part_that_is_not_there_is_gone(change) -> None:
    with pytest.raises(Gone) as caught:
        apply(TREE, [Put("action:11", "title", "Een", "1"), change])
    assert caught.value.number == 1
    assert caught.value.node in vars(change).values()


def test_what_was_taken_away_in_the_batch_is_gone_with_all_in_it() -> None:
    line = after().parts.found["line:16"]
    with pytest.raises(Gone):
        apply(TREE, [Remove("line:16", seen(line)), Put("action:17", "title", "Van B", "x")])


@pytest.mark.parametrize(
    "change",
    [
        *(Put("plan", key, TREE["plan"].get(key), "x") for key in ("slug", "region", "status")),
        Put("plan", "lines", None, []),
        Put("line:8", "actions", None, []),
        Put("line:8", "results", None, []),
        Put("block:5", "rows", None, []),
        Put("action:11", KEY, None, "12"),
        Remove("plan", {}),
        Add("action:11", "line:8", "actions", "end", {"title": "x"}),
        Add("a", "line:8", "actions", "end", {"title": "x"}),
        Add("new:a", "line:8", "rows", "end", {"title": "x"}),
        Add("new:a", "action:11", "results", "end", {"text": "x"}),
        Add("new:a", "line:8", "goals", "end", {"text": "x"}),
        Move("plan", "line:8", "parts", "end"),
        Move("action:11", "line:8", "parts", "end"),
        Move("action:11", "block:5", "rows", "end"),
        Move("row:6", "line:8", "actions", "end"),
        Move("line:8", "line:8", "parts", "end"),
        Move("line:8", "line:22", "parts", "end"),
        Move("result:9", "result:10", "results", "end"),
        Move("action:11", "line:8", "actions", "action:11"),
        Move("action:11", "line:8", "", "end"),
    ],
)
def test_what_makes_no_sense_in_any_plan_is_impossible(change) -> None:
    with pytest.raises(Impossible) as caught:
        apply(TREE, [change])
    assert caught.value.number == 0
    assert caught.value.sentence.endswith(".")


def test_a_handle_is_given_once() -> None:
    row = {"title": "x"}
    with pytest.raises(Impossible):
        apply(TREE, [Add("new:a", "line:8", "actions", "end", row)] * 2)


# ---- add


NEW = {
    "blocks": {"kind": "tekst"},
    "lines": {"code": "D", "title": "D", "kind": "cirkel"},
    "parts": {"code": "D", "title": "D", "kind": "onderdeel"},
    "rules": {"code": "R9", "kind": "afspraak", "title": "Regel"},
    "figures": {"code": "nieuw", "title": "Nieuw", "amount": "€ 1"},
    "printed": {"where": "blz. 9", "text": "€ 9"},
    "points": {"title": "Punt"},
    "actions": {"code": "9", "title": "Nieuw"},
    "results": {"text": "Nieuw"},
    "rows": {"title": "Rij"},
}
OWNERS = {"plan": "plan", "line": "line:8", "point": "point:21", "result": "result:9"}
OWNERS["block"] = "block:5"
EVERY_LIST = [(OWNERS[kind], name) for kind, lists in LISTS.items() for name in lists]


@pytest.mark.parametrize(("into", "name"), EVERY_LIST)
@pytest.mark.parametrize("place", ["first", "after", "end"])
def test_a_part_is_added_to_each_list(into, name, place) -> None:
    owner = TREE if into == "plan" else Parts(TREE).found[into]
    kind = LISTS[into.partition(":")[0]][name]
    handles = [f"{kind}:{sibling[KEY]}" for sibling in owner[name]]
    turn = {"first": 0, "after": 1, "end": len(handles)}[place]
    beside = {"first": "", "after": handles[0], "end": "end"}[place]
    done = after(Add("new:a", into, name, beside, NEW[name]))
    there = done.tree if into == "plan" else done.parts.found[into]
    assert there[name][turn] == NEW[name]
    assert [found.get(KEY) for found in there[name] if KEY in found] == [
        s[KEY] for s in owner[name]
    ]
    assert done.written == {"new:a"}


def test_a_list_that_was_not_there_is_made() -> None:
    assert codes("line:18", Add("new:a", "line:18", "actions", "end", {"title": "x"})) == ["1"]


@pytest.mark.parametrize("beside", ["action:99", "action:17", "new:z"])
def test_a_part_comes_last_where_its_neighbour_is_gone_or_elsewhere(beside) -> None:
    new = Add("new:a", "line:8", "actions", beside, {"code": "9", "title": "x"})
    assert codes("line:8", new) == ["1", "2", "3", "9"]


@pytest.mark.parametrize(
    ("into", "code"),
    [
        ("line:8", "8"),  # 1, 2, 3 and the 7 of the point without a code
        ("point:21", "8"),
        ("point:20", "1"),  # one there is called after the point
        ("line:16", "2"),
        ("line:18", "1"),
    ],
)
def test_an_action_without_a_code_gets_the_next(into, code) -> None:
    new = Add("new:a", into, "actions", "", {"title": "x"})
    assert part("new:a", new)["code"] == code


def test_the_first_action_below_a_point_with_a_code_needs_none() -> None:
    point = Add("new:p", "line:8", "points", "end", {"code": "19"})
    new = Add("new:a", "new:p", "actions", "end", {"title": "x"})
    assert "code" not in part("new:a", point, new)


def test_letters_go_on_as_letters() -> None:
    rows = [{"code": code, "title": code} for code in "AB"]
    point = Add("new:p", "line:8", "points", "end", {"code": "19", "actions": rows})
    new = Add("new:a", "new:p", "actions", "", {"title": "x"})
    assert codes("new:p", point, new) == ["C", "A", "B"]


def test_an_action_that_is_said_to_have_no_code_gets_none() -> None:
    new = Add("new:a", "point:20", "actions", "end", {"code": "", "title": "x"})
    assert "code" not in part("new:a", new)


def test_what_says_nothing_is_not_added_but_an_empty_amount_is() -> None:
    row = {"code": "9", "title": "x", "note": "", "partners": [], "planning": None, "amount": ""}
    new = part("new:a", Add("new:a", "line:8", "actions", "end", row))
    assert new == {"code": "9", "title": "x", "amount": ""}


def test_what_comes_in_a_new_part_has_handles_and_codes() -> None:
    tree = {
        "code": "D",
        "title": "D",
        "kind": "cirkel",
        "points": [{"code": "5", "actions": [{"title": "x"}]}],
        "actions": [{"title": "y"}, {"title": "z"}],
        "parts": [{"code": "E", "title": "E", "kind": "onderdeel", "actions": [{"title": "w"}]}],
    }
    done = after(
        Add("new:d", "plan", "lines", "end", tree),
        Put("new:d.actions.1", "note", None, "n"),
        Add("new:e", "new:d.parts.0", "actions", "end", {"title": "v"}),
    )
    found = {name: done.parts.found[name].get("code") for name in done.written}
    assert found == {
        "new:d": "D",
        "new:d.points.0": "5",
        "new:d.points.0.actions.0": None,
        "new:d.actions.0": "1",
        "new:d.actions.1": "2",
        "new:d.parts.0": "E",
        "new:d.parts.0.actions.0": "1",
        "new:e": "2",
    }
    assert done.parts.found["new:d.actions.1"]["note"] == "n"
    assert [done.parts.kind(name) for name in ("new:e", "new:d.points.0")] == ["action", "point"]


def test_the_tree_that_was_given_is_not_touched() -> None:
    row = {"title": "x"}
    after(Add("new:a", "line:8", "actions", "end", row))
    assert row == {"title": "x"}


# ---- remove


@pytest.mark.parametrize("node", sorted(Parts(TREE).places))
def test_every_part_can_be_removed(node) -> None:
    parts = Parts(TREE)
    done = after(Remove(node, seen(parts.found[node])))
    assert done.removed == set(parts.inside(node))
    assert done.parts.found.keys() == parts.found.keys() - done.removed
    assert done.written == {parts.places[node].into}
    assert Parts(done.tree).found.keys() == done.parts.found.keys()


def test_a_part_that_came_and_went_leaves_nothing() -> None:
    new = Add("new:a", "line:18", "actions", "end", {"title": "x"})
    done = after(new, Remove("new:a", {"code": "1", "title": "x"}))
    assert (done.written, done.removed) == ({"line:18"}, set())
    assert seen(done.tree) == seen(TREE)


def test_of_two_equal_parts_the_one_that_was_meant_goes() -> None:
    tree = copy.deepcopy(TREE)
    rows = [{KEY: n, "title": "Gelijk"} for n in (31, 32, 33)]
    tree["blocks"][1]["rows"] = rows
    done = after(Remove("row:32", {"title": "Gelijk"}), tree=tree)
    assert [row[KEY] for row in done.parts.found["block:5"]["rows"]] == [31, 33]


# ---- move


@pytest.mark.parametrize(
    ("after_what", "order"),
    [("", ["3", "1", "2"]), ("action:11", ["1", "3", "2"]), ("end", ["1", "2", "3"])],
)
def test_a_part_moves_in_its_list(after_what, order) -> None:
    assert codes("line:8", Move("action:15", "line:8", "actions", after_what)) == order


@pytest.mark.parametrize(
    ("node", "into", "name"),
    [
        ("line:18", "line:16", "parts"),
        ("line:22", "plan", "lines"),
        ("point:20", "line:16", "points"),
        ("action:14", "line:16", "actions"),
        ("action:14", "point:20", "actions"),
        ("action:13", "line:18", "actions"),
        ("result:9", "line:16", "results"),
        ("result:10", "line:8", "results"),
        ("row:6", "block:4", "rows"),
    ],
)
def test_a_part_moves_to_another_list(node, into, name) -> None:
    done = after(Move(node, into, name, "end"))
    there = (done.tree if into == "plan" else done.parts.found[into])[name]
    assert there[-1] is done.parts.found[node]
    assert Parts(done.tree).places[node] == done.parts.places[node]
    assert Parts(done.tree).found.keys() == Parts(TREE).found.keys()


@pytest.mark.parametrize(
    ("node", "into", "code"),
    [
        ("action:17", "line:8", "8"),  # a 1 is there
        ("action:17", "line:18", "1"),
        ("action:14", "point:20", "2"),
        ("action:12", "line:16", "2"),  # it had none
        ("action:12", "point:20", None),
        ("action:13", "line:8", "7"),
    ],
)
def test_an_action_that_moves_keeps_its_code_where_it_can(node, into, code) -> None:
    assert part(node, Move(node, into, "actions", "end")).get("code") == code


# ---- codes that are followed


def followed(*changes: Any) -> dict[str, Any]:
    """What names another part by its code, after these changes."""
    found = after(*changes).parts.found
    return {
        "text": found["block:4"]["text"],
        "lines": found["block:5"]["lines"],
        "row": (found["row:6"]["line"], found["row:6"]["action"]),
        "other row": found["row:7"]["action"],
        "after": found["action:14"]["after"],
        "results": found["action:11"]["results"],
        "figures": [found[name]["figure"] for name in ("rule:1", "rule:2", "printed:19")],
    }


UNCHANGED = followed()


def test_the_new_code_of_an_action() -> None:
    assert followed(Put("action:11", "code", "1", "9")) == UNCHANGED | {
        "text": "Zie [[A9]], [[lijn A]], {{totaal A9}}, {{totaal A}}.",
        "row": ("A", "A9"),
        "after": ["A9", "18"],
        "figures": ["totaal A", "totaal A9", "totaal A9"],
    }


def test_the_new_code_of_a_line_and_with_it_of_its_actions_and_results() -> None:
    assert followed(Put("line:8", "code", "A", "W")) == UNCHANGED | {
        "text": "Zie [[W1]], [[lijn W]], {{totaal W1}}, {{totaal W}}.",
        "lines": ["W", "B"],
        "row": ("W", "W1"),
        "after": ["W1", "18"],
        "results": ["1", "W1"],
        "figures": ["totaal W", "totaal W1", "totaal W1"],
    }


def test_the_new_code_of_a_point_and_of_a_result() -> None:
    done = followed(Put("point:20", "code", "18", "19"), Put("result:9", "code", "1", "2"))
    assert done == UNCHANGED | {
        "other row": "19",
        "after": ["A1", "19"],
        "results": ["2", "A2"],
    }


def test_an_action_that_moves_is_followed() -> None:
    done = followed(Move("action:11", "line:16", "actions", "end"))
    assert done["row"] == ("A", "B2")
    assert done["after"] == ["B2", "18"]


def test_two_actions_that_swap_their_codes() -> None:
    done = after(
        Put("action:11", "code", "1", "2"),
        Put("action:14", "code", "2", "1"),
        Put("action:15", "after", None, ["A1", "A2"]),
    )
    assert done.parts.found["action:15"]["after"] == ["A2", "A1"]
    assert done.parts.found["row:6"]["action"] == "A2"


def test_who_follows_was_written() -> None:
    done = after(Put("action:11", "code", "1", "9"))
    following = {"block:4", "row:6", "action:14", "rule:2", "printed:19"}
    assert done.written == {"action:11", *following}


def test_a_code_that_meant_two_actions_is_not_followed() -> None:
    tree = copy.deepcopy(TREE)
    tree["lines"][0]["actions"][1]["code"] = "1"
    done = after(Put("action:11", "code", "1", "9"), tree=tree)
    assert done.parts.found["row:6"]["action"] == "A1"


def test_what_is_removed_is_not_followed() -> None:
    action = seen(Parts(TREE).found["action:11"])
    assert part("row:6", Remove("action:11", action))["action"] == "A1"


def test_a_text_keeps_what_is_no_reference() -> None:
    text = "A1, [A1], [[A1, {{A1}}, [[A1|x]], [[A12]], {{totaal A12}}"
    tree = copy.deepcopy(TREE)
    tree["blocks"][0]["text"] = text
    done = after(Put("action:11", "code", "1", "9"), tree=tree)
    assert done.parts.found["block:4"]["text"] == text


@pytest.mark.parametrize("node", ["line:8", "point:20", "action:11", "result:9"])
def test_a_code_may_go_for_the_schema_to_refuse(node) -> None:
    code = Parts(TREE).found[node]["code"]
    assert "code" not in part(node, Put(node, "code", code, None))


# ---- what came over the line


def sent(**change: Any) -> Any:
    return read_changes(json.loads(json.dumps([change])))


def test_changes_are_read() -> None:
    row = {"title": "x", "costs": [{"amount": {"unread": "veel"}}]}
    assert read_changes(
        [
            {"do": "put", "node": "plan", "key": "title", "was": None, "now": ["a"]},
            {"do": "add", "handle": "new:a", "into": "line:1", "name": "actions", "after": "",
             "tree": row},
            {"do": "remove", "node": "action:1", "was": row},
            {"do": "move", "node": "action:1", "into": "line:1", "name": "actions", "after": "end"},
        ]
    ) == (
        Put("plan", "title", None, ["a"]),
        Add("new:a", "line:1", "actions", "", row),
        Remove("action:1", row),
        Move("action:1", "line:1", "actions", "end"),
    )  # fmt: skip


def deep(levels: int) -> Any:
    return [] if levels == 0 else [deep(levels - 1)]


LINE = {"do": "add", "handle": "new:a", "into": "plan", "name": "lines", "after": ""}
PUT = {"do": "put", "node": "action:1", "key": "title", "was": None, "now": None}


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        {},
        "put",
        [None],
        ["put"],
        [{}],
        [{"do": "drop"}],
        [{"do": ["put"]}],
        [PUT | {"extra": "x"}],
        [{"do": "put", "node": "action:1"}],
        [PUT | {"node": 1}],
        [PUT | {"now": 1}],
        [PUT | {"now": {"unread": "x"}}],
        [PUT | {"now": [1]}],
        [PUT | {"now": [{KEY: 1}]}],
        [PUT | {"now": deep(500)}],
        [PUT | {"was": deep(500)}],
        [PUT | {"key": "code", "now": ["1"]}],
        [PUT | {"now": "een\x00nul"}],
        [PUT | {"was": "een\x07bel"}],
        [PUT | {"now": "\ud800"}],
        [PUT | {"now": ["terug\x08"]}],
        [PUT | {"node": "action:1\x00"}],
        [LINE | {"tree": {"title\x00": "x"}}],
        [LINE | {"tree": {KEY: 1}}],
        [LINE | {"tree": {"actions": "x"}}],
        [LINE | {"tree": {"actions": ["x"]}}],
        [LINE | {"tree": {"actions": [{KEY: 1}]}}],
        [LINE | {"tree": {"actions": [{"code": ["1"]}]}}],
        [LINE | {"tree": {"results": ["1"]}}],
        [LINE | {"tree": {"goals": [True]}}],
        [LINE | {"tree": {"code": 1}}],
        [LINE | {"tree": {"text": deep(500)}}],
        [PUT] * 501,
    ],
    ids=repr,
)
def test_what_is_no_change_is_refused_in_a_sentence(given) -> None:
    with pytest.raises(Unclear) as caught:
        read_changes(given)
    assert str(caught.value).endswith(".")


def test_five_hundred_changes_fit() -> None:
    assert len(read_changes([PUT] * 500)) == 500


# ---- undoing


def stored(done: Applied) -> tuple[dict[str, Any], dict[str, str]]:
    """The tree as it would come back from the database: every new part has a key."""
    new: dict[str, str] = {}
    for handle, found in done.parts.found.items():
        if handle.startswith("new:"):
            found[KEY] = 1000 + len(new)
            new[handle] = f"{done.parts.kind(handle)}:{found[KEY]}"
    return planfile.normalised(done.tree, keys=True), new


def undone(*changes: Any) -> Any:
    done = after(*changes)
    tree, new = stored(done)
    back = way_back(changes, TREE, new).changes
    return seen(planfile.normalised(after(*back, tree=tree).tree))


SAME = seen(planfile.normalised(TREE))


@pytest.mark.parametrize("node", sorted(Parts(TREE).places))
def test_every_part_that_was_removed_comes_back(node) -> None:
    assert undone(Remove(node, seen(Parts(TREE).found[node]))) == SAME


@pytest.mark.parametrize(("into", "name"), EVERY_LIST)
def test_every_part_that_was_added_goes(into, name) -> None:
    assert undone(Add("new:a", into, name, "", NEW[name])) == SAME


@pytest.mark.parametrize(
    "changes",
    [
        [Put("action:11", "amount", "€ 64,376", None)],
        [Put("action:14", "amount", "", None)],
        [Put("action:17", "amount", None, "")],
        [Put("line:8", "code", "A", "W")],
        [Move("action:12", "line:16", "actions", "end")],
        [Move("action:17", "line:8", "actions", "")],
        [
            Put("action:17", "title", "Van B", "Eerst"),
            Move("action:17", "line:18", "actions", "end"),
            Remove("line:16", {"code": "B", "title": "Zorg", "kind": "cirkel"}),
            Add("new:a", "line:18", "actions", "action:17", {"title": "Nieuw"}),
            Remove("action:17", {"code": "1", "title": "Eerst"}),
            Put("new:a", "note", None, "Zo"),
        ],
    ],
)
def test_changes_are_undone(changes) -> None:
    assert undone(*changes) == SAME


VALUES = {
    "note": st.sampled_from([None, "", "Een noot", "Een andere"]),
    "title": st.sampled_from(["Iets", "Iets anders"]),
    "amount": st.sampled_from([None, "", "PM", "€ 5"]),
    "nature": st.sampled_from([None, "structureel"]),
    "partners": st.sampled_from([None, [], ["Wij"], ["Wij", "zij"]]),
    "text": st.sampled_from([None, "Zo."]),
}
KEYS = {
    "plan": ["title"],
    "line": ["title", "text"],
    "point": ["title"],
    "action": ["note", "title", "amount", "nature", "partners"],
    "result": ["text"],
    "block": ["title", "text"],
    "row": ["note", "title", "partners"],
    "rule": ["title", "text"],
    "figure": ["title"],
    "printed": ["note"],
}


@st.composite
def batches(draw: Any) -> list[Any]:
    """Changes that can be made one after another."""
    changes: list[Any] = []
    done = after()
    for n in range(draw(st.integers(1, 7))):
        parts = done.parts
        node = draw(st.sampled_from(sorted(parts.found)))
        kind = parts.kind(node)
        do = draw(st.sampled_from(["put", "code", "add", "remove", "move"]))
        change: Any = None
        if do == "put":
            key = draw(st.sampled_from(KEYS[kind]))
            change = Put(node, key, seen(parts.found[node].get(key)), draw(VALUES[key]))
        elif do == "code" and kind in ("line", "action") and "code" in parts.found[node]:
            change = Put(node, "code", parts.found[node]["code"], f"Z{n}")
        elif do == "remove" and node != "plan":
            change = Remove(node, seen(parts.found[node]))
        elif do in ("add", "move") and LISTS.get(kind):
            name = draw(st.sampled_from(sorted(LISTS[kind])))
            siblings = [
                h
                for h, p in parts.places.items()
                if h in parts.found and (p.into, p.name) == (node, name)
            ]
            beside = draw(st.sampled_from(["", "end", *siblings]))
            if do == "add":
                change = Add(
                    f"new:{n}",
                    node,
                    name,
                    beside,
                    NEW[name] | ({"code": f"N{n}"} if "code" in NEW[name] else {}),
                )
            else:
                same = [
                    h
                    for h in parts.places
                    if h in parts.found and parts.kind(h) == LISTS[kind][name]
                ]
                inside = {h: set(parts.inside(h)) for h in same}
                same = [h for h in same if not {node, beside} & inside[h]]
                if same:
                    change = Move(draw(st.sampled_from(same)), node, name, beside)
        if change is None:
            continue
        found = apply(TREE, [*changes, change])
        # References follow a changed code at the end of a batch: who takes away in the same
        # batch what just followed one, saw it otherwise.
        if isinstance(found, Applied) and not takes_over(found):
            changes.append(change)
            done = found
    return changes


def takes_over(done: Applied) -> bool:
    """Whether a part has now the code of one that was removed. What named that one names
    this one from then on, so that the way back takes both for the same."""
    owner = {(kind, code): key for kind, found in codes_in(TREE).items() for key, code in found}
    now = {(kind, code): key for kind, found in codes_in(done.tree).items() for key, code in found}
    stays = set(now.values())
    return any(owner.get(code, key) not in {key, *stays} for code, key in now.items())


def test_a_code_that_is_taken_over_is_not_tried() -> None:
    taken = Move("action:17", "point:21", "actions", "")
    gone = Remove("action:11", seen(Parts(TREE).found["action:11"]))
    assert takes_over(after(gone, taken))
    assert not takes_over(after(taken))
    assert not takes_over(after(gone))


@settings(max_examples=150, deadline=None)
@given(batches())
def test_any_batch_is_undone(changes) -> None:
    assert undone(*changes) == SAME
