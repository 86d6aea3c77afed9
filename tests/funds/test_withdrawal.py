"""An application that is taken back: what it changes from its day on, and what refuses it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from funds.balance import balances
from funds.models import Application, ApplicationWithdrawal, Grant
from funds.services import record_grant
from funds.waiting import undecided_applications
from funds.withdrawing import withdraw_application
from tests.conftest import insert_like
from tests.factories import ApplicationFactory, asked
from tests.sessions import waiting_for

pytestmark = pytest.mark.django_db

DAY, LATER = datetime.date(2020, 3, 1), datetime.date(2020, 4, 1)
WHY = "De verdeling wordt anders"


@pytest.fixture
def application() -> Application:
    return ApplicationFactory(lines=[asked(10_000)])


def again(application: Application, **fields: object) -> Application:
    return ApplicationFactory(
        envelope=application.envelope,
        round=application.round,
        title=application.title,
        submitted_on=LATER,
        lines=[asked(4_000)],
        **fields,
    )


def requested(application: Application, on: datetime.date) -> str:
    return str(balances([application.envelope], on)[0].requested)


def test_it_asks_nothing_from_its_day_on_and_did_before(application) -> None:
    withdraw_application(application, dated_on=LATER, reason=WHY)
    eve = LATER - datetime.timedelta(days=1)
    assert [requested(application, day) for day in (DAY, eve, LATER)] == [
        "€\u00a010.000",
        "€\u00a010.000",
        "€\u00a00",
    ]


def test_no_fund_manager_is_asked_to_decide_on_it(application, cast, fund) -> None:
    application = ApplicationFactory(envelope__fund=fund)
    fenna = cast["fenna"]
    assert [found.application for found in undecided_applications(fenna, on=LATER)] == [application]
    withdraw_application(application, dated_on=LATER, reason=WHY)
    assert undecided_applications(fenna, on=LATER) == []


def test_the_same_is_asked_again_once_it_was_withdrawn(application) -> None:
    with pytest.raises(ValidationError) as caught:
        again(application)
    assert caught.value.messages == ["Deze aanvraag is in deze ronde al ingediend."]
    withdraw_application(application, dated_on=LATER, reason=WHY)
    assert again(application).attempt == 2
    assert requested(application, LATER) == "€\u00a04.000"


def test_an_attempt_by_sql_follows_one_that_was_withdrawn(application, refuses) -> None:
    for attempt in (0, 2, 3):
        with refuses("application_again"):
            insert_like(Application, attempt=attempt)


@pytest.mark.parametrize(
    ("dated_on", "reason", "code"),
    [
        (DAY - datetime.timedelta(days=1), WHY, "withdrawal_day"),
        (LATER, "", "funds_withdrawal_reason"),
    ],
)
def test_what_refuses_a_withdrawal(application, dated_on, reason, code, refuses) -> None:
    with refuses(code):
        ApplicationWithdrawal.objects.create(
            application=application, dated_on=dated_on, reason=reason
        )
    with pytest.raises(ValidationError):
        withdraw_application(application, dated_on=dated_on, reason=reason)


def test_what_was_decided_on_is_not_withdrawn_nor_the_other_way_round(application, refuses) -> None:
    other = ApplicationFactory(granted=True)
    with pytest.raises(ValidationError) as caught:
        withdraw_application(other, dated_on=LATER, reason=WHY)
    assert caught.value.code == "withdrawal_granted"
    assert other.title in caught.value.message
    withdraw_application(application, dated_on=LATER, reason=WHY)
    with refuses("application_withdrawn"):
        Grant.objects.create(line=application.lines.get(), amount=1, dated_on=LATER)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE funds_applicationwithdrawal SET dated_on = '2021-01-01'",
        "DELETE FROM funds_applicationwithdrawal",
    ],
)
def test_a_withdrawal_stands_fast(application, statement, refuses) -> None:
    withdraw_application(application, dated_on=LATER, reason=WHY)
    with refuses("withdrawal_append_only"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_who_grants_while_it_is_withdrawn_is_refused() -> None:
    line = ApplicationFactory().lines.get()

    def grant() -> str:
        try:
            with transaction.atomic():
                record_grant(line, amount=Decimal(1), dated_on=LATER)
        except Exception as refusal:
            return str(refusal.__cause__.diag.constraint_name)
        return "granted"

    first = lambda: withdraw_application(line.application, dated_on=LATER, reason=WHY)  # noqa: E731
    assert waiting_for(first, grant) == "application_withdrawn"
