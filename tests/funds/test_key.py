"""A key divides exactly: rows, columns and proof add up, and percentages are exact."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.division import Place, Tranche, divide, part_of, percent, read_division
from funds.key import WHOLE, Key

DAY = datetime.date(2018, 1, 1)
CODES = [f"GM{n:04}" for n in range(1, 10)]


@st.composite
def keys(draw: st.DrawFn) -> Key:
    """Any mixture of the three parts, over some of the municipalities."""
    cuts = sorted(draw(st.lists(st.integers(0, WHOLE), min_size=4, max_size=4)))
    first, second, equally = (b - a for a, b in zip([0, *cuts], cuts[:3], strict=False))
    own = {code: part for code, part in zip(CODES, (first, second), strict=False) if part}
    sharers = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=9, unique=True))
    people = {code: draw(st.integers(1, 10**6)) for code in sharers}
    return Key(own, equally, WHOLE - first - second - equally, tuple(sharers), people)


amounts = st.lists(st.integers(1, 10**7), min_size=1, max_size=4)


@given(keys(), amounts, st.sampled_from(["euro", "cent"]))
def test_rows_columns_and_proof_add_up(key: Key, units: list[int], unit: str) -> None:
    scale = 0 if unit == "euro" else -2
    tranches = [Tranche(DAY, Decimal(number).scaleb(scale)) for number in units]
    found = divide(key, [Place(code, code) for code in CODES], tranches, unit=unit, day=DAY)
    for n, tranche in enumerate(tranches):
        assert sum(row.tranches[n] for row in found.rows) == tranche.amount
    assert sum(row.given for row in found.rows) == found.amount
    assert sum(row.exact for row in found.rows) == Fraction(found.amount)
    one = Fraction(Decimal(1).scaleb(scale))
    for row in found.rows:
        assert min(row.tranches) >= 0
        assert abs(row.rounding) < one
        assert (row.rank is not None) == (row.rounding > 0)
        part = Fraction(key.percentages.get(row.place.code, 0), WHOLE)
        if row.place.code in key.sharers:
            people = Fraction(key.inhabitants[row.place.code], sum(key.inhabitants.values()))
            part += Fraction(key.equally, WHOLE) / len(key.sharers)
            part += Fraction(key.by_inhabitants, WHOLE) * people
        assert row.exact == part * Fraction(found.amount)
    assert sorted(row.rank for row in found.rows if row.rank) == list(range(1, found.last + 1))
    shares = {row.place.code: row.tranches for row in found.rows}
    assert read_division(found.proof(), tranches, shares, unit=unit) == found
    assert found.is_proven


@given(st.integers(0, WHOLE))
def test_a_percentage_is_read_as_it_is_written(part: int) -> None:
    assert part_of(percent(part)) == part


@pytest.mark.parametrize(
    "key",
    [
        Key({"GM0001": WHOLE - 1}),
        Key({"GM0001": WHOLE}, equally=1, sharers=("GM0002",)),
        Key(equally=WHOLE),
        Key(by_inhabitants=WHOLE),
        Key(by_inhabitants=WHOLE, sharers=("GM0001",), inhabitants={"GM0001": 0}),
    ],
)
def test_a_key_that_is_not_whole_or_has_nobody_is_refused(key: Key) -> None:
    with pytest.raises(ValueError, match="part"):
        key.weights()


def test_a_division_that_was_made_otherwise_is_not_proven() -> None:
    places = [Place(code, code) for code in CODES[:3]]
    key = Key(equally=WHOLE, sharers=tuple(CODES[:3]))
    made = divide(key, places, [Tranche(DAY, Decimal(100))], unit="euro")
    other = {"GM0001": [Decimal(33)], "GM0002": [Decimal(34)], "GM0003": [Decimal(33)]}
    assert not read_division(made.proof(), made.tranches, other, unit="euro").is_proven


def test_where_tranches_pass_somebody_over_the_division_says_so() -> None:
    """Tranches of 9 and 6 over 3, 3, 4, 4, 4: both totals of 2.5 cannot be 3."""
    people = dict(zip(CODES, (3, 3, 4, 4, 4), strict=False))
    key = Key(by_inhabitants=WHOLE, sharers=tuple(people), inhabitants=people)
    places = [Place(code, code) for code in people]
    for parts, follows in (((9, 6), False), ((15,), True)):
        tranches = [Tranche(DAY, Decimal(part)) for part in parts]
        assert divide(key, places, tranches, unit="euro").follows_remainders is follows


def test_half_to_one_and_the_rest_by_inhabitants() -> None:
    """27B of Westfriesland: Hoorn half of 75.000, the others by inhabitants."""
    people = {
        "GM0420": 44058,
        "GM1598": 22522,
        "GM0532": 21552,
        "GM0498": 19384,
        "GM0388": 18479,
        "GM0432": 11420,
    }
    key = Key({"GM0405": WHOLE // 2}, 0, WHOLE // 2, tuple(people), people)
    places = [Place(code, code) for code in ("GM0405", *people)]
    found = divide(key, places, [Tranche(DAY, Decimal(75_000))], unit="cent")
    assert [str(row.given) for row in found.rows] == [
        "37500.00",
        "12023.25",
        "6146.16",
        "5881.45",
        "5289.82",
        "5042.85",
        "3116.47",
    ]
