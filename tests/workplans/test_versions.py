"""Keeping a plan as it stands, and going back to it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError

from funds.services import record_grant
from municipalities import textfile
from tests.factories import WorkPlanFactory, asked
from tests.trail import bring
from workplans import planfile
from workplans.models import PlanVersion, WorkPlan
from workplans.services import (
    keep_version,
    restore_version,
    store_plan,
    submit_workplan,
    tree_of,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 3, 1)


@pytest.fixture
def plan(bollenstreek: Any, fund: Any) -> WorkPlan:
    """A concept of € 9.000, with a round to apply in."""
    return WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)


def change(plan: WorkPlan, **head: str) -> None:
    """Store the plan with another head; by default another title."""
    tree = planfile.dump(WorkPlan.objects.get(pk=plan.pk))
    tree["plan"] |= head or {"title": "Heel anders"}
    store_plan(textfile.TextFile(tree), replace=True)


def code_of(refused: pytest.ExceptionInfo[ValidationError]) -> str:
    (fault,) = refused.value.error_list
    return str(fault.code)


class TestKeeping:
    def test_a_version_has_all_that_the_plan_file_has(self, plan, pieter) -> None:
        kept = keep_version(plan, name="Eerste", reason="Voor het overleg", by=pieter)
        assert tree_of(kept) == planfile.dump(plan)
        assert kept.tree == planfile.to_json(planfile.dump(plan))
        assert kept.digest == planfile.digest(planfile.dump(plan))
        assert (kept.number, kept.name, kept.reason) == (1, "Eerste", "Voor het overleg")
        assert (kept.status, kept.as_of) == ("concept", plan.as_of)
        assert str(kept.figure) == "€\u00a09.000"

    def test_numbers_count_in_each_plan(self, plan) -> None:
        other = WorkPlanFactory(draft=True)
        assert [keep_version(each, name="x", by=None).number for each in (plan, other)] == [1, 1]
        change(plan)
        assert keep_version(plan, name="y", by=None).number == 2

    def test_what_did_not_change_is_not_kept_twice(self, plan) -> None:
        keep_version(plan, name="Eerste", by=None)
        with pytest.raises(ValidationError) as refused:
            keep_version(plan, name="Tweede", by=None)
        assert code_of(refused) == "unchanged"
        assert "niet veranderd sinds versie 1 (Eerste)" in refused.value.messages[0]

    def test_a_version_needs_a_name(self, plan) -> None:
        with pytest.raises(ValidationError):
            keep_version(plan, name="", by=None)
        assert not plan.versions.exists()

    def test_submitting_keeps_what_was_submitted(self, plan, pieter) -> None:
        submitted = submit_workplan(plan, on=DAY, by=pieter)
        kept = submitted.versions.get()
        assert (kept.name, kept.status, kept.kept_by) == ("Ingediend", "aangeboden", pieter)
        assert tree_of(kept) == planfile.dump(submitted)

    def test_a_submission_that_is_refused_keeps_nothing(self, plan) -> None:
        plan.applications.all().delete()
        with pytest.raises(ValidationError):
            submit_workplan(plan, on=DAY)
        assert not plan.versions.exists()


class TestStandingFast:
    @pytest.fixture
    def kept(self, plan, pieter) -> PlanVersion:
        return keep_version(plan, name="Eerste", by=pieter)

    @pytest.mark.parametrize(
        "changed",
        [
            {"number": 7},
            {"name": "Anders"},
            {"reason": "Anders"},
            {"kept_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
            {"kept_by_name": "Anders"},
            {"status": "vastgesteld"},
            {"as_of": DAY - datetime.timedelta(days=1)},
            {"tree": "{}"},
            {"digest": "sha256:0"},
            {"total": {"known": "0.00", "gaps": {}}},
        ],
        ids=lambda changed: next(iter(changed)),
    )
    def test_the_database_refuses_a_change(self, kept, refuses, changed) -> None:
        with refuses("plan_version_append_only"):
            PlanVersion.objects.filter(pk=kept.pk).update(**changed)

    def test_the_database_refuses_another_plan(self, kept, refuses) -> None:
        with refuses("plan_version_append_only"):
            PlanVersion.objects.filter(pk=kept.pk).update(plan=WorkPlanFactory())

    def test_the_database_refuses_to_remove_it(self, kept, refuses) -> None:
        with refuses("plan_version_append_only"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM workplans_planversion")

    def test_a_number_is_given_once(self, kept, refuses) -> None:
        with refuses("workplans_version_number"):
            kept.pk = None
            kept.save(force_insert=True)

    def test_its_plan_stays(self, kept) -> None:
        with pytest.raises(ProtectedError):
            kept.plan.delete()

    def test_the_name_of_who_kept_it_survives_the_person(self, kept, pieter) -> None:
        pieter.delete()
        kept.refresh_from_db()
        assert kept.kept_by is None
        assert kept.kept_by_name == "Projectleider Duin- en Bollenstreek"


class TestGoingBack:
    @pytest.fixture
    def first(self, plan) -> PlanVersion:
        return keep_version(plan, name="Eerste", by=None)

    def test_the_plan_is_what_it_was_and_that_is_a_new_version(self, plan, first, pieter) -> None:
        change(plan)
        done = restore_version(first, reason="Toch niet", by=pieter)
        plan.refresh_from_db()
        assert planfile.dump(plan) == tree_of(first) == tree_of(done)
        told = [(v.number, v.name, v.reason) for v in plan.versions.order_by("number")]
        assert told == [
            (1, "Eerste", ""),
            (2, "Voor terug naar versie 1", ""),
            (3, "Terug naar versie 1", "Toch niet"),
        ]
        assert tree_of(plan.versions.get(number=2))["plan"]["title"] == "Heel anders"

    def test_what_stood_there_is_not_kept_twice(self, plan, first) -> None:
        change(plan)
        keep_version(plan, name="Tweede", by=None)
        restore_version(first, reason="", by=None)
        names = list(plan.versions.order_by("number").values_list("name", flat=True))
        assert names == ["Eerste", "Tweede", "Terug naar versie 1"]

    def test_going_back_to_what_stands_there_does_nothing(self, plan, first) -> None:
        with pytest.raises(ValidationError) as refused:
            restore_version(first, reason="", by=None)
        assert code_of(refused) == "unchanged"
        assert plan.versions.count() == 1

    def test_status_and_submission_stay(self, plan, first) -> None:
        """Back to before the submission: the texts go back, the plan stays submitted."""
        change(plan)
        submitted = submit_workplan(plan, on=datetime.date(2020, 4, 1))
        application = submitted.applications.get().application
        restore_version(first, reason="", by=None)
        plan.refresh_from_db()
        assert plan.title == tree_of(first)["plan"]["title"]
        assert (plan.status, plan.as_of) == ("aangeboden", datetime.date(2020, 4, 1))
        assert plan.applications.get().application == application
        assert application.lines.count() == 1

    @pytest.mark.parametrize("status", ["vastgesteld", "afgesloten"])
    def test_an_adopted_plan_is_refused(self, plan, first, status) -> None:
        submit_workplan(plan, on=DAY)
        WorkPlan.objects.filter(pk=plan.pk).update(title="Heel anders")
        bring(plan, status)
        with pytest.raises(ValidationError) as refused:
            restore_version(first, reason="", by=None)
        assert code_of(refused) == "adopted"
        plan.refresh_from_db()
        assert plan.title == "Heel anders"

    def test_what_was_granted_is_refused_with_the_sentence_of_storing(self, plan, first) -> None:
        submit_workplan(plan, on=DAY)
        change(plan)
        line = plan.applications.get().application.lines.get()
        record_grant(line, amount=asked(9_000).amount, dated_on=datetime.date(2020, 5, 1))
        count = plan.versions.count()
        with pytest.raises(ValidationError) as refused:
            restore_version(first, reason="", by=None)
        assert code_of(refused) == "granted"
        assert "al beschikt" in refused.value.messages[0]
        plan.refresh_from_db()
        assert (plan.title, plan.versions.count()) == ("Heel anders", count)

    def test_what_does_not_exist_any_more_is_named(self, plan, bollenstreek) -> None:
        other = WorkPlanFactory(kind=WorkPlan.Kind.PROGRAMME, region=bollenstreek)
        change(plan, programme=other.slug)
        kept = keep_version(plan, name="Met programma", by=None)
        tree = planfile.dump(WorkPlan.objects.get(pk=plan.pk))
        del tree["plan"]["programme"]
        store_plan(textfile.TextFile(tree), replace=True)
        other.delete()
        with pytest.raises(ValidationError) as refused:
            restore_version(kept, reason="", by=None)
        assert code_of(refused) == "unreadable"
        assert other.slug in refused.value.messages[0]

    def test_an_old_file_is_still_refused_after_going_back(self, plan, first) -> None:
        """Going back is no loading: who holds a file of before is told so."""
        old = textfile.TextFile(planfile.dump(plan))
        store_plan(old)
        change(plan)
        second = keep_version(plan, name="Tweede", by=None)
        change(plan, title="Derde titel")
        loaded = WorkPlan.objects.get(pk=plan.pk).loaded_digest
        restore_version(second, reason="", by=None)
        assert WorkPlan.objects.get(pk=plan.pk).loaded_digest == loaded


class TestWhoSees:
    def test_the_region_sees_all_and_the_fund_what_was_submitted(self, plan, cast, fund) -> None:
        keep_version(plan, name="Concept", by=None)
        submit_workplan(plan, on=DAY)
        seen = {
            name: list(
                PlanVersion.objects.visible_to(user)
                .filter(plan=plan)
                .in_list_order()
                .values_list("name", flat=True)
            )
            for name, user in cast.items()
        }
        both, submitted = ["Ingediend", "Concept"], ["Ingediend"]
        assert {name: found for name, found in seen.items() if found} == {
            "anna": both,
            "pieter": both,
            "bram": both,
            "fenna": submitted,
        }
