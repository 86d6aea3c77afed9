"""The pages on which people report: whose action it is, and what was typed is never lost."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    ActionFactory,
    ActionProgressFactory,
    ProgressRoundFactory,
    WorkPlanFactory,
)
from workplans.models import Action, ActionProgress, ProgressRound
from workplans.services import close_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(bollenstreek) -> ProgressRound:
    """Of Katwijk is the first action, of Lisse the second."""
    plan = WorkPlanFactory(region=bollenstreek, submitted=True)
    Action.objects.filter(line__plan=plan).delete()
    line = ActionFactory(line__plan=plan, code="K", municipalities="Katwijk").line
    ActionFactory(line=line, code="L", municipalities="Lisse")
    return ProgressRoundFactory(plan=plan)


def page(round: ProgressRound, code: str = "K") -> str:
    action = Action.objects.get(line__plan=round.plan, code=code)
    arguments = [round.plan.slug, round.year, round.half, action.pk]
    return reverse("workplans:progress_write", args=arguments)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


TYPED = {"status": "op_schema", "text": "Er is\r\nveel gedaan.", "actual_text": "€ 500", "seen": 0}


def test_policy_officer_writes_for_the_own_municipality_only(round, anna, pieter) -> None:
    client = signed_in(anna)
    assert client.post(page(round), TYPED).url == round.get_absolute_url()
    report = ActionProgress.objects.get()
    assert (report.text, report.written_by) == ("Er is\nveel gedaan.", anna)
    refused = client.get(page(round, "L"))
    assert refused.status_code == 403
    assert "de gemeente die haar uitvoert" in refused.content.decode()
    assert signed_in(pieter).post(page(round, "L"), TYPED).status_code == 302


def test_two_who_write_at_once_both_see_both_texts(round, anna, pieter) -> None:
    ActionProgressFactory(
        round=round, action=Action.objects.get(code="K"), text="Van Anna", by=anna
    )
    client = signed_in(pieter)
    answer = client.post(page(round), TYPED | {"text": "Van Pieter"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Van Pieter</textarea>" in shown
    assert "<p>Van Anna</p>" in shown
    assert 'name="seen" value="1"' in shown
    assert client.post(page(round), TYPED | {"text": "Van Pieter", "seen": 1}).status_code == 302
    assert ActionProgress.objects.get().text == "Van Pieter"


def test_amount_that_cannot_be_read_is_kept_and_told(round, anna) -> None:
    client = signed_in(anna)
    answer = client.post(page(round), TYPED | {"actual_text": "€ 64,376"}, follow=True)
    assert "telt nog niet mee" in answer.content.decode()
    assert 'value="€ 64,376"' in client.get(page(round)).content.decode()


def test_round_that_closes_while_somebody_types_leaves_the_text_on_the_page(round, anna) -> None:
    close_round(round, on=datetime.date(2020, 7, 31))
    client = signed_in(anna)
    answer = client.post(page(round), TYPED | {"text": "Uren werk"})
    assert answer.status_code == 422
    assert "is gesloten en verandert niet meer" in answer.content.decode()
    assert "Uren werk</textarea>" in answer.content.decode()
    assert "<form method" not in client.get(page(round)).content.decode()


def test_one_goes_on_to_the_next_action_that_waits(round, pieter) -> None:
    client = signed_in(pieter)
    assert client.post(page(round), TYPED | {"volgende": "1"}).url == page(round, "L")
    done = client.post(page(round, "L"), TYPED | {"volgende": "1"})
    assert done.url == round.get_absolute_url()


def test_new_report_begins_with_status_and_amount_of_the_round_before(round, anna) -> None:
    ActionProgressFactory(
        round=round, action=Action.objects.get(code="K"), text="Toen", actual_text="PM"
    )
    following = ProgressRoundFactory(plan=round.plan, half=2)
    shown = signed_in(anna).get(page(following)).content.decode()
    assert 'value="PM"' in shown
    assert "<p>Toen</p>" in shown
    assert "Toen</textarea>" not in shown


def test_leader_opens_moves_and_closes_a_round(bollenstreek, pieter) -> None:
    plan = WorkPlanFactory(region=bollenstreek, submitted=True)
    client = signed_in(pieter)
    asked = {"half_year": "2021-2", "due_on": "2999-01-31"}
    assert (
        client.post(reverse("workplans:progress_open", args=[plan.slug]), asked).status_code == 302
    )
    round = ProgressRound.objects.get()
    at = [plan.slug, 2021, 2]
    due = reverse("workplans:progress_due", args=at)
    assert client.post(due, {"due_on": "2020-01-01"}).status_code == 422
    assert client.post(due, {"due_on": "2999-02-28"}).status_code == 302
    close = reverse("workplans:progress_step", args=[*at, "sluiten"])
    assert "Eén actie heeft nog geen verslag" in client.get(close).content.decode()
    assert client.post(close).status_code == 302
    round.refresh_from_db()
    assert (round.due_on, round.is_closed) == (datetime.date(2999, 2, 28), True)
