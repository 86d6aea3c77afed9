"""The list of envelopes as a file, with amounts as people write them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
import tablib
from django.test import Client
from django.urls import reverse

from funds.models import Envelope, Fund
from funds.resources import EnvelopeResource
from tests.browser_form import import_list
from tests.factories import EnvelopeFactory, euro

HEAD = "Fonds;Regio;Periode vanaf;Periode tot en met;Datum;Bedrag\n"
FUND = "investeringsfonds-mz-holland-rijnland"


@pytest.fixture
def imports(desk: Client) -> Callable[..., str]:
    def send(content: str | bytes, name: str = "ruimtes.csv") -> str:
        return import_list(desk, "funds_envelope", content, name)

    return send


def test_an_envelope_comes_in_and_a_second_time_changes_nothing(
    imports: Callable[..., str], fund: Fund
) -> None:
    file = f"{HEAD}{FUND};rijnstreek;2030-01-01;31-12-2031;01-01-2030;€ 1.250.000,50"
    assert "Ingelezen. 1 nieuw" in imports(file)
    new = Envelope.objects.get(starts_on=datetime.date(2030, 1, 1))
    assert new.amount.amount == Decimal("1250000.50")
    assert new.ends_on == datetime.date(2031, 12, 31)
    assert "Dit bestand verandert niets" in imports(file)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (f"{FUND};rijnstreek;2030-01-01;2031-12-31;2030-01-01;€ 64,376", "bedoelt u"),
        (f"{FUND};rijnstreek;2030-01-01;2031-12-31;2030-01-01;1 mln", "schrijf het bedrag voluit"),
        (f"{FUND};rijnstreek;2030-01-01;2029-12-31;2030-01-01;€ 1", "De laatste dag ligt voor"),
        (f"{FUND};rijnstreek;1-1;2031-12-31;2030-01-01;€ 1", "“1-1” is geen datum"),
        (f"{FUND};nergens;2030-01-01;2031-12-31;2030-01-01;€ 1", "nergens kennen wij niet"),
        ("geen-fonds;rijnstreek;2030-01-01;2031-12-31;2030-01-01;€ 1", "geen-fonds kennen wij"),
        (f"{FUND};rijnstreek;2030-01-01;2031-12-31;2030-01-01;", "Bedrag"),
    ],
)
def test_a_broken_row_is_explained(
    imports: Callable[..., str], fund: Fund, row: str, sentence: str
) -> None:
    before = Envelope.objects.count()
    text = imports(HEAD + row)
    assert "Rij 2" in text
    assert sentence in text
    assert Envelope.objects.count() == before


@pytest.mark.parametrize(
    ("cell", "amount"),
    [(650000, "650000.00"), (17575.44, "17575.44"), ("650.000", "650000.00")],
)
def test_a_number_of_a_spreadsheet_is_taken_as_it_is(fund: Fund, cell: object, amount: str) -> None:
    row = [FUND, "rijnstreek", datetime.date(2030, 1, 1), datetime.datetime(2031, 12, 31)]
    dataset = tablib.Dataset(headers=HEAD.strip().split(";"))
    dataset.append([*row, datetime.date(2030, 1, 1), cell])
    assert not EnvelopeResource().import_data(dataset).is_refused
    assert Envelope.objects.get(starts_on=row[2]).amount.amount == Decimal(amount)


def test_a_third_decimal_is_not_rounded_away(fund: Fund) -> None:
    dataset = tablib.Dataset(headers=HEAD.strip().split(";"))
    dataset.append([FUND, "rijnstreek", "2030-01-01", "2031-12-31", "2030-01-01", 1.005])
    assert EnvelopeResource().import_data(dataset, rollback_on_validation_errors=True).is_refused


@pytest.mark.parametrize("kind", [0, 1, 2], ids=["csv", "xlsx", "ods"])
def test_what_goes_out_comes_in_again_unchanged(
    desk: Client, imports: Callable[..., str], fund: Fund, kind: int
) -> None:
    EnvelopeFactory(fund=fund, starts_on=datetime.date(2021, 1, 1), amount=euro("17575.44"))
    file = desk.post(reverse("admin:funds_envelope_export"), {"format": str(kind)})
    text = imports(file.content, name=f"ruimtes.{('csv', 'xlsx', 'ods')[kind]}")
    assert "Dit bestand verandert niets" in text


def test_an_amount_that_stands_fast_is_explained_with_its_row(
    imports: Callable[..., str], fund: Fund
) -> None:
    file = f"{HEAD}{FUND};rijnstreek;2030-01-01;31-12-2031;01-01-2030;€ 1.000"
    imports(file)
    text = imports(file.replace("€ 1.000", "€ 1.001"))
    assert "Rij 2" in text
    assert "leg het verschil vast als bijstelling" in text
    text = imports(file.replace("01-01-2030;€", "02-01-2030;€"))
    assert "leg het verschil vast als bijstelling" in text
    assert "1 gewijzigd" in imports(file.replace("31-12-2031", "30-06-2032"))
    kept = Envelope.objects.get(starts_on=datetime.date(2030, 1, 1))
    assert (kept.amount.amount, kept.dated_on) == (1000, datetime.date(2030, 1, 1))
