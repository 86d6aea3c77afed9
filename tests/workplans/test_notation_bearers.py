"""Which municipality bears what: all of it as the text says it, or nothing."""

import dataclasses
from decimal import Decimal

import pytest

from tests.workplans.notation_places import HOORN, WESTFRIESLAND, WF6
from workplans.notation.bearers import bearers
from workplans.notation.funding import read_funding
from workplans.notation.payments import payments


def borne(text: str, amount: str | None) -> tuple[tuple[str, Decimal], ...]:
    funding = read_funding(text, WESTFRIESLAND)
    paid = payments(funding, Decimal(amount) if amount else None)
    return bearers(list(zip(funding.sources, paid, strict=True)), WESTFRIESLAND)


def test_half_and_the_rest_by_inhabitants_of_the_others() -> None:
    found = borne("Hoorn financiert 50%, rest naar rato", "75000")
    parts = ["5289.82", "5042.85", "6146.16", "12023.25", "3116.47", "5881.45"]
    wanted = zip((HOORN, *WF6), map(Decimal, ["37500", *parts]), strict=True)
    assert dict(found) == dict(wanted)
    assert sum(amount for _, amount in found) == 75_000


def test_municipalities_alone() -> None:
    assert dict(borne("Hoorn 75%, Opmeer 25%", "100.02")) == {
        HOORN: Decimal("75.02"),
        "GM0432": Decimal("25.00"),
    }


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("50% budget Hoorn, 50% regiobudget", "200000"),
        ("Hoorn 50%, rest naar rato", None),
        ("Hoorn 50%?, rest naar rato", "100"),
        ("Hoorn of Opmeer", "100"),
        ("ruim 50% Hoorn, rest naar rato", "100"),
        ("regiobudget", "100"),
        ("2019: Hoorn; 2020: Opmeer", "100"),
    ],
)
def test_what_is_not_said_in_full_is_borne_by_nobody(text: str, amount: str | None) -> None:
    assert borne(text, amount) == ()


def test_rest_of_whom_nobody_knows_the_inhabitants() -> None:
    unknown = dataclasses.replace(WESTFRIESLAND, populations={})
    funding = read_funding("Hoorn financiert 50%, rest naar rato", unknown)
    paid = payments(funding, Decimal(100))
    assert bearers(list(zip(funding.sources, paid, strict=True)), unknown) == ()
