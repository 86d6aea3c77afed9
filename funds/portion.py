"""A part of something as people write it: `0,5%`, `2/3`. Knows no Django."""

from __future__ import annotations

import re
from decimal import Decimal

from funds.notation import NotationError

_PERCENTAGE = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?) ?(?:%|procent)")
_FRACTION = re.compile(r"(\d{1,6}) ?/ ?(\d{1,6})")


def read_portion(text: str) -> tuple[int, int]:
    """Numerator and denominator exactly as written: `0,5%` is 5 over 1000.

    NotationError for what is no part, or divides by nought.
    """
    plain = " ".join(text.split())
    if match := _FRACTION.fullmatch(plain):
        numerator, denominator = int(match[1]), int(match[2])
        if denominator:
            return numerator, denominator
    if match := _PERCENTAGE.fullmatch(plain):
        number = Decimal(match[1].replace(",", "."))
        places = -int(number.as_tuple().exponent)
        return int(number.scaleb(places)), 100 * 10**places
    raise NotationError(
        f"“{plain[:80]}” is geen deel; schrijf een percentage of een breuk, zoals 0,5% of 2/3.",
        code="no_portion",
    )
