"""The limits of a rule as people write them."""

from __future__ import annotations

import pytest

from funds.limits import known_amount, stated_amount
from funds.notation import NotationError
from funds.portion import read_portion


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0,5%", (5, 1000)),
        ("0.5 %", (5, 1000)),
        ("50 procent", (50, 100)),
        ("2/3", (2, 3)),
        ("2 / 3", (2, 3)),
        ("0%", (0, 100)),
    ],
)
def test_a_part_is_exactly_what_is_typed(text: str, expected: tuple[int, int]) -> None:
    assert read_portion(text) == expected


@pytest.mark.parametrize("text", ["", "half", "1/0", "2/3%", "1.000.000%", "-5%"])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(NotationError) as caught:
        read_portion(text)
    assert caught.value.code == "no_portion"


def test_a_limit_in_money() -> None:
    assert stated_amount("") == {"state": "not_applicable", "amount": None}
    assert stated_amount("PM") == {"state": "pm", "amount": None}
    assert known_amount("€ 1.000").amount == 1000
    assert known_amount("") is None
    with pytest.raises(NotationError):
        known_amount("PM")
