"""Copying a plan to the years after: stored, linked, read again, or refused whole."""

from __future__ import annotations

import datetime
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.figure import Figure
from municipalities.guard import check_now
from municipalities.models import GroupMembership, Municipality, MunicipalityGroup
from reports.content import contribution
from reports.rendering import FORMATS, render, report
from tests.conftest import FIXTURES
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    BlockFactory,
    MunicipalityFactory,
    PopulationFigureFactory,
    RegionFactory,
    RegionMembershipFactory,
    WorkPlanFactory,
)
from workplans import planfile
from workplans.copy_form import CopyForm, default_choice
from workplans.models import Action, ActionLine, LinePredecessor, WorkPlan
from workplans.planfile.next_year import Choice
from workplans.services import Copied, Outcome, copy_plan, store_plan

pytestmark = pytest.mark.django_db

PLANS = sorted(path.stem for path in (FIXTURES / "plans").glob("*.yaml"))
WESTFRIESLAND = ["GM0498", "GM0388", "GM0405", "GM1598", "GM0420", "GM0432", "GM0532"]


def copied(plan: WorkPlan, choices: dict[int, Choice] | None = None, **changed: Any) -> Copied:
    """The copy to 2022 and 2023; what is not chosen goes on."""
    actions = Action.objects.filter(line__plan=plan).values_list("pk", flat=True)
    head = {
        "title": "Volgend plan",
        "slug": "volgend-plan",
        "first_year": 2022,
        "last_year": 2023,
        "as_of": datetime.date(2022, 1, 1),
    }
    return copy_plan(
        plan, **(head | changed), choices=dict.fromkeys(actions, Choice.CONTINUE) | (choices or {})
    )


def codes(plan: WorkPlan) -> list[str]:
    return [action.full_code for line in plan.lines.all() for action in line.actions.all()]


@pytest.fixture
def region() -> Any:
    """Aa and Berg stay, Cel ends with 2021; inhabitants are known of 2019 and 2021."""
    region = RegionFactory(name="Drie", members=0)
    for name, inhabitants, until in (
        ("Aa", 100, None),
        ("Berg", 300, None),
        ("Cel", 600, datetime.date(2021, 12, 31)),
    ):
        municipality = MunicipalityFactory(name=name, valid_until=until)
        RegionMembershipFactory(region=region, municipality=municipality)
        for year, more in ((2019, 0), (2021, 100)):
            PopulationFigureFactory(
                municipality=municipality,
                inhabitants=inhabitants + more,
                reference_date=datetime.date(year, 1, 1),
            )
    return region


@pytest.fixture
def plan(region: Any) -> WorkPlan:
    """A submitted plan, its action 1 for whoever is in the region."""
    plan = WorkPlanFactory(submitted=True, region=region)
    line = plan.lines.get()
    ActionFactory(line=line, code="x", position=1, title="Naar inwoners", amount="€ 1.000",
                  municipalities="naar rato van inwoners")  # fmt: skip
    ActionFactory(line=line, code="y", position=2, title="Voor Cel", amount="€ 500",
                  municipalities="Cel")  # fmt: skip
    return plan


@pytest.fixture
def named(plan: WorkPlan) -> dict[str, Action]:
    return {action.code: action for action in Action.objects.filter(line__plan=plan)}


