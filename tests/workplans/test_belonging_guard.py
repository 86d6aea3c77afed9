"""What the database refuses: rows that belong to two things, or to another plan."""

from __future__ import annotations

import datetime

import pytest

from municipalities.guard import check_now
from municipalities.models import GroupMembership, MunicipalityGroup, Organisation
from tests.factories import ActionLineFactory, MunicipalityFactory
from tests.workplans.every_key import load, plan
from workplans.models import (
    Action,
    ActionOrder,
    ActionPoint,
    Block,
    BlockRow,
    CostLine,
    FundingEntry,
    IntendedResult,
    Partner,
    PlanFigure,
    PlanRule,
    Quantity,
    WorkPlan,
)

pytestmark = pytest.mark.django_db


class TestRefused:
    @pytest.fixture(autouse=True)
    def _loaded(self, named) -> None:
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


def test_a_group_is_once_in_its_region(named, refuses) -> None:
    group = MunicipalityGroup.objects.first()
    with refuses("municipalities_group_once"):
        MunicipalityGroup.objects.create(region=group.region, name=group.name)
    member = group.memberships.first()
    with refuses("municipalities_group_member_once"):
        GroupMembership.objects.create(group=group, municipality=member.municipality)
    organisation = Organisation.objects.get()
    with refuses("municipalities_organisation_parent"):
        Organisation.objects.update(parent=organisation)
