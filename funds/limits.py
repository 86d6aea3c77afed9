"""From the typed texts of a rule to its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from djmoney.money import Money

from funds.notation import AmountState, NotationError, read_amount
from funds.portion import read_portion

Readers = Mapping[str, Callable[[str], dict[str, Any]]]
"""Typed field to the function that gives the fields it fills, or a NotationError."""


def stated_amount(text: str) -> dict[str, Any]:
    """`state` and `amount`; a text that is not there is not applicable."""
    if not text:
        return {"state": AmountState.NOT_APPLICABLE.value, "amount": None}
    said = read_amount(text)
    amount = None if said.amount is None else Money(said.amount, "EUR")
    return {"state": said.state.value, "amount": amount}


def known_amount(text: str) -> Money | None:
    """An amount of which no other state is possible."""
    amount: Money | None = stated_amount(text)["amount"]
    if text and amount is None:
        raise NotationError("Hier hoort een bedrag, zoals € 50.000.")
    return amount


def share_values(text: str) -> dict[str, Any]:
    """The part as numerator and denominator."""
    numerator, denominator = read_portion(text) if text else (None, None)
    return {"share_numerator": numerator, "share_denominator": denominator}


RULE: Readers = {
    "amount_text": stated_amount,
    "maximum_text": lambda text: {"maximum": known_amount(text)},
    "share_text": share_values,
}
