"""Everybody is told what concerns them, once, and nothing that they may no longer see."""

from __future__ import annotations

import datetime
import threading
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils.timezone import now

from municipalities.models import User
from tests.factories import CommentFactory, RoleAssignmentFactory, UserFactory, WorkPlanFactory
from workplans.lifecycle import ADOPT, LABELS, PRESENT
from workplans.models import Notice
from workplans.services import (
    answer_comment,
    read_notices,
    send_digest,
    submit_workplan,
    take_step,
    withdraw_comment,
    write_comment,
)

ON = datetime.date(2020, 3, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek, fund):
    return WorkPlanFactory(region=bollenstreek, draft=True, fund=fund, title="Derde werkplan")


@pytest.fixture(autouse=True)
def _address(settings) -> None:
    settings.SITE_ADDRESS = "https://penvoerder.voorbeeld.nl"


def told(user) -> list[str]:
    return [notice.sentence for notice in Notice.objects.of(user).with_subject()]


def digests() -> str:
    out = StringIO()
    call_command("send_digests", stdout=out)
    return out.getvalue().strip()


# ---- what is told


def test_who_is_named_is_told(plan, anna, pieter, bram) -> None:
    write_comment(plan, by=anna, text=f"@{pieter} klopt dit?")
    assert told(pieter) == ["Beleidsmedewerker Katwijk noemt u in een opmerking bij het hele plan"]
    assert told(anna) == told(bram) == []


def test_author_is_told_of_an_answer_once_and_not_of_the_own(plan, anna, pieter) -> None:
    comment = CommentFactory(plan=plan, author=anna)
    answer_comment(comment, by=anna, text="Ik vond het al.")
    assert told(anna) == []
    answer_comment(comment, by=pieter, text=f"Mooi, @{anna}")
    (sentence,) = told(anna)
    assert "noemt u" in sentence
    answer_comment(comment, by=pieter, text="Dank.")
    assert told(anna)[0].endswith("antwoordt op uw opmerking bij het hele plan")


def test_region_is_told_that_a_plan_was_submitted(plan, cast) -> None:
    submit_workplan(plan, on=ON, by=cast["pieter"])
    readers = {name for name, user in cast.items() if told(user)}
    assert readers == {"anna", "bram"}
    assert told(cast["anna"]) == [
        "Projectleider Duin- en Bollenstreek heeft Derde werkplan ingediend"
    ]


@pytest.mark.parametrize("step", [PRESENT, ADOPT], ids=lambda step: step.name)
def test_region_is_told_of_every_step(step, anna, pieter, bollenstreek) -> None:
    plan = WorkPlanFactory(region=bollenstreek, title="Zonder fonds", status=min(step.sources))
    take_step(plan, step, on=ON, by=pieter)
    status = LABELS[step.target].lower()
    assert told(anna) == [f"Zonder fonds is nu {status}, door {pieter}"]


def test_nothing_is_told_to_who_no_longer_reads_the_plan(plan, anna, pieter) -> None:
    write_comment(plan, by=anna, text=f"@{pieter} klopt dit?")
    pieter.role_assignments.all().delete()
    assert told(pieter) == []
    assert digests() == "0 berichten verstuurd."
    assert mail.outbox == []


def test_nothing_is_told_of_what_was_withdrawn(plan, anna, pieter) -> None:
    comment = write_comment(plan, by=anna, text=f"@{pieter} klopt dit?")
    withdraw_comment(comment, at=now())
    assert told(pieter) == []
    digests()
    assert mail.outbox == []


# ---- the mail


