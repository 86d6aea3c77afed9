import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.apportion import apportion, apportion_table

# Westfriesland on 1-1-2017 (Drechterland … Stede Broec), from the annex of its plan.
WESTFRIESLAND = {
    "GM0498": 19_384,
    "GM0388": 18_479,
    "GM0405": 72_493,
    "GM1598": 22_522,
    "GM0420": 44_058,
    "GM0432": 11_420,
    "GM0532": 21_552,
}
HOORN, OPMEER = "GM0405", "GM0432"

amounts = st.integers(0, 10**14)
weights = st.dictionaries(
    st.text("GM0123456789", min_size=1, max_size=6), st.integers(0, 10**6), min_size=1, max_size=20
).filter(lambda each: any(each.values()))
# Small numbers meet ties and cells that come out whole far more often.
small_weights = st.dictionaries(
    st.sampled_from("abcdefghij"), st.integers(0, 6), min_size=1
).filter(lambda each: any(each.values()))
tables = st.one_of(
    st.tuples(st.lists(amounts, min_size=1, max_size=6), weights),
    st.tuples(st.lists(st.integers(0, 40), min_size=1, max_size=6), small_weights),
)


def is_rounded(value: int, numerator: int, denominator: int) -> bool:
    """Whether `value` is the fraction rounded down or up; a whole one stays itself."""
    return numerator // denominator <= value <= -(-numerator // denominator)


def shuffled(weights: dict[str, int]) -> dict[str, int]:
    keys = sorted(weights)
    random.Random(7).shuffle(keys)
    return {key: weights[key] for key in keys}


@given(amounts, st.one_of(weights, small_weights))
def test_shares_add_up_and_are_exact_values_rounded(amount: int, weights: dict[str, int]) -> None:
    shares = apportion(amount, weights)
    whole = sum(weights.values())

    assert sum(shares.values()) == amount
    for key, weight in weights.items():
        assert is_rounded(shares[key], amount * weight, whole)


@given(amounts, st.one_of(weights, small_weights))
def test_the_order_of_the_weights_does_not_matter(amount: int, weights: dict[str, int]) -> None:
    assert apportion(amount, weights) == apportion(amount, shuffled(weights))


@given(tables)
def test_a_table_adds_up_in_rows_and_columns(table: tuple[list[int], dict[str, int]]) -> None:
    tranches, weights = table
    rows = apportion_table(tranches, weights)
    whole, total = sum(weights.values()), sum(tranches)

    assert [sum(column) for column in zip(*rows.values(), strict=True)] == tranches
    for key, weight in weights.items():
        assert is_rounded(sum(rows[key]), total * weight, whole)
        for cell, tranche in zip(rows[key], tranches, strict=True):
            assert is_rounded(cell, tranche * weight, whole)


@given(tables)
def test_the_order_of_the_rows_does_not_matter(table: tuple[list[int], dict[str, int]]) -> None:
    tranches, weights = table

    assert apportion_table(tranches, weights) == apportion_table(tranches, shuffled(weights))


@given(amounts, st.one_of(weights, small_weights))
def test_one_tranche_is_the_plain_division(amount: int, weights: dict[str, int]) -> None:
    plain = apportion(amount, weights)

    assert apportion_table([amount], weights) == {key: [share] for key, share in plain.items()}


@given(
    st.lists(amounts, min_size=1, max_size=4), st.lists(st.integers(1, 99), min_size=2, max_size=2)
)
def test_two_rows_always_have_the_totals_of_the_plain_division(
    tranches: list[int], pair: list[int]
) -> None:
    weights = dict(zip("ab", pair, strict=True))
    rows = apportion_table(tranches, weights)

    assert {key: sum(row) for key, row in rows.items()} == apportion(sum(tranches), weights)


def test_a_tie_goes_to_the_larger_weight_and_then_to_the_smaller_code() -> None:
    assert apportion(1, {"GM0002": 1, "GM0001": 1}) == {"GM0001": 1, "GM0002": 0}
    # 5 * 1 / 10 and 5 * 3 / 10 both leave a half.
    assert apportion(5, {"a": 1, "b": 3, "c": 6}) == {"a": 0, "b": 2, "c": 3}


