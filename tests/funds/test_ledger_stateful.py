"""Whatever fund managers do, in whatever order: the sums hold after each step, and what
was true on a day, as known at a moment, never changes."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from funds.balance import balances, standings
from funds.ledger import change_grant, correct, decide, pay, recover, settle
from funds.models import ApplicationLine, Envelope, EnvelopeCounter, GrantEntry
from municipalities.guard import guarded
from tests.factories import (
    ApplicationFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    UserFactory,
    asked,
    euro,
)

pytestmark = pytest.mark.django_db

FIRST = datetime.date(2020, 3, 1)
DAYS = [FIRST + datetime.timedelta(days=n) for n in range(3)]
days = st.sampled_from(DAYS)
amounts = st.integers(0, 120).map(Decimal)
numbers = st.integers(0, 2)


class Ledger(RuleBasedStateMachine):
    """An envelope of 150 and three lines of 60; every verb, allowed or not."""

    @initialize()
    def begin(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.by = UserFactory()
        envelope = EnvelopeFactory(amount=euro(150), dated_on=FIRST)
        self.envelope = Envelope.objects.get(pk=envelope.pk)
        application = ApplicationFactory(
            envelope=envelope, lines=[asked(60)] * 3, submitted_on=FIRST
        )
        self.lines = ApplicationLine.objects.filter(application=application).order_by("position")
        self.payments = 0
        self.seen: list[tuple[datetime.date, datetime.datetime, object]] = []

    def teardown(self) -> None:
        if hasattr(self, "block"):
            for day, moment, balance in self.seen:
                assert balances([self.envelope], day, known_at=moment) == [balance]
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def attempt(self, act, *args, **kwargs) -> None:
        """Do it where it may be done; a refusal says why, and leaves nothing."""
        before = GrantEntry.objects.count()
        try:
            act(*args, **kwargs)
        except ValidationError:
            assert GrantEntry.objects.count() == before

    def grant(self, number: int):
        return getattr(self.lines[number], "grant", None)

    @rule(number=numbers, amount=amounts, on=days)
    def decide(self, number, amount, on) -> None:
        self.attempt(decide, self.lines[number], amount, on=on, by=self.by)

    @rule(number=numbers, amount=amounts, on=days)
    def change(self, number, amount, on) -> None:
        if grant := self.grant(number):
            self.attempt(change_grant, grant, amount, reason="Anders", on=on, by=self.by)

    @rule(number=numbers, amount=amounts, on=days)
    def pay(self, number, amount, on) -> None:
        self.payments += 1
        if grant := self.grant(number):
            self.attempt(pay, grant, amount, reference=f"B{self.payments}", on=on, by=self.by)

    @rule(number=numbers, amount=amounts, on=days)
    def settle(self, number, amount, on) -> None:
        if grant := self.grant(number):
            self.attempt(settle, grant, amount, ground="Verantwoord", on=on, by=self.by)

    @rule(number=numbers, amount=amounts, on=days)
    def recover(self, number, amount, on) -> None:
        if grant := self.grant(number):
            self.attempt(recover, grant, amount, on=on, by=self.by)

    @rule(number=st.integers(0, 5), on=days)
    def correct(self, number, on) -> None:
        entries = list(GrantEntry.objects.order_by("pk"))
        if number < len(entries):
            self.attempt(correct, entries[-1 - number], reason="Fout", on=on, by=self.by)

    @rule(amount=st.integers(-120, 60), on=days)
    def mutate(self, amount, on) -> None:
        def act() -> None:
            with guarded():
                EnvelopeMutationFactory(envelope=self.envelope, amount=euro(amount), dated_on=on)

        self.attempt(act)

    @invariant()
    def no_sum_goes_wrong_on_any_day(self) -> None:
        if not hasattr(self, "lines"):
            return
        for day in DAYS:
            (balance,) = balances([self.envelope], day)
            assert balance.available.known == 150 + balance.mutations.known
            assert balance.remaining.known >= 0
            for found in standings(self.lines, day):
                granted, moved = found.granted or Decimal(0), found.moved
                assert 0 <= moved.recovered <= moved.paid <= granted
                assert 0 <= moved.settled <= granted
                assert moved.settled + moved.released in (0, granted)
        (balance,) = balances([self.envelope], DAYS[-1])
        counter = EnvelopeCounter.objects.get(envelope=self.envelope)
        assert counter.ceiling == balance.available.known
        assert counter.committed == balance.committed.known

    @invariant()
    def remember(self) -> None:
        if not hasattr(self, "lines"):
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (now,) = cursor.fetchone()
        day = DAYS[len(self.seen) % len(DAYS)]
        self.seen.append((day, now, balances([self.envelope], day)[0]))


def test_any_order_of_any_verbs(db) -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=8,
            stateful_step_count=16,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
