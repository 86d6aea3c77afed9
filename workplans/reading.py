"""From typed texts outside the cells of an action to the values beside them."""

from __future__ import annotations

import dataclasses
from typing import Any

from funds.limits import stated_amount
from funds.notation import AmountState, NotationError
from workplans.notation.quantities import read_quantity


def quantity_values(text: str) -> dict[str, Any]:
    """What a quantity counts; NotationError for what is none."""
    return dataclasses.asdict(read_quantity(text))


def printed_amount(text: str) -> dict[str, Any]:
    """`state` and `amount` of a figure as it is printed, also when it is no amount."""
    try:
        return stated_amount(text)
    except NotationError:
        return {"state": AmountState.UNREAD.value, "amount": None}
