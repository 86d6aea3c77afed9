"""Comparing a source with our fixture: what counts as the same, and what is missed."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SCRIPT = runpy.run_path(
    str(Path(__file__).resolve().parents[2] / "script" / "lib" / "compare_source.py")
)
missing = SCRIPT["missing"]


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        ("€ 1.345.000,-", "1345000"),
        ("€2000", "€ 2.000,-"),
        ("vastgesteld op 3 maart 2021", "op 2021-03-03"),
        ("3 maart", "op 3-3-2021"),
        ("7,77 fte", "7,77 fte"),
        ("12\n", "een regel met alleen een bladzijdenummer"),
    ],
)
def test_the_same_fact_written_another_way_is_not_missing(source: str, ours: str) -> None:
    assert missing(source, ours, []) == []


@pytest.mark.parametrize(
    ("source", "ours", "what"),
    [
        ("€ 1.345.000 in 2021", "in 2021", ["1345000"]),
        ("€ 64,376", "€ 64.376", ["64,376"]),
        ("op 3 maart 2021", "op 4 maart 2021", ["2021-03-03"]),
    ],
)
def test_a_fact_that_is_not_there_is_missing(source: str, ours: str, what: list[str]) -> None:
    assert missing(source, ours, []) == what


def test_what_is_listed_is_not_missing() -> None:
    assert missing("hoofdstuk 4.1 en € 5", "", ["4.1", "€ 5", "5"]) == []


def test_an_organisation_is_found_under_each_of_its_names() -> None:
    find = SCRIPT["organisations"]
    names = [("Sport en Welzijn", ["Sport en Welzijn", "S&W"]), ("MEE", ["MEE"])]
    assert list(find("samen met s&w aan de slag, meedoen", names)) == ["Sport en Welzijn"]
