"""What somebody types of instalments, and what that comes to per line, to the cent."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funds.instalments import Line, plan, read_terms
from funds.notation import NotationError

LINES = {"A1": Line(100_00, 100_00), "A2": Line(50_01, 50_01)}
APRIL, OCTOBER = datetime.date(2020, 4, 1), datetime.date(2020, 10, 1)


def planned(text: str, lines=LINES) -> dict:
    return plan(read_terms(text, lines), lines)


def test_parts_and_the_rest_are_all_there_is() -> None:
    found = planned("01-04-2020 40%\n01-10-2020 40%, rest 01-05-2021")
    assert list(found) == [
        (APRIL, "voorschot"),
        (OCTOBER, "voorschot"),
        (datetime.date(2021, 5, 1), "eindbetaling"),
    ]
    assert [sum(row.values()) for row in found.values()] == [60_00, 60_00, 30_01]
    assert sum(row["A1"] for row in found.values()) == 100_00
    halves = planned("01-04-2020 50%; 01-10-2020 50%")
    assert [sum(row.values()) for row in halves.values()] == [75_01, 75_00]


def test_an_amount_of_one_line_and_one_of_all() -> None:
    found = planned("A1 € 25,50 01-04-2020 eindbetaling; € 10 01-10-2020; 2020-10-01 A2: € 1")
    assert found[APRIL, "eindbetaling"] == {"A1": 25_50}
    assert found[OCTOBER, "voorschot"] == {"A1": 6_03, "A2": 4_97}


def test_a_new_schedule_starts_from_what_is_still_to_be_paid() -> None:
    lines = {"A1": Line(100_00, 60_00), "A2": Line(100_00, 100_00)}
    found = planned("01-04-2020 50%; rest A2 01-10-2020; rest 01-10-2020 voorschot", lines)
    assert found[APRIL, "voorschot"] == {"A1": 37_50, "A2": 62_50}
    assert found[OCTOBER, "eindbetaling"] == {"A2": 37_50}
    assert found[OCTOBER, "voorschot"] == {"A1": 22_50}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_terms"),
        ("40%", "no_day"),
        ("31-02-2020 40%", "no_such_day"),
        ("01-04-2020", "no_amount"),
        ("01-04-2020 60%; 01-10-2020 50%", "above_whole"),
        ("01-04-2020 € 150,02", "above_payable"),
        ("01-04-2020 A1 € 100,01", "above_payable"),
        ("01-04-2020 100%; rest 01-10-2020", "empty_term"),
        ("01-04-2020 veel", None),
        ("\n".join(["01-04-2020 1%"] * 9), "many_terms"),
    ],
)
def test_what_cannot_be_planned(text, code) -> None:
    with pytest.raises(NotationError) as refusal:
        planned(text)
    assert code in (None, refusal.value.code)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(10_000, 10**9), min_size=1, max_size=6),
    st.lists(st.integers(1, 10_000), min_size=1, max_size=6),
)
def test_no_line_gets_more_than_it_may_and_all_is_planned(amounts, parts) -> None:
    """However it is cut, parts of the whole and a rest are the whole, line by line."""
    whole = sum(parts)
    lines = {f"L{n}": Line(cents, cents) for n, cents in enumerate(amounts)}
    percents = [f"{100 * part // whole}%" for part in parts]
    rows = [f"01-{n:02}-2020 {p}" for n, p in enumerate(percents, start=1) if p != "0%"]
    if sum(int(percent[:-1]) for percent in percents) == 100:
        rows = rows[1:]
    found = planned("\n".join([*rows, "rest 01-12-2020"]), lines)
    for name, line in lines.items():
        cells = [row.get(name, 0) for row in found.values()]
        assert sum(cells) == line.payable
        assert min(cells) >= 0
