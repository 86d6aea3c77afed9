"""An adopted plan stands fast in the database, whatever writes: every table of a plan,
every statement, and whoever was typing when it was adopted."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.urls import reverse

from tests.factories import ActionFactory, UserFactory, WorkPlanFactory
from tests.trail import bring
from tests.workplans import every_key
from tests.workplans.sessions import in_turn
from workplans import planfile
from workplans.editing import Put
from workplans.models import (
    AcceptedFinding,
    Action,
    ActionLine,
    ActionProgress,
    Adoption,
    AllocationTable,
    BodyDecision,
    Comment,
    DecisionBody,
    Goal,
    Measurement,
    Mention,
    Notice,
    PlanChange,
    PlanRevision,
    PlanStep,
    PlanVersion,
    Presence,
    ProgressRound,
    Publication,
    PublicationWithdrawal,
    PublishedFile,
    Scenario,
    ScenarioChoice,
    ScenarioVote,
    TableMember,
    TakenBack,
    WorkPlan,
)
from workplans.services import store_plan
from workplans.services.editing import change_plan

pytestmark = pytest.mark.django_db

NO_PARTS = (
    AcceptedFinding,
    ActionProgress,
    Adoption,
    AllocationTable,
    BodyDecision,
    Comment,
    DecisionBody,
    Measurement,
    Mention,
    Notice,
    PlanChange,
    PlanRevision,
    PlanStep,
    PlanVersion,
    Presence,
    ProgressRound,
    Publication,
    PublicationWithdrawal,
    PublishedFile,
    Scenario,
    ScenarioChoice,
    ScenarioVote,
    TableMember,
    TakenBack,
)
"""They say what happened to a plan, or what could be made of it; they are not in it."""
OWN = [
    model
    for model in apps.get_app_config("workplans").get_models()
    if not hasattr(model, "pgh_tracked_model") and model not in NO_PARTS
]
PARTS = [model for model in OWN if model is not WorkPlan]


def guards_of(model: type[Model]) -> set[str]:
    names = {trigger.name for trigger in model._meta.triggers}
    return {name for name in names if name.startswith("touch_")}


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_every_table_of_a_plan_is_guarded(model) -> None:
    """A new one too, or it says here that it is no part."""
    assert guards_of(model) == {"touch_insert", "touch_update", "touch_delete"}


@pytest.fixture
def adopted(named) -> WorkPlan:
    """A plan with a row in every table, adopted; and a concept beside it."""
    every_key.load()
    plan = every_key.plan()
    bring(plan, "vastgesteld")
    plan.refresh_from_db()
    return plan


@contextlib.contextmanager
def refused() -> Iterator[None]:
    # COPY goes past Django, which would wrap the error.
    errors = (IntegrityError, psycopg.errors.IntegrityError)
    with pytest.raises(errors) as caught, transaction.atomic():
        yield
    error = caught.value.__cause__ or caught.value
    assert error.diag.constraint_name == "plan_adopted"


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextlib.contextmanager
def unique_left_out(table: str) -> Iterator[None]:
    """A second row like the first may come, as far as its own table goes; until the
    refusal takes that back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'u'",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    yield


def row_of(model: type[Model], plan: WorkPlan) -> Model:
    """A row of the plan, and not of the others that it names."""
    paths = {
        "ActionLine": "plan", "Block": "plan", "PlanRule": "plan", "PlanFigure": "plan",
        "PrintedFigure": "plan", "PlanApplication": "plan",
        "Share": "cost_line__action__line__plan",
        "BlockRow": "block__plan", "Action": "line__plan", "ActionPoint": "line__plan",
        "Goal": "line__plan", "IntendedResult": "line__plan", "LinePredecessor": "line__plan",
    }  # fmt: skip
    path = paths.get(model.__name__, "action__line__plan")
    return model._default_manager.filter(**{path: plan}).order_by("-pk")[0]


@pytest.mark.parametrize("status", ["vastgesteld", "afgesloten"])
@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_no_row_is_written_by_any_statement(model, status, adopted) -> None:
    bring(adopted, status)
    table, row = model._meta.db_table, row_of(model, adopted)
    with refused():
        sql(f"UPDATE {table} SET id = id WHERE id = %s", row.pk)
    with refused(), unique_left_out(table):
        sql(
            f"INSERT INTO {table} SELECT (jsonb_populate_record(r, '{{\"id\": 99999}}')).* "
            f"FROM {table} r WHERE id = %s",
            row.pk,
        )
    with refused(), unique_left_out(table), connection.cursor() as cursor:
        names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        with cursor.copy(
            f"COPY (SELECT {names} FROM {table} WHERE id = {row.pk}) TO STDOUT"
        ) as out:
            line = b"".join(bytes(part) for part in out).partition(b"\t")[2]
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            copy.write(b"99999\t" + line)
    if model.__name__ != "PlanApplication":  # its own guard is there first
        with refused():
            sql("SET CONSTRAINTS ALL DEFERRED")
            sql(f"DELETE FROM {table} WHERE id = %s", row.pk)
    assert row_of(model, adopted) == row


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_the_same_row_of_a_concept_is_written(model, adopted) -> None:
    """The tests above are about the adoption and nothing else."""
    bring(adopted, "in_afstemming")
    before = PlanRevision.objects.get(plan=adopted).number
    sql(f"UPDATE {model._meta.db_table} SET id = id WHERE id = %s", row_of(model, adopted).pk)
    assert PlanRevision.objects.get(plan=adopted).number == before + 1


