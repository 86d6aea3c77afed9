"""A plan uses members of its own region, a joint action goes by its lead, and what the
figures of a submitted plan rest on stands fast: along every path that could break that."""

import datetime

import pytest
from django.db import connection

from municipalities.models import Municipality, PopulationFigure, RegionMembership
from tests.conftest import insert_like
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    MunicipalityFactory,
    PopulationFigureFactory,
    RegionFactory,
    RegionMembershipFactory,
    WorkPlanFactory,
)
from workplans import lifecycle
from workplans.models import Action, CostLine, Share, WorkPlan
from workplans.services import submit_workplan

pytestmark = pytest.mark.django_db

KEY = datetime.date(2019, 1, 1)
SHARE = {"municipalities": "A"}
LEAD_ONLY = {"municipalities": "alle gemeenten, penvoerder A", "amount": None}


@pytest.fixture
def shared() -> Action:
    """€ 10.000 of A, in a concept."""
    return ActionFactory(municipalities="A")


@pytest.fixture
def joint() -> Action:
    """€ 10.000 of all three, by A."""
    return ActionFactory(municipalities="alle gemeenten, penvoerder A")


def region_of(action: Action):
    return action.line.plan.region


def member(region, abbreviation: str = "A") -> RegionMembership:
    return region.memberships.get(abbreviation=abbreviation)


class TestOfTheRegion:
    def test_a_share_of_a_stranger(self, shared, refuses) -> None:
        stranger = MunicipalityFactory()
        with refuses("share_region"):
            Share.objects.update(municipality=stranger)

    def test_a_share_by_plain_sql(self, shared, refuses) -> None:
        stranger = MunicipalityFactory()
        CostLine.objects.update(amount=None, state="pm")
        Share.objects.update(amount=None, state="pm")
        with refuses("share_region"):
            insert_like(Share, municipality_id=stranger.pk)

    def test_a_lead_from_elsewhere(self, joint, refuses) -> None:
        stranger = MunicipalityFactory()
        with refuses("share_region"):
            Action.objects.update(lead=stranger)

    @pytest.mark.parametrize("cells", [SHARE, LEAD_ONLY], ids=["share", "lead"])
    class TestWhateverNamesIt:
        def test_the_plan_moves_to_another_region(self, cells, refuses) -> None:
            ActionFactory(**cells)
            other = RegionFactory()
            with refuses("share_region"):
                WorkPlan.objects.update(region=other)

        def test_its_action_moves_to_a_plan_elsewhere(self, cells, refuses) -> None:
            ActionFactory(**cells)
            other = ActionLineFactory()
            with refuses("share_region"):
                Action.objects.update(line=other)

        def test_its_membership_is_removed(self, cells, refuses) -> None:
            action = ActionFactory(**cells)
            with refuses("membership_used"):
                member(region_of(action)).delete()

        def test_its_membership_moves(self, cells, refuses) -> None:
            action = ActionFactory(**cells)
            rows = RegionMembership.objects.filter(pk=member(region_of(action)).pk)
            for change in ({"region": RegionFactory()}, {"municipality": MunicipalityFactory()}):
                with refuses("membership_used"):
                    rows.update(**change)

    def test_a_concept_leaves_the_others_free(self, shared, accepts) -> None:
        region = region_of(shared)
        with accepts():
            member(region, "B").delete()
            RegionMembershipFactory(region=region)
            RegionMembership.objects.filter(pk=member(region).pk).update(
                abbreviation="Aa", position=9
            )

    def test_a_cost_line_moves_to_a_plan_elsewhere(self, shared, refuses) -> None:
        other = ActionFactory(amount=None)
        with refuses("share_region"):
            CostLine.objects.update(action=other)


class TestJoint:
    def test_another_recipient(self, joint, refuses) -> None:
        other = member(region_of(joint), "B").municipality
        with refuses("joint_recipient"):
            Share.objects.update(municipality=other)

    def test_another_lead(self, joint, refuses) -> None:
        other = member(region_of(joint), "B").municipality
        with refuses("joint_recipient"):
            Action.objects.update(lead=other)

    def test_an_action_that_becomes_joint(self, shared, refuses) -> None:
        other = member(region_of(shared), "B").municipality
        with refuses("joint_recipient"):
            Action.objects.update(sharing="lead", lead=other)

    def test_a_cost_line_of_another_action(self, shared, refuses) -> None:
        by_b = "alle gemeenten, penvoerder B"
        other = ActionFactory(line=shared.line, amount=None, municipalities=by_b)
        with refuses("joint_recipient"):
            CostLine.objects.update(action=other)

    def test_a_bearer_that_becomes_recipient(self, joint, refuses, accepts) -> None:
        other = member(region_of(joint), "B").municipality
        with accepts():
            insert_like(Share, municipality_id=other.pk, capacity="bearer")
        with refuses("joint_recipient"):
            Share.objects.filter(capacity="bearer").update(capacity="recipient")

    def test_lead_and_recipient_together(self, joint, accepts) -> None:
        other = member(region_of(joint), "B").municipality
        with accepts():
            Action.objects.update(lead=other)
            Share.objects.update(municipality=other)


