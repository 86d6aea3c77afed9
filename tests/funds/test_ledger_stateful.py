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
from funds.calendar import open_dues
from funds.carrying import Carrying, carry_over, take_carry_back
from funds.ledger import change_grant, correct, decide, pay, recover, settle
from funds.models import CarryOver, Envelope, EnvelopeCounter, Grant, GrantEntry
from funds.scheduling import make_schedule, propose_schedule
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
amounts = st.sampled_from([0, 1, 20, 30, 59, 60, 61, 120]).map(Decimal)
numbers = st.integers(0, 2)


class Ledger(RuleBasedStateMachine):
    """An envelope of 150, a later one of 40, and three lines of 60, of which one is granted;
    every verb, allowed or not."""

    @initialize()
    def begin(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.by = UserFactory()
        envelope = EnvelopeFactory(amount=euro(150), dated_on=FIRST)
        self.envelope = Envelope.objects.get(pk=envelope.pk)
        later = EnvelopeFactory(
            fund=envelope.fund,
            region=envelope.region,
            amount=euro(40),
            dated_on=FIRST,
            starts_on=datetime.date(2040, 1, 1),
            ends_on=datetime.date(2040, 12, 31),
        )
        self.later = Envelope.objects.get(pk=later.pk)
        self.application = ApplicationFactory(
            envelope=envelope, lines=[asked(60)] * 3, submitted_on=FIRST
        )
        decide(self.lines[0], Decimal(59), on=FIRST, by=self.by)
        self.turns = 0
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

    @property
    def lines(self):
        """As they stand: a line that was fetched before remembers what was refused."""
        return self.application.lines.order_by("position")

    def grant(self, number: int):
        """One of those that there are."""
        found = list(Grant.objects.order_by("pk"))
        return found[number % len(found)]

    @rule(number=numbers, amount=amounts, on=days)
    def decide(self, number, amount, on) -> None:
        self.attempt(decide, self.lines[number], amount, on=on, by=self.by)

    @rule(number=numbers, amount=amounts, on=days)
    def change(self, number, amount, on) -> None:
        self.attempt(change_grant, self.grant(number), amount, reason="Anders", on=on, by=self.by)

    @rule(number=numbers, amount=amounts, on=days)
    def pay(self, number, amount, on) -> None:
        self.turns += 1
        self.attempt(pay, self.grant(number), amount, reference=f"B{self.turns}", on=on, by=self.by)

    @rule(number=numbers, amount=amounts, on=days)
    def settle(self, number, amount, on) -> None:
        self.attempt(settle, self.grant(number), amount, ground="Verantwoord", on=on, by=self.by)

    @rule(number=numbers, amount=amounts, on=days)
    def recover(self, number, amount, on) -> None:
        self.attempt(recover, self.grant(number), amount, on=on, by=self.by)

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

    @rule(amount=amounts, on=days)
    def carry(self, amount, on) -> None:
        self.turns += 1
        carrying, reason = Carrying(self.envelope, self.later, amount, on), f"Over {self.turns}"
        self.attempt(carry_over, carrying, reason=reason, decision="B", by=self.by)

    @rule(on=days)
    def carry_back(self, on) -> None:
        if carry := CarryOver.objects.order_by("pk").last():
            self.attempt(take_carry_back, carry, reason="Fout", on=on, by=self.by)

    @rule(share=st.integers(1, 100), on=days)
    def plan(self, share, on) -> None:
        def act() -> None:
            text = f"05-03-2020 {share}%"
            proposal = propose_schedule(self.application, text)
            make_schedule(self.application, proposal, typed=text, reason="Zo", on=on, by=self.by)

        self.attempt(act)

    @invariant()
    def what_is_planned_may_be_paid(self) -> None:
        if hasattr(self, "application"):
            payable = sum(each.payable for each in standings(self.lines, DAYS[-1]))
            planned = [each.open for each in open_dues(self.application, DAYS[-1])]
            assert all(each >= 0 for each in planned)
            assert sum(planned) <= payable

    @invariant()
    def no_sum_goes_wrong_on_any_day(self) -> None:
        if not hasattr(self, "application"):
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
            (later,) = balances([self.later], day)
            assert later.available.known == 40 + later.mutations.known
            assert later.remaining.known >= 0
        (balance,) = balances([self.envelope], DAYS[-1])
        counter = EnvelopeCounter.objects.get(envelope=self.envelope)
        assert counter.ceiling == balance.available.known
        assert counter.committed == balance.committed.known

    @invariant()
    def remember(self) -> None:
        if not hasattr(self, "application"):
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
            max_examples=16,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
