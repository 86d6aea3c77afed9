"""A plan that uses every key of the plan file goes in and comes out the same."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.apps import apps

from municipalities.guard import check_now
from tests.workplans.every_key import TEXT, load, plan, written
from workplans import planfile
from workplans.models import (
    Action,
    BlockRow,
    FundingEntry,
    IntendedResult,
    Quantity,
)
from workplans.services import Outcome

pytestmark = pytest.mark.django_db


def test_it_comes_back_byte_for_byte(named) -> None:
    assert load() is Outcome.NEW
    check_now()
    assert written() == TEXT
    assert load() is Outcome.UNCHANGED


# ---- the schema


def used(tree: object, shape: dict) -> Iterator[str]:
    """The keys of the schema that a tree uses, each as definition and key."""
    name = shape.get("$ref", "").rpartition("/")[2]
    if name:
        shape = planfile.schema()["$defs"][name]
    if isinstance(tree, list):
        for item in tree:
            yield from used(item, shape["items"])
    if isinstance(tree, dict):
        for key, inner in shape.get("properties", {}).items():
            if key in tree:
                yield f"{name}.{key}"
                yield from used(tree[key], inner)


def known(shape: dict, name: str = "", seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every key of the schema, likewise."""
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        if name in seen:
            return
        seen, shape = seen | {name}, planfile.schema()["$defs"][name]
    if "items" in shape:
        yield from known(shape["items"], "", seen)
    for key, inner in shape.get("properties", {}).items():
        yield f"{name}.{key}"
        yield from known(inner, "", seen)


def test_the_plan_uses_every_key_of_the_schema() -> None:
    """But for what only an export writes, and for text that could not be read: with
    that a plan is not submitted (test_store_plan.py has it)."""
    tree = planfile.read(TEXT).tree
    keys = set(known(planfile.schema())) - {".base", ".totals"}
    assert sorted(keys - set(used(tree, planfile.schema()))) == []


# ---- what was read


