"""Fifty at once ask a fortieth of an envelope each: forty get it, whatever the path."""

import datetime
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from funds.balance import balances
from funds.ledger import decide
from funds.models import ApplicationLine, Envelope, EnvelopeCounter, Grant
from tests.factories import ApplicationFactory, EnvelopeFactory, RoundFactory, asked, euro
from tests.sessions import at_once

pytestmark = pytest.mark.django_db(transaction=True)

DAY = datetime.date(2020, 4, 1)
PART = Decimal(25)


@pytest.fixture
def lines(db) -> list[ApplicationLine]:
    envelope = EnvelopeFactory(amount=euro(40 * PART))
    application = ApplicationFactory(envelope=envelope, lines=[asked(PART)] * 50)
    return list(application.lines.select_related("application__envelope__fund"))


def through_the_service(line: ApplicationLine, by) -> str:
    try:
        decide(line, PART, on=DAY, by=by)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return "granted"


def by_plain_sql(line: ApplicationLine, level: str = "READ COMMITTED") -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
            cursor.execute(
                "INSERT INTO funds_grant (line_id, amount, amount_currency, dated_on, decision, "
                "answers, entered_at) VALUES (%s, %s, 'EUR', %s, '', '[]', now())",
                [line.pk, PART, DAY],
            )
    except DatabaseError as error:
        diagnosis = error.__cause__.diag
        return diagnosis.constraint_name or diagnosis.sqlstate
    return "granted"


def until_it_was_no_conflict(line: ApplicationLine) -> str:
    """At REPEATABLE READ, again for as long as somebody else came in between."""
    while (outcome := by_plain_sql(line, "REPEATABLE READ")) == "40001":
        assert granted() <= 40 * PART
    return outcome


def granted() -> Decimal:
    return balances(Envelope.objects.all(), DAY)[0].granted.known


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (
            through_the_service,
            "Er is nog € 0 beschikbaar; u beschikt € 25. Beschik hoogstens € 0.",
        ),
        (by_plain_sql, "grant_ceiling"),
        (until_it_was_no_conflict, "grant_ceiling"),
    ],
    ids=["service", "sql", "repeatable-read"],
)
def test_forty_of_fifty(lines, fenna, act: Callable, refusal: str) -> None:
    more = (fenna,) if act is through_the_service else ()
    outcomes = at_once(*(lambda line=line: act(line, *more) for line in lines))
    assert Counter(outcomes) == {"granted": 40, refusal: 10}
    assert granted() == 40 * PART
    assert EnvelopeCounter.objects.get().committed == 40 * PART


@pytest.mark.parametrize("act", [by_plain_sql, until_it_was_no_conflict], ids=["sql", "repeatable"])
def test_one_ceiling_over_two_envelopes(act: Callable) -> None:
    """Twenty ask a tenth of the ceiling of a round, each of one of two envelopes."""
    first = EnvelopeFactory(amount=euro(1_000))
    second = EnvelopeFactory(fund=first.fund, amount=euro(1_000))
    round = RoundFactory(fund=first.fund, ceiling=euro(10 * PART))
    found = [
        line
        for envelope in (first, second)
        for line in ApplicationFactory(
            envelope=envelope, round=round, lines=[asked(PART)] * 10
        ).lines.all()
    ]
    outcomes = Counter(at_once(*(lambda line=line: act(line) for line in found)))
    assert outcomes == {"granted": 10, "round_ceiling": 10}
    assert Grant.objects.count() == 10
