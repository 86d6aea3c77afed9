"""Who knows that a plan or a fund exists, and who may submit a plan: the whole cast."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from funds.models import Fund
from funds.permissions import manages, regions_in_full
from municipalities.models import Region
from municipalities.permissions import READS_REGION
from tests.conftest import CAST
from tests.factories import FundFactory, PlanApplicationFactory, WorkPlanFactory
from workplans.lifecycle import SUBMIT
from workplans.models import WorkPlan
from workplans.permissions import can_take

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(fund, bollenstreek, rijnstreek) -> dict[str, WorkPlan]:
    """A draft and a submitted plan of each sub-region, one of the region around them,
    and a submitted one to the fund of somebody else."""
    around = bollenstreek.parent
    return {
        "draft": WorkPlanFactory(region=bollenstreek, draft=True, fund=fund),
        "submitted": WorkPlanFactory(region=bollenstreek, submitted=True, fund=fund),
        "rijnstreek draft": WorkPlanFactory(region=rijnstreek, draft=True, fund=fund),
        "rijnstreek submitted": WorkPlanFactory(region=rijnstreek, submitted=True, fund=fund),
        "parent": WorkPlanFactory(region=around),
        "elsewhere": WorkPlanFactory(submitted=True),
    }


OWN = {"draft", "submitted"}
SEES = {
    "anna": OWN,
    "pieter": OWN,
    "bram": OWN,
    "carla": {"rijnstreek draft", "rijnstreek submitted"},
    "fenna": {"submitted", "rijnstreek submitted"},
    "hanna": set(),
    "gijs": set(),
    "technician": set(),
}


@pytest.mark.parametrize("name", CAST)
def test_who_sees_which_plan(plans, cast, name) -> None:
    visible = set(WorkPlan.objects.visible_to(cast[name]))
    assert {label for label, plan in plans.items() if plan in visible} == SEES[name]


def test_who_is_not_signed_in_sees_nothing(plans) -> None:
    assert not WorkPlan.objects.visible_to(AnonymousUser()).exists()
    assert not Fund.objects.visible_to(AnonymousUser()).exists()


def test_a_plan_is_listed_once_however_many_ways_lead_to_it(plans, anna, bollenstreek) -> None:
    for municipality in bollenstreek.memberships.values_list("municipality", flat=True):
        anna.role_assignments.get_or_create(role="beleidsmedewerker", municipality_id=municipality)
    seen = list(WorkPlan.objects.visible_to(anna))
    assert len(seen) == len(set(seen)) == 2


def test_fenna_does_not_see_a_plan_whose_other_round_is_not_hers(fenna, fund) -> None:
    plan = WorkPlanFactory(submitted=True)
    PlanApplicationFactory(plan=plan, round__fund=fund)
    assert plan not in WorkPlan.objects.visible_to(fenna)


@pytest.mark.parametrize("name", CAST)
def test_only_the_project_leader_submits(plans, cast, name) -> None:
    verdict = can_take(cast[name], plans["draft"], SUBMIT)
    assert bool(verdict) == (name == "pieter")
    if verdict:
        verdict.require()
    else:
        assert verdict.reason == (
            "Alleen de projectleider van Duin- en Bollenstreek dient dit plan in."
        )
        with pytest.raises(PermissionDenied, match="Alleen de projectleider"):
            verdict.require()


def test_pieter_submits_for_no_other_region(plans, pieter) -> None:
    for label in ("rijnstreek draft", "parent", "elsewhere"):
        assert not can_take(pieter, plans[label], SUBMIT)


class TestFunds:
    @pytest.mark.parametrize("name", CAST)
    def test_who_sees_the_fund(self, fund, cast, name) -> None:
        other = FundFactory()
        seen = set(Fund.objects.visible_to(cast[name]))
        readers = {"anna", "pieter", "bram", "carla", "fenna"}
        assert seen == ({fund} if name in readers else set())
        assert other not in seen

    @pytest.mark.parametrize(
        ("name", "slugs"),
        [
            ("fenna", {"duin-en-bollenstreek", "rijnstreek"}),
            ("anna", {"duin-en-bollenstreek"}),
            ("carla", {"rijnstreek"}),
            ("hanna", set()),
            ("technician", set()),
        ],
    )
    def test_whose_rows_somebody_sees_in_full(self, fund, cast, name, slugs) -> None:
        regions = Region.objects.filter(pk__in=regions_in_full(cast[name], fund))
        assert {region.slug for region in regions} == slugs

    def test_only_fenna_manages_the_fund(self, fund, cast) -> None:
        assert [name for name, user in cast.items() if manages(user, fund)] == ["fenna"]


def test_a_role_in_a_region_reaches_neither_parent_nor_children(bollenstreek, pieter) -> None:
    reached = Region.objects.with_role(pieter, *READS_REGION)
    assert list(reached) == [bollenstreek]
    pieter.role_assignments.update(region=bollenstreek.parent)
    assert list(reached.all()) == [bollenstreek.parent]


def test_another_role_than_asked_reaches_nothing(bollenstreek, bram) -> None:
    assert not Region.objects.with_role(bram, "projectleider").exists()
    assert not Region.objects.with_role(bram).exists()