class TestValues:
    @pytest.fixture(autouse=True)
    def _loaded(self, named) -> None:
        load()

    def action(self, code: str) -> Action:
        actions = Action.objects.filter(line__plan=plan()).select_related("line", "point")
        return next(action for action in actions if action.full_code == code)

    def test_an_action_is_named_by_its_point_or_its_line(self) -> None:
        actions = Action.objects.filter(line__plan=plan()).select_related("line", "point")
        codes = [action.full_code for action in actions.order_by("line__position", "position")]
        assert codes == ["37 + 38A", "37 + 38B", "18", "A7", "A8", "A1x"]

    def test_what_comes_from_elsewhere_is_linked(self) -> None:
        line = plan().lines.get(code="A")
        origins = [row.predecessor and str(row.predecessor.plan) for row in line.predecessors.all()]
        assert origins == [str(plan().predecessor), None]
        assert self.action("37 + 38A").predecessor.full_code == "Z9"
        assert plan().programme.slug == "programma-drie"

    def test_results_are_of_this_plan_or_its_programme(self) -> None:
        found = [row.result for row in self.action("37 + 38A").results.all()]
        assert [(row.line.code, row.code) for row in found] == [("A", "1"), ("A", "1a"), ("P", "7")]
        assert found[1].parent == found[0]

    def test_partners_are_organisations_by_any_of_their_names(self) -> None:
        rows = [
            (row.text, row.organisation and row.organisation.name, row.minimum)
            for owner in (self.action("37 + 38A"), BlockRow.objects.get())
            for row in owner.partners.all()
        ]
        assert rows == [
            ("De Brug", "De Brug", None),
            ("Brugge", "De Brug", None),
            ("huisartsen", None, None),
            ("De Brug", "De Brug", None),
            ("ten minste drie partners", None, 3),
        ]

    def test_quantities_are_read_wherever_they_stand(self) -> None:
        rows = {row.text: (row.low, row.high, row.unit) for row in Quantity.objects.all()}
        assert rows == {
            "3 plaatsen": (3, None, "plaatsen"),
            "0,5 fte casemanagement": (Decimal("0.5"), None, "fte"),
            "250 tot 300 mensen": (250, 300, "mensen"),
            "ca. 5 woningen": (5, None, "woningen"),
            "maximaal 6 maanden": (6, None, "maanden"),
        }

    def test_each_cost_has_its_own_division(self) -> None:
        costs = list(self.action("37 + 38B").cost_lines.all())
        shares = [
            {
                share.municipality.name: share.amount and share.amount.amount
                for share in cost.shares.all()
            }
            for cost in costs
        ]
        assert shares == [
            dict.fromkeys(("Aa", "Berg", "Cel"), Decimal("200.00")) | {"Aa": Decimal("200.01")},
            {"Berg": None},
        ]
        assert [cost.is_joint for cost in costs] == [False, True]
        assert [cost.division for cost in costs] == [self.action("37 + 38B"), costs[1]]

    def test_the_pots_pay_the_cost_to_the_cent(self) -> None:
        pots = [
            (row.pot, row.year, row.amount and row.amount.amount, row.is_certain)
            for row in FundingEntry.objects.filter(action__line__plan=plan()).order_by("pk")
        ]
        assert sorted(pots, key=str) == sorted(
            [
                ("regiobudget", None, Decimal("1000.00"), True),
                ("regiobudget", None, Decimal("300.00"), True),
                ("Aa", None, Decimal("300.01"), True),
                ("regiobudget", None, None, True),
                ("regiobudget", 2021, None, True),
                ("fonds", 2021, None, False),
                ("", 2022, None, True),
            ],
            key=str,
        )

    def test_start_and_end_make_periods_too(self) -> None:
        rows = self.action("37 + 38A").planning_entries.values_list(
            "aspect", "group", "start_year", "start_quarter", "is_continuous"
        )
        assert sorted(rows, key=str) == [
            ("end", "", None, None, True),
            ("period", "Laag", 2019, 2, True),
            ("period", "Top", 2019, 1, True),
            ("start", "Laag", 2019, 2, False),
            ("start", "Top", 2019, 1, False),
        ]

    def test_a_row_knows_its_line_and_action(self) -> None:
        row = BlockRow.objects.get()
        assert (row.line.code, row.action) == ("A", self.action("37 + 38B"))
        assert (row.items, row.year) == (["eerste punt", "tweede punt"], 2019)

    def test_rules_have_their_limits(self) -> None:
        first, second = plan().rules.all()
        assert (first.amount.amount, first.maximum.amount) == (5_000, 9_000)
        assert (first.share_numerator, first.share_denominator) == (5, 1000)
        assert (second.share_numerator, second.share_denominator) == (2, 3)

    def test_what_is_printed_wrong_is_kept_and_counts_nowhere(self) -> None:
        states = plan().printed.values_list("text", "state")
        assert list(states) == [("€ 64,376", "unread"), ("€ 10.000", "known")]

    def test_a_change_leaves_the_other_rows_alone(self) -> None:
        keys = {model: set(model.objects.values_list("pk", flat=True)) for model in CHILDREN}
        assert load(TEXT.replace("Tellen", "Tellen en vertellen")) is Outcome.CHANGED
        assert {
            model: set(model.objects.values_list("pk", flat=True)) for model in CHILDREN
        } == keys

    def test_what_is_taken_out_of_the_file_goes(self) -> None:
        tree = planfile.normalised(planfile.read(TEXT).tree)
        for key in ("rules", "figures", "blocks", "printed"):
            del tree[key]
        tree["lines"] = [{"code": "B", "title": "Alleen dit", "kind": "organisatie"}]
        assert load(planfile.to_yaml(tree)) is Outcome.CHANGED
        check_now()
        own = [model for model in CHILDREN if model not in (IntendedResult,)]
        assert [
            model for model in own if model.objects.exclude(**ELSEWHERE.get(model, {})).exists()
        ] == []

    def test_a_part_becomes_a_line_and_the_other_way_round(self) -> None:
        tree = planfile.normalised(planfile.read(TEXT).tree)
        first, second = tree["lines"]
        part = first.pop("parts")[0]
        tree["lines"] = [part, second | {"parts": [first]}]
        for point in first["points"]:
            for action in point["actions"]:
                action.pop("after", None)
        assert load(planfile.to_yaml(tree)) is Outcome.CHANGED
        check_now()
        assert planfile.dump(plan()) == planfile.normalised(tree)


ELSEWHERE: dict = {FundingEntry: {"action__line__plan__slug": "plan-2019"}}
CHILDREN = [
    apps.get_model("workplans", name)
    for name in [
        "ActionOrder",
        "ActionPoint",
        "ActionResult",
        "Block",
        "BlockRow",
        "FundingEntry",
        "Goal",
        "IntendedResult",
        "LinePredecessor",
        "Partner",
        "PlanFigure",
        "PlanRule",
        "PrintedFigure",
        "Quantity",
    ]
]