class TestCopying:
    def test_makes_a_concept_that_follows_the_plan_and_asks_nothing(self, plan) -> None:
        made = copied(plan).plan
        assert (made.predecessor, made.status) == (plan, "concept")
        assert (made.region, made.kind, made.style) == (plan.region, plan.kind, plan.style)
        assert (made.first_year, made.last_year) == (2022, 2023)
        assert not made.applications.exists()
        plan.refresh_from_db()
        assert plan.is_submitted

    def test_links_every_line_and_action_that_goes_along(self, plan, named) -> None:
        made = copied(plan, {named["y"].pk: Choice.RESHAPE}).plan
        line = made.lines.get()
        assert line.predecessors.get().predecessor == plan.lines.get()
        links = {action.code: (action.predecessor, action.status) for action in line.actions.all()}
        assert links["x"] == (named["x"], "voortgezet")
        assert links["y"] == (named["y"], "omgevormd")

    def test_counts_each_choice(self, plan, named) -> None:
        counts = copied(plan, {named["x"].pk: Choice.PARK, named["y"].pk: Choice.FINISH}).counts
        assert dict(counts) == {Choice.CONTINUE: 1, Choice.PARK: 1, Choice.FINISH: 1}

    def test_finished_and_parked_stand_in_blocks_of_their_own(self, plan, named) -> None:
        made = copied(plan, {named["x"].pk: Choice.PARK, named["y"].pk: Choice.FINISH}).plan
        rows = {
            block.kind: [(row.title, row.line, row.text) for row in block.rows.all()]
            for block in made.blocks.all()
        }
        line = made.lines.get()
        assert rows == {
            "terugblik": [("Voor Cel", line, "")],
            "ontwikkelagenda": [("Naar inwoners", line, "")],
        }

    def test_of_equal_codes_each_is_linked_to_its_own(self, plan) -> None:
        line = plan.lines.get()
        twice = [ActionFactory(line=line, code="d", position=n) for n in (7, 8)]
        made = copied(plan, {twice[0].pk: Choice.FINISH}).plan
        assert Action.objects.get(line__plan=made, code="d").predecessor == twice[1]

    def test_parts_that_stand_apart_keep_their_own_actions(self, plan) -> None:
        """A part may have a later position than the line after its own."""
        line = plan.lines.get()
        other = ActionLineFactory(plan=plan, position=line.position + 1, code="O")
        part = ActionLineFactory(plan=plan, position=line.position + 2, code="P", parent=line,
                                 kind="onderdeel")  # fmt: skip
        olds = [ActionFactory(line=row, code="1") for row in (other, part)]
        made = copied(plan, {olds[0].pk: Choice.RESHAPE}).plan
        found = {action.line.code: action for action in Action.objects.filter(line__plan=made)}
        assert (found["O"].status, found["O"].predecessor) == ("omgevormd", olds[0])
        assert (found["P"].status, found["P"].predecessor) == ("voortgezet", olds[1])

    def test_text_only_plan_keeps_its_live_blocks(self, plan, named) -> None:
        BlockFactory(plan=plan, title="Inleiding")
        made = copied(plan, {named["x"].pk: Choice.PARK, named["y"].pk: Choice.FINISH}).plan
        blocks = report(made).document.blocks
        assert [block.heading for block in blocks][:3] == [
            "Inleiding",
            "Terugblik op 2020-2021",
            "Ontwikkelagenda",
        ]
        assert "actions" in {block.kind for block in blocks}


class TestReading:
    def test_inhabitants_are_those_of_the_new_date(self, plan, named) -> None:
        made = copied(plan).plan
        dates = {
            action.line.plan: action.key_date
            for action in Action.objects.filter(code="x").select_related("line__plan")
        }
        assert dates == {plan: datetime.date(2019, 1, 1), made: datetime.date(2021, 1, 1)}
        cost = Action.objects.get(line__plan=made, code="x").cost_lines.get()
        shares = {share.municipality.name: share.amount.amount for share in cost.shares.all()}
        assert shares == {"Aa": Decimal("333.33"), "Berg": Decimal("666.67")}

    def test_municipality_that_is_gone_leaves_the_cell_unread_and_is_said(self, plan) -> None:
        made = copied(plan)
        action = Action.objects.get(line__plan=made.plan, code="y")
        assert (action.municipalities_text, action.municipalities_unread) == ("Cel", True)
        assert action.cost_lines.get().amount.amount == 500
        assert made.unread == (
            f"Bij {action.full_code} passen de gemeenten niet meer (“Cel”); "
            "vul die cel opnieuw in.",
        )

    def test_what_the_new_years_still_know_says_nothing(self, plan) -> None:
        Action.objects.filter(line__plan=plan, code="y").delete()
        assert copied(plan).unread == ()

    def test_key_of_joint_actions_that_is_unknown_goes_away(self, plan, region) -> None:
        WorkPlan.objects.filter(pk=plan.pk).update(joint_text="inwoners 2019-01-01")
        newcomer = MunicipalityFactory(name="Dorp", valid_from=datetime.date(2022, 1, 1))
        RegionMembershipFactory(region=region, municipality=newcomer)
        made = copied(plan)
        assert made.plan.joint_text == ""
        assert any("inwoners 2019-01-01" in sentence for sentence in made.unread)


