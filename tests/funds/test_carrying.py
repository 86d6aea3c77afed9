"""What is left goes to a later period or to the reserve: two sides, one act."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from funds.balance import balances
from funds.carrying import Carrying, carry_over, take_carry_back
from funds.ledger import decide
from funds.models import CarryOver, Envelope, EnvelopeMutation, FundRule, ReserveMovement
from funds.reserve import reserve_entries, reserve_rest
from funds.reserving import correct_movement
from tests.factories import (
    ApplicationFactory,
    CarryOverFactory,
    EarmarkFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    asked,
    euro,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 12, 31)
LATER = datetime.date(2021, 2, 1)


@pytest.fixture
def envelope(fund, bollenstreek, fenna) -> Envelope:
    """1.000 of which 700 is granted."""
    found = fund.envelopes.get(region=bollenstreek)
    rest = found.amount.amount - 1_000
    EnvelopeMutationFactory(envelope=found, amount=euro(-rest))
    application = ApplicationFactory(envelope=found, lines=[asked(700)])
    decide(application.lines.get(), Decimal(700), on=datetime.date(2020, 4, 1), by=fenna)
    return found


@pytest.fixture
def later(envelope) -> Envelope:
    return EnvelopeFactory(
        fund=envelope.fund,
        region=envelope.region,
        starts_on=datetime.date(2040, 1, 1),
        ends_on=datetime.date(2041, 12, 31),
        amount=euro(50),
    )


@pytest.fixture
def said(fenna) -> dict:
    return {"reason": "Niet besteed", "decision": "B 2020-90", "by": fenna}


def left(envelope, on=LATER) -> Decimal:
    return balances([envelope], on)[0].remaining.known


def rest(envelope, on=LATER) -> Decimal:
    return reserve_rest(reserve_entries(envelope.fund), on)


def code_of(caught) -> str:
    return caught.value.error_list[0].code


class TestCarryingOver:
    def test_to_a_later_period(self, envelope, later, said) -> None:
        carry_over(Carrying(envelope, later, Decimal("299.99"), DAY), **said)
        assert (left(envelope), left(later)) == (Decimal("0.01"), Decimal("349.99"))
        day_before = DAY - datetime.timedelta(days=1)
        assert (left(envelope, day_before), left(later, day_before)) == (300, 50)

    def test_a_rule_that_blocks_refuses_and_others_are_kept(self, envelope, later, said) -> None:
        FundRule.objects.create(
            fund=envelope.fund,
            code="R1",
            kind=FundRule.Kind.MINIMUM,
            title="Houd iets over",
            figure="fonds nog beschikbaar",
            state="known",
            amount_text="€ 100",
            amount=euro(100),
            severity=FundRule.Severity.BLOCK,
        )
        with pytest.raises(ValidationError, match="houdt dit besluit tegen"):
            carry_over(Carrying(envelope, later, Decimal(201), DAY), **said)
        carry = carry_over(Carrying(envelope, later, Decimal(200), DAY), **said)
        assert [found["code"] for found in carry.source.answers] == ["R1"]

    def test_to_the_reserve(self, envelope, said) -> None:
        carry_over(Carrying(envelope, None, Decimal(300), DAY), **said)
        assert (left(envelope), rest(envelope)) == (0, 300)

    def test_never_more_than_what_is_left(self, envelope, later, said) -> None:
        with pytest.raises(ValidationError) as refusal:
            carry_over(Carrying(envelope, later, Decimal("300.01"), DAY), **said)
        assert code_of(refusal) == "mutation_ceiling"
        assert not CarryOver.objects.exists()
        assert left(later) == 50

    def test_what_it_does_is_shown_on_both_sides(self, envelope, later) -> None:
        here, there = Carrying(envelope, later, Decimal(100), DAY).sides
        assert (here.before.known, here.after.known) == (300, 200)
        assert (there.before.known, there.after.known) == (50, 150)

    def test_a_decision_is_needed(self, envelope, later, said) -> None:
        with pytest.raises(ValidationError) as refusal:
            carry_over(Carrying(envelope, later, Decimal(1), DAY), **(said | {"decision": ""}))
        assert code_of(refusal) == "carry_sides"


class TestTakingBack:
    @pytest.mark.parametrize("reserved", [False, True])
    def test_both_sides_are_as_before(self, reserved, envelope, later, said, fenna) -> None:
        target = None if reserved else later
        made = carry_over(Carrying(envelope, target, Decimal(300), DAY), **said)
        take_carry_back(made, reason="Vergissing", on=LATER, by=fenna)
        assert (left(envelope), left(later), rest(envelope)) == (300, 50, 0)
        with pytest.raises(ValidationError) as refusal:
            take_carry_back(made, reason="Vergissing", on=LATER, by=fenna)
        assert code_of(refusal) == "corrected"

    def test_not_what_was_granted_from_the_other_side(self, envelope, later, said, fenna) -> None:
        made = carry_over(Carrying(envelope, later, Decimal(300), DAY), **said)
        application = ApplicationFactory(envelope=later, lines=[asked(100)])
        decide(application.lines.get(), Decimal(100), on=LATER, by=fenna)
        with pytest.raises(ValidationError) as refusal:
            take_carry_back(made, reason="Vergissing", on=LATER, by=fenna)
        assert code_of(refusal) == "mutation_ceiling"
        assert (left(envelope), left(later)) == (0, 250)

    def test_a_side_in_the_reserve_is_not_taken_back_alone(self, envelope, said, fenna) -> None:
        made = carry_over(Carrying(envelope, None, Decimal(300), DAY), **said)
        with pytest.raises(ValidationError) as refusal:
            correct_movement(made.movement, reason="Alleen dit", on=LATER, by=fenna)
        assert code_of(refusal) == "carry_alone"


class TestDatabase:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ({"amount": -100}, {"amount": 99}),
            ({"amount": 10}, {"amount": -10}),
            ({"amount": -100, "condition": "Als het mag"}, {"amount": 100}),
            ({"amount": -100}, {"amount": 100, "dated_on": LATER}),
        ],
    )
    def test_sides_that_differ(self, source, target, envelope, later, said, refuses) -> None:
        with refuses("carry_sides"):
            CarryOver.objects.create(
                source=mutation(envelope, **source), target=mutation(later, **target)
            )

    @pytest.mark.parametrize("where", ["earlier", "region", "fund"])
    def test_only_to_a_later_period_of_the_same(self, where, envelope, later, refuses) -> None:
        source, target = later, envelope
        if where != "earlier":
            source = envelope
            same = {"fund": envelope.fund} if where == "region" else {"region": envelope.region}
            target = EnvelopeFactory(starts_on=later.starts_on, ends_on=later.ends_on, **same)
        with refuses("carry_place"):
            CarryOver.objects.create(
                source=mutation(source, amount=-1), target=mutation(target, amount=1)
            )

    def test_a_taking_back_of_another_amount(self, envelope, later, said, refuses) -> None:
        made = carry_over(Carrying(envelope, later, Decimal(100), DAY), **said)
        with refuses("carry_correction"):
            CarryOver.objects.create(
                source=mutation(envelope, amount=99),
                target=mutation(later, amount=-99),
                corrects=made,
            )

    def test_it_stands_fast(self, refuses) -> None:
        CarryOverFactory()
        with refuses("carry_append_only"):
            CarryOver.objects.update(entered_by=None)


def mutation(envelope: Envelope, *, amount: int, **values) -> EnvelopeMutation:
    said = {"dated_on": DAY, "decision": "B", "condition": ""} | values
    return EnvelopeMutationFactory(envelope=envelope, amount=euro(amount), **said)


class TestPages:
    def test_it_is_shown_and_then_done_as_shown(self, envelope, later, client, fenna) -> None:
        client.force_login(fenna)
        EarmarkFactory(envelope=envelope, minimum=euro(40))
        url = reverse("funds:carry_over_make", args=[envelope.fund.slug, envelope.pk])
        assert client.get(url).context["form"].fields["amount"].initial == 260
        typed = {
            "target": str(later.pk),
            "amount": "260",
            "on": "2020-12-31",
            "decision": "B 2020-90",
            "reason": "Niet besteed",
        }
        refused = client.post(url, typed | {"amount": "260,01"})
        assert refused.status_code == 422
        shown = client.post(url, typed)
        assert not CarryOver.objects.exists()
        typed["seen"] = shown.context["form"].shows.digest
        assert client.post(url, typed).status_code == 302
        assert left(later) == 310
        room = client.get(reverse("reports:fund_room", args=[envelope.fund.slug]))
        assert [row.cells[4].plain for row in room.context["page"].carried.rows] == ["260.00"]

    def test_the_reserve_leads_to_the_whole_act(self, client, fenna, envelope, said) -> None:
        made = carry_over(Carrying(envelope, None, Decimal(300), DAY), **said)
        client.force_login(fenna)
        back = reverse("funds:carry_over_take_back", args=[envelope.fund.slug, made.pk])
        page = client.get(reverse("reports:reserve_detail", args=[envelope.fund.slug]))
        assert back in page.content.decode()
        typed = {"on": "2021-02-01", "reason": "Vergissing"}
        assert client.post(back, typed).status_code == 302
        assert ReserveMovement.objects.count() == 2
