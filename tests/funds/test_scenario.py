"""Operations on lines: what comes out, to the cent, and why. Without a database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.figure import Figure
from funds.notation import AmountState
from funds.scenario import Kind, Line, Operation, WhatIf, work_out

BY_HAND = Kind.BY_HAND


def line(key: str, asked: str | None = "100", **more: Any) -> Line:
    state = AmountState.PM if asked is None else AmountState.KNOWN
    return Line(key, f"Regel {key}", state, Decimal(asked or 0), **more)


def outcome(lines: list[Line], *operations: Operation, budget: str = "0") -> WhatIf:
    return work_out(lines, operations, Decimal(budget))


def now(found: WhatIf) -> dict[str, str]:
    return {row.line.key: str(row.figure).replace("\u00a0", " ") for row in found.results}


def of_cents(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


# Whole numbers: Hypothesis takes long to draw decimals.
lines_of_any = st.lists(st.integers(0, 10**9), min_size=1, max_size=12).map(
    lambda found: [line(f"r{n}", f"{of_cents(cents):.2f}") for n, cents in enumerate(found)]
)
percentages = st.integers(0, 10_000).map(of_cents)
budgets = st.integers(0, 10**10).map(of_cents)


@given(lines_of_any, percentages)
def test_a_cut_adds_up_to_the_cent(lines: list[Line], percent: Decimal) -> None:
    found = outcome(lines, Operation(Kind.CUT, part=f"{percent}%".replace(".", ",")))
    asked = sum((row.asked for row in lines), Decimal(0))
    exact = asked * (100 - percent) / 100
    assert abs(found.total.now.known - exact) <= Decimal("0.005")
    for row in found.results:
        part = row.line.asked * (found.total.now.known / asked if asked else 0)
        assert row.now is not None
        assert abs(row.now - part) < Decimal("0.01")


@given(lines_of_any, budgets)
def test_a_cut_as_large_as_needed_ends_on_the_budget(lines: list[Line], budget: Decimal) -> None:
    found = work_out(lines, [Operation(Kind.CUT)], budget)
    asked = sum((row.asked for row in lines), Decimal(0))
    assert found.total.now.known == min(asked, budget)


@given(lines_of_any, budgets)
def test_nothing_goes_below_zero_or_above_what_was_asked(
    lines: list[Line], budget: Decimal
) -> None:
    order = tuple(row.key for row in lines)
    for operation in (Operation(Kind.PRIORITY, lines=order), Operation(Kind.CUT, part="1/3")):
        for row in work_out(lines, [operation], budget).results:
            assert row.now is not None
            assert 0 <= row.now <= row.line.asked


def test_priority_takes_the_lowest_first_until_the_deficit_is_gone() -> None:
    found = outcome(
        [line("A"), line("B"), line("C")],
        Operation(Kind.PRIORITY, lines=("C", "A")),
        budget="150",
    )
    assert now(found) == {"A": "€ 50", "B": "€ 100", "C": "€ 0"}
    assert found.fits
    assert [row.line.key for row in found.dropped] == ["C"]


def test_what_is_protected_keeps_its_amount_but_for_a_hand() -> None:
    lines = [line("A", is_earmarked=True), line("B", is_new=True), line("C")]
    protect = Operation(Kind.PROTECT, lines=("B",), earmarked=True)
    found = outcome(lines, protect, Operation(Kind.DROP_NEW), Operation(Kind.CUT, part="50%"))
    assert now(found) == {"A": "€ 100", "B": "€ 100", "C": "€ 50"}
    by_hand = Operation(BY_HAND, lines=("A",), amount=Decimal(60))
    assert now(outcome(lines, protect, by_hand))["A"] == "€ 60"


def test_protecting_holds_for_what_comes_after_it_only() -> None:
    cut, protect = Operation(Kind.CUT, part="10%"), Operation(Kind.PROTECT, lines=("A",))
    assert now(outcome([line("A")], cut, protect, cut)) == {"A": "€ 90"}


def test_new_lines_share_what_the_old_ones_left() -> None:
    lines = [line("A"), line("N", "60", is_new=True), line("M", "30", is_new=True)]
    left = Operation(BY_HAND, lines=("A",), amount=Decimal("70"))
    assert now(outcome(lines, left, Operation(Kind.SWAP))) == {
        "A": "€ 70",
        "N": "€ 20",
        "M": "€ 10",
    }
    assert now(outcome(lines, Operation(Kind.SWAP))) == {"A": "€ 100", "N": "€ 0", "M": "€ 0"}


def test_a_new_line_never_gets_more_than_it_asked() -> None:
    lines = [line("A"), line("N", "30", is_new=True)]
    left = Operation(BY_HAND, lines=("A",), amount=Decimal(10))
    assert now(outcome(lines, left, Operation(Kind.SWAP)))["N"] == "€ 30"


def test_what_is_not_known_stays_so_and_is_said() -> None:
    lines = [line("A"), line("P", None), line("N", None, is_new=True)]
    found = outcome(lines, Operation(Kind.CUT, part="50%"), Operation(Kind.DROP_NEW))
    assert now(found) == {"A": "€ 50", "P": "PM", "N": "€ 0"}
    assert str(found.total.asked).replace("\u00a0", " ") == "€ 100 + 2 × PM"
    by_hand = Operation(BY_HAND, lines=("P",), amount=Decimal(25))
    assert now(outcome(lines, by_hand))["P"] == "€ 25"


def test_each_difference_has_its_reason() -> None:
    cut = Operation(Kind.CUT, part="10%", reason="besluit van 8 oktober")
    hand = Operation(BY_HAND, lines=("B",), amount=Decimal(40))
    (a, b) = outcome([line("A"), line("B")], cut, hand).results
    assert a.steps == ("Alles 10% lager (besluit van 8 oktober)",)
    assert [step.replace("\u00a0", " ") for step in b.steps] == [
        "Alles 10% lager (besluit van 8 oktober)",
        "B wordt € 40",
    ]


def test_provisional_stands_apart_from_what_is_firm() -> None:
    found = outcome([line("A"), line("V", "30", is_provisional=True)])
    assert (found.firm, found.provisional) == (Figure.of(Decimal(100)), Figure.of(Decimal(30)))


def test_effects_by_organisation_and_municipality_add_up() -> None:
    shares = (("GM0001", Decimal("66.67")), ("GM0002", Decimal("33.33")))
    lines = [line("A", organisation="Woej", shares=shares), line("B", organisation="MEE")]
    found = outcome(lines, Operation(Kind.CUT, part="23,3%"))
    assert found.by_organisation["Woej"].now == Figure.of(Decimal("76.70"))
    assert {code: str(effect.now.known) for code, effect in found.by_municipality.items()} == {
        "GM0001": "51.14",
        "GM0002": "25.56",
        "": "76.70",
    }


def test_a_line_that_is_gone_is_named() -> None:
    found = outcome([line("A")], Operation(BY_HAND, lines=("Z",), amount=Decimal(1)))
    assert found.lost_names == ("Z",)


@pytest.mark.parametrize("change", ["amount", "budget", "state", "operation"])
def test_another_outcome_has_another_mark(change: str) -> None:
    was = outcome([line("A")], budget="50")
    other = {
        "amount": outcome([line("A", "99.99")], budget="50"),
        "budget": outcome([line("A")], budget="50.01"),
        "state": outcome([line("A", None)], budget="50"),
        "operation": outcome([line("A")], Operation(Kind.CUT, part="1%"), budget="50"),
    }[change]
    assert was.digest == outcome([line("A")], budget="50").digest != other.digest


def test_what_is_stored_is_read_back() -> None:
    for operation in (
        Operation(BY_HAND, lines=("A",), amount=Decimal("12.50"), reason="Omdat"),
        Operation(BY_HAND, lines=("A",), amount=Decimal("0.00")),
        Operation(Kind.PROTECT, lines=("A", "B"), earmarked=True),
        Operation(Kind.CUT, part="23,3%"),
    ):
        assert Operation.read(operation.as_json()) == operation
    row = line("A", "12.34", is_new=True, organisation="MEE", shares=(("GM1", Decimal("12.34")),))
    assert Line.read(row.as_json()) == row