class TestRefusals:
    def refused(self, plan: WorkPlan, code: str, **changed: Any) -> dict[str, list[str]]:
        before = WorkPlan.objects.count()
        with pytest.raises(ValidationError) as caught:
            copied(plan, **changed)
        assert WorkPlan.objects.count() == before
        errors = caught.value.error_dict if hasattr(caught.value, "error_dict") else {}
        assert code in {error.code for errors in errors.values() for error in errors}
        return caught.value.message_dict

    def test_slug_of_another_plan(self, plan) -> None:
        WorkPlanFactory(slug="bezet")
        assert self.refused(plan, "slug_taken", slug="bezet") == {
            "slug": ["Het kenmerk bezet is al van een ander plan; kies een ander."]
        }

    def test_own_slug(self, plan) -> None:
        self.refused(plan, "slug_taken", slug=plan.slug)

    @pytest.mark.parametrize("first", [2019, 2020])
    def test_period_that_does_not_start_later(self, plan, first: int) -> None:
        assert self.refused(plan, "period", first_year=first) == {
            "first_year": ["Het nieuwe plan begint na 2020, het eerste jaar van dit plan."]
        }

    def test_rolling_plan_may_overlap(self, plan) -> None:
        assert copied(plan, first_year=2021, last_year=2022).plan.period_text == "2021 t/m 2022"

    def test_end_before_the_beginning(self, plan) -> None:
        assert list(self.refused(plan, "period", last_year=2021)) == ["last_year"]

    def test_action_without_a_choice(self, plan, named) -> None:
        with pytest.raises(ValidationError) as caught:
            copy_plan(plan, title="T", slug="t", first_year=2022, last_year=2022,
                      as_of=datetime.date(2022, 1, 1),
                      choices={named["x"].pk: Choice.CONTINUE})  # fmt: skip
        assert caught.value.code == "choice_missing"
        assert f"{plan.lines.get().code}y" in caught.value.message
        assert not WorkPlan.objects.filter(slug="t").exists()

    def test_plan_that_breaks_its_own_file_says_where(self, plan, named) -> None:
        line = plan.lines.get()
        Action.objects.filter(pk=named["x"].pk).update(title="t" * 150)
        copied(plan)
        ActionLine.objects.filter(pk=line.pk).update(columns=["bestaat niet"])
        with pytest.raises(ValidationError) as caught:
            copied(plan, slug="tweede")
        assert caught.value.messages[0].startswith(f"actielijn {line.code}: ")
        assert not WorkPlan.objects.filter(slug="tweede").exists()


# ---- what most likely becomes of an action


@pytest.mark.parametrize(
    ("planning", "expected"),
    [
        ("2020", Choice.FINISH),
        ("Q4 2021", Choice.FINISH),
        ("2020/2021", Choice.FINISH),
        ("2022", Choice.CONTINUE),
        ("2021-2022", Choice.CONTINUE),
        ("Vanaf 2021 Q3", Choice.CONTINUE),
        ("Doorlopend", Choice.CONTINUE),
        ("Zodra er een locatie is", Choice.CONTINUE),
        ("", Choice.CONTINUE),
    ],
)
def test_action_is_finished_when_its_planning_ends_before(planning: str, expected: Choice) -> None:
    assert default_choice(ActionFactory(planning=planning), 2022) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("afgerond", Choice.FINISH),
        ("geschrapt", Choice.FINISH),
        ("ontwikkelagenda", Choice.PARK),
        ("nieuw", Choice.CONTINUE),
    ],
)
def test_status_says_it_first(status: str, expected: Choice) -> None:
    assert default_choice(ActionFactory(planning="", status=status), 2022) is expected


@pytest.mark.parametrize(
    ("slug", "title", "next_slug", "next_title"),
    [
        ("regio-2020", "Plan 2020-2021", "regio-2022", "Plan 2022-2023"),
        ("regio", "Plan van 1998", "regio-2022", "Plan van 1998"),
        ("r" * 80, "Plan", "r" * 75 + "-2022", "Plan"),
    ],
)
def test_head_is_filled_in_for_the_years_after(slug, title, next_slug, next_title) -> None:
    initial = CopyForm(None, plan=WorkPlanFactory(slug=slug, title=title)).initial
    assert (initial["slug"], initial["title"]) == (next_slug, next_title)
    assert (initial["first_year"], initial["last_year"]) == (2022, 2023)
    assert initial["as_of"] == "2022-01-01"


