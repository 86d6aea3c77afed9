"""What somebody is told of the plans: what others did, in own plans, since a moment."""

import datetime

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from municipalities.changes import Change, Difference, Step
from tests.conftest import unguarded
from tests.factories import (
    ActionFactory,
    BlockFactory,
    CommentFactory,
    UserFactory,
    WorkPlanFactory,
    typed_cells,
)
from workplans.changes import changes
from workplans.services import answer_comment, resolve_comment, store_cells, submit_workplan

pytestmark = pytest.mark.django_db
WHOLE = {"amount": "€ 180.000,-", "planning": "2020", "municipalities": "Katwijk"}


@pytest.fixture
def plan(bollenstreek, fund):
    return WorkPlanFactory(region=bollenstreek, draft=True, fund=fund, title="Derde werkplan")


@pytest.fixture
def action(plan):
    return ActionFactory(
        line__plan=plan, line__code="A", code="6", title="Gewoon Thuis", monitoring="x", **WHOLE
    )


@pytest.fixture
def history():
    """`history.before()`: everything so far happened a day ago."""
    return History()


class History:
    """Moments of recorded events; a test runs in one transaction, so in one moment."""

    def __init__(self) -> None:
        self.since = now() - datetime.timedelta(hours=1)

    def before(self) -> None:
        with unguarded(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name FROM information_schema.columns WHERE column_name = "
                "'pgh_created_at' AND table_schema = 'public'"
            )
            for (table,) in cursor.fetchall():
                cursor.execute(
                    f"UPDATE \"{table}\" SET pgh_created_at = pgh_created_at - interval '1 day'"
                )


def write(action, by=None, **cells) -> None:
    with pghistory.context(user=by.pk if by else None):
        store_cells(action, typed=typed_cells(**(WHOLE | cells)))


def told(user, history) -> list[Change]:
    return changes(user, since=history.since)


@pytest.fixture
def noor(db):
    return UserFactory(display_name="Beleidsmedewerker Noordwijk")


def test_an_amount_is_told_with_before_and_after_and_who(anna, noor, action, history) -> None:
    history.before()
    write(action, noor, amount="€ 200.000,-")
    (change,) = told(anna, history)
    assert (change.code, change.title, change.where) == ("A6", "Gewoon Thuis", "Derde werkplan")
    assert (change.step, change.by) == (Step.CHANGED, noor.pk)
    assert change.url.endswith("#actie-A6")
    assert change.differences == (Difference("bedrag", "€\u00a0180.000", "€\u00a0200.000"),)


def test_planning_and_long_text_of_one_action_are_one_change(anna, noor, action, history) -> None:
    history.before()
    action.monitoring = "Elk kwartaal"
    write(action, noor, planning="2020 en/of 2021")
    (change,) = told(anna, history)
    assert change.differences == (
        Difference("planning", "2020", "2020 en/of 2021"),
        Difference("monitoring", is_long=True),
    )


def test_several_writes_are_told_from_first_to_last(anna, noor, action, history) -> None:
    history.before()
    for amount in ("€ 190.000,-", "PM", "€ 200.000,-"):
        write(action, noor, amount=amount)
    (change,) = told(anna, history)
    assert change.differences == (Difference("bedrag", "€\u00a0180.000", "€\u00a0200.000"),)


def test_what_was_put_back_is_not_told(anna, noor, action, history) -> None:
    history.before()
    write(action, noor, amount="PM")
    write(action, noor)
    assert told(anna, history) == []


def test_own_changes_are_not_told_but_count_as_before(anna, noor, action, history) -> None:
    history.before()
    write(action, anna, amount="€ 190.000,-")
    assert told(anna, history) == []
    write(action, noor, amount="€ 200.000,-")
    (change,) = told(anna, history)
    assert change.differences == (Difference("bedrag", "€\u00a0190.000", "€\u00a0200.000"),)


def test_two_people_are_two_changes(anna, noor, pieter, action, history) -> None:
    history.before()
    write(action, noor, amount="€ 190.000,-")
    write(action, pieter, planning="2021", amount="€ 190.000,-")
    assert {change.by for change in told(anna, history)} == {noor.pk, pieter.pk}


def test_a_new_action_is_told_with_its_amount(anna, noor, action, history) -> None:
    history.before()
    with pghistory.context(user=noor.pk):
        ActionFactory(line=action.line, code="7", title="Communicatie", amount="€ 25.000,-")
    (change,) = told(anna, history)
    assert (change.step, change.code, change.amount) == (Step.ADDED, "A7", "€\u00a025.000")


def test_a_removed_action_is_told_and_leads_to_its_plan(anna, noor, plan, action, history) -> None:
    history.before()
    with pghistory.context(user=noor.pk):
        action.delete()
    (change,) = told(anna, history)
    assert (change.step, change.code, change.title) == (Step.REMOVED, "A6", "Gewoon Thuis")
    assert change.url == plan.get_absolute_url()


def test_an_action_of_a_removed_line_is_still_told(anna, noor, action, history) -> None:
    history.before()
    with pghistory.context(user=noor.pk):
        action.line.delete()
    assert {(c.step, c.code) for c in told(anna, history)} == {
        (Step.REMOVED, "A6"),
        (Step.REMOVED, "A"),
    }


