"""Formats of amounts, percentages and dates as Dutch readers expect them.

Filters only: they ask the database nothing and decide nothing.
"""

import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from djmoney.money import Money

from funds.figure import Figure
from funds.notation import NO_BREAK_SPACE, format_euro, format_number

register = template.Library()


@register.filter
def euro(value: Any) -> str:
    """`€ 1.250,50` for money, a decimal or a figure (with its gaps); nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Figure):
        return _kept(str(value))
    return format_euro(_decimal(value))


@register.filter
def bare(figure: Figure | None, cents: bool | None = None) -> SafeString | str:
    """A figure in a column that says € above it: the number, each gap on its own line;
    without any number the gaps alone.

    `cents` is what the column decided; a figure that stands alone decides for itself.
    """
    if figure is None:
        return ""
    first, *others = figure.parts(format_number(figure.known, cents=cents))
    gaps = format_html_join(
        "", '<span class="gap">+&nbsp;{}</span>', ((_kept(gap),) for gap in others)
    )
    return format_html("{}{}", _kept(first), gaps)


def _kept(text: str) -> str:
    """The text with each count beside its ×, so that no line ends between the two."""
    return text.replace(" × ", f"{NO_BREAK_SPACE}×{NO_BREAK_SPACE}").replace(
        " + ", f" +{NO_BREAK_SPACE}"
    )


@register.filter
def percentage(value: Decimal | None) -> str:
    """`89,51%`, the sign tight to the number as in tables; nothing for None."""
    return "" if value is None else f"{value:.2f}%".replace(".", ",")


@register.filter
def long_date(value: datetime.date | None) -> str:
    """`1 maart 2020`."""
    return format_date(value, "j F Y") if value else ""


@register.filter
def unread_sentence(count: int) -> str:
    """What a reader must know of cells that nobody could read."""
    if count == 1:
        return "Eén cel is niet te lezen. Die telt als ontbrekend en houdt indienen tegen."
    return f"{count} cellen zijn niet te lezen. Die tellen als ontbrekend en houden indienen tegen."


def _decimal(value: Any) -> Decimal:
    return value.amount if isinstance(value, Money) else Decimal(value)