# ---- all five documents


@pytest.fixture(params=PLANS)
def document(request: pytest.FixtureRequest, loaded: WorkPlan) -> WorkPlan:
    """One of the five documents, with the regions that they name."""
    regions = {"westfriesland": WESTFRIESLAND, "leidschendam-voorburg": ["GM1916"]}
    for slug, members in regions.items():
        RegionFactory(slug=slug, members=list(Municipality.objects.filter(code__in=members)))
    region = RegionFactory(slug="westfriesland")
    for name, part in (("HRN", ["GM0405"]), ("WF6", [c for c in WESTFRIESLAND if c != "GM0405"])):
        group, _ = MunicipalityGroup.objects.get_or_create(region=region, name=name)
        for municipality in Municipality.objects.filter(code__in=part):
            GroupMembership.objects.get_or_create(group=group, municipality=municipality)
    text = (FIXTURES / "plans" / f"{request.param}.yaml").read_text(encoding="utf-8")
    store_plan(planfile.read(text), only_absent=True)
    return WorkPlan.objects.get(slug=request.param)


def total_of(actions: Any) -> Figure:
    """What these actions cost together, with its gaps."""
    return sum(
        (
            contribution(cost)
            for action in actions.prefetch_related("cost_lines__shares")
            for cost in action.cost_lines.all()
        ),
        Figure.zero(),
    )


def test_each_document_goes_on_whole(document: WorkPlan) -> None:
    """It exports, comes back from its file, and costs what it did."""
    plan, made = document, copied(document).plan
    check_now()
    assert len(codes(made)) == len(codes(plan))
    old, new = report(plan).totals, report(made).totals
    assert (new.total, new.by_line, new.by_nature, new.by_pot) == (
        old.total,
        old.by_line,
        old.by_nature,
        old.by_pot,
    )
    for form in set(FORMATS) - {"pdf"}:
        assert render(made, form).body
    text = planfile.to_yaml(planfile.dump(made))
    assert store_plan(planfile.read(text)) is Outcome.UNCHANGED
    assert planfile.to_yaml(planfile.dump(made)) == text


def test_each_document_as_the_form_proposes_it(document: WorkPlan) -> None:
    """What goes on costs what it did, and all of it knows where it comes from."""
    plan = document
    actions = Action.objects.filter(line__plan=plan)
    choices = {action.pk: default_choice(action, 2022) for action in actions}
    made = copied(plan, choices)
    going = [pk for pk, choice in choices.items() if choice is Choice.CONTINUE]
    new = Action.objects.filter(line__plan=made.plan)
    assert sorted(new.values_list("predecessor", flat=True)) == sorted(going)
    assert total_of(new) == total_of(actions.filter(pk__in=going))
    origins = LinePredecessor.objects.filter(line__plan=made.plan)
    assert origins.filter(predecessor__plan=plan).count() == plan.lines.count()
    text = planfile.to_yaml(planfile.dump(made.plan))
    assert store_plan(planfile.read(text)) is Outcome.UNCHANGED


# ---- cost in queries, and two at once


def test_copying_asks_as_often_for_many_actions_as_for_few() -> None:
    counts = []
    for size in (2, 30):
        line = ActionLineFactory(plan=WorkPlanFactory(slug=f"groot-{size}"))
        ActionFactory.create_batch(size, line=line)
        with CaptureQueriesContext(connection) as asked:
            copied(line.plan, slug=f"kopie-{size}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False])
def test_two_at_once_with_one_slug(same: bool) -> None:
    """One gets the plan, the other a sentence; nothing is overwritten."""
    plans = [WorkPlanFactory(draft=True), WorkPlanFactory(draft=True)]
    start = threading.Barrier(2, timeout=20)
    outcomes: list[str] = []

    def run(plan: WorkPlan, title: str) -> None:
        try:
            start.wait()
            outcomes.append(copied(plan, slug="eender", title=title).plan.title)
        except ValidationError as refused:
            outcomes.extend(refused.messages)
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    pair = [(plans[0], "Een"), (plans[0 if same else 1], "Twee")]
    threads = [threading.Thread(target=run, args=args) for args in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    stored = WorkPlan.objects.get(slug="eender").title
    assert sorted(outcomes) == sorted(
        [stored, "Het kenmerk eender is al van een ander plan; kies een ander."]
    )
