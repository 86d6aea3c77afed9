"""Amounts as people write them: read, never guessed, and written back the same.

Knows no Django, no database and no municipality; parse(format(v)) = v.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

CENT = Decimal("0.01")
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


class NotationError(ValueError):
    """Text that cannot be understood; `sentence` is Dutch and says what would be right.

    `code` is what programs and tests look at, the sentence is for people.
    """

    def __init__(self, sentence: str, *, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class AmountState(StrEnum):
    """What is known of an amount; a decimal alone cannot say it (domain.md 1.6.1)."""

    KNOWN = "known"
    PM = "pm"
    NOT_APPLICABLE = "not_applicable"
    TBD = "tbd"
    UNKNOWN = "unknown"
    BLANK = "blank"
    UNREAD = "unread"


class Nature(StrEnum):
    """Incidenteel, structureel or meerjarig, as the document states it."""

    INCIDENTAL = "incidental"
    STRUCTURAL = "structural"
    MULTI_YEAR = "multi_year"


def format_number(amount: Decimal, *, cents: bool | None = None) -> str:
    """Write an amount without its sign: `650.000`, `17.575,44`, `−12`.

    Cents are printed when there are any; `cents` forces or (rounding half up) drops them.
    """
    rounded = amount.quantize(CENT if cents is not False else Decimal(1), ROUND_HALF_UP)
    if cents is None:
        cents = rounded != rounded.to_integral_value()
    digits = f"{abs(rounded):,.{2 if cents else 0}f}"
    minus = MINUS if rounded < 0 else ""
    return minus + digits.translate(str.maketrans(",.", ".,"))


def format_euro(amount: Decimal, *, cents: bool | None = None) -> str:
    """Write an amount with its sign and a no-break space: `€ 650.000`, `€ −12`."""
    return f"€{NO_BREAK_SPACE}{format_number(amount, cents=cents)}"
