"""Quantities: the ones that the documents hold, the round trip, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.notation import NotationError
from workplans.notation.quantities import Quantity, format_quantity, read_quantity, total


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("3 plaatsen", Quantity(Decimal(3), "plaatsen")),
        ("0,5 fte casemanagement", Quantity(Decimal("0.5"), "fte", "casemanagement")),
        ("0,5 FTE", Quantity(Decimal("0.5"), "FTE")),
        ("ca. 5 woningen", Quantity(Decimal(5), "woningen", is_about=True)),
        ("250 tot 300 mensen", Quantity(Decimal(250), "mensen", high=Decimal(300))),
        ("ten minste vier plekken", Quantity(Decimal(4), "plekken", bound="minimum")),
        ("6.000 contactmomenten", Quantity(Decimal(6000), "contactmomenten")),
        ("7,77 fte", Quantity(Decimal("7.77"), "fte")),
        ("55% lagere kosten", Quantity(Decimal(55), "%", "lagere kosten")),
        ("één woning voor een gezin", Quantity(Decimal(1), "woning", "voor een gezin")),
    ],
)
def test_quantities_of_the_documents_are_read(text: str, quantity: Quantity) -> None:
    assert read_quantity(text) == quantity


@pytest.mark.parametrize(
    "text", ["", "plaatsen", "veel plaatsen", "3", "€ 3", "300 tot 250 mensen"]
)
def test_what_is_no_quantity_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotationError) as refusal:
        read_quantity(text)
    assert refusal.value.sentence.endswith(".")


def test_places_and_spots_add_up_and_other_units_do_not() -> None:
    found = [read_quantity(text) for text in ("11 plekken", "2 plaatsen", "4 plekken", "32 units")]
    assert total(found, "plaatsen") == (Decimal(17), Decimal(17))
    assert total([read_quantity("250 tot 300 mensen")], "mens") == (Decimal(250), Decimal(300))


NUMBERS = st.decimals(min_value=0, max_value=99_999, places=2).map(lambda n: n.normalize())


@given(
    low=NUMBERS,
    more=NUMBERS | st.none(),
    unit=st.sampled_from(["fte", "plaatsen", "uur"]),
    what=st.sampled_from(["", "per week", "casemanagement"]),
    front=st.sampled_from(["", "about", "minimum", "maximum"]),
)
def test_what_is_written_reads_the_same(
    low: Decimal, more: Decimal | None, unit: str, what: str, front: str
) -> None:
    quantity = Quantity(
        low,
        unit,
        what,
        high=None if more is None else low + more,
        is_about=front == "about",
        bound="" if front in ("", "about") else front,  # type: ignore[arg-type]
    )
    assert read_quantity(format_quantity(quantity)) == quantity
