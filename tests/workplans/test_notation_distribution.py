"""The annex of Westfriesland: rows and columns add up, where the printed ones did not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from funds.notation import NotationError
from tests.workplans.notation_places import HOORN, WESTFRIESLAND, WF
from workplans.notation.distribution import distribute

KEY = "inwoners 2017-01-01"


def test_the_annex_adds_up_in_rows_and_columns() -> None:
    found = distribute("€ 600.000", WESTFRIESLAND, key=KEY, tranches=2, unit="euro")

    assert found.day == date(2017, 1, 1)
    assert found.weight == 209_908
    assert tuple(row.code for row in found.rows) == WF
    for tranche in (0, 1):
        assert sum(row.tranches[tranche] for row in found.rows) == 300_000
    assert [int(row.total) for row in found.rows] == [
        55_407,
        52_820,
        207_214,
        64_377,
        125_935,
        32_643,
        61_604,
    ]


def test_the_percentages_are_those_that_the_annex_prints() -> None:
    found = distribute("€ 600.000", WESTFRIESLAND, key=KEY)
    assert [str(row.percentage) for row in found.rows] == [
        "9.23",
        "8.80",
        "34.54",
        "10.73",
        "20.99",
        "5.44",
        "10.27",
    ]


def test_what_cannot_be_equal_goes_to_the_first_tranches() -> None:
    found = distribute("€ 0,05", WESTFRIESLAND, tranches=2)
    assert found.tranches == (Decimal("0.03"), Decimal("0.02"))
    assert found.day is None


def test_a_row_is_found_by_municipality() -> None:
    found = distribute("€ 70", WESTFRIESLAND)
    row = found.row(HOORN)
    assert row is not None
    assert row.total == 10
    assert found.row("GM9999") is None


@pytest.mark.parametrize(
    ("amount", "key", "unit", "code"),
    [
        ("€ 64,376", "gelijk", "cent", None),
        ("€ 10,50", "gelijk", "euro", "no_whole_units"),
        ("€ 10", "inwoners 2016-01-01", "cent", "no_inhabitants"),
    ],
)
def test_what_cannot_be_divided_is_refused_with_a_sentence(
    amount: str, key: str, unit: str, code: str | None
) -> None:
    with pytest.raises(NotationError) as refusal:
        distribute(amount, WESTFRIESLAND, key=key, unit=unit)
    assert refusal.value.sentence
    assert code is None or refusal.value.code == code
