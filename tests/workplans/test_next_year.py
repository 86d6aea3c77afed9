"""The plan of the years after as a tree: what goes along, what stays, what is linked."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from municipalities import textfile
from workplans import planfile
from workplans.planfile import Tree, lines_of
from workplans.planfile.look_back import actions_of
from workplans.planfile.next_year import Choice, NextPlan, next_year
from workplans.services.rereading import leave_unread, place_of

HEAD = NextPlan("plan-2021", "Plan 2021", 2021, 2021, datetime.date(2021, 1, 1))

OLD: Tree = {
    "penvoerder": "1",
    "plan": {
        "slug": "plan-2020",
        "title": "Plan 2020",
        "kind": "werkplan",
        "style": "terugblik",
        "region": "drie",
        "programme": "programma",
        "follows": "plan-2019",
        "period": "2020",
        "status": "aangeboden",
        "as_of": "2020-03-01",
        "joint": "gelijk",
    },
    "applications": [{"fund": "fonds", "round": "eerste", "submitted_on": "2020-03-01"}],
    "rules": [{"code": "R1", "kind": "afspraak", "title": "Regel"}],
    "figures": [{"code": "budget", "title": "Budget", "amount": "€ 10"}],
    "blocks": [
        {"kind": "tekst", "title": "Inleiding", "text": "Tekst over {{totaal A}}."},
        {"kind": "tekst", "title": "Verder", "level": "2", "text": "Hoort bij de inleiding."},
        {"kind": "acties", "lines": ["A"], "columns": ["nr", "actie"]},
        {"kind": "fasen", "columns": ["eerst", "dan"], "rows": [
            {"title": "Met titel", "action": "A1", "marks": "eerst"},
            {"action": "A1", "marks": "dan"},
        ]},
        {"kind": "ondertekening"},
    ],
    "lines": [
        {
            "code": "A",
            "title": "Preventie",
            "kind": "thema",
            "follows": ["plan-2019/Z"],
            "goals": ["Minder wachten"],
            "results": [{"code": "1", "text": "Korter"}],
            "points": [
                {"code": "37 + 38", "title": "Plaatsen", "actions": [
                    {
                        "code": "B",
                        "title": "Inrichten",
                        "costs": [
                            {"label": "2020", "amount": "€ 600", "funding": "fonds"},
                            {"label": "2021", "amount": "PM"},
                        ],
                        "start": "2020",
                        "end": "2021",
                        "after": ["A1"],
                    },
                ]},
            ],
            "actions": [
                {
                    "code": "1",
                    "title": "Eerste",
                    "status": "nieuw",
                    "follows": "plan-2019/Z9",
                    "description": "Wat wij doen.",
                    "target_group": "jongeren",
                    "partners": ["De Brug"],
                    "amount": "€ 1.000 (structureel)",
                    "planning": "2020",
                    "municipalities": "gelijk over de gemeenten",
                },
            ],
            "parts": [
                {"code": "A1x", "title": "Deel", "kind": "onderdeel", "actions": [
                    {"code": "z", "title": "In het deel", "monitoring": "Tellen"},
                ]},
            ],
        },
    ],
    "printed": [{"where": "blz. 3", "text": "€ 10"}],
}  # fmt: skip
NAMES = {"37 + 38B": ("A", 0), "A1": ("A", 1), "A1xz": ("A1x", 0)}


def made(old: Tree = OLD, **choices: Choice) -> Tree:
    """The next plan, in which every action goes on but those that are named by their
    title's first word in small letters."""
    chosen = dict.fromkeys(NAMES.values(), Choice.CONTINUE)
    names = {"inrichten": ("A", 0), "eerste": ("A", 1), "deel": ("A1x", 0)}
    return next_year(old, HEAD, chosen | {names[key]: choice for key, choice in choices.items()})


def actions(tree: Tree) -> dict[str, Tree]:
    return {code: action for _, line, _ in lines_of(tree) for code, action in actions_of(line)}


def kinds(tree: Tree) -> list[str]:
    return [block["kind"] for block in tree["blocks"]]


def block(tree: Tree, kind: str) -> Tree:
    (found,) = [block for block in tree["blocks"] if block["kind"] == kind]
    return found


