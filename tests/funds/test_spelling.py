"""How many faults a typed word may have, and which word it was meant as."""

import pytest

from funds.spelling import distance, nearest


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("opvang", "opvang", 0),
        ("opvnag", "opvang", 1),
        ("opvag", "opvang", 1),
        ("oppvang", "opvang", 1),
        ("opvamg", "opvang", 1),
        ("dagbestedng", "dagbesteding", 1),
        ("opvang", "inkoop", 3),
    ],
)
def test_distance_counts_faults_and_stops_past_the_most(one: str, other: str, steps: int) -> None:
    assert distance(one, other, most=2) == distance(other, one, most=2) == steps


def test_nearest_goes_before_more_alike_and_far_words_go() -> None:
    candidates = ["opvangen", "ontvangst", "opvang"]
    assert nearest("opvnag", candidates) == ["opvang"]
    assert nearest("opvangn", candidates) == ["opvangen", "opvang"]


@pytest.mark.parametrize("word", ["de", "wmo", "a6", "650000"])
def test_short_words_codes_and_numbers_are_taken_as_they_are(word: str) -> None:
    assert nearest(word, ["die", "wmos", "a6b", "650001"]) == []
