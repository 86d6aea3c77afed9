"""Euro: the model field, the form field, and the checks that every amount carries."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from djmoney.models.fields import MoneyField
from djmoney.money import Money

from funds.notation import AmountState, NotationError, format_number, read_plain_amount

MAX_DIGITS = 14
DECIMAL_PLACES = 2


class EuroFormField(forms.CharField):
    """An amount as people type it (`€ 1.250,50`, `1250,5`); cleans to `Money` or None.

    What is ambiguous (`64,376`) is refused with a sentence, never guessed.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        for surplus in ("max_digits", "decimal_places", "min_value", "max_value"):
            kwargs.pop(surplus, None)
        kwargs.setdefault("template_name", "components/money_field.html")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Money | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Money(read_plain_amount(text), "EUR")
        except NotationError as fault:
            raise ValidationError(fault.sentence, code=fault.code) from fault

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Money):
            value = value.amount
        return format_number(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != data)


class EuroField(MoneyField):  # type: ignore[misc]
    """A `MoneyField` of 14 digits with cents, always in euros, typed in Dutch."""

    def __init__(self, verbose_name: str | None = None, **kwargs: Any) -> None:
        kwargs.update(
            max_digits=MAX_DIGITS,
            decimal_places=DECIMAL_PLACES,
            default_currency="EUR",
            currency_choices=[("EUR", "euro")],
        )
        super().__init__(verbose_name, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return EuroFormField(
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            required=not self.blank,
        )


def euro_field(verbose_name: str, **kwargs: Any) -> EuroField:
    """The only way to declare an amount; give the model `amount_checks` with it."""
    return EuroField(verbose_name, **kwargs)


def euros(amount: Decimal | None) -> Any:
    """What a euro field takes; the types of Django take it for a decimal field."""
    return None if amount is None else Money(amount, "EUR")


def amount_checks(
    prefix: str, *, field: str = "amount", may_be_negative: bool = False
) -> list[models.CheckConstraint]:
    """Constraints of a model with an amount: euros, a number, and not below zero.

    `numeric` can hold NaN, which equals itself and is larger than everything: hence
    the upper bound. A check that comes to NULL passes: hence the currency that is there.
    """
    bound = Q(**{f"{field}__lt": Decimal(10) ** (MAX_DIGITS - DECIMAL_PLACES)})
    if not may_be_negative:
        bound &= Q(**{f"{field}__gte": 0})
    euros = Q(**{f"{field}_currency__isnull": False, f"{field}_currency": "EUR"})
    return [
        models.CheckConstraint(
            condition=euros & (Q(**{f"{field}__isnull": True}) | bound),
            name=f"{prefix}_amount",
            violation_error_message=(
                "Een bedrag is in euro’s en kleiner dan duizend miljard."
                if may_be_negative
                else "Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard."
            ),
        )
    ]


def state_checks(
    prefix: str, states: Sequence[tuple[str, str]], *, field: str = "amount"
) -> list[models.CheckConstraint]:
    """Constraint of a model with `state` and an amount: an amount exactly when known, and
    no other state than the choices of the field."""
    without = [state for state, _ in states if state != AmountState.KNOWN]
    return [
        models.CheckConstraint(
            condition=Q(**{"state": AmountState.KNOWN.value, f"{field}__isnull": False})
            | Q(**{"state__in": without, f"{field}__isnull": True}),
            name=f"{prefix}_state",
            violation_error_message=(
                "Een bekend bedrag heeft een getal nodig, en PM of n.t.b. heeft er geen."
            ),
        )
    ]
