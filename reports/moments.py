"""What sentences are made of: days and moments seen from a day (`gisteren`, `9.12 uur`),
numbers, and words in a row."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.template.defaultfilters import date as format_date
from django.utils.timezone import localtime

WEEKS_FROM = 14  # days


def day_in_words(day: datetime.date, *, on: datetime.date) -> str:
    """`gisteren`, `14 maart`, and with the year when that is another: `14 maart 2019`."""
    if day == on:
        return "vandaag"
    if day == on - datetime.timedelta(days=1):
        return "gisteren"
    return format_date(day, "j F" if day.year == on.year else "j F Y")


def clock_time(at: datetime.datetime) -> str:
    """`9.12 uur`, on the clock of the reader."""
    return format_date(localtime(at), "G.i") + " uur"


def when(at: datetime.datetime, *, on: datetime.date) -> str:
    """The time of a moment on the day itself, otherwise its day."""
    day = localtime(at).date()
    return clock_time(at) if day == on else day_in_words(day, on=on)


def moment_in_words(at: datetime.datetime, *, on: datetime.date) -> str:
    """`gisteren 16.40 uur`."""
    return f"{day_in_words(localtime(at).date(), on=on)} {clock_time(at)}"


def until(day: datetime.date, *, on: datetime.date) -> str:
    """How long it takes: `vandaag`, `morgen`, `over 2 dagen`, `over 2 weken`."""
    days = (day - on).days
    if days < 2:
        return "morgen" if days else "vandaag"
    return f"over {days} dagen" if days < WEEKS_FROM else f"over {days // 7} weken"


NUMBERS = (
    *("Geen", "Eén", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven"),
    *("Acht", "Negen", "Tien", "Elf", "Twaalf"),
)


def number_in_words(number: int) -> str:
    """With a capital, up to twelve; figures from there."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def in_a_row(words: Sequence[str]) -> str:
    """`het bedrag, de start en het eind`."""
    return " en ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
