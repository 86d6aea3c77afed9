"""Which municipality or group a name means, and what is said of a name that means none."""

from __future__ import annotations

from datetime import date

import pytest

from funds.notation import NotationError
from tests.workplans.notation_places import (
    BOLLEN,
    DUIN_EN_BOLLENSTREEK,
    HOORN,
    KATWIJK,
    RIJN,
    RIJNSTREEK,
    WESTFRIESLAND,
)
from workplans.notation.places import Places, format_date, read_date


@pytest.mark.parametrize(
    "text", ["Katwijk", "katwijk", " gemeente Katwijk", "Gemeente  Katwijk", "K"]
)
def test_municipality_goes_by_name_or_abbreviation(text: str) -> None:
    assert DUIN_EN_BOLLENSTREEK.municipality(text) == KATWIJK


def test_group_of_one_is_a_municipality() -> None:
    assert WESTFRIESLAND.municipality("HRN") == HOORN


@pytest.mark.parametrize(
    "text",
    [
        "Duin en Bollen",
        "Duin- en Bollen",
        "Duin- en Bollenstreek",
        "de Duin- en Bollenstreek",
        "alle gemeenten",
        "de vijf gemeenten",
        "gezamenlijke gemeenten",
    ],
)
def test_group_goes_by_name_alias_or_region(text: str) -> None:
    assert DUIN_EN_BOLLENSTREEK.group(text) == BOLLEN


def test_municipality_is_no_group() -> None:
    assert DUIN_EN_BOLLENSTREEK.group("Katwijk") is None


@pytest.mark.parametrize(
    ("places", "text", "code", "advice"),
    [
        (DUIN_EN_BOLLENSTREEK, "Katwijck", "unknown_municipality", "bedoelt u Katwijk?"),
        (WESTFRIESLAND, "Stedebroec", "unknown_municipality", "bedoelt u Stede Broec?"),
        (DUIN_EN_BOLLENSTREEK, "Atlantis", "unknown_municipality", "kies uit Katwijk, Noordwijk"),
        (
            DUIN_EN_BOLLENSTREEK,
            "Leiden",
            "not_a_member",
            "Leiden hoort niet bij de Duin- en Bollenstreek",
        ),
        (
            DUIN_EN_BOLLENSTREEK,
            "Noordwijkerhout",
            "ended_municipality",
            "bestaat niet meer sinds 1 januari 2019; bedoelt u Noordwijk?",
        ),
    ],
)
def test_name_that_means_nobody_is_refused(
    places: Places, text: str, code: str, advice: str
) -> None:
    with pytest.raises(NotationError) as refused:
        places.municipality(text)

    assert refused.value.code == code
    assert advice in refused.value.sentence


def test_wrong_number_of_municipalities_is_refused() -> None:
    assert RIJN.group("De drie gemeenten") == RIJNSTREEK
    with pytest.raises(NotationError, match="telt 5 gemeenten"):
        DUIN_EN_BOLLENSTREEK.group("de drie gemeenten")


@pytest.mark.parametrize("text", ["1-1-2017", "01-01-2017", "2017-01-01", "1 januari 2017"])
def test_date_is_read(text: str) -> None:
    assert read_date(text) == date(2017, 1, 1)
    assert read_date(format_date(date(2017, 1, 1))) == date(2017, 1, 1)


@pytest.mark.parametrize("text", ["31-2-2017", "1 jan", "2017", "1 brumaire 2017"])
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert read_date(text) is None
