"""The page of the room of a fund: what each reader sees, and who finds a step."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from funds.room import conclude
from tests.factories import EarmarkFactory, EnvelopeMutationFactory, RoundFactory, euro
from tests.reports.reading import parse, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, fund, bollenstreek):
    own = fund.envelopes.get(region=bollenstreek)
    EnvelopeMutationFactory(envelope=own, reason="Prijspeil", amount=euro(-500))
    waiting = EnvelopeMutationFactory(envelope=own, reason="Extra reserve", conditional=True)
    conclude(waiting, Decimal(250), on=datetime.date(2020, 6, 1), reason="De raad besloot")
    EarmarkFactory(envelope=own, name="Jeugd", minimum=euro(1_234))
    RoundFactory(fund=fund, name="Eerste ronde", ceiling=euro(9_000), requires="Een begroting")

    def get(user, day: str = "2020-12-31") -> str:
        client.force_login(user)
        address = reverse("reports:fund_room", args=[fund.slug])
        return seen(parse(client.get(address, {"peildatum": day}).content.decode()))

    return get


def test_a_region_reads_its_own_room_without_steps(page, pieter) -> None:
    text = page(pieter)
    assert "Rijnstreek" not in text
    assert "Stel bij" not in text
    assert "99.750" in text
    assert "Telt mee" in text
    assert "Handelt af: Extra reserve" in text
    assert "Een begroting" in text
    assert "waarvan € 1.234 geoormerkt" in text


def test_on_an_earlier_day_the_condition_still_waits(page, pieter) -> None:
    text = page(pieter, "2020-05-31")
    assert "99.500" in text
    assert "Wacht" in text


def test_the_manager_sees_all_with_the_steps(page, fenna) -> None:
    text = page(fenna)
    assert "Rijnstreek" in text
    for step in ("Stel bij", "Wijzig", "Voeg ruimte toe", "Leg een oormerk vast"):
        assert step in text