class TestMembersOfASubmittedPlan:
    """Joint actions count for every member, so no member comes, goes or changes name."""

    @pytest.fixture
    def region(self):
        return WorkPlanFactory(submitted=True, region__members=3).region

    @pytest.fixture(autouse=True)
    def _nothing_named(self, region) -> None:
        Share.objects.all().delete()
        CostLine.objects.all().delete()

    def test_one_that_nobody_names_is_removed(self, region, refuses) -> None:
        with refuses("membership_submitted"):
            member(region, "B").delete()

    def test_one_comes(self, region, refuses) -> None:
        with refuses("membership_submitted"):
            RegionMembershipFactory(region=region)

    def test_one_that_exists_later_comes_and_goes(self, region, accepts) -> None:
        later = MunicipalityFactory(valid_from=datetime.date(2022, 1, 1))
        with accepts():
            RegionMembershipFactory(region=region, municipality=later).delete()

    def test_one_is_named_otherwise(self, region, refuses) -> None:
        with refuses("membership_submitted"):
            RegionMembership.objects.filter(pk=member(region).pk).update(abbreviation="Z")

    def test_the_order_may_change(self, region, accepts) -> None:
        with accepts():
            region.memberships.update(position=5)

    def test_one_never_existed(self, region, refuses) -> None:
        with refuses("membership_submitted"):
            Municipality.objects.filter(pk=member(region).municipality_id).update(
                valid_until=datetime.date(2019, 12, 31)
            )

    def test_one_ends_in_the_middle_of_the_plan(self, region, accepts) -> None:
        with accepts():
            Municipality.objects.filter(pk=member(region).municipality_id).update(
                valid_until=datetime.date(2020, 12, 31)
            )

    def test_another_region_is_free(self, accepts) -> None:
        with accepts():
            member(RegionFactory()).delete()


BY_INHABITANTS = {"municipalities": "naar rato van inwoners"}


class TestInhabitants:
    """Those that a submitted plan divides by stand fast; of a concept they may change."""

    @pytest.fixture
    def figures(self) -> list[PopulationFigure]:
        return [
            PopulationFigureFactory(municipality=row.municipality, reference_date=KEY)
            for row in RegionFactory(slug="geteld").memberships.all()
        ]

    def submitted(self, joint_text: str = "gelijk", **cells) -> WorkPlan:
        plan = WorkPlanFactory(draft=True, region=RegionFactory(slug="geteld"))
        WorkPlan.objects.update(joint_text=joint_text)
        if cells:
            ActionFactory(line=plan.lines.get(), **cells)
        return plan

    def submit(self, plan: WorkPlan) -> None:
        submit_workplan(plan, on=datetime.date(2020, 3, 1))

    @pytest.mark.parametrize(
        ("joint_text", "cells"),
        [("gelijk", BY_INHABITANTS), ("inwoners 2019-01-01", {}), ("inwoners", {})],
        ids=["division", "joint with a date", "joint without a date"],
    )
    def test_a_key_of_a_submitted_plan_stands_fast(
        self, figures, joint_text, cells, refuses, accepts
    ) -> None:
        plan = self.submitted(joint_text, **cells)
        rows = PopulationFigure.objects.filter(pk=figures[0].pk)
        with accepts():
            rows.update(inhabitants=5)
        self.submit(plan)
        name = "population_newest" if joint_text == "inwoners" else "population_key"
        for change in ({"inhabitants": 6}, {"reference_date": datetime.date(2018, 1, 1)}):
            with refuses(name):
                rows.update(**change)
        with refuses(name):
            rows.delete()
        with accepts():
            rows.update(source="CBS StatLine")

    def test_a_newer_figure_would_be_chosen_by_itself(self, figures, refuses, accepts) -> None:
        self.submit(self.submitted("inwoners"))
        who = figures[0].municipality
        with refuses("population_newest"):
            PopulationFigureFactory(municipality=who, reference_date=datetime.date(2020, 1, 1))
        with accepts():
            PopulationFigureFactory(municipality=who, reference_date=datetime.date(2020, 1, 2))

    def test_other_days_and_other_places_are_free(self, figures, accepts) -> None:
        self.submit(self.submitted("inwoners 2019-01-01", **BY_INHABITANTS))
        with accepts():
            newer = PopulationFigureFactory(
                municipality=figures[0].municipality, reference_date=datetime.date(2020, 1, 1)
            )
            PopulationFigure.objects.filter(pk=newer.pk).update(inhabitants=7)
            PopulationFigureFactory(undated=True, municipality=figures[0].municipality).delete()
            PopulationFigureFactory(reference_date=KEY).delete()


@pytest.mark.parametrize("status", lifecycle.Status)
def test_the_database_knows_the_same_statuses_as_submitted(status) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT workplan_is_submitted(%s)", [status.value])
        assert cursor.fetchone()[0] == (status in lifecycle.SUBMITTED)
