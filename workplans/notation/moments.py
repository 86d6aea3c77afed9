"""Years, quarters and the periods between them, as people write them.

Knows one period at a time; labels, groups and states are `planning`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from funds.notation import NotationError

FLAGS = re.IGNORECASE
QUOTES = "'’‘‛`´′"
YEAR = rf"(?:(?<!\d)(?:19|20)\d\d(?!\d)|[{QUOTES}] ?\d\d(?!\d))"
_ORDINAL = r"(?:[1-4] ?(?:e|ste|de)|eerste|tweede|derde|vierde)"
PART = (
    rf"(?:\bQ ?[1-4](?!\d)|\bH ?[12](?!\d)|\b{_ORDINAL} (?:kwartaal|helft|half ?jaar)\b"
    r"|\bkwartaal [1-4](?!\d)|\bkw\.? ?[1-4](?!\d))"
)

_PART_YEAR = re.compile(rf" ?(?:in )?({PART})(?: ?[-/]? ?| van | in )({YEAR})", FLAGS)
_YEAR_PART = re.compile(rf" ?(?:in )?({YEAR}) ?[-/]? ?({PART})(?! ?{YEAR})", FLAGS)
_YEAR_ONLY = re.compile(rf" ?(?:in )?({YEAR})", FLAGS)
_PART_ONLY = re.compile(rf" ?(?:in )?({PART})", FLAGS)

RANGE = re.compile(r" ?(?:-|t/m|tot en met\b)", FLAGS)
_OR = re.compile(r" ?(?:/|en/of\b|of\b)", FLAGS)
_AND = re.compile(r" ?(?:en\b(?!/)|&|\+)", FLAGS)

_NUMBERS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}


@dataclass(frozen=True)
class Moment:
    """A year, or one quarter of it: what the text said, no more precise than that."""

    year: int
    quarter: int | None = None

    def __post_init__(self) -> None:
        if not 1900 <= self.year <= 2099 or self.quarter not in (None, 1, 2, 3, 4):
            raise ValueError(f"no such moment: {self.year}, {self.quarter}")

    @property
    def first(self) -> tuple[int, int]:
        """Year and number of the first quarter in it."""
        return self.year, self.quarter or 1

    @property
    def last(self) -> tuple[int, int]:
        """Year and number of the last quarter in it."""
        return self.year, self.quarter or 4

    def following(self) -> Moment:
        """Return the next moment of the same precision."""
        if self.quarter is None:
            return Moment(self.year + 1)
        if self.quarter == 4:
            return Moment(self.year + 1, 1)
        return Moment(self.year, self.quarter + 1)

    def __str__(self) -> str:
        return str(self.year) if self.quarter is None else f"Q{self.quarter} {self.year}"


@dataclass(frozen=True)
class Period:
    """From `start` up to and including `end`; `alternative`: one of them, or both."""

    start: Moment
    end: Moment
    alternative: bool = False

    def __post_init__(self) -> None:
        if self.start.first > self.end.last:
            raise ValueError(f"{self.end} lies before {self.start}")
        if self.alternative and self.end not in _run(self.start, self.end)[1:]:
            raise ValueError(f"{self.start} and {self.end} are no alternatives")

    def __str__(self) -> str:
        if self.alternative:
            return " en/of ".join(str(moment) for moment in _run(self.start, self.end))
        if self.start == self.end:
            return str(self.start)
        if self.start.year == self.end.year and self.start.quarter and self.end.quarter:
            return f"Q{self.start.quarter} t/m {self.end}"
        return f"{self.start} t/m {self.end}"


class Scanner:
    """A text, and how far it has been read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match at this place and step over it, or stay."""
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    @property
    def is_done(self) -> bool:
        return not self.text[self.at :].strip()


@dataclass(frozen=True)
class _Point:
    """A moment or half year as written; the year may still be missing."""

    text: str
    quarters: tuple[int, int] | None
    year: int | None

    def within(self, year: int | None) -> Period:
        if (year := self.year or year) is None:
            raise NotationError(
                f"Bij “{self.text}” ontbreekt het jaar; schrijf bijvoorbeeld Q1 2020.",
                code="year_missing",
            )
        if self.quarters is None:
            return Period(Moment(year), Moment(year))
        first, last = self.quarters
        return Period(Moment(year, first), Moment(year, last))


def read_periods(scanner: Scanner) -> list[Period]:
    """Read `2021 Q3-Q4`, `2020/ 2021`, `2021 Q2-2023`; none when no moment stands here.

    Several periods come only of `2020 en 2022`: moments that do not touch.
    """
    if (point := read_point(scanner)) is None:
        return []
    points, links = [point], []
    while (link := _read_link(scanner)) is not None:
        links.append(link[0])
        points.append(link[1])
    return _combine(_with_years(points), links, points)


def read_point(scanner: Scanner) -> _Point | None:
    """Read one year, quarter or half year; the year of a quarter may be missing."""
    if match := scanner.take(_PART_YEAR):
        return _Point(match[0].strip(), _quarters(match[1]), _year(match[2]))
    if match := scanner.take(_YEAR_PART):
        return _Point(match[0].strip(), _quarters(match[2]), _year(match[1]))
    if match := scanner.take(_YEAR_ONLY):
        return _Point(match[0].strip(), None, _year(match[1]))
    if match := scanner.take(_PART_ONLY):
        return _Point(match[0].strip(), _quarters(match[1]), None)
    return None


def span(start: Moment, end: Moment) -> Period:
    """Make a period, or say in Dutch that it runs backwards."""
    if start.first > end.last:
        raise NotationError(
            f"Het eind ({end}) ligt voor het begin ({start}); bedoelt u {Period(end, start)}?",
            code="backwards",
        )
    return Period(start, end)


def _read_link(scanner: Scanner) -> tuple[str, _Point] | None:
    mark = scanner.at
    for kind, pattern in (("range", RANGE), ("or", _OR), ("and", _AND)):
        if match := scanner.take(pattern):
            if (point := read_point(scanner)) is not None:
                slash = match[0].strip() == "/" and point.text[0] in QUOTES
                return ("book_year" if slash and not point.quarters else kind), point
            scanner.at = mark
    return None


def _with_years(points: list[_Point]) -> list[Period]:
    """Give a quarter without a year that of its left neighbour, else its right."""
    years = [point.year for point in points]
    for place in range(1, len(years)):
        years[place] = years[place] or years[place - 1]
    for place in range(len(years) - 2, -1, -1):
        years[place] = years[place] or years[place + 1]
    return [point.within(year) for point, year in zip(points, years, strict=True)]


def _combine(periods: list[Period], links: list[str], points: list[_Point]) -> list[Period]:
    whole = f"{points[0].text} … {points[-1].text}"
    if not links:
        return periods
    if links == ["range"]:
        return [span(periods[0].start, periods[1].end)]
    if set(links) == {"and"}:
        touching = _touch(periods)
        return [Period(periods[0].start, periods[-1].end)] if touching else periods
    if set(links) == {"or"}:
        if _touch(periods):
            return [Period(periods[0].start, periods[-1].end, alternative=True)]
        raise NotationError(
            f"“{whole}” sluit niet op elkaar aan; schrijf bijvoorbeeld 2020 en/of 2021.",
            code="not_adjacent",
        )
    if links == ["book_year"]:
        start, end = periods[0].start, periods[1].end
        raise NotationError(
            f"“{points[0].text}/{points[1].text}” kan een boekjaar zijn; "
            f"schrijf {start} t/m {end} of {start} en/of {end}.",
            code="book_year",
        )
    raise NotationError(
        f"“{whole}” kan op meer dan één manier worden gelezen; scheid de delen met een puntkomma.",
        code="ambiguous",
    )


def _touch(periods: list[Period]) -> bool:
    """Whether these are single moments of one precision that follow each other."""
    moments = [period.start for period in periods if period.start == period.end]
    return len(moments) == len(periods) and all(
        before.following() == after for before, after in pairwise(moments)
    )


def _run(start: Moment, end: Moment) -> list[Moment]:
    if (start.quarter is None) != (end.quarter is None):
        return [start]
    moments = [start]
    while moments[-1].first < end.first:
        moments.append(moments[-1].following())
    return moments


def _year(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _quarters(text: str) -> tuple[int, int]:
    word = text.casefold()
    found = re.search(r"[1-4]", word)
    number = int(found[0]) if found else _NUMBERS[word.split()[0]]
    if "kw" in word or word.startswith("q"):
        return number, number
    if number > 2:
        raise NotationError(
            f"“{text}” bestaat niet: een jaar heeft twee helften; "
            "schrijf bijvoorbeeld eerste helft 2020.",
            code="no_such_half",
        )
    return 2 * number - 1, 2 * number