def test_a_weight_of_zero_gets_nothing() -> None:
    assert apportion(10, {"a": 0, "b": 3, "c": 4}) == {"a": 0, "b": 4, "c": 6}
    assert apportion_table([5, 5], {"a": 0, "b": 1}) == {"a": [0, 0], "b": [5, 5]}


def test_opmeer_never_pays_back_in_a_later_tranche() -> None:
    """Cumulative largest remainder would: one unit more makes its 5 a 4."""
    assert apportion(82, WESTFRIESLAND)[OPMEER] == 5
    assert apportion(83, WESTFRIESLAND)[OPMEER] == 4

    assert apportion_table([82, 1], WESTFRIESLAND)[OPMEER] == [4, 0]


def test_row_totals_are_those_of_the_plain_division_where_a_table_can_have_them() -> None:
    """The first choice must be repaired here, and a shorter way would change totals."""
    weights = {"a": 2, "b": 3, "c": 8, "d": 5}
    rows = apportion_table([9, 12, 12], weights)

    assert {key: sum(row) for key, row in rows.items()} == apportion(33, weights)


def test_row_totals_give_way_where_no_table_can_have_them() -> None:
    """Plain division makes every row 3; the first tranche would then hold 10, not 9."""
    weights = {"a": 3, "b": 3, "c": 4, "d": 4, "e": 4}
    assert apportion(15, weights) == dict.fromkeys(weights, 3)

    rows = apportion_table([9, 6], weights)

    assert [sum(column) for column in zip(*rows.values(), strict=True)] == [9, 6]
    assert sorted(sum(row) for row in rows.values()) == [2, 3, 3, 3, 4]
    assert rows["c"] == [2, 2]


def test_the_annex_of_westfriesland_adds_up() -> None:
    rows = apportion_table([300_000, 300_000], WESTFRIESLAND)

    assert [sum(column) for column in zip(*rows.values(), strict=True)] == [300_000, 300_000]
    assert [sum(row) for row in rows.values()] == [
        55_407, 52_820, 207_214, 64_377, 125_935, 32_643, 61_604,
    ]  # fmt: skip


def test_the_printed_annex_was_cut_off_and_misses_three_euros_twice() -> None:
    whole = sum(WESTFRIESLAND.values())

    assert sum(300_000 * weight // whole for weight in WESTFRIESLAND.values()) == 299_997
    assert sum(600_000 * weight // whole for weight in WESTFRIESLAND.values()) == 599_997


def test_27b_gives_its_other_half_to_six_municipalities_to_the_cent() -> None:
    six = {code: weight for code, weight in WESTFRIESLAND.items() if code != HOORN}
    whole, cents = sum(six.values()), 37_500_00

    assert apportion(cents, six) == {
        "GM0498": 5_289_82,
        "GM0388": 5_042_85,
        "GM1598": 6_146_16,
        "GM0420": 12_023_25,
        "GM0432": 3_116_47,
        "GM0532": 5_881_45,
    }
    rounded_each = [(2 * cents * weight + whole) // (2 * whole) for weight in six.values()]
    assert sum(rounded_each) == 37_499_99


@pytest.mark.parametrize(
    ("amount", "weights", "reason"),
    [
        (1, {}, "nobody"),
        (1, {"a": 0, "b": 0}, "above zero"),
        (1, {"a": 3, "b": -1}, "weight cannot be negative"),
        (-1, {"a": 1}, "negative amount"),
    ],
)
def test_what_cannot_be_divided_is_refused(
    amount: int, weights: dict[str, int], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        apportion(amount, weights)


@pytest.mark.parametrize("tranches", [[], [5, -1]])
def test_tranches_must_be_there_and_not_be_negative(tranches: list[int]) -> None:
    with pytest.raises(ValueError, match="Tranches"):
        apportion_table(tranches, {"a": 1})
