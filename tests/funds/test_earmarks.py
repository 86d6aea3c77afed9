"""Earmarks: what is kept free for a purpose, and at most granted in it, whatever writes."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from funds.balance import standings
from funds.deciding import effect
from funds.earmarks import earmark_standings
from funds.ledger import change_grant, decide, decide_all, settle
from funds.models import ApplicationLine, Earmark, Grant
from tests.conftest import insert_like
from tests.factories import (
    ApplicationFactory,
    EarmarkFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    asked,
    euro,
)
from tests.sessions import at_once

DAY = datetime.date(2020, 4, 1)
LATER = datetime.date(2020, 6, 1)


@pytest.fixture
def application(db):
    """600, 400 and 300 asked of 1.000, of which 300 to 500 is meant for youth."""
    envelope = EnvelopeFactory(amount=euro(1_000))
    EarmarkFactory(envelope=envelope, name="Jeugd", minimum=euro(300), maximum=euro(500))
    return ApplicationFactory(envelope=envelope, lines=[asked(600), asked(400), asked(300)])


@pytest.fixture
def youth(application) -> Earmark:
    return application.envelope.earmarks.get()


@pytest.fixture
def lines(application) -> list[ApplicationLine]:
    return list(application.lines.order_by("position"))


@pytest.fixture
def entered(fenna) -> dict:
    return {"on": DAY, "by": fenna}


def standing(application, on: datetime.date = DAY):
    (found,) = earmark_standings([application.envelope], on)[application.envelope_id]
    return found.held, found.reserved, found.left


def code(refusal) -> str:
    return refusal.value.error_list[0].code


def test_the_minimum_stays_free(application, youth, lines, entered) -> None:
    decide(lines[0], Decimal(600), **entered)
    with pytest.raises(ValidationError) as refusal:
        decide(lines[1], Decimal("100.01"), **entered)
    assert refusal.value.messages == [
        "Van wat er over is, is € 300 geoormerkt, en hierna komt daarvoor € 0,01 tekort; kies een "
        "bedrag waarbij dat over blijft."
    ]
    decide(lines[1], Decimal(400), earmark=youth, **entered)
    assert standing(application) == (400, 0, 100)


def test_no_more_than_the_maximum(youth, lines, entered) -> None:
    decide(lines[1], Decimal(400), earmark=youth, **entered)
    with pytest.raises(ValidationError) as refusal:
        decide(lines[2], Decimal(101), earmark=youth, **entered)
    assert code(refusal) == "earmark_maximum"


def test_what_is_granted_in_it_goes_first(application, youth, lines, entered) -> None:
    amounts = {lines[0].pk: Decimal(600), lines[1].pk: Decimal(400)}
    decide_all(application, amounts, earmarks={lines[1].pk: youth}, **entered)
    assert standing(application) == (400, 0, 100)


def test_what_is_released_is_kept_free_again(application, youth, lines, entered) -> None:
    grant = decide(lines[2], Decimal(300), earmark=youth, **entered)
    assert standing(application) == (300, 0, 200)
    settle(grant, Decimal(250), ground="Verantwoording", **entered)
    assert standing(application) == (250, 50, 250)


class TestWhateverElseChanges:
    @pytest.fixture(autouse=True)
    def _granted(self, youth, lines, entered) -> None:
        """600 outside the earmark, 350 in it; 50 is left."""
        self.free = decide(lines[0], Decimal(600), **entered)
        self.kept = decide(lines[1], Decimal(350), earmark=youth, **entered)

    def test_a_grant_in_it_that_goes_down_is_kept_free(self, application, entered) -> None:
        change_grant(self.kept, Decimal(250), reason="Minder", **entered)
        assert standing(application) == (250, 50, 250)

    def test_the_room_does_not_go_below_it(self, application, entered, refuses) -> None:
        change_grant(self.kept, Decimal(250), reason="Minder", **entered)
        with refuses("earmark_reserved"):
            EnvelopeMutationFactory(envelope=application.envelope, amount=euro(-101), dated_on=DAY)

    def test_it_changes_from_a_day_on(self, application) -> None:
        EarmarkFactory(
            envelope=application.envelope,
            name="Jeugd",
            minimum=euro(400),
            maximum=None,
            dated_on=LATER,
        )
        assert standing(application) == (350, 0, 150)
        assert standing(application, LATER) == (350, 50, None)

    def test_its_minimum_fits_in_what_is_left(self, application, refuses) -> None:
        with refuses("earmark_room"):
            EarmarkFactory(envelope=application.envelope, minimum=euro(51))

    def test_its_maximum_is_not_below_what_is_granted(self, application, refuses) -> None:
        with refuses("earmark_maximum_low"):
            EarmarkFactory(
                envelope=application.envelope,
                name="Jeugd",
                minimum=euro(0),
                maximum=euro(349),
                dated_on=LATER,
            )

    def test_it_stands_fast(self, refuses) -> None:
        with refuses("earmark_append_only"):
            Earmark.objects.update(minimum=0)


@pytest.mark.parametrize("fault", ["envelope", "day"])
def test_a_grant_is_in_an_earmark_of_its_own(youth, lines, entered, fault, refuses) -> None:
    decide(lines[0], Decimal(100), **entered)
    other = {
        "envelope": EarmarkFactory,
        "day": lambda: EarmarkFactory(envelope=youth.envelope, dated_on=LATER),
    }[fault]()
    with refuses("earmark_elsewhere"):
        insert_like(Grant, line_id=lines[1].pk, earmark_id=other.pk)


def test_it_is_said_before_the_click(application, youth, lines) -> None:
    found = standings(application.lines.order_by("position"), DAY)
    free, kept = found[0], found[1]
    shown = effect(application, {free: Decimal(600), kept: Decimal(400)}, on=DAY)
    assert [fault.replace("\u00a0", " ") for fault in shown.faults] == [
        "Daarna is nog € 0 beschikbaar, en € 300 is geoormerkt; beschik € 300 minder, of kies bij "
        "een regel het oormerk."
    ]
    within = effect(
        application, {free: Decimal(600), kept: Decimal(400)}, on=DAY, within={kept: youth}
    )
    assert within.faults == []
    assert within.digest != shown.digest
    too_much = effect(application, {free: Decimal(501)}, on=DAY, within={free: youth})
    assert "hoogstens €\u00a0500" in too_much.faults[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ"])
def test_twenty_at_once_never_spend_what_is_kept_free(level) -> None:
    """Each asks a tenth of an envelope of which half is earmarked: five get it."""
    envelope = EnvelopeFactory(amount=euro(100))
    EarmarkFactory(envelope=envelope, minimum=euro(50), maximum=None)
    application = ApplicationFactory(envelope=envelope, lines=[asked(10)] * 20)
    keys = list(application.lines.values_list("pk", flat=True))
    outcomes = Counter(at_once(*(lambda key=key: by_plain_sql(key, level) for key in keys)))
    assert outcomes == {"granted": 5, "earmark_reserved": 15}
    assert Grant.objects.count() == 5


def by_plain_sql(line: int, level: str) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
            cursor.execute(
                "INSERT INTO funds_grant (line_id, amount, amount_currency, dated_on, decision, "
                "answers, entered_at) VALUES (%s, 10, 'EUR', %s, '', '[]', now())",
                [line, DAY],
            )
    except DatabaseError as error:
        diagnosis = error.__cause__.diag
        if diagnosis.sqlstate == "40001":  # somebody else came in between
            return by_plain_sql(line, level)
        return diagnosis.constraint_name
    return "granted"
