"""What is left of an envelope on a day, from dated entries only."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.balance import balances, percentage
from funds.figure import Figure
from funds.models import Envelope
from funds.notation import AmountState
from tests.factories import (
    ApplicationFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    GrantFactory,
    asked,
    euro,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 3, 1)
BEFORE = datetime.timedelta(days=1)


def balance(envelope: Envelope, on: datetime.date = DAY):
    return balances([envelope], on)[0]


def known(*figures: Figure) -> list[Decimal]:
    assert all(figure.is_complete for figure in figures)
    return [figure.known for figure in figures]


class TestG3:
    """The fund table of the second Duin- en Bollenstreek plan."""

    @pytest.fixture
    def envelope(self, loaded) -> Envelope:
        return Envelope.objects.get()

    def test_on_the_reference_date(self, envelope) -> None:
        found = balance(envelope)
        assert known(found.available, found.granted, found.remaining) == [
            Decimal(2_935_466),
            Decimal(1_345_000),
            Decimal(1_590_466),
        ]
        assert known(found.requested, found.remaining_if_granted) == [
            Decimal(1_282_500),
            Decimal(307_966),
        ]
        assert found.used_if_granted == Decimal("89.51")

    @pytest.mark.parametrize(
        ("day", "figures"),
        [
            ("2018-12-31", (0, 0, 0)),
            ("2019-01-01", (2_935_466, 0, 0)),
            ("2019-08-31", (2_935_466, 0, 0)),
            ("2019-09-01", (2_935_466, 0, 1_345_000)),
            ("2019-09-29", (2_935_466, 0, 1_345_000)),
            ("2019-09-30", (2_935_466, 1_345_000, 0)),
            ("2019-12-31", (2_935_466, 1_345_000, 0)),
            ("2020-01-01", (2_935_466, 1_345_000, 0)),
            ("2020-02-29", (2_935_466, 1_345_000, 0)),
            ("2020-03-01", (2_935_466, 1_345_000, 1_282_500)),
            ("2099-12-31", (2_935_466, 1_345_000, 1_282_500)),
        ],
    )
    def test_on_every_day_that_something_happened(self, envelope, day, figures) -> None:
        found = balance(envelope, datetime.date.fromisoformat(day))
        assert known(found.available, found.granted, found.requested) == [*map(Decimal, figures)]


def test_an_empty_envelope_has_no_percentage() -> None:
    found = balance(EnvelopeFactory(amount=euro(0)))
    assert found.used_if_granted is None
    assert known(found.remaining_if_granted) == [Decimal(0)]


@pytest.mark.parametrize("amount", ["2500.50", "-2500.50"])
def test_a_mutation_counts_from_its_day(amount) -> None:
    envelope = EnvelopeFactory(amount=euro(10_000))
    EnvelopeMutationFactory(envelope=envelope, dated_on=DAY, amount=euro(amount))
    assert balance(envelope, DAY - BEFORE).available == Figure.of(Decimal(10_000))
    assert balance(envelope).available == Figure.of(Decimal(10_000) + Decimal(amount))


def test_a_conditional_mutation_counts_in_no_figure() -> None:
    envelope = EnvelopeFactory(amount=euro(10_000))
    EnvelopeMutationFactory(envelope=envelope, conditional=True)
    EnvelopeMutationFactory(envelope=envelope, amount=euro(500), condition="Als de raad instemt")
    assert balance(envelope).available == Figure.of(Decimal(10_000))


def test_more_asked_than_there_is_shows_below_zero() -> None:
    envelope = EnvelopeFactory(amount=euro(100))
    ApplicationFactory(envelope=envelope, lines=[asked("250.25")])
    found = balance(envelope)
    assert known(found.remaining_if_granted) == [Decimal("-150.25")]
    assert found.used_if_granted == Decimal("250.25")


def test_lines_without_an_amount_are_gaps_until_decided() -> None:
    envelope = EnvelopeFactory()
    lines = [asked(100), asked(AmountState.PM), asked(AmountState.PM), asked(AmountState.TBD)]
    application = ApplicationFactory(envelope=envelope, lines=lines)
    gaps = {AmountState.PM: 2, AmountState.TBD: 1}
    found = balance(envelope)
    assert found.requested == Figure(Decimal(100), gaps)
    assert found.remaining_if_granted == Figure(Decimal(99_900), gaps)
    assert found.available.is_complete
    GrantFactory(line=application.lines.get(position=2), amount=Decimal(40), dated_on=DAY)
    found = balance(envelope)
    assert found.granted == Figure.of(Decimal(40))
    assert found.requested == Figure(Decimal(100), {AmountState.PM: 1, AmountState.TBD: 1})


def test_what_is_not_applicable_is_no_gap() -> None:
    envelope = EnvelopeFactory()
    ApplicationFactory(envelope=envelope, lines=[asked(AmountState.NOT_APPLICABLE)])
    assert balance(envelope).requested == Figure.zero()


def test_a_refusal_is_a_grant_of_zero_and_ends_the_request() -> None:
    envelope = EnvelopeFactory()
    application = ApplicationFactory(envelope=envelope)
    grant = GrantFactory(line=application.lines.get(), refused=True)
    before, after = (
        balance(envelope, grant.dated_on - BEFORE),
        balance(envelope, grant.dated_on),
    )
    assert known(before.granted, before.requested) == [Decimal(0), Decimal(10_000)]
    assert known(after.granted, after.requested) == [Decimal(0), Decimal(0)]
    assert after.remaining == after.available


def test_less_granted_than_asked_leaves_nothing_requested() -> None:
    envelope = EnvelopeFactory()
    application = ApplicationFactory(envelope=envelope)
    GrantFactory(line=application.lines.get(), amount=Decimal("9999.99"), dated_on=DAY)
    found = balance(envelope)
    assert known(found.granted, found.requested) == [Decimal("9999.99"), Decimal(0)]


def test_two_envelopes_keep_to_themselves_and_add_up() -> None:
    first, second = EnvelopeFactory(amount=euro(100)), EnvelopeFactory(amount=euro(200))
    EnvelopeMutationFactory(envelope=first, amount=euro(7))
    for envelope, amount in ((first, 10), (second, 20)):
        ApplicationFactory(envelope=envelope, lines=[asked(amount), asked(1)], granted=True)
        ApplicationFactory(envelope=envelope, lines=[asked(amount)], submitted_on=DAY)
    day = datetime.date(2020, 4, 1)
    one, two = balances([second, first], day)
    assert [one.envelope, two.envelope] == [second, first]
    assert known(one.available, one.granted, one.requested) == [200, 21, 20]
    assert known(two.available, two.granted, two.requested) == [107, 11, 10]
    both = one + two
    assert known(both.available, both.granted, both.requested) == [307, 32, 30]
    assert known(both.remaining, both.remaining_if_granted) == [275, 245]


def test_ten_envelopes_take_as_many_queries_as_one() -> None:
    for _ in range(10):
        ApplicationFactory(granted=True)
    counts = []
    for number in (1, 10):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(balances(Envelope.objects.all()[:number], DAY)) == number
        counts.append(len(queries))
    # The envelopes, their mutations, what was granted, what came of it and what of that
    # was taken back, what was asked.
    assert counts == [6, 6]


def test_no_envelopes_have_no_balances() -> None:
    assert balances([], DAY) == []


@pytest.mark.parametrize(
    ("part", "whole", "percents"), [("1", "3", "33.33"), ("0.125", "100", "0.13"), ("5", "0", None)]
)
def test_a_percentage_is_rounded_half_up(part, whole, percents) -> None:
    assert percentage(Decimal(part), Decimal(whole)) == (percents and Decimal(percents))
