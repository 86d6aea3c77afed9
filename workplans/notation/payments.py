"""What each pot pays of one cost line, to the cent, as far as the text says.

Knows the pots as written and the amount; what is not said stays unknown.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from funds.notation import NotationError, format_euro
from municipalities.apportion import apportion
from workplans.notation.funding import Funding, Source

Payments = tuple[Decimal | None, ...]


def payments(funding: Funding, amount: Decimal | None) -> Payments:
    """Return what each source pays, in their order; together the amount, or unknown.

    Unknown (None) are: every part of an amount that is not known, one of several pots
    without a part, a part that is put in words (`ruim 50%`), alternatives, and
    percentages of a year among years. NotationError where stated amounts and the rest
    cannot come to the amount.
    """
    sources = funding.sources
    if amount is None or not sources:
        return (None,) * len(sources)
    in_doubt = _alternatives(sources)
    one_year = len({source.year for source in sources}) == 1
    shares = _percentages(sources, amount) if one_year and not any(in_doubt) else {}
    found = [
        None if doubt else source.amount if source.amount is not None else shares.get(place)
        for place, (source, doubt) in enumerate(zip(sources, in_doubt, strict=True))
    ]
    if one_year and not any(in_doubt):
        _fill_in(found, sources, amount)
    _check(found, amount)
    return tuple(found)


def _alternatives(sources: tuple[Source, ...]) -> list[bool]:
    """Which of them are one of two: an alternative, and what it would replace."""
    after = [later.alternative for _, later in pairwise(sources)] + [False]
    return [source.alternative or replaced for source, replaced in zip(sources, after, strict=True)]


def _percentages(sources: tuple[Source, ...], amount: Decimal) -> dict[int, Decimal]:
    """What the percentages come to; rounded so that with the rest they add up."""
    parts = {
        str(place): source.percentage
        for place, source in enumerate(sources)
        if source.percentage is not None
    }
    if not parts or not amount:
        return {int(place): Decimal() for place in parts}
    left = {"": 100 - sum(parts.values(), Decimal())}
    weights = parts | left
    places = max(max(-int(part.as_tuple().exponent) for part in weights.values()), 0)
    cents = apportion(
        int(amount.scaleb(2)), {key: int(part.scaleb(places)) for key, part in weights.items()}
    )
    return {int(place): Decimal(cents[place]).scaleb(-2) for place in parts}


def _fill_in(found: list[Decimal | None], sources: tuple[Source, ...], amount: Decimal) -> None:
    """The one source whose part is not a number gets what is left, if the text says so:
    it is the rest, or the only pot there is."""
    unknown = [place for place, paid in enumerate(found) if paid is None]
    if len(unknown) != 1:
        return
    source = sources[unknown[0]]
    alone = len(sources) == 1 and "%" not in source.pot
    if source.rest or alone:
        found[unknown[0]] = amount - sum((paid for paid in found if paid is not None), Decimal())


def _check(found: list[Decimal | None], amount: Decimal) -> None:
    known = [paid for paid in found if paid is not None]
    total = sum(known, Decimal())
    if (
        (len(known) == len(found) and total != amount)
        or total > amount
        or min(known, default=0) < 0
    ):
        raise NotationError(
            f"De dekking telt op tot {format_euro(total)}, het bedrag is {format_euro(amount)}; "
            "pas een van beide aan.",
            code="funding_sum",
        )
