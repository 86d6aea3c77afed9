"""From decision to recovery: what each verb adds, and what the database refuses."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from funds.balance import Standing, balances, standings
from funds.ledger import (
    change_grant,
    close_years,
    correct,
    decide,
    decide_all,
    pay,
    recover,
    settle,
)
from funds.models import (
    Application,
    ApplicationLine,
    Envelope,
    EnvelopeCounter,
    EnvelopeMutation,
    Fund,
    Grant,
    GrantEntry,
)
from tests.conftest import insert_like
from tests.factories import (
    ApplicationFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    asked,
    euro,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 4, 1)
LATER = datetime.date(2020, 12, 31)
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def application() -> Application:
    """600 and 400 asked of an envelope of 900."""
    envelope = EnvelopeFactory(amount=euro(900))
    return ApplicationFactory(envelope=envelope, lines=[asked(600), asked(400)])


@pytest.fixture
def line(application) -> ApplicationLine:
    return application.lines.get(position=1)


@pytest.fixture
def entered(fenna) -> dict:
    return {"on": DAY, "by": fenna}


@pytest.fixture
def grant(line, entered) -> Grant:
    """500 granted of the 600 that were asked."""
    return decide(line, Decimal(500), **entered)


def refused(code: str | None, act, *args, **kwargs) -> str:
    with pytest.raises(ValidationError) as caught:
        act(*args, **kwargs)
    faults = getattr(caught.value, "error_dict", {"": caught.value}).values()
    found = [fault for row in faults for fault in getattr(row, "error_list", row)]
    assert found[0].code == code
    return " ".join(caught.value.messages).replace("\u00a0", " ")


def stands(grant: Grant, on: datetime.date = LATER) -> Standing:
    return standings(ApplicationLine.objects.filter(pk=grant.line_id), on)[0]


class TestDeciding:
    def test_one_cent_above_what_is_left(self, application, entered) -> None:
        decide(application.lines.get(position=1), Decimal("500.01"), **entered)
        rest = application.lines.get(position=2)
        assert refused("grant_ceiling", decide, rest, Decimal(400), **entered) == (
            "Er is nog € 399,99 beschikbaar; u beschikt € 400. Beschik hoogstens € 399,99."
        )
        assert decide(rest, Decimal("399.99"), **entered).pk

    def test_all_or_nothing(self, application, entered) -> None:
        amounts = dict(application.lines.values_list("pk", "amount"))
        refused("grant_ceiling", decide_all, application, amounts, **entered)
        assert not Grant.objects.exists()

    def test_partly_and_deferred(self, application, entered) -> None:
        first, _ = application.lines.order_by("position")
        decide_all(application, {first.pk: Decimal(1)}, **entered)
        one, two = standings(application.lines.order_by("position"), DAY)
        assert (one.granted, two.granted) == (1, None)
        assert balances([application.envelope], DAY)[0].requested.known == 400

    def test_what_comes_tomorrow_is_not_granted_today(self, application, entered) -> None:
        decide(application.lines.get(position=1), Decimal(600), **entered)
        envelope = application.envelope
        EnvelopeMutationFactory(envelope=envelope, amount=euro(100), dated_on=DAY + ONE_DAY)
        rest = application.lines.get(position=2)
        refused("grant_ceiling", decide, rest, Decimal(400), **entered)
        assert decide(rest, Decimal(400), **(entered | {"on": DAY + ONE_DAY})).pk

    @pytest.mark.parametrize(
        ("day", "code"), [("2018-12-31", "before_submission"), ("2022-01-01", "entry_term")]
    )
    def test_on_a_day_that_cannot_be(self, line, fenna, day, code) -> None:
        Fund.objects.update(starts_on="2019-01-01", ends_on="2021-12-31")
        on = datetime.date.fromisoformat(day)
        refused(code, decide, line, Decimal(1), on=on, by=fenna)

    def test_what_the_rules_said_is_kept(self, line, entered) -> None:
        said = [{"code": "R1", "oordeel": "overschreden"}]
        decide(line, Decimal(1), answers=said, **entered)
        assert Grant.objects.get().answers == said
        assert Grant.objects.get().entered_by == entered["by"]


class TestAfterwards:
    def test_the_whole_life(self, grant, entered) -> None:
        change_grant(grant, Decimal(550), reason="Meer deelnemers", **entered)
        change_grant(grant, Decimal(520), reason="Toch minder", **entered)
        pay(grant, Decimal(500), reference="2020-1", **entered)
        settle(grant, Decimal(450), realised=Decimal("450.25"), ground="Verantwoord", **entered)
        recover(grant, Decimal(50), **entered)
        found = stands(grant)
        assert found.granted == 520
        assert (found.moved.paid, found.moved.settled, found.moved.released) == (500, 450, 70)
        assert (found.moved.recovered, found.payable, found.recoverable) == (50, 0, 0)
        envelope = balances([Envelope.objects.get()], LATER)[0]
        assert envelope.remaining.known == 900 - 450

    def test_a_payment_above_the_grant(self, grant, entered) -> None:
        pay(grant, Decimal(300), reference="1", **entered)
        sentence = refused(
            "paid_within_grant", pay, grant, Decimal("200.01"), reference="2", **entered
        )
        assert sentence == (
            "Er is € 500 beschikt en nog € 200 niet uitbetaald; betaal hoogstens € 200."
        )

    def test_a_payment_twice(self, grant, entered, refuses) -> None:
        pay(grant, Decimal(100), reference="2020-1", **entered)
        again = {"reference": "2020-1", **entered}
        said = refused(None, pay, grant, Decimal(50), **again)
        assert "al een betaling met dit betalingskenmerk" in said
        with refuses("funds_entry_once"):
            insert_like(GrantEntry)

    def test_a_payment_before_the_decision(self, grant, fenna) -> None:
        before = {"on": DAY - ONE_DAY, "by": fenna}
        refused("entry_day", pay, grant, Decimal(1), reference="1", **before)

    def test_never_changed_below_what_was_paid(self, grant, entered) -> None:
        pay(grant, Decimal(300), reference="1", **entered)
        less = {"reason": "Minder", **entered}
        refused("change_below_paid", change_grant, grant, Decimal("299.99"), **less)
        assert change_grant(grant, Decimal(300), **less).amount.amount == -200

    def test_changed_above_what_is_left(self, application, grant, entered) -> None:
        sentence = refused(
            "change_ceiling", change_grant, grant, Decimal("900.01"), reason="Meer", **entered
        )
        assert "nog € 400 beschikbaar; de beschikking gaat met € 400,01 omhoog" in sentence

    def test_settled_above_the_grant(self, grant, entered, refuses) -> None:
        refused("settled_within_grant", settle, grant, Decimal("500.01"), ground="x", **entered)
        settle(grant, Decimal(500), ground="x", **entered)
        correct(GrantEntry.objects.get(), reason="Verkeerd", **entered)
        with refuses("settled_within_grant"):
            insert_like(GrantEntry, amount="500.01", corrects_id=None)

    def test_settled_twice_or_changed_afterwards(self, grant, entered) -> None:
        settle(grant, Decimal(400), ground="x", **entered)
        refused("change_settled", settle, grant, Decimal(1), ground="x", **entered)
        refused("change_settled", change_grant, grant, Decimal(1), reason="x", **entered)

    def test_paid_above_what_was_settled(self, grant, entered) -> None:
        settle(grant, Decimal(400), ground="x", **entered)
        refused("paid_within_settled", pay, grant, Decimal("400.01"), reference="1", **entered)
        assert pay(grant, Decimal(400), reference="1", **entered).pk

    def test_recovered_above_what_was_paid_too_much(self, grant, entered) -> None:
        pay(grant, Decimal(500), reference="1", **entered)
        refused("recovered_within_paid", recover, grant, Decimal(1), **entered)
        settle(grant, Decimal(400), ground="x", **entered)
        sentence = refused("recovered_within_paid", recover, grant, Decimal("100.01"), **entered)
        assert "Er is € 100 meer uitbetaald dan vastgesteld" in sentence
        assert recover(grant, Decimal(100), **entered).pk

    def test_what_was_released_is_spent_and_does_not_come_back(
        self, application, grant, entered
    ) -> None:
        settled = settle(grant, Decimal(400), ground="x", **entered)
        decide(application.lines.get(position=2), Decimal(400), **entered)
        change_grant(Grant.objects.get(line__position=2), Decimal(500), reason="Meer", **entered)
        refused("correction_ceiling", correct, settled, reason="Verkeerd", **entered)

    def test_a_correction_takes_back_one_entry_once(self, grant, entered, refuses) -> None:
        paid = pay(grant, Decimal(300), reference="1", **entered)
        back = correct(paid, reason="Dubbel", **entered)
        assert stands(grant).moved.paid == 0
        refused("corrected", correct, paid, reason="Nog eens", **entered)
        refused("entry_correction", correct, back, reason="Terug", **entered)
        assert pay(grant, Decimal(500), reference="2", **entered).pk


class TestWhateverThePath:
    def test_a_bijstelling_takes_no_more_than_is_left(self, grant, refuses) -> None:
        envelope = Envelope.objects.get()
        with refuses("mutation_ceiling"):
            EnvelopeMutationFactory(envelope=envelope, amount=euro("-400.01"), dated_on=LATER)
        EnvelopeMutationFactory(envelope=envelope, amount=euro(-400), dated_on=LATER)

    @pytest.mark.parametrize("model", [Envelope, EnvelopeMutation, Grant, GrantEntry])
    def test_nothing_of_a_closed_year(self, model, grant, entered, refuses) -> None:
        pay(grant, Decimal(1), reference="1", **entered)
        EnvelopeMutationFactory(envelope=grant.line.application.envelope, dated_on=DAY)
        close_years(Fund.objects.get(), until=DAY)
        with refuses("entry_locked"):
            insert_like(model)

    def test_a_year_is_closed_once(self, fund) -> None:
        close_years(fund, until=DAY)
        refused("already_locked", close_years, fund, until=DAY)

    def test_an_entry_stands_fast(self, grant, entered, refuses) -> None:
        pay(grant, Decimal(1), reference="1", **entered)
        with refuses("entry_append_only"):
            GrantEntry.objects.update(amount=2)
        with refuses("entry_append_only"):
            GrantEntry.objects.all().delete()

    def test_nobody_says_when_it_was_entered(self, grant) -> None:
        assert Grant.objects.get().entered_at.year > 2020
        EnvelopeMutationFactory(envelope=grant.line.application.envelope)
        insert_like(EnvelopeMutation, reason="Anders", entered_at="2019-01-01T00:00:00Z")
        assert not EnvelopeMutation.objects.filter(entered_at__year=2019).exists()

    @pytest.mark.parametrize("act", ["update", "delete", "insert"])
    def test_nobody_writes_the_counter(self, act, grant, refuses) -> None:
        rows = EnvelopeCounter.objects.all()
        with refuses("counter_kept"):
            if act == "update":
                rows.update(committed=0)
            elif act == "delete":
                rows.delete()
            else:
                EnvelopeCounter.objects.create(envelope_id=0, ceiling=1, committed=0)
