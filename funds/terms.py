"""The terms of the law on grants (Awb title 4.2), as data, and how their last day is found.

A day of rest at the end moves to the next working day, for terms of at most twelve weeks
or three months that are counted forward (Algemene termijnenwet, articles 1, 3 and 4).
Pure: knows no Django.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """How long somebody has for something, and from when; before zero it is counted back."""

    article: str
    what: str
    since: str
    weeks: int = 0
    months: int = 0

    @property
    def moves(self) -> bool:
        """Whether a last day that is a day of rest becomes the next working day."""
        return 0 < self.weeks <= 12 or 0 < self.months <= 3


APPLICATION = Term("4:60", "Aanvragen", "voor het begin van de periode", weeks=-13)
DECISION = Term("4:13", "Besluiten op de aanvraag", "na de aanvraag", weeks=8)
COMPLETION = Term("4:15", "Aanvullen van de aanvraag", "zoals gevraagd")
PAYMENT = Term("4:87", "Betalen", "na de beschikking", weeks=6)
SETTLEMENT = Term("4:74", "Vaststelling aanvragen", "na het eind van de periode", months=6)
RECOVERY = Term("4:57", "Terugvorderen", "na de vaststelling", months=60)


def last_day(
    term: Term, start: datetime.date, suspended: Collection[datetime.date] = ()
) -> datetime.date:
    """The last day that is in time; days on which the term is `suspended` do not count.
    Where the calendar ends before the term does, the last day that it has."""
    try:
        return _last_day(term, start, suspended)
    except (OverflowError, ValueError):
        return datetime.date.min if term.weeks < 0 else datetime.date.max


def _last_day(
    term: Term, start: datetime.date, suspended: Collection[datetime.date]
) -> datetime.date:
    if term.months:
        day = _months_later(start, term.months)
    else:
        day, left = start, abs(term.weeks) * 7
        step = ONE_DAY if term.weeks > 0 else -ONE_DAY
        while left:
            day += step
            left -= day not in suspended
    while term.moves and is_day_of_rest(day):
        day += ONE_DAY
    return day


def suspended_days(
    requests: Iterable[tuple[datetime.date, datetime.date, datetime.date | None]],
) -> frozenset[datetime.date]:
    """The days on which the term to decide stands still, of requests to complete: day,
    last day given, and day of the answer. From the day after the request up to the day of
    the answer, or past the last day given where no answer came by then (Awb 4:15)."""
    days = set()
    for asked, until, answered in requests:
        last = until if answered is None else min(answered - ONE_DAY, until)
        days |= {asked + n * ONE_DAY for n in range(1, (last - asked).days + 1)}
    return frozenset(days)


def is_day_of_rest(day: datetime.date) -> bool:
    """Saturday, Sunday, a general holiday, or Good Friday, which the law puts among them."""
    return day.weekday() >= 5 or day in _holidays(day.year)


def _holidays(year: int) -> set[datetime.date]:
    easter = _easter(year)
    moving = {easter + n * ONE_DAY for n in (-2, 1, 39, 50)}
    king = datetime.date(year, 4, 27)
    if king.weekday() == 6:
        king -= ONE_DAY
    fixed = {datetime.date(year, *each) for each in ((1, 1), (5, 5), (12, 25), (12, 26))}
    return moving | fixed | {king}


def _easter(year: int) -> datetime.date:
    """Easter Sunday, by the rule of Gauss as Meeus and Butcher wrote it down."""
    golden, century, rest = year % 19, year // 100, year % 100
    skipped, left = divmod(century, 4)
    moon = (19 * golden + century - skipped - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return datetime.date(year, month, day + 1)


def _months_later(start: datetime.date, months: int) -> datetime.date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(
        year=year,
        month=month + 1,
        day=min(start.day, calendar.monthrange(year, month + 1)[1]),
    )
