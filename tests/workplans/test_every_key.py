"""A plan that uses every key of the plan file: stored, written back, and refused."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from municipalities import textfile
from municipalities.guard import check_now
from municipalities.models import GroupMembership, MunicipalityGroup, Organisation
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    EnvelopeFactory,
    MunicipalityFactory,
    PopulationFigureFactory,
    RegionFactory,
    RegionMembershipFactory,
    RoundFactory,
    WorkPlanFactory,
)
from workplans import planfile
from workplans.models import (
    Action,
    ActionOrder,
    ActionPoint,
    ActionResult,
    Block,
    BlockRow,
    CostLine,
    FundingEntry,
    Goal,
    IntendedResult,
    LinePredecessor,
    Partner,
    PlanFigure,
    PlanRule,
    PrintedFigure,
    Quantity,
    WorkPlan,
)
from workplans.services import Outcome, store_plan

pytestmark = pytest.mark.django_db

TEXT = (Path(__file__).parent / "every_key.yaml").read_text(encoding="utf-8")


@pytest.fixture
def drie() -> None:
    """What the file names: a region with groups, a fund, an earlier plan, a programme."""
    region = RegionFactory(slug="drie", name="Drie", members=0)
    groups = {
        name: MunicipalityGroup.objects.create(region=region, name=name) for name in ("Top", "Laag")
    }
    for name, inhabitants, group in (
        ("Aa", 100, "Top"),
        ("Berg", 200, "Laag"),
        ("Cel", 700, "Laag"),
    ):
        municipality = MunicipalityFactory(name=name)
        RegionMembershipFactory(region=region, municipality=municipality)
        PopulationFigureFactory(municipality=municipality, inhabitants=inhabitants)
        GroupMembership.objects.create(group=groups[group], municipality=municipality)
    fund = RoundFactory(slug="eerste", fund__slug="fonds").fund
    EnvelopeFactory(region=region, fund=fund, amount=100_000)
    earlier = ActionLineFactory(plan=WorkPlanFactory(slug="plan-2019", region=region), code="Z")
    ActionFactory(line=earlier, code="9")
    programme = WorkPlanFactory(slug="programma-drie", region=region, kind="uitvoeringsprogramma")
    IntendedResult.objects.create(
        line=ActionLineFactory(plan=programme, code="P"), position=0, code="7", text="Beter"
    )
    Organisation.objects.create(name="De Brug", kind="welzijn", aliases=["Brugge"])


def load(text: str = TEXT) -> Outcome:
    return store_plan(planfile.read(text))


def plan() -> WorkPlan:
    return WorkPlan.objects.get(slug="alle-sleutels-2020")


def written() -> str:
    return planfile.to_yaml(planfile.dump(plan()))


def test_it_comes_back_byte_for_byte(drie) -> None:
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
    def _loaded(self, drie) -> None:
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
CHILDREN = (
    ActionOrder,
    ActionPoint,
    ActionResult,
    Block,
    BlockRow,
    FundingEntry,
    Goal,
    IntendedResult,
    LinePredecessor,
    Partner,
    PlanFigure,
    PlanRule,
    PrintedFigure,
    Quantity,
)


# ---- what is wrong in a file


@pytest.mark.parametrize(
    ("right", "wrong", "where", "sentence"),
    [
        (
            "plan-2019/Z\n",
            "plan-2018/Z\n",
            "lines[0].follows[0]",
            "Het plan plan-2018 kennen wij niet",
        ),
        ("plan-2019/Z\n", "plan-2019/Y\n", "lines[0].follows[0]", "geen actielijn Y"),
        ("plan-2019/Z9", "plan-2019/Z8", "points[0].actions[0].follows", "geen actie Z8"),
        ("  follows: plan-2019\n", "  follows: plan-2018\n", "plan.follows", "laad dat eerst"),
        ("      - A1\n", "      - A2\n", "blocks[1].lines[1]", "geen actielijn A2"),
        (
            "Project/pilot",
            'Project/pilot"\n      - "prijs: Euro',
            "blocks[1].columns[2]",
            "De kolom prijs",
        ),
        ("      - actiepunt\n", "      - nummer\n", "lines[0].columns[1]", "De kolom nummer"),
        ("        line: A\n", "        line: C\n", "blocks[4].rows[0].line", "geen actielijn C"),
        (
            "        action: 37 + 38B",
            "        action: B7",
            "blocks[4].rows[0].action",
            "geen actie B7",
        ),
        (
            "          - 3 plaatsen",
            "          - veel plaatsen",
            "rows[0].quantities[0]",
            "is geen aantal",
        ),
        ("- ca. 5 woningen", "- wat woningen", "results[0].quantities[0]", "is geen aantal"),
        ("- maximaal 6 maanden", "- even", "results[0].results[0].quantities[0]", "is geen aantal"),
        ("- 0,5 fte casemanagement", "- fte", "actions[0].quantities[0]", "is geen aantal"),
        (
            "              - P7\n",
            "              - P8\n",
            "actions[0].results[2]",
            "Het resultaat P8 staat niet",
        ),
        (
            "              - 37 + 38A\n",
            "              - 99\n",
            "actions[1].after[0]",
            "geen actie 99",
        ),
        (
            "              - 37 + 38A\n",
            "              - 37 + 38B\n",
            "after[0]",
            "niet op zichzelf wachten",
        ),
        (
            '      - code: "18"\n',
            "      - title: Kop\n",
            "lines[0].points[1].actions[0]",
            "heeft geen code",
        ),
        (
            "50% regiobudget; rest Aa",
            "50% regiobudget; 40% Aa",
            "costs[0].funding",
            "er ontbreekt 10%",
        ),
        (
            "50% regiobudget; rest Aa",
            "€ 500 regio; € 1 Aa",
            "costs[0].funding",
            "telt op tot €\u00a0501",
        ),
        ("Laag, penvoerder Berg", "Atlantis", "costs[1].municipalities", "Atlantis"),
        (
            "            monitoring: Tellen\n",
            "            monitoring: Tellen\n            amount: € 5\n",
            "actions[1].amount",
            "De kosten staan onder costs",
        ),
        ("start: Q1 '19 (Top) Q2 '19 (Laag)", "start: Q5 2020", "actions[0].start", "bestaat niet"),
        ("    maximum: € 9.000", "    maximum: € 4.000", "rules[0].maximum", "onder het bedrag"),
        ("    maximum: € 9.000", "    maximum: PM", "rules[0].maximum", "Hier hoort een bedrag"),
        ("    share: 0,5%", "    share: een deel", "rules[0].share", "is geen deel"),
        ("code: R2", "code: R1", "rules[1].code", "De regel R1 staat er twee keer"),
        (
            "code: verschil",
            "code: budget",
            "figures[1].code",
            "Het cijfer budget staat er twee keer",
        ),
        (
            "    amount: € 10.000\n    source",
            "    source",
            "figures[0]",
            "een bedrag, een som of een deel",
        ),
        (
            "    amount: € 1.000\n    tranches",
            "    amount: € 1,000\n    tranches",
            "blocks[3].amount",
            "geen duidelijk bedrag",
        ),
        (
            "    key: inwoners 2019-01-01\n    unit",
            "    key: inwoners 2018-01-01\n    unit",
            "blocks[3].key",
            "inwonertallen",
        ),
        (
            "      - code: A1\n        title: Vroeg erbij",
            "      - code: A\n        title: Vroeg erbij",
            "lines[0].parts[0].code",
            "De actielijn A staat er twee keer",
        ),
    ],
)
def test_a_fault_says_where_and_what(
    drie, right: str, wrong: str, where: str, sentence: str
) -> None:
    assert right in TEXT
    with pytest.raises(textfile.FileFaults) as caught:
        load(TEXT.replace(right, wrong))
    found = [str(fault) for fault in caught.value.faults]
    assert any(where in fault and sentence in fault for fault in found), found
    assert all(fault.line for fault in caught.value.faults)
    assert not WorkPlan.objects.filter(slug="alle-sleutels-2020").exists()


@pytest.mark.parametrize(
    ("deep", "where"),
    [
        (
            {"parts": [{"code": "X", "title": "Te diep", "kind": "onderdeel"}]},
            "lines[0].parts[0].parts",
        ),
        (
            {"results": [{"text": "a", "results": [{"text": "b", "results": [{"text": "c"}]}]}]},
            "lines[0].parts[0].results[0].results[0].results",
        ),
        ({"points": [{"actions": []}]}, "lines[0].parts[0].points[0]"),
    ],
)
def test_what_is_too_deep_or_has_no_name_is_refused(drie, deep: dict, where: str) -> None:
    tree = planfile.normalised(planfile.read(TEXT).tree)
    tree["lines"][0]["parts"][0] |= deep
    with pytest.raises(textfile.FileFaults) as caught:
        store_plan(textfile.TextFile(tree))
    assert where in [textfile.path_text(fault.path) for fault in caught.value.faults]


# ---- what the database refuses


class TestRefused:
    @pytest.fixture(autouse=True)
    def _loaded(self, drie) -> None:
        load()
        check_now()

    def test_one_owner_of_a_partner_and_a_quantity(self, refuses) -> None:
        action, row = Action.objects.first(), BlockRow.objects.get()
        with refuses("workplans_partner_owner"):
            Partner.objects.create(position=0, text="x")
        with refuses("workplans_partner_owner"):
            Partner.objects.create(position=0, text="x", action=action, row=row)
        with refuses("workplans_quantity_owner"):
            Quantity.objects.create(position=0, text="1 x", low=1, unit="x", action=action, row=row)
        with refuses("workplans_quantity_range"):
            Quantity.objects.create(
                position=0, text="2-1 x", low=2, high=1, unit="x", action=action
            )

    def test_an_action_is_in_the_line_of_its_point(self, refuses) -> None:
        point = ActionPoint.objects.get(code="18")
        with refuses("action_point"):
            point.actions.update(line=plan().lines.get(code="B"))
        with refuses("action_point"):
            point.line = plan().lines.get(code="B")
            point.save()
        with refuses("workplans_action_code"):
            point.actions.update(point=None)
        with refuses("workplans_point_named"):
            ActionPoint.objects.filter(pk=point.pk).update(code="")

    def test_a_part_is_one_deep_and_of_the_same_plan(self, refuses) -> None:
        line, part = plan().lines.get(code="A"), plan().lines.get(code="A1")
        with refuses("line_part"):
            ActionLineFactory(plan=plan(), parent=part)
        with refuses("line_part"):
            plan().lines.filter(pk=line.pk).update(parent=plan().lines.get(code="B"))
        with refuses("line_part"):
            ActionLineFactory(plan=plan().predecessor, parent=line)

    def test_a_result_is_one_deep_and_of_the_same_line(self, refuses) -> None:
        part = IntendedResult.objects.get(code="1a")
        with refuses("result_part"):
            IntendedResult.objects.create(line=part.line, parent=part, position=9, text="x")
        with refuses("result_part"):
            IntendedResult.objects.filter(pk=part.pk).update(line=plan().lines.get(code="B"))

    def test_a_row_names_what_is_in_its_plan(self, refuses) -> None:
        with refuses("block_row"):
            BlockRow.objects.update(line=plan().predecessor.lines.get())
        with refuses("block_row"):
            BlockRow.objects.update(action=Action.objects.get(line__plan=plan().predecessor))

    def test_pots_pay_the_amount_of_their_own_action(self, refuses) -> None:
        paid = FundingEntry.objects.get(percentage=50)
        with refuses("funding_sum"):
            FundingEntry.objects.filter(pk=paid.pk).update(amount=1)
        with refuses("funding_sum"):
            FundingEntry.objects.filter(pk=paid.pk).delete()
        with refuses("funding_action"):
            FundingEntry.objects.filter(pk=paid.pk).update(
                action=Action.objects.get(title="Zonder punt")
            )
        with refuses("workplans_funding_percentage"):
            FundingEntry.objects.filter(pk=paid.pk).update(percentage=101)
        with refuses("workplans_funding_of_costs"):
            FundingEntry.objects.filter(year=2021).update(amount=1)
        with refuses("workplans_funding_as_stated"):
            FundingEntry.objects.filter(pk=paid.pk).update(stated=1)
        with refuses("workplans_funding_pot"):
            FundingEntry.objects.filter(pk=paid.pk).update(pot="")

    def test_who_pays_is_a_member_then(self, refuses) -> None:
        old = MunicipalityFactory(valid_until=datetime.date(2018, 12, 31))
        with refuses("share_municipality"):
            FundingEntry.objects.filter(percentage=50).update(municipality=old)
        with refuses("share_region"):
            FundingEntry.objects.filter(percentage=50).update(municipality=MunicipalityFactory())

    def test_a_cost_with_its_own_division_has_its_own_lead(self, refuses) -> None:
        cost = CostLine.objects.get(label="2021")
        aa = cost.action.cost_lines.get(label="2020").shares.first().municipality
        with refuses("joint_recipient"):
            CostLine.objects.filter(pk=cost.pk).update(lead=aa)
        with refuses("joint_recipient"):
            cost.shares.update(municipality=aa)
        with refuses("workplans_cost_lead"):
            CostLine.objects.filter(pk=cost.pk).update(lead=None)
        with refuses("workplans_cost_division"):
            CostLine.objects.filter(pk=cost.pk).update(municipalities_text="")

    def test_an_order_and_a_plan_do_not_follow_themselves(self, refuses) -> None:
        order = ActionOrder.objects.first()
        with refuses("workplans_order_itself"):
            ActionOrder.objects.filter(pk=order.pk).update(first=order.action)
        with refuses("workplans_plan_own_predecessor"):
            WorkPlan.objects.filter(pk=plan().pk).update(predecessor=plan())

    def test_figures_and_rules_say_one_thing(self, refuses) -> None:
        with refuses("workplans_figure_one_way"):
            PlanFigure.objects.filter(code="budget").update(sum_text="totaal")
        with refuses("workplans_figure_once"):
            PlanFigure.objects.filter(code="deel").update(code="budget")
        with refuses("workplans_rule_order"):
            PlanRule.objects.filter(code="R1").update(maximum=1)
        with refuses("workplans_rule_share"):
            PlanRule.objects.filter(code="R1").update(share_denominator=0)
        with refuses("workplans_block_level"):
            Block.objects.update(level=4)


# ---- the groups of a region


def test_a_group_is_once_in_its_region(drie, refuses) -> None:
    group = MunicipalityGroup.objects.first()
    with refuses("municipalities_group_once"):
        MunicipalityGroup.objects.create(region=group.region, name=group.name)
    member = group.memberships.first()
    with refuses("municipalities_group_member_once"):
        GroupMembership.objects.create(group=group, municipality=member.municipality)
    organisation = Organisation.objects.get()
    with refuses("municipalities_organisation_parent"):
        Organisation.objects.update(parent=organisation)
