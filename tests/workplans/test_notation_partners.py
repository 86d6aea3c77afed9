"""Partners: one organisation under all its names, open groups, and everybody else."""

from __future__ import annotations

import pytest

from workplans.notation.partners import Partner, names_of, read_partner

NAMES = names_of(
    [("Sport en Welzijn", ["SenW", "S&W"]), ("Reakt", []), ("Stichting Zelfhelp", ["st. Zelfhelp"])]
)


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("SenW", "Sport en Welzijn"),
        ("S & W", "Sport en Welzijn"),
        ("REAKT", "Reakt"),
        ("st Zelfhelp", "Stichting Zelfhelp"),
        ("Huisarts", ""),
    ],
)
def test_an_organisation_is_known_by_each_of_its_names(text: str, organisation: str) -> None:
    assert read_partner(text, NAMES) == Partner(text, organisation)


@pytest.mark.parametrize(
    ("text", "minimum"),
    [("Tenminste drie partners van de subsidietafel", 3), ("ten minste 4 partners", 4)],
)
def test_an_open_group_says_how_many_at_least(text: str, minimum: int) -> None:
    assert read_partner(text, NAMES) == Partner(text, minimum=minimum)


def test_the_first_of_two_with_one_spelling_keeps_it() -> None:
    assert names_of([("A", ["x"]), ("B", ["X"])])["x"] == "A"
