"""A fund over time: its periods, what changed between two days, and what was not spent."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from funds.balance import balances
from funds.ledger import correct, settle
from funds.models import Envelope, Fund, Grant, GrantEntry
from tests.factories import (
    ApplicationFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    asked,
    euro,
)
from tests.reports.reading import tables, words

pytestmark = pytest.mark.django_db

SETTLED = datetime.date(2021, 3, 1)


@pytest.fixture
def envelope(fund: Fund, bollenstreek) -> Envelope:
    return fund.envelopes.get(region=bollenstreek)


@pytest.fixture
def granted(envelope) -> list[Grant]:
    """600 and 400, granted on the same day of 2019."""
    application = ApplicationFactory(
        envelope=envelope, lines=[asked(600), asked(400)], granted=True
    )
    return list(Grant.objects.filter(line__application=application).order_by("pk"))


@pytest.fixture
def page(client: Client, fund, fenna):
    client.force_login(fenna)

    def get(name: str = "fund_detail", **asked: str):
        return client.get(reverse(f"reports:{name}", args=[fund.slug]), asked)

    return get


@pytest.fixture
def entered(fenna) -> dict:
    return {"ground": "Verantwoording", "on": SETTLED, "by": fenna}


def test_what_is_over_stands_apart_once_the_next_began(page, envelope, bollenstreek) -> None:
    later = {"starts_on": "2022-01-01", "ends_on": "2023-12-31", "amount": euro(50_000)}
    EnvelopeFactory(fund=envelope.fund, region=bollenstreek, **later)

    def shown(day: str) -> set[str]:
        (table,) = [
            table
            for caption, table in tables(page(peildatum=day).content).items()
            if "per regio" in caption
        ]
        return {cells[1] for name, cells in table.rows.items() if name.startswith("Duin")}

    assert shown("2021-12-31") == {"100.000", "50.000"}
    assert shown("2022-01-01") == {"50.000"}
    periods = tables(page(peildatum="2022-01-01").content)["Alle perioden, in €"].rows
    assert [cells[1:3] for cells in periods.values()] == [("2", "200.000"), ("1", "50.000")]


def test_larger_regions_have_a_total_of_their_own(page, fund, bollenstreek, rijnstreek) -> None:
    for region, name in ((bollenstreek, "Holland Rijnland"), (rijnstreek, "Midden-Holland")):
        region.parent = EnvelopeFactory.region.get_factory()(name=name)
        region.save()
    (table,) = [t for caption, t in tables(page().content).items() if "per regio" in caption]
    assert [name.split(" Ruimte")[0] for name in table.rows] == [
        "Holland Rijnland",
        "Duin- en Bollenstreek",
        "Midden-Holland",
        "Rijnstreek",
        "Totaal",
    ]


def test_what_changed_between_two_days(page, envelope) -> None:
    EnvelopeMutationFactory(
        envelope=envelope, amount=euro(-500), dated_on=datetime.date(2020, 6, 1)
    )
    found = page("fund_changes", van="2020-01-01", tot="2020-06-30", regio=envelope.region.slug)
    (table,) = tables(found.content).values()
    assert table.rows["Beschikbaar"][1:] == ("100.000", "99.500", "−500")
    assert table.rows["Beschikt"][1:] == ("0", "0", "0")
    url = reverse("reports:fund_entries", args=[envelope.fund.slug])
    asked_for = f"{url}?cijfer=beschikbaar&amp;tot=2020-06-30&amp;van=2020-01-02"
    assert asked_for in found.content.decode()


def test_days_in_the_wrong_order(page) -> None:
    found = page("fund_changes", van="2020-06-30", tot="2020-01-01")
    assert found.status_code == 422
    assert "De eerste dag ligt na de tweede; draai de twee om." in words(found)


def test_what_was_not_spent(page, granted, entered) -> None:
    settle(granted[0], Decimal(450), realised=Decimal("450.25"), **entered)
    full = settle(granted[1], Decimal(400), **entered)
    table = tables(page(peildatum=str(SETTLED)).content)["Onderbesteding per regel, in €"]
    ((_, *cells),) = table.rows.values()
    assert cells == ["Verantwoording", "600", "450,25", "450", "150"]
    first = GrantEntry.objects.get(released__gt=0)
    correct(first, reason="Vergist", on=SETTLED, by=full.entered_by)
    assert "Onderbesteding per regel" not in words(page(peildatum=str(SETTLED)))


def test_what_was_accounted_for_counts_those_that_do_not_say_it(envelope, granted, entered) -> None:
    def accounted() -> str:
        (found,) = balances([envelope], SETTLED)
        return str(found.realised)

    assert accounted() == "€\u00a00"
    settle(granted[1], Decimal(400), **entered)
    assert accounted() == "niet ingevuld"
    first = settle(granted[0], Decimal(450), realised=Decimal(475), **entered)
    assert accounted() == "€\u00a0475 + 1 × niet ingevuld"
    correct(first, reason="Vergist", on=SETTLED, by=first.entered_by)
    assert accounted() == "niet ingevuld"


def test_what_waits_for_a_condition(envelope, page) -> None:
    condition = {"envelope": envelope, "condition": "Nog geen besluit"}
    EnvelopeMutationFactory(amount=euro(70), reason="Rente", **condition)
    EnvelopeMutationFactory(amount=None, reason="Indexatie", **condition)
    (found,) = balances([envelope], SETTLED)
    assert str(found.conditional) == "€\u00a070 + 1 × n.t.b."
    assert (found.available.known, found.available_with_conditional.known) == (100_000, 100_070)
    table = tables(page(peildatum=str(SETTLED)).content)["Wat er daarna gebeurde, in €"]
    ((_, _, waiting, *_),) = table.rows.values()
    assert waiting == "70 + 1 × n.t.b."
    listed = page("fund_entries", cijfer="voorwaardelijk", tot=str(SETTLED))
    assert "2 boekingen tot en met 1 maart 2021, samen € 70 + 1 × n.t.b." in words(listed)