class TestPlan:
    def test_is_a_concept_of_the_same_kind_that_follows_the_old_one(self) -> None:
        assert made()["plan"] == {
            "slug": "plan-2021",
            "title": "Plan 2021",
            "kind": "werkplan",
            "style": "terugblik",
            "region": "drie",
            "programme": "programma",
            "follows": "plan-2020",
            "period": "2021",
            "status": "concept",
            "as_of": "2021-01-01",
            "joint": "gelijk",
        }

    def test_what_was_asked_and_printed_stays_with_the_old_plan(self) -> None:
        assert made().keys() == {"penvoerder", "plan", "rules", "figures", "blocks", "lines"}

    def test_lines_follow_the_old_ones_and_keep_goals_results_and_points(self) -> None:
        (line,) = made()["lines"]
        assert line["follows"] == ["plan-2020/A"]
        assert line["parts"][0]["follows"] == ["plan-2020/A1x"]
        assert (line["goals"], line["results"]) == (
            ["Minder wachten"],
            [{"code": "1", "text": "Korter"}],
        )
        assert line["points"][0]["title"] == "Plaatsen"

    def test_point_stays_when_its_actions_do_not_go_along(self) -> None:
        (line,) = made(inrichten=Choice.FINISH)["lines"]
        assert line["points"] == [{"code": "37 + 38", "title": "Plaatsen"}]

    def test_the_old_tree_is_left_alone(self) -> None:
        before = planfile.digest(OLD)
        made(eerste=Choice.PARK, inrichten=Choice.FINISH, deel=Choice.RESHAPE)
        assert planfile.digest(OLD) == before

    def test_keeps_to_the_schema(self) -> None:
        tree = made(eerste=Choice.PARK, inrichten=Choice.RESHAPE, deel=Choice.FINISH)
        assert textfile.check(textfile.TextFile(tree), planfile.schema()) == []


class TestContinue:
    def test_goes_along_as_typed_with_its_origin(self) -> None:
        old = actions(OLD)["A1"]
        assert actions(made())["A1"] == old | {"status": "voortgezet", "follows": "plan-2020/A1"}

    def test_under_a_point_the_origin_is_the_full_code(self) -> None:
        assert actions(made())["37 + 38B"]["follows"] == "plan-2020/37 + 38B"
        assert actions(made())["A1xz"]["follows"] == "plan-2020/A1xz"

    def test_waits_only_for_what_goes_along(self) -> None:
        assert actions(made())["37 + 38B"]["after"] == ["A1"]
        assert "after" not in actions(made(eerste=Choice.FINISH))["37 + 38B"]


class TestReshape:
    def test_amount_and_planning_are_left_to_be_filled_in(self) -> None:
        action = actions(made(eerste=Choice.RESHAPE))["A1"]
        assert action["status"] == "omgevormd"
        assert action["follows"] == "plan-2020/A1"
        assert action["amount"] == ""
        assert "planning" not in action
        assert (action["description"], action["municipalities"]) == (
            "Wat wij doen.",
            "gelijk over de gemeenten",
        )

    def test_every_listed_cost_loses_its_amount_and_keeps_its_label(self) -> None:
        action = actions(made(inrichten=Choice.RESHAPE))["37 + 38B"]
        assert action["costs"] == [
            {"label": "2020", "amount": "", "funding": "fonds"},
            {"label": "2021", "amount": ""},
        ]
        assert not {"start", "end"} & action.keys()

    def test_action_without_costs_gets_none(self) -> None:
        assert "amount" not in actions(made(deel=Choice.RESHAPE))["A1xz"]


class TestFinish:
    def test_stays_behind_with_a_row_in_the_look_back(self) -> None:
        tree = made(eerste=Choice.FINISH, deel=Choice.FINISH)
        assert actions(tree).keys() == {"37 + 38B"}
        assert block(tree, "terugblik") == {
            "kind": "terugblik",
            "title": "Terugblik op 2020",
            "columns": ["onderwerp", "lijn", "tekst"],
            "rows": [
                {"title": "Eerste", "line": "A", "status": "afgerond"},
                {"title": "In het deel", "line": "A1x", "status": "afgerond"},
            ],
        }

    def test_without_anything_finished_there_is_no_look_back(self) -> None:
        assert kinds(made()) == kinds(OLD)

    def test_look_back_is_the_second_chapter(self) -> None:
        assert kinds(made(eerste=Choice.FINISH))[:4] == ["tekst", "tekst", "terugblik", "acties"]

    def test_look_back_comes_last_in_a_plan_of_one_chapter(self) -> None:
        old = OLD | {"blocks": OLD["blocks"][:2]}
        assert kinds(made(old, eerste=Choice.FINISH)) == ["tekst", "tekst", "terugblik"]

    def test_look_back_takes_the_place_of_the_old_one(self) -> None:
        earlier = {"kind": "terugblik", "title": "Terugblik op 2019", "level": "2",
                   "columns": ["tekst: Gedaan"], "rows": [{"title": "Van toen"}]}  # fmt: skip
        old = OLD | {"blocks": [*OLD["blocks"][:3], earlier, *OLD["blocks"][3:]]}
        tree = made(old, eerste=Choice.FINISH)
        assert kinds(tree) == kinds(old)
        found = block(tree, "terugblik")
        assert (found["title"], found["level"], found["columns"]) == (
            "Terugblik op 2020",
            "2",
            ["tekst: Gedaan"],
        )
        assert [row["title"] for row in found["rows"]] == ["Eerste"]
        assert kinds(made(old)) == kinds(OLD), "the old look back is about the years before"

    def test_row_about_it_keeps_only_words_of_its_own(self) -> None:
        assert block(made(), "fasen")["rows"] == OLD["blocks"][3]["rows"]
        assert block(made(eerste=Choice.FINISH), "fasen")["rows"] == [
            {"title": "Met titel", "marks": "eerst"}
        ]


