"""What a plan submitted stands fast, and its history too, whatever writes the rows."""

import pghistory
import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ProtectedError

from tests.conftest import insert_like
from tests.factories import (
    ApplicationFactory,
    PlanApplicationFactory,
    RoundFactory,
    WorkPlanFactory,
)
from tests.trail import bring
from workplans.models import PlanApplication, WorkPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> WorkPlan:
    return WorkPlanFactory(submitted=True)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("status", ["onzin", "", "CONCEPT"])
def test_a_status_that_nobody_knows(status, refuses) -> None:
    WorkPlanFactory()
    with refuses("workplans_plan_status"):
        WorkPlan.objects.update(status=status)


def test_back_to_where_it_is_written_while_what_it_asked_stands(plan, refuses) -> None:
    with refuses("submission_stands"):
        bring(plan, "in_afstemming")


def test_a_new_version_is_written_while_what_it_asked_stands(plan, accepts, refuses) -> None:
    with accepts():
        bring(plan, "vastgesteld")
        bring(plan, "in_afstemming")
    with refuses("submission_stands"):
        bring(plan, "concept")


def test_an_application_of_a_concept(refuses) -> None:
    row, application = PlanApplicationFactory(), ApplicationFactory()
    with refuses("submission_stands"):
        PlanApplication.objects.filter(pk=row.pk).update(application=application)
    with refuses("submission_stands"):
        insert_like(PlanApplication, round_id=RoundFactory().pk, application_id=application.pk)


@pytest.mark.parametrize(
    "change", ["submitted_on = '2020-01-01'", "round_id = 0", "plan_id = 0", "application_id = 0"]
)
def test_what_was_submitted_is_not_changed(plan, change, refuses) -> None:
    with refuses("plan_application_append_only"):
        sql(f"UPDATE workplans_planapplication SET {change}")


def test_what_was_submitted_is_not_removed_nor_its_plan(plan, refuses) -> None:
    with refuses("plan_application_append_only"):
        sql("DELETE FROM workplans_planapplication")
    # What was kept of it when it was submitted keeps the plan.
    with pytest.raises(ProtectedError):
        plan.delete()


def test_the_order_of_applications_may_change(plan, accepts) -> None:
    with accepts():
        plan.applications.update(position=4)


def test_a_round_of_a_concept_may_change_and_go(accepts) -> None:
    row = PlanApplicationFactory()
    with accepts():
        row.round = RoundFactory()
        row.save()
        row.delete()


RECORDED = [
    model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")
]


@pytest.mark.parametrize("table", [t for t in RECORDED if t.startswith("workplans_workplan")])
def test_history_is_not_changed_nor_removed(plan, table, refuses) -> None:
    for statement in (f"UPDATE {table} SET pgh_label = 'x'", f"DELETE FROM {table}"):
        with refuses("history_append_only"):
            sql(statement)


def test_every_table_of_history_has_that_guard() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgfoid = 'guard_ledger'::regproc"
            " AND tgenabled = 'O' AND encode(tgargs, 'escape') LIKE 'history_append_only%'"
        )
        guarded = {table for (table,) in cursor.fetchall()}
    assert guarded == {*RECORDED, "pghistory_context"}


def test_who_did_it_does_not_go(refuses) -> None:
    with pghistory.context(user=1):
        WorkPlanFactory()
    with refuses("history_append_only"):
        sql("DELETE FROM pghistory_context")
