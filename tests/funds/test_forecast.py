"""How long an envelope lasts at the pace until now."""

import datetime
from decimal import Decimal

import pytest

from funds.balance import Balance
from funds.figure import Figure
from funds.forecast import Forecast, forecast
from funds.models import Envelope

YEAR = Envelope(starts_on=datetime.date(2023, 1, 1), ends_on=datetime.date(2023, 12, 31))


def expected(granted: str, on: datetime.date, available: str = "1000") -> Forecast | None:
    amounts = (Figure.of(Decimal(amount)) for amount in (available, granted))
    return forecast(Balance(YEAR, on, *amounts, requested=Figure.zero()))


def test_of_a_hundred_days_of_which_each_took_two_euros() -> None:
    """265 days are to come and take 530 of the 800."""
    assert expected("200", datetime.date(2023, 4, 10)) == Forecast(Decimal(61), None, Decimal(270))


def test_it_is_empty_before_the_end() -> None:
    """Five euros a day: the 500 that are left last a hundred days."""
    found = expected("500", datetime.date(2023, 4, 10))
    assert found.empty_on == datetime.date(2023, 7, 19)
    assert found.left_at_end == Decimal(500 - 5 * 265)


@pytest.mark.parametrize(
    ("granted", "on"),
    [
        ("0", datetime.date(2023, 6, 1)),
        ("1000", datetime.date(2023, 6, 1)),
        ("200", datetime.date(2023, 3, 30)),
        ("200", datetime.date(2023, 12, 31)),
        ("200", datetime.date(2022, 12, 31)),
    ],
    ids=["nothing granted", "nothing left", "too young", "over", "not begun"],
)
def test_where_nothing_can_be_said(granted: str, on: datetime.date) -> None:
    assert expected(granted, on) is None