class TestPark:
    def test_stays_behind_as_an_open_row_of_the_agenda(self) -> None:
        tree = made(eerste=Choice.PARK)
        assert "A1" not in actions(tree)
        assert block(tree, "ontwikkelagenda") == {
            "kind": "ontwikkelagenda",
            "rows": [
                {
                    "title": "Eerste",
                    "line": "A",
                    "text": "Wat wij doen.",
                    "partners": ["De Brug"],
                    "target_group": "jongeren",
                    "status": "open",
                    "year": "2021",
                }
            ],
        }
        assert "terugblik" not in kinds(tree)

    def test_new_agenda_stands_before_the_signatures(self) -> None:
        assert kinds(made(eerste=Choice.PARK))[-2:] == ["ontwikkelagenda", "ondertekening"]

    @pytest.mark.parametrize(
        ("agendas", "taken"),
        [
            ([{"lines": ["B"]}, {"lines": ["A"]}], 1),
            ([{"lines": ["B"]}, {}], 1),
            ([{}], 0),
            ([{"lines": ["B"]}], 1),
        ],
    )
    def test_goes_to_the_agenda_of_its_line(self, agendas: list[Any], taken: int) -> None:
        there = [{"kind": "ontwikkelagenda", "rows": [{"title": "Al"}]} | a for a in agendas]
        old = OLD | {"blocks": there}
        # A part stands on the agenda of the line that it belongs to.
        for name in ("eerste", "deel"):
            tree = made(old, **{name: Choice.PARK})
            counts = [len(block["rows"]) for block in tree["blocks"]]
            expected = [1] * len(there)
            if taken == len(there):
                expected.append(1)
            else:
                expected[taken] = 2
            assert counts == expected


class TestRereading:
    def tree(self) -> Tree:
        return made()

    def test_cell_keeps_its_text_unread(self) -> None:
        tree = self.tree()
        path = ("lines", 0, "actions", 0, "municipalities")
        assert leave_unread(tree, path) == (
            "Bij A1 passen de gemeenten niet meer (“gelijk over de gemeenten”); "
            "vul die cel opnieuw in."
        )
        assert actions(tree)["A1"]["municipalities"] == {"unread": "gelijk over de gemeenten"}
        assert leave_unread(tree, path) == "", "nothing more to be done"

    def test_pot_goes_to_the_note(self) -> None:
        tree = self.tree()
        path = ("lines", 0, "points", 0, "actions", 0, "costs", 0, "funding")
        assert "staat nu bij de opmerking" in leave_unread(tree, path)
        action = actions(tree)["37 + 38B"]
        assert action["note"] == "Uit welke pot: fonds"
        assert action["costs"][0] == {"label": "2020", "amount": "€ 600"}

    def test_key_goes_away(self) -> None:
        tree = self.tree()
        assert leave_unread(tree, ("plan", "joint")).startswith("Bij het plan past de verdeling")
        assert "joint" not in tree["plan"]

    @pytest.mark.parametrize("path", [(), ("plan", "region"), ("lines", 0, "actions", 0, "note")])
    def test_nothing_else_is_touched(self, path: Any) -> None:
        tree = self.tree()
        assert leave_unread(tree, path) == ""
        assert tree == self.tree()

    @pytest.mark.parametrize(
        ("path", "name"),
        [
            (("lines", 0, "parts", 0, "actions", 0, "note"), "A1xz"),
            (("lines", 0, "parts", 0, "code"), "actielijn A1x"),
            (("blocks", 0, "text"), "het blok Inleiding"),
            (("blocks", 2, "lines", 0), "het blok acties"),
            (("plan", "joint"), "het plan"),
        ],
    )
    def test_place_is_named_as_a_person_would(self, path: Any, name: str) -> None:
        assert place_of(self.tree(), path) == name


def test_plan_with_every_key_keeps_to_the_schema() -> None:
    text = (Path(__file__).parent / "every_key.yaml").read_text(encoding="utf-8")
    tree = planfile.normalised(planfile.read(text).tree)
    names = [
        (line["code"], turn)
        for _, line, _ in lines_of(tree)
        for turn, _ in enumerate(actions_of(line))
    ]
    for choice in Choice:
        made = next_year(tree, HEAD, dict.fromkeys(names, choice))
        assert textfile.check(textfile.TextFile(made), planfile.schema()) == []
