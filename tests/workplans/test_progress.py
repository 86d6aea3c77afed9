"""Progress is written once by each, kept once it is closed, and asked for once."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from funds.notation import AmountState
from municipalities.guard import guarded
from tests.factories import (
    ActionFactory,
    ActionProgressFactory,
    ProgressRoundFactory,
    RoleAssignmentFactory,
    WorkPlanFactory,
    euro,
)
from tests.trail import bring
from workplans.missing import missing_reports
from workplans.models import Action, ActionProgress, Measurement, Notice, ProgressRound
from workplans.services import (
    Overtaken,
    close_round,
    copy_plan,
    move_round,
    open_round,
    remind_of_progress,
    send_digest,
    withdraw_round,
)

DUE = datetime.date(2020, 7, 31)
DAY = datetime.timedelta(days=1)
AT = datetime.datetime(2020, 7, 12, 9, tzinfo=datetime.UTC)

pytestmark = pytest.mark.django_db


def code(refused: pytest.ExceptionInfo[ValidationError]) -> str:
    error = refused.value
    found = getattr(error, "error_dict", {"": [error]})
    return next(e.code for errors in found.values() for e in errors)


def sql(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


# ---- rounds


def test_round_is_asked_of_a_submitted_plan_in_its_own_years(pieter) -> None:
    asked = {"half": 1, "due_on": DUE, "by": pieter, "on": DUE - DAY}
    with pytest.raises(ValidationError) as refused:
        open_round(WorkPlanFactory(draft=True), year=2020, **asked)
    assert code(refused) == "status"
    plan = WorkPlanFactory(submitted=True)
    with pytest.raises(ValidationError) as refused:
        open_round(plan, year=2022, **asked)
    assert code(refused) == "period"
    with pytest.raises(ValidationError) as refused:
        open_round(plan, year=2020, **asked | {"on": DUE + DAY})
    assert code(refused) == "due_on"
    open_round(plan, year=2020, **asked)
    with pytest.raises(ValidationError, match="is er al"):
        open_round(plan, year=2020, **asked)


def test_round_is_taken_back_until_somebody_reported() -> None:
    withdraw_round(ProgressRoundFactory())
    assert not ProgressRound.objects.exists()
    round = ActionProgressFactory().round
    with pytest.raises(ValidationError) as refused:
        withdraw_round(round)
    assert code(refused) == "reported"


def test_round_with_an_unread_amount_stays_open() -> None:
    round = ActionProgressFactory(unread=True).round
    with pytest.raises(ValidationError, match="niet lezen bij"):
        close_round(round, on=DUE)
    ActionProgressFactory(round=round, actual_text="n.t.b.", seen=1)
    assert close_round(round, on=DUE).is_closed


def test_nothing_of_a_closed_round_changes_whatever_writes(refuses) -> None:
    report = ActionProgressFactory(measured=[("120 woningen", "64")])
    round = close_round(report.round, on=DUE)
    for change in (
        lambda: move_round(round, due_on=DUE + DAY, on=DUE),
        lambda: ActionProgressFactory(round=round, seen=1),
        lambda: close_round(round, on=DUE),
        lambda: withdraw_round(round),
    ):
        with pytest.raises(ValidationError) as refused:
            change()
        assert code(refused) == "closed"
    for statement in (
        "UPDATE workplans_progressround SET closed_on = NULL",
        "UPDATE workplans_progressround SET due_on = due_on + 1",
        "UPDATE workplans_actionprogress SET text = 'anders', version = version + 1",
        "UPDATE workplans_measurement SET reached = '65'",
        "DELETE FROM workplans_measurement",
        "DELETE FROM workplans_actionprogress",
        "DELETE FROM workplans_progressround",
    ):
        with refuses("progress_closed"):
            sql(statement)
    report.written_by.delete()  # The name stays, and nothing else is asked of the round.
    report.refresh_from_db()
    assert report.written_by is None
    assert report.written_by_name


# ---- reports


def test_report_is_read_like_any_amount() -> None:
    report = ActionProgressFactory(actual_text="€ 1.250,50")
    assert (report.state, report.actual) == (AmountState.KNOWN, euro("1250.50"))
    for seen, (text, state) in enumerate(
        [("PM", "pm"), ("", "blank"), ("n.v.t.", "not_applicable"), ("€ 64,376", "unread")], start=1
    ):
        report = ActionProgressFactory(round=report.round, actual_text=text, seen=seen)
        assert (report.state, report.actual, report.actual_text) == (state, None, text)


def test_who_did_not_see_the_report_does_not_write_over_it(anna, pieter, refuses) -> None:
    report = ActionProgressFactory(by=anna, text="Van Anna", at=AT)
    for seen in (0, 7):
        with pytest.raises(Overtaken, match="Beleidsmedewerker Katwijk heeft dit verslag") as found:
            ActionProgressFactory(round=report.round, by=pieter, text="Van Pieter", seen=seen)
        assert found.value.report.text == "Van Anna"
    with refuses("progress_overtaken"):
        sql("UPDATE workplans_actionprogress SET text = 'Van niemand'")
    ActionProgressFactory(round=report.round, by=pieter, text="Van Pieter", seen=1)
    report.refresh_from_db()
    assert (report.text, report.version) == ("Van Pieter", 2)


def test_measurements_are_replaced_with_their_report() -> None:
    report = ActionProgressFactory(measured=[("120 woningen", "64"), ("", "3 huisbezoeken")])
    ActionProgressFactory(round=report.round, measured=[("120 woningen", "70")], seen=1)
    assert [str(row) for row in Measurement.objects.all()] == ["120 woningen: 70"]


def test_action_of_another_plan_has_no_report_here(refuses) -> None:
    report, other = ActionProgressFactory(), ActionFactory()
    with refuses("progress_place"):
        sql(
            "UPDATE workplans_actionprogress SET action_id = %s, version = version + 1 "
            "WHERE id = %s",
            other.pk,
            report.pk,
        )


def test_action_with_a_report_stays_in_its_plan() -> None:
    action = ActionProgressFactory().action
    with pytest.raises(ValidationError, match="zet haar stand op geschrapt") as refused, guarded():
        Action.objects.filter(pk=action.pk).delete()
    assert code(refused) == "action_reported"


def test_report_stays_when_the_plan_is_adopted(refuses) -> None:
    """Adopted is exactly when it is written."""
    round = ProgressRoundFactory()
    bring(round.plan, "vastgesteld")
    assert ActionProgressFactory(round=round).version == 1


def test_missing_reports_name_who_carries_the_action_out(bollenstreek) -> None:
    plan = WorkPlanFactory(region=bollenstreek, submitted=True)
    line = ActionFactory(line__plan=plan, code="K", municipalities="Katwijk").line
    ActionFactory(line=line, code="J", municipalities="Duin- en Bollenstreek, penvoerder Lisse")
    ActionFactory(line=line, code="N", municipalities="Noordwijk", amount=None)
    found = {a.code: codes for a, codes in missing_reports(ProgressRoundFactory(plan=plan))}
    assert {key: codes for key, codes in found.items() if key in "KJN"} == {
        "K": ("GM0537",),
        "J": ("GM0553",),
        "N": ("GM0575",),
    }
    assert list(found.values()).count(()) == 1


# ---- notices


def told(user, *kinds: str) -> int:
    return Notice.objects.of(user).filter(kind__in=kinds).count()


@pytest.fixture
def katwijk(bollenstreek, anna, pieter, bram) -> ProgressRound:
    """Of Katwijk is one action, and nobody else has any; a colleague writes for Lisse."""
    plan = WorkPlanFactory(region=bollenstreek, submitted=True)
    Action.objects.filter(line__plan=plan).delete()
    ActionFactory(line__plan=plan, municipalities="Katwijk")
    return ProgressRoundFactory(plan=plan, by=pieter)


def test_writers_are_told_of_a_round(katwijk, anna, pieter, bram) -> None:
    assert [told(user, "voortgang") for user in (anna, pieter, bram)] == [1, 0, 0]
    notice = Notice.objects.of(anna).with_subject().get(kind="voortgang")
    assert notice.sentence.endswith(f"half jaar van 2020 van {katwijk.plan}, klaar op 31 juli 2020")


def test_who_did_not_report_is_reminded_twice_and_never_more(katwijk, anna, pieter, bram) -> None:
    lisse = RoleAssignmentFactory(
        policy_officer=True, municipality=katwijk.plan.region.memberships.get(
            municipality__code="GM0553").municipality
    ).user  # fmt: skip
    assert remind_of_progress(on=DUE - 8 * DAY) == 0
    assert [remind_of_progress(on=DUE - n * DAY) for n in (7, 6, 1)] == [2, 0, 0]
    assert [remind_of_progress(on=DUE + n * DAY) for n in (0, 1, 40)] == [2, 0, 0]
    people = (anna, pieter, bram, lisse)
    assert [told(user, "herinnering", "vandaag") for user in people] == [2, 2, 0, 0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(user=anna, plan=katwijk.plan, round=katwijk, kind="vandaag")


def test_nobody_is_reminded_of_what_is_there(katwijk, anna) -> None:
    ActionProgressFactory(round=katwijk)
    assert remind_of_progress(on=DUE) == 0
    close_round(katwijk, on=DUE)
    assert remind_of_progress(on=DUE + DAY) == 0


def test_digests_remind_before_they_are_sent(katwijk, anna, mailoutbox, settings) -> None:
    settings.SITE_ADDRESS = "https://penvoerder.voorbeeld.nl"
    call_command("send_digests", verbosity=0)
    mine = [mail.body for mail in mailoutbox if mail.to == [anna.email]]
    assert "hoort klaar te zijn (31 juli 2020)" in " ".join(mine[0].split())
    assert f"/voortgang/?ronde={katwijk.moment}" in mine[0]
    call_command("send_digests", verbosity=0)
    assert send_digest(anna.pk) == 0


# ---- the plan that follows


def test_next_plan_looks_back_on_the_last_reports(pieter) -> None:
    plan = WorkPlanFactory(submitted=True)
    silent = ActionFactory(line__plan=plan, title="Nog niets")
    first, second = ProgressRoundFactory(plan=plan), ProgressRoundFactory(plan=plan, half=2)
    told_of = Action.objects.filter(line__plan=plan).exclude(pk=silent.pk).get()
    ActionProgressFactory(round=first, action=told_of, text="Begonnen.")
    ActionProgressFactory(
        round=second,
        action=told_of,
        text="Klaar.",
        attention="Borg het.",
        actual_text="8250,5",
        status=ActionProgress.Status.FINISHED,
    )
    choices = {action.pk: "voortzetten" for action in (told_of, silent)}
    made = copy_plan(
        plan,
        title="Derde plan",
        slug="derde-plan",
        first_year=2022,
        last_year=2023,
        as_of=DUE,
        choices=choices,
    ).plan
    block = made.blocks.get(kind="terugblik")
    assert block.options["columns"][-1] == "aandachtspunten"
    (row,) = block.rows.all()
    assert (row.title, row.status, row.note) == (told_of.title, "afgerond", "Borg het.")
    assert row.text == "Klaar.\n\nGerealiseerd: €\u00a08.250,50."
