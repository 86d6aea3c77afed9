"""What people say about a plan stays as it was said, beside the plan."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.timezone import now

from municipalities.permissions import readers_of
from tests.factories import (
    ActionFactory,
    BlockFactory,
    CommentFactory,
    RoleAssignmentFactory,
    UserFactory,
    WorkPlanFactory,
)
from workplans import planfile
from workplans.models import Comment, Mention
from workplans.permissions import can_comment, can_read_comments, can_withdraw_comment
from workplans.services import (
    answer_comment,
    reopen_comment,
    resolve_comment,
    withdraw_comment,
    write_comment,
)
from workplans.services.comments import named_in
from workplans.spots import Spots

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek, fund):
    return WorkPlanFactory(region=bollenstreek, draft=True, fund=fund)


@pytest.fixture
def action(plan):
    return ActionFactory(line__plan=plan, line__code="A", code="3", title="Opvang")


@pytest.fixture
def comment(plan, action, anna):
    return CommentFactory(plan=plan, author=anna, spot=action, cell="planning")


def code_of(caught) -> str:
    (fault,) = caught.value.error_list if hasattr(caught.value, "error_list") else [caught.value]
    return str(fault.code)


# ---- who


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_who_may_do_what_with_comments_at_any_status(status, cast, bollenstreek, fund) -> None:
    plan = WorkPlanFactory(region=bollenstreek, fund=fund, **{status: True})
    writers = {name for name, user in cast.items() if can_comment(user, plan)}
    readers = {name for name, user in cast.items() if can_read_comments(user, plan)}
    assert writers == {"anna", "pieter"}
    assert readers == {"anna", "pieter", "bram"}


def test_comments_are_seen_by_readers_of_the_region_only(comment, cast) -> None:
    seen = {name for name, user in cast.items() if Comment.objects.visible_to(user).exists()}
    assert seen == {"anna", "pieter", "bram"}


def test_fund_manager_sees_the_plan_and_not_what_its_writers_say(bollenstreek, fund, fenna) -> None:
    plan = WorkPlanFactory(region=bollenstreek, submitted=True, fund=fund)
    CommentFactory(plan=plan)
    assert type(plan).objects.visible_to(fenna).filter(pk=plan.pk).exists()
    assert not Comment.objects.visible_to(fenna).exists()


def test_only_the_author_withdraws(comment, anna, pieter) -> None:
    assert can_withdraw_comment(anna, comment)
    refused = can_withdraw_comment(pieter, comment)
    assert not refused
    assert "Beleidsmedewerker Katwijk" in refused.reason


def test_readers_of_a_region_are_those_who_may_sign_in(bollenstreek, cast) -> None:
    gone = UserFactory(is_active=False)
    RoleAssignmentFactory(user=gone, reader_of_region=True, region=bollenstreek)
    assert set(readers_of(bollenstreek)) == {cast["anna"], cast["pieter"], cast["bram"]}


# ---- where


def test_a_comment_changes_nothing_in_the_plan_file(plan, action, anna) -> None:
    before = planfile.digest(planfile.dump(plan))
    CommentFactory(plan=plan, author=anna, spot=action)
    assert planfile.digest(planfile.dump(plan)) == before


def test_a_comment_stays_when_its_place_goes_and_says_where_it_stood(comment, action) -> None:
    action.delete()
    comment.refresh_from_db()
    assert comment.spot is None
    assert comment.lost_place
    assert comment.where == "A3 Opvang, planning"


def test_an_answer_stands_where_its_question_stands(comment, pieter) -> None:
    answer = answer_comment(comment, by=pieter, text="Ja.")
    assert (answer.spot, answer.where) == (comment.spot, comment.where)
    assert answer.get_absolute_url().endswith(f"/opmerkingen/{comment.pk}/#opmerking-{answer.pk}")


def test_place_that_went_meanwhile_is_refused(plan, action, anna) -> None:
    kept = type(action).objects.get(pk=action.pk)
    action.delete()
    with pytest.raises(ValidationError) as caught:
        write_comment(plan, by=anna, text="Klopt dit?", spot=kept)
    assert "spot" in caught.value.error_dict
    assert not Comment.objects.exists()


def test_places_of_a_plan_by_address_and_by_key(plan, action) -> None:
    block = BlockFactory(plan=plan, title="Inleiding")
    spots = Spots(plan)
    found = {spot.query: (spot.label, spot.anchor) for spot in spots.all}
    assert found["actie=A3"] == ("A3 Opvang", "actie-A3")
    assert found["lijn=A"][1] == "lijn-A"
    assert found[f"blok={block.pk}"] == ("Inleiding", "tekst-1")
    assert spots.named("actie", "A3").row == action
    assert spots.named("actie", "Z9") is None


def test_two_actions_with_one_code_have_two_addresses(plan, action) -> None:
    twin = ActionFactory(line=action.line, code="3")
    spots = Spots(plan)
    assert spots.named("actie", "A3").row == action
    assert spots.named("actie", "A3-2").row == twin


def test_the_cells_are_keys_of_the_plan_file() -> None:
    keys = planfile.schema()["$defs"]["action"]["properties"]
    assert set(Comment.Cell.values) <= set(keys)


# ---- steps


@pytest.mark.parametrize(
    ("text", "code"), [("", "blank"), ("  \n ", "empty"), ("x" * 5001, "too_long")]
)
def test_text_that_says_nothing_or_never_ends(plan, anna, text, code) -> None:
    with pytest.raises(ValidationError) as caught:
        write_comment(plan, by=anna, text=text)
    assert code in {fault.code for faults in caught.value.error_dict.values() for fault in faults}


def test_resolved_is_resolved_once(comment, anna, pieter) -> None:
    resolve_comment(comment, by=anna, at=now())
    with pytest.raises(ValidationError) as caught:
        resolve_comment(comment, by=pieter, at=now())
    assert code_of(caught) == "settled"
    assert "afgehandeld door Beleidsmedewerker Katwijk" in caught.value.messages[0]
    comment.refresh_from_db()
    assert comment.resolved_by == anna


def test_a_conversation_can_be_taken_up_again(comment, anna, pieter) -> None:
    resolve_comment(comment, by=anna, at=now())
    with pytest.raises(ValidationError) as caught:
        answer_comment(comment, by=pieter, text="Toch niet.")
    assert code_of(caught) == "settled"
    reopen_comment(comment)
    answer_comment(comment, by=pieter, text="Toch niet.")
    with pytest.raises(ValidationError) as caught:
        reopen_comment(comment)
    assert code_of(caught) == "not_resolved"


def test_withdrawn_is_out_of_the_open_list_for_good(comment, plan) -> None:
    withdraw_comment(comment, at=now())
    assert not plan.comments.unsettled().exists()
    with pytest.raises(ValidationError) as caught:
        withdraw_comment(comment, at=now())
    assert code_of(caught) == "withdrawn"


# ---- mentions


def test_names_in_a_text(db) -> None:
    anna, longer, other = (
        UserFactory(display_name=name)
        for name in ("Beleid Katwijk", "Beleid Katwijk aan Zee", "Beleid Lisse")
    )
    people = [anna, longer, other]
    assert named_in("Vraag @beleid katwijk!", people) == {anna}
    assert named_in("Vraag @Beleid Katwijk aan Zee.", people) == {longer}
    assert named_in("mail beleid@Beleid Katwijkers", people) == set()
    assert named_in("@Beleid Lisse en @Beleid Katwijk", people) == {anna, other}
    assert named_in("@iemand", []) == set()


def test_who_is_named_or_chosen_is_stored_and_nobody_else(plan, anna, pieter, bram, carla) -> None:
    comment = write_comment(
        plan, by=anna, text=f"@{pieter} en @{carla} en @{anna}", told=[bram, carla]
    )
    assert set(Mention.objects.filter(comment=comment).values_list("user", flat=True)) == {
        pieter.pk,
        bram.pk,
    }


# ---- the database


@pytest.mark.parametrize(
    "change", ["text = 'anders'", "place = 'elders'", "cell = ''", "written_at = now()"]
)
def test_what_was_said_stands(comment, refuses, change) -> None:
    with refuses("comment_stands"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE workplans_comment SET {change} WHERE id = %s", [comment.pk])


def test_a_withdrawal_stands(comment, refuses) -> None:
    withdraw_comment(comment, at=now())
    with refuses("comment_withdrawn"):
        Comment.objects.filter(pk=comment.pk).update(withdrawn_at=None)


def test_a_comment_goes_only_with_its_plan(comment, plan, refuses, accepts) -> None:
    with refuses("comment_kept"):
        Comment.objects.filter(pk=comment.pk).delete()
    empty = WorkPlanFactory(region=plan.region)
    CommentFactory(plan=empty)
    with accepts():
        empty.delete()


def test_a_comment_stands_in_its_own_plan(comment, refuses) -> None:
    other = ActionFactory()
    with refuses("comment_place"):
        Comment.objects.filter(pk=comment.pk).update(action=other)


def test_an_answer_has_no_answers(comment, pieter, refuses) -> None:
    answer = answer_comment(comment, by=pieter, text="Ja.")
    with refuses("comment_place"):
        Comment.objects.create(plan=comment.plan, author=pieter, text="En?", answer_to=answer)


def test_history_tells_who_said_and_settled(comment, anna) -> None:
    resolve_comment(comment, by=anna, at=now())
    labels = Comment.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "update"]