def test_what_came_and_went_is_not_told(anna, noor, action, history) -> None:
    history.before()
    with pghistory.context(user=noor.pk):
        ActionFactory(line=action.line, code="7").delete()
    assert told(anna, history) == []


def test_a_new_plan_is_told_once(anna, plan, action, history) -> None:
    (change,) = told(anna, history)
    assert (change.step, change.title, change.by) == (Step.ADDED, "Derde werkplan", None)


def test_title_and_text_of_a_plan_are_told(anna, noor, plan, history) -> None:
    section = BlockFactory(plan=plan, title="Inleiding")
    history.before()
    with pghistory.context(user=noor.pk):
        plan.title = "Vierde werkplan"
        plan.save()
        section.text = "Anders"
        section.save()
    found = {change.thing[0]: change.differences for change in told(anna, history)}
    assert found == {
        "plan": (Difference("titel", "Derde werkplan", "Vierde werkplan"),),
        "block": (Difference("tekst", is_long=True),),
    }


def test_a_submission_is_told(anna, pieter, plan, history) -> None:
    history.before()
    with pghistory.context(user=pieter.pk):
        submit_workplan(plan, on=datetime.date(2020, 3, 1))
    (change,) = told(anna, history)
    assert (change.step, change.title, change.by) == (Step.SUBMITTED, plan.title, pieter.pk)


@pytest.mark.parametrize("name", ["carla", "hanna", "gijs", "technician", "fenna"])
def test_a_draft_of_the_region_is_told_to_nobody_else(cast, noor, action, history, name) -> None:
    history.before()
    write(action, noor, amount="€ 200.000,-")
    assert told(cast[name], history) == []


@pytest.mark.parametrize("name", ["anna", "pieter", "bram"])
def test_who_reads_the_region_is_told(cast, noor, action, history, name) -> None:
    history.before()
    write(action, noor, amount="€ 200.000,-")
    assert len(told(cast[name], history)) == 1


def test_a_fund_manager_reads_nothing_of_before_the_submission(
    fenna, noor, pieter, plan, action, history
) -> None:
    write(action, noor, amount="€ 190.000,-")
    history.before()
    write(action, noor, amount="€ 200.000,-")
    with unguarded(), connection.cursor() as cursor:
        for table in ("action", "costline", "share"):
            cursor.execute(
                f"UPDATE workplans_{table}event SET pgh_created_at = pgh_created_at - "
                "interval '1 minute'"
            )
    with pghistory.context(user=pieter.pk):
        submit_workplan(plan, on=datetime.date(2020, 3, 1))
    (change,) = told(fenna, history)
    assert change.step == Step.SUBMITTED
    assert "190.000" not in str(told(fenna, history))


@pytest.mark.parametrize("name", ["carla", "hanna", "gijs", "technician"])
def test_a_submitted_plan_of_others_is_told_to_nobody_else(
    cast, noor, bollenstreek, fund, history, name
) -> None:
    plan = WorkPlanFactory(region=bollenstreek, submitted=True, fund=fund)
    history.before()
    with pghistory.context(user=noor.pk):
        plan.title = "Vierde werkplan"
        plan.save()
    assert told(cast[name], history) == []
    assert told(cast["fenna"], history)


# ---- what was said


def said(user, history) -> list[tuple[str, Step, list[Difference]]]:
    return [(c.title, c.step, list(c.differences)) for c in told(user, history)]


def test_what_others_say_is_told_without_what_it_says(
    anna, pieter, fenna, bollenstreek, fund, history
):
    plan = WorkPlanFactory(region=bollenstreek, submitted=True, fund=fund, title="Derde werkplan")
    action = ActionFactory(line__plan=plan, line__code="A", code="6", title="Gewoon Thuis")
    history.before()
    comment = CommentFactory(plan=plan, author=pieter, spot=action, text="Geheim")
    answer_comment(comment, by=anna, text="Mijn antwoord")
    (change,) = told(anna, history)
    assert change.title == "Opmerking over A6 Gewoon Thuis"
    assert change.url.endswith(f"/opmerkingen/{comment.pk}/")
    assert "Geheim" not in str(change)
    assert [title for title, *_ in said(pieter, history)] == ["Antwoord over A6 Gewoon Thuis"]
    assert told(fenna, history) == []


def test_that_something_was_settled_is_told(anna, pieter, plan, history) -> None:
    comment = CommentFactory(plan=plan, author=anna)
    history.before()
    with pghistory.context(user=pieter.pk):
        resolve_comment(comment, by=pieter, at=now())
    assert said(anna, history) == [
        (
            "Opmerking over het hele plan",
            Step.CHANGED,
            [Difference("stand", "open", "afgehandeld")],
        )
    ]


def test_queries_do_not_grow_with_events(anna, noor, plan, action, history) -> None:
    blocks = [BlockFactory(plan=plan) for _ in range(6)]
    actions = [ActionFactory(line=action.line, code=f"1{n}", **WHOLE) for n in range(6)]
    history.before()

    def happens(*turns: int) -> int:
        for n in turns:
            write(actions[n], noor, amount="PM", planning="2021")
            blocks[n].text = "Anders"
            blocks[n].save()
        return _queries(anna, history)

    assert happens(0) == happens(1, 2, 3, 4, 5) <= 14


def _queries(user, history) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert changes(user, since=history.since)
    return len(captured)
