"""What each municipality gets: to the cent, in every rule, and when it cannot be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.notation import AmountState, NotationError
from tests.workplans.notation_places import (
    BOLLEN,
    DUIN_EN_BOLLENSTREEK,
    HOORN,
    KATWIJK,
    LISSE,
    OPMEER,
    WESTFRIESLAND,
    WF6,
    WF_INHABITANTS,
)
from workplans.notation.division import divide, population_date
from workplans.notation.places import Places
from workplans.notation.shares import read_shares


def shares(
    text: str,
    amount: str | None,
    places: Places = DUIN_EN_BOLLENSTREEK,
    state: AmountState = AmountState.KNOWN,
) -> dict[str, str | None]:
    known = None if amount is None else Decimal(amount)
    divided = divide(read_shares(text, places), state, known, places)
    return {code: None if share is None else str(share) for code, share in divided}


def test_lead_receives_everything() -> None:
    assert shares("Duin en Bollen, penvoerder Lisse", "43000") == {LISSE: "43000.00"}


def test_single_receives_everything() -> None:
    assert shares("Katwijk", "0.01") == {KATWIJK: "0.01"}


def test_amount_each_is_the_share() -> None:
    assert shares("Per gemeente € 15.000,-", "75000") == dict.fromkeys(BOLLEN, "15000.00")


def test_equal_shares_add_up_to_the_cent() -> None:
    assert list(shares("gelijk", "100.01").values()) == ["20.00"] * 4 + ["20.01"]


def test_percentages_of_cents() -> None:
    assert shares("33,3% K, 66,7% L", "0.10") == {KATWIJK: "0.03", LISSE: "0.07"}


def test_named_percentage_and_the_rest_by_inhabitants() -> None:
    """27B of Westfriesland; rounding each half up would give 37.499,99."""
    divided = shares("Hoorn 50%, rest naar rato", "75000", WESTFRIESLAND)

    assert divided.pop(HOORN) == "37500.00"
    assert divided == {
        "GM0498": "5289.82",
        "GM0388": "5042.85",
        "GM1598": "6146.16",
        "GM0420": "12023.25",
        OPMEER: "3116.47",
        "GM0532": "5881.45",
    }


def test_rest_for_one_and_rest_in_equal_parts() -> None:
    assert shares("25% K, rest voor Lisse", "100") == {KATWIJK: "25.00", LISSE: "75.00"}
    assert list(shares("50% K, rest gelijk", "100").values()) == ["50.00"] + ["12.50"] * 4


def test_not_divided_has_no_rows() -> None:
    assert shares("nog te verdelen", "100") == {}
    assert shares("Lisse, Hillegom", "100") == {}


@pytest.mark.parametrize("state", [state for state in AmountState if state != AmountState.KNOWN])
def test_unknown_amount_reaches_every_recipient(state: AmountState) -> None:
    assert shares("naar rato", None, state=state) == dict.fromkeys(BOLLEN)
    assert shares("Duin en Bollen, penvoerder Lisse", None, state=state) == {LISSE: None}


@pytest.mark.parametrize("text", ["Per gemeente € 10", "K: € 10, L: € 5"])
def test_amounts_in_the_text_need_a_known_amount(text: str) -> None:
    with pytest.raises(NotationError, match="Het bedrag is niet bekend"):
        shares(text, None, state=AmountState.PM)


def test_amounts_that_do_not_add_up_are_refused_with_the_difference() -> None:
    with pytest.raises(NotationError) as refused:
        shares("K: € 600.000, L: € 40.000", "650000")

    assert refused.value.sentence.replace("\u00a0", " ") == (
        "De verdeling telt op tot € 640.000, maar het bedrag is € 650.000; verschil € 10.000."
    )


def test_amount_each_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(NotationError) as refused:
        shares("Per gemeente € 15.000", "80000")

    assert "(5 × €\u00a015.000)" in refused.value.sentence
    assert "verschil €\u00a05.000" in refused.value.sentence


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("naar rato van inwoners", date(2017, 1, 1)),
        ("naar rato van inwoners m.u.v. Drechterland", date(2017, 1, 1)),
        ("naar rato van inwoners op 1-1-2020", date(2020, 1, 1)),
        ("naar rato van inwoners op 1-1-2016 m.u.v. Drechterland", date(2016, 1, 1)),
        ("50% Hoorn, rest naar rato", date(2017, 1, 1)),
        ("gelijk", None),
    ],
)
def test_date_of_the_inhabitants(text: str, day: date | None) -> None:
    assert population_date(read_shares(text, WESTFRIESLAND), WESTFRIESLAND) == day


@pytest.mark.parametrize(
    ("places", "text", "advice"),
    [
        (WESTFRIESLAND, "naar rato van inwoners op 1-1-2018", "1 januari 2017, 1 januari 2020"),
        (WESTFRIESLAND, "naar rato van inwoners op 1-1-2016", "1 januari 2017, 1 januari 2020"),
        (
            replace(WESTFRIESLAND, first_day=date(2015, 1, 1)),
            "naar rato van inwoners",
            "er zijn cijfers van 1 januari 2017, 1 januari 2020",
        ),
        (DUIN_EN_BOLLENSTREEK, "naar rato van inwoners", "kies een andere verdeling"),
    ],
)
def test_inhabitants_that_are_not_known_are_refused(places: Places, text: str, advice: str) -> None:
    with pytest.raises(NotationError) as refused:
        shares(text, "100", places)

    assert advice in refused.value.sentence


@given(
    st.integers(0, 10**9),
    st.sampled_from(
        [
            "gelijk",
            "naar rato",
            "HRN",
            "33,33% Hoorn, rest naar rato",
            "0,1% Opmeer, 99,9% HRN",
            "WF6, penvoerder Opmeer",
            "12,5% Hoorn, rest gelijk m.u.v. Opmeer",
        ]
    ),
)
def test_shares_add_up_to_the_amount(cents: int, text: str) -> None:
    amount = Decimal(cents).scaleb(-2)
    divided = divide(read_shares(text, WESTFRIESLAND), AmountState.KNOWN, amount, WESTFRIESLAND)
    known = [share for _, share in divided if share is not None]

    assert len(known) == len(divided)
    assert sum(known) == amount
    assert min(known) >= 0


@given(st.integers(0, 10**9), st.integers(1, 999))
def test_each_share_is_its_exact_value_rounded_down_or_up(cents: int, part: int) -> None:
    text = f"{part // 10},{part % 10}% Hoorn, rest naar rato"
    amount = Decimal(cents).scaleb(-2)
    divided = dict(
        divide(read_shares(text, WESTFRIESLAND), AmountState.KNOWN, amount, WESTFRIESLAND)
    )
    hoorn, whole = Fraction(part, 1000), sum(WF_INHABITANTS) - WF_INHABITANTS[2]
    inhabitants = [number for number in WF_INHABITANTS if number != WF_INHABITANTS[2]]
    exact = {HOORN: cents * hoorn} | {
        code: cents * (1 - hoorn) * number / whole
        for code, number in zip(WF6, inhabitants, strict=True)
    }

    for code, value in exact.items():
        share = divided[code]
        assert share is not None
        assert abs(Fraction(share) * 100 - value) < 1
