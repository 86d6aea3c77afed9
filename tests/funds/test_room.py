"""The room of a fund: what came of a condition, and the ceiling of a round."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from funds.balance import balances
from funds.deciding import effect
from funds.ledger import change_grant, decide
from funds.models import EnvelopeMutation, Round, RoundCounter
from funds.room import conclude, enter
from funds.rounds import round_standings
from tests.conftest import insert_like
from tests.factories import (
    ApplicationFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    RoundFactory,
    asked,
    euro,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 4, 1)
BEFORE = datetime.date(2020, 3, 31)


class TestConclusion:
    @pytest.fixture
    def waiting(self) -> EnvelopeMutation:
        return EnvelopeMutationFactory(conditional=True, envelope__amount=euro(100))

    @pytest.mark.parametrize("amount", [40, 0, -40])
    def test_it_counts_from_its_day(self, waiting, amount) -> None:
        conclude(waiting, Decimal(amount), on=DAY, reason="De raad besloot")
        found = [balances([waiting.envelope], day)[0].available.known for day in (BEFORE, DAY)]
        assert found == [100, 100 + amount]

    def test_once(self, waiting) -> None:
        conclude(waiting, Decimal(1), on=DAY, reason="Ja")
        with pytest.raises(ValidationError, match="al afgehandeld"):
            conclude(waiting, Decimal(1), on=DAY, reason="Nog eens")

    @pytest.mark.parametrize("fault", ["envelope", "day", "condition", "unconditional"])
    def test_only_a_conditional_one_of_the_same_envelope(self, waiting, fault, refuses) -> None:
        other = EnvelopeMutationFactory(envelope=waiting.envelope)
        on = {"dated_on": "2020-04-01", "condition": "", "reason": "Ja", "amount": 1}
        on |= {"concludes_id": waiting.pk, "envelope_id": waiting.envelope_id}
        on |= {
            "envelope": {"envelope_id": EnvelopeFactory().pk},
            "day": {"dated_on": "2019-12-31"},
            "condition": {"condition": "Nog iets"},
            "unconditional": {"concludes_id": other.pk},
        }[fault]
        with refuses("mutation_concludes"):
            insert_like(EnvelopeMutation, **on)


class TestCeiling:
    """600 and 400 asked in a round of at most 700."""

    @pytest.fixture
    def lines(self):
        envelope = EnvelopeFactory(amount=euro(5_000))
        round = RoundFactory(fund=envelope.fund, ceiling=euro(700), name="Ronde 1")
        application = ApplicationFactory(
            envelope=envelope, round=round, lines=[asked(600), asked(400)]
        )
        return list(application.lines.select_related("application__envelope__fund"))

    def test_no_more_is_granted(self, lines, fenna) -> None:
        decide(lines[0], Decimal(600), on=DAY, by=fenna)
        with pytest.raises(ValidationError) as refusal:
            decide(lines[1], Decimal("100.01"), on=BEFORE, by=fenna)
        assert refusal.value.messages == [
            "In Ronde 1 kan nog € 100 worden beschikt, want het plafond is € 700; u beschikt "
            "€ 100,01. Beschik hoogstens € 100."
        ]
        decide(lines[1], Decimal(100), on=BEFORE, by=fenna)

    def test_a_change_upwards_counts(self, lines, fenna) -> None:
        first = decide(lines[0], Decimal(500), on=DAY, by=fenna)
        decide(lines[1], Decimal(200), on=DAY, by=fenna)
        with pytest.raises(ValidationError) as refusal:
            change_grant(first, Decimal(501), reason="Meer", on=DAY, by=fenna)
        assert refusal.value.error_list[0].code == "round_ceiling"

    def test_the_ceiling_stays_above_what_is_granted(self, lines, fenna, refuses) -> None:
        decide(lines[0], Decimal(600), on=DAY, by=fenna)
        with refuses("round_ceiling_low"):
            Round.objects.update(ceiling=599)
        row = Round.objects.get()
        row.ceiling = euro(600)
        (found,) = round_standings([enter(row)], DAY)
        assert (found.granted.known, found.left.known) == (600, 0)

    def test_it_is_said_before_the_decision(self, lines) -> None:
        application = lines[0].application
        shown = effect(application, {}, on=DAY)
        assert shown.in_round.left.known == 700

    def test_the_turn_is_not_for_people(self, lines, refuses) -> None:
        with refuses("counter_kept"):
            RoundCounter.objects.create(round=lines[0].application.round)


def test_a_round_is_opened_and_changed_on_a_page(client, fenna, fund) -> None:
    client.force_login(fenna)
    said = {"name": "Derde aanvraag", "dated_on": "2020-01-01", "ceiling": "1.000"}
    said |= {"accepts_unknown": "False"}
    address = reverse("funds:round_open", args=[fund.slug])
    assert client.post(address, said).status_code == 302
    found = fund.rounds.get(slug="derde-aanvraag")
    assert (found.ceiling, found.accepts_unknown) == (euro(1000), False)
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "al een ronde met deze naam" in refused.content.decode()
    change = reverse("funds:round_change", args=[fund.slug, found.pk])
    assert client.post(change, said | {"closes_on": "2020-06-30"}).status_code == 302
    found.refresh_from_db()
    assert (found.slug, found.closes_on) == ("derde-aanvraag", datetime.date(2020, 6, 30))