def test_digest_says_it_all_in_one_message(plan, anna, pieter) -> None:
    first = write_comment(plan, by=anna, text=f"@{pieter} klopt <b>dit</b> & dat?\n\nGraag gauw.")
    write_comment(plan, by=anna, text="Nog iets.", told=[pieter])
    assert digests() == "1 bericht verstuurd."
    (message,) = mail.outbox
    assert message.to == [pieter.email]
    assert message.subject == "Penvoerder: 2 nieuwe meldingen"
    assert message.content_subtype == "plain"
    assert f"“@{pieter} klopt <b>dit</b> & dat? Graag gauw.”" in message.body
    site = "https://penvoerder.voorbeeld.nl"
    assert f"{site}{first.get_absolute_url()}" in message.body
    assert f"{site}/meldingen/instellingen/" in message.body
    assert message.extra_headers["List-Unsubscribe"] == f"<{site}/meldingen/instellingen/>"


def test_digest_comes_once(plan, anna, pieter) -> None:
    write_comment(plan, by=anna, text=f"@{pieter} klopt dit?")
    assert [digests(), digests()] == ["1 bericht verstuurd.", "0 berichten verstuurd."]
    assert len(mail.outbox) == 1


def test_what_was_not_sent_is_sent_the_next_time(plan, anna, pieter, settings) -> None:
    write_comment(plan, by=anna, text=f"@{pieter} klopt dit?")
    sender = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.mail.Away"
    with pytest.raises(CommandError, match="1 niet verstuurd"):
        digests()
    assert Notice.objects.get(user=pieter).mailed_at is None
    settings.EMAIL_BACKEND = sender
    digests()
    digests()
    assert len(mail.outbox) == 1


def test_what_was_read_is_not_mailed(plan, anna, pieter) -> None:
    write_comment(plan, by=anna, text=f"@{pieter} klopt dit?")
    assert read_notices(pieter) == 1
    digests()
    assert mail.outbox == []


def test_who_wants_no_mail_gets_none_and_later_no_flood(plan, anna, pieter) -> None:
    User.objects.filter(pk=pieter.pk).update(mailing=User.Mailing.NONE)
    write_comment(plan, by=anna, text=f"@{pieter} klopt dit?")
    digests()
    Notice.objects.update(at=now() - datetime.timedelta(days=9))
    User.objects.filter(pk=pieter.pk).update(mailing=User.Mailing.DAILY)
    digests()
    assert mail.outbox == []
    assert len(told(pieter)) == 1


def test_who_wants_mail_at_once_gets_it_when_it_is_stored(
    plan, anna, pieter, bram, django_capture_on_commit_callbacks
) -> None:
    User.objects.filter(pk=pieter.pk).update(mailing=User.Mailing.DIRECT)
    with django_capture_on_commit_callbacks(execute=True):
        write_comment(plan, by=anna, text=f"@{pieter} klopt dit?", told=[bram])
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [[pieter.email]]


def test_who_may_not_sign_in_gets_no_mail(plan, anna, pieter) -> None:
    write_comment(plan, by=anna, text=f"@{pieter} klopt dit?")
    User.objects.filter(pk=pieter.pk).update(is_active=False)
    digests()
    assert mail.outbox == []


def test_command_without_an_address_says_what_to_set(settings) -> None:
    settings.SITE_ADDRESS = ""
    with pytest.raises(CommandError, match="PENVOERDER_ADDRESS"):
        call_command("send_digests")


@pytest.mark.django_db(transaction=True)
def test_of_two_commands_at_once_one_writes_to_somebody(bollenstreek) -> None:
    """The other passes over, and does not wait."""
    user = UserFactory()
    RoleAssignmentFactory(user=user, reader_of_region=True, region=bollenstreek)
    plan = WorkPlanFactory(region=bollenstreek)
    Notice.objects.create(user=user, plan=plan, kind="status", status="concept")
    sent: list[int] = []

    def other() -> None:
        sent.append(send_digest(user.pk))
        connection.close()

    with transaction.atomic():
        Notice.objects.select_for_update(no_key=True).get(user=user)
        session = threading.Thread(target=other)
        session.start()
        session.join(timeout=20)
    assert sent == [0]
    assert send_digest(user.pk) == 1
