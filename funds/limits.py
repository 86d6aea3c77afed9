"""A rule as people type it: from its texts to its values, and how a file says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from djmoney.money import Money

from funds.notation import AmountState, NotationError, read_amount
from funds.portion import read_portion

Reader = Callable[[str], dict[str, Any]]
Readers = Mapping[str, Reader]
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

KEYS = {
    "code": "code",
    "kind": "kind",
    "title": "title",
    "text": "text",
    "amount": "amount_text",
    "maximum": "maximum_text",
    "share": "share_text",
    "base": "base",
    "applies_to": "applies_to",
    "figure": "figure",
    "severity": "severity",
    "source": "source",
}
"""Each key of a rule in a file, of a fund or of a plan, and the field that holds it."""
VALUES = ("amount", "maximum", "share_numerator", "share_denominator")


def rule_tree(rule: Any) -> dict[str, str]:
    """A stored rule as a file says it, with its empty keys."""
    return {key: getattr(rule, field) for key, field in KEYS.items()}


def rule_values(
    tree: Mapping[str, str], understand: Callable[[str, str, Reader], dict[str, Any]]
) -> dict[str, Any]:
    """The fields of a rule in a file, but for its code. `understand` gets a key, its text
    and the reader, and gives nothing where that finds a fault."""
    said = {field: (key, tree.get(key, "")) for key, field in KEYS.items() if key != "code"}
    values = dict.fromkeys(VALUES) | stated_amount("")
    for field, read in RULE.items():
        values |= understand(*said[field], read)
    return {field: text for field, (_, text) in said.items()} | values
