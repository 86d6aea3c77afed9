"""Days as files, commands and addresses write them."""

import datetime
import re

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_day(text: str) -> datetime.date:
    """Read `2020-03-01` and nothing else; ValueError for another form or no such day."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"not written as year-month-day: {text!r}")
    return datetime.date.fromisoformat(text)
