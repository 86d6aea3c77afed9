"""What each pot pays of a cost line, to the cent, as far as its text says."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.notation import NotationError
from workplans.notation.funding import Funding, Source, read_funding
from workplans.notation.payments import payments
from workplans.notation.places import Places

PLACES = Places(
    region="Drie", first_day=datetime.date(2020, 1, 1), members=("GM1",), names={"GM1": "Hoorn"}
)


def paid(text: str, amount: str | None) -> list[str | None]:
    found = payments(read_funding(text, PLACES), Decimal(amount) if amount else None)
    return [None if part is None else str(part) for part in found]


@pytest.mark.parametrize(
    ("text", "amount", "expected"),
    [
        ("regiobudget", "100", ["100"]),
        ("50% Hoorn, rest regiobudget", "100.01", ["50.00", "50.01"]),
        ("33,33% a, 33,33% b, 33,34% c", "0.02", ["0.01", "0.00", "0.01"]),
        ("50% Hoorn, rest naar rato", "0", ["0", "0"]),
        ("€ 30 lokaal; rest regiobudget", "100", ["30.00", "70.00"]),
        ("€ 30 lokaal; 50% fonds; rest regio", "100", ["30.00", "50.00", "20.00"]),
        ("€ 30 lokaal; € 70 regio", "100", ["30.00", "70.00"]),
        ("2021: € 40 regio; 2022: € 60 regio", "100", ["40.00", "60.00"]),
        ("lokaal?", "100", ["100"]),
        # What the text does not say stays unknown.
        ("lokaal; regiobudget", "100", [None, None]),
        ("60% lokaal; regiobudget", "100", ["60.00", None]),
        ("ruim 50% van Hoorn", "100", [None]),
        ("lokaal of regiobudget", "100", [None, None]),
        ("2021: 50% Hoorn; rest regio; 2022: lokaal", "100", [None, None, None]),
        ("50% Hoorn, rest regiobudget", None, [None, None]),
    ],
)
def test_each_pot_pays_its_part(text: str, amount: str, expected: list[str | None]) -> None:
    assert paid(text, amount) == expected


@pytest.mark.parametrize(
    "text",
    [
        "€ 30 lokaal; € 60 regio",
        "€ 130 lokaal; rest regio",
        "€ 70 lokaal; 50% fonds; rest regio",
        "2021: € 70 regio; 2022: € 60 regio",
    ],
)
def test_pots_that_cannot_come_to_the_amount_are_refused(text: str) -> None:
    with pytest.raises(NotationError) as caught:
        paid(text, "100")
    assert caught.value.code == "funding_sum"


def test_a_cost_without_pots_has_no_payments() -> None:
    assert payments(Funding(), Decimal(100)) == ()


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(0, 1000), min_size=1, max_size=6).filter(lambda p: sum(p) < 1000),
)
def test_percentages_and_the_rest_add_up_to_the_cent(cents: int, permille: list[int]) -> None:
    amount = Decimal(cents).scaleb(-2)
    shares = [Decimal(part).scaleb(-1) for part in permille]
    sources = [Source(f"pot {n}", percentage=share) for n, share in enumerate(shares)]
    found = payments(Funding((*sources, Source("rest", rest=True))), amount)
    assert sum(part or 0 for part in found) == amount
    for part, share in zip(found, shares, strict=False):
        assert part is not None
        assert abs(part - amount * share / 100) < Decimal("0.01")
