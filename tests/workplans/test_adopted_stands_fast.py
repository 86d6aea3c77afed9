"""A plan that was adopted for real changes for nobody: page, admin, file and SQL (issue 5)."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from tests.browser_form import filled_in
from tests.factories import PlanApplicationFactory
from tests.reports.reading import words
from tests.workplans.desks import at, posted, small_plan
from workplans import planfile
from workplans.lifecycle import ADOPT, PRESENT, SUBMIT
from workplans.models import Action, Block, PlanVersion, WorkPlan
from workplans.services import take_step

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 3, 1)
STANDS = "is vastgesteld en verandert niet meer"


@pytest.fixture
def plan(bollenstreek: Any, fund: Any, pieter: Any) -> WorkPlan:
    """Written, presented, submitted and adopted, each by its step."""
    plan = small_plan(bollenstreek)
    PlanApplicationFactory(plan=plan, round__fund=fund)
    for step in (PRESENT, SUBMIT, ADOPT):
        plan = take_step(plan, step, on=DAY, by=pieter)
    return plan


@pytest.fixture(autouse=True)
def _unchanged(plan: WorkPlan) -> Any:
    """Whatever is tried, the plan is what it was."""
    before = planfile.to_yaml(planfile.dump(plan))
    yield
    assert planfile.to_yaml(planfile.dump(WorkPlan.objects.get(pk=plan.pk))) == before


def test_the_page_is_refused(page, plan) -> None:
    action = Action.objects.filter(line__plan=plan).order_by("pk")[0]
    put = {"do": "put", "node": f"action:{action.pk}", "key": "title", "was": "Opvang", "now": "x"}
    sent = {"key": str(uuid.uuid4()), "changes": [put]}
    for answer in (
        page.get(at(plan, "plan_edit")),
        posted(page, at(plan, "plan_change"), sent),
        page.post(at(plan, "part_edit", f"action:{action.pk}"), {"title": "x"}),
        page.post(at(plan, "part_remove", f"action:{action.pk}")),
    ):
        assert answer.status_code == 403
    assert STANDS.removeprefix("is ") in words(page.get(at(plan, "plan_edit")))
    assert "Bewerk" not in words(page.get(plan.get_absolute_url()))


def test_the_admin_is_refused(client, technician, plan) -> None:
    client.force_login(technician)
    block = Block.objects.filter(plan=plan).order_by("pk")[0]
    for row, change in ((block, {"title": "Anders"}), (plan, {"title": "Anders"})):
        url = reverse(f"admin:workplans_{row._meta.model_name}_change", args=[row.pk])
        answer = client.post(url, filled_in(client.get(url)) | change)
        assert answer.status_code == 200
        assert STANDS in words(answer)
    assert "status" not in filled_in(client.get(url))
    assert client.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("change", [("Opvang", "Anders"), ("vastgesteld", "aangeboden")])
def test_a_file_is_refused(plan, change, tmp_path) -> None:
    path = tmp_path / "plan.yaml"
    text = planfile.to_yaml(planfile.dump(plan))
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(CommandError, match="vastgesteld"):
        call_command("load_plan", str(path), replace=True)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE workplans_workplan SET title = 'x'", "plan_adopted"),
        ("UPDATE workplans_action SET title = 'x'", "plan_adopted"),
        ("DELETE FROM workplans_block", "plan_adopted"),
        ("UPDATE workplans_workplan SET status = 'aangeboden'", "plan_trail"),
        ("UPDATE workplans_workplan SET status = 'in_afstemming'", "plan_trail"),
        ("UPDATE workplans_planstep SET target = 'concept'", "step_append_only"),
        ("DELETE FROM workplans_planstep WHERE name = 'vaststellen'", "step_kept"),
        (
            "WITH step AS (INSERT INTO workplans_planstep (plan_id, number, name, source, target, "
            "reason, taken_on, entered_at, by_name) SELECT id, 5, 'terugnemen', status, "
            "'in_afstemming', 'x', as_of, now(), '' FROM workplans_workplan) "
            "UPDATE workplans_workplan SET status = 'in_afstemming'",
            "workplans_step_allowed",
        ),
        ("UPDATE workplans_planversion SET tree = '{}'", "plan_version_append_only"),
        ("DELETE FROM workplans_planversion", "plan_version_append_only"),
    ],
)
def test_sql_is_refused(plan, statement, constraint, refuses) -> None:
    with refuses(constraint), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_was_adopted_is_kept_whole(plan, pieter) -> None:
    kept = PlanVersion.objects.get(plan=plan, name="Vastgesteld")
    assert kept.digest == planfile.digest(planfile.dump(plan))
    step = plan.steps.get(name=ADOPT.name)
    assert (step.version, step.by, step.taken_on) == (kept, pieter, DAY)
