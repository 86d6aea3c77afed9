"""Names of figures, and the sums and shares of named ones."""

from __future__ import annotations

import pytest

from funds.notation import NotationError
from workplans.notation.references import Reference, read_reference, read_share, read_sum


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("totaal", Reference("totaal")),
        ("Totaal 37 + 38", Reference("totaal", "37 + 38")),
        ("aard niet vermeld", Reference("aard", "niet vermeld")),
        ("gemeente Kaag en Braassem", Reference("gemeente", "Kaag en Braassem")),
        ("fonds nog beschikbaar", Reference("fonds", "nog beschikbaar")),
        ("aantal plaatsen C", Reference("aantal", "plaatsen", "C")),
        ("verdeling Stede Broec tranche", Reference("verdeling", "Stede Broec", "tranche")),
        ("verdeling som totaal", Reference("verdeling", "som", "totaal")),
        ("cijfer oormerk-rest", Reference("cijfer", "oormerk-rest")),
    ],
)
def test_a_figure_is_named_and_written_back(text: str, reference: Reference) -> None:
    assert read_reference(text) == reference
    assert read_reference(str(reference)) == reference


@pytest.mark.parametrize(
    "text", ["", "iets", "gemeente", "aard blauw", "fonds", "verdeling Hoorn", "aantal"]
)
def test_what_names_no_figure_is_refused_with_examples(text: str) -> None:
    with pytest.raises(NotationError, match="bijvoorbeeld"):
        read_reference(text)


def test_a_sum_keeps_signs_and_order() -> None:
    assert read_sum("aangevraagd - budget + extra-1") == (
        (1, "aangevraagd"),
        (-1, "budget"),
        (1, "extra-1"),
    )
    assert read_share("verschil / aangevraagd") == ("verschil", "aangevraagd")


@pytest.mark.parametrize("text", ["", "a", "a -", "a * b", "A - b", "a-b"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(NotationError, match="som"):
        read_sum(text)


@pytest.mark.parametrize("text", ["", "a", "a / ", "a / b / c"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(NotationError, match="deel"):
        read_share(text)