def test_nothing_moves_in_or_out(adopted) -> None:
    theirs = ActionFactory(line__code="Z", title="Van een concept")
    ours = row_of(Action, adopted)
    for move in (
        lambda: Action.objects.filter(pk=theirs.pk).update(line=ours.line),
        lambda: Action.objects.filter(pk=ours.pk).update(line=theirs.line),
        lambda: ActionLine.objects.filter(pk=theirs.line_id).update(plan=adopted),
        lambda: ActionLine.objects.filter(pk=ours.line_id).update(plan=theirs.line.plan),
    ):
        with refused():
            move()


def test_a_cascade_is_refused(adopted) -> None:
    for row in (adopted.lines.first(), adopted.blocks.last(), row_of(Action, adopted)):
        with refused():
            row.delete()


@pytest.mark.parametrize(("field", "value"), [("title", "Anders"), ("as_of", "2021-01-01")])
def test_the_head_stands_fast_too_but_for_a_step_of_its_status(field, value, adopted) -> None:
    plans = WorkPlan.objects.filter(pk=adopted.pk)
    with refused():
        plans.update(**{field: value})
    with refused():
        plans.update(**{field: value, "status": "afgesloten"})
    bring(adopted, "afgesloten")


def test_an_adopted_plan_without_parts_is_not_removed() -> None:
    plan = WorkPlanFactory()
    bring(plan, "vastgesteld")
    with refused():
        sql("SET CONSTRAINTS ALL DEFERRED")
        sql("DELETE FROM workplans_workplan WHERE id = %s", plan.pk)


def test_a_statement_about_two_plans_is_refused_whole(adopted) -> None:
    theirs = ActionFactory(line__code="Z", note="")
    with refused():
        Action.objects.update(note="Overal")
    theirs.refresh_from_db()
    assert theirs.note == ""


# ---- by whom


def test_the_editor_is_refused_in_a_sentence(adopted) -> None:
    action = row_of(Action, adopted)
    for change in (
        Put(f"action:{action.pk}", "note", None, "x"),
        Put("plan", "title", adopted.title, "x"),
    ):
        with pytest.raises(ValidationError) as caught:
            change_plan(adopted, [change], key=uuid.uuid4(), by=UserFactory())
        assert caught.value.code == "plan_adopted"
        assert adopted.title in caught.value.message
    assert not PlanChange.objects.exists()


def test_the_import_is_refused(adopted, tmp_path) -> None:
    path = tmp_path / "plan.yaml"
    text = planfile.to_yaml(planfile.dump(adopted))
    path.write_text(text.replace("Wonen", "Huren"), encoding="utf-8")
    with pytest.raises(CommandError, match="vastgesteld"):
        call_command("load_plan", str(path), replace=True)
    with pytest.raises(ValidationError):
        store_plan(planfile.read(path.read_text(encoding="utf-8")), replace=True)
    assert planfile.to_yaml(planfile.dump(adopted)) == text


def test_the_admin_is_refused_in_a_sentence(adopted, client, technician) -> None:
    client.force_login(technician)
    goal = row_of(Goal, adopted)
    address = reverse("admin:workplans_goal_change", args=[goal.pk])
    form = client.get(address).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields} | {"text": "Anders"}
    answer = client.post(address, sent)
    assert answer.status_code == 200
    assert "verandert niet meer" in answer.content.decode()
    assert row_of(Goal, adopted).text == goal.text


# ---- at the same time


def adopt(plan: WorkPlan) -> Callable[[], object]:
    return lambda: bring(plan, "vastgesteld")


def write(action: Action) -> Callable[[], object]:
    return lambda: Action.objects.filter(pk=action.pk).update(note="Nog net")


@pytest.mark.django_db(transaction=True)
def test_the_adoption_waits_for_who_is_writing() -> None:
    action = ActionFactory()
    assert in_turn(write(action), adopt(action.line.plan)) == "stored"
    action.refresh_from_db()
    assert action.note == "Nog net"


@pytest.mark.django_db(transaction=True)
def test_who_writes_during_the_adoption_is_refused_after_it() -> None:
    action = ActionFactory()
    assert in_turn(adopt(action.line.plan), write(action)) == "plan_adopted"


@pytest.mark.django_db(transaction=True)
def test_who_types_during_the_adoption_is_refused_after_it() -> None:
    action, writer = ActionFactory(), UserFactory()
    outcome: list[str] = []

    def type_on() -> None:
        put = Put(f"action:{action.pk}", "note", None, "Te laat")
        try:
            change_plan(action.line.plan, [put], key=uuid.uuid4(), by=writer)
        except ValidationError as error:
            outcome.append(error.code)

    in_turn(adopt(action.line.plan), type_on)
    assert outcome == ["plan_adopted"]
