"""Days and moments in words, also at the edge of a year."""

import datetime

import pytest

from reports.moments import day_in_words, moment_in_words, number_in_words, until, when

TODAY = datetime.date(2020, 3, 4)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def utc(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020-03-04", "vandaag"),
        ("2020-03-03", "gisteren"),
        ("2020-03-02", "2 maart"),
        ("2020-04-01", "1 april"),
        ("2019-12-31", "31 december 2019"),
    ],
)
def test_a_day_in_words(text, words) -> None:
    assert day_in_words(day(text), on=TODAY) == words


def test_the_clock_is_that_of_the_reader() -> None:
    assert when(utc("2020-03-04T08:12"), on=TODAY) == "9.12 uur"
    assert when(utc("2020-07-01T08:12"), on=day("2020-07-01")) == "10.12 uur"
    assert moment_in_words(utc("2020-03-03T15:40"), on=TODAY) == "gisteren 16.40 uur"


def test_at_midnight_of_new_year_the_day_is_that_of_amsterdam() -> None:
    new_year = day("2021-01-01")
    assert when(utc("2020-12-31T23:30"), on=new_year) == "0.30 uur"
    assert when(utc("2020-12-31T22:30"), on=new_year) == "gisteren"
    assert moment_in_words(utc("2020-12-30T22:30"), on=new_year) == "30 december 2020 23.30 uur"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020-03-04", "vandaag"),
        ("2020-03-05", "morgen"),
        ("2020-03-06", "over 2 dagen"),
        ("2020-03-17", "over 13 dagen"),
        ("2020-03-18", "over 2 weken"),
        ("2020-04-01", "over 4 weken"),
        ("2020-05-03", "over 8 weken"),
    ],
)
def test_how_long_until_a_day(text, words) -> None:
    assert until(day(text), on=TODAY) == words


def test_numbers_in_words_up_to_twelve() -> None:
    assert [number_in_words(n) for n in (2, 12, 13)] == ["Twee", "Twaalf", "13"]
