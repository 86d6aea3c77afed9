"""Which municipality bears what of a cost, where the text about funding says it in full.

Knows the pots with what each pays; the exact rounding is `apportion`'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from funds.notation import NotationError
from municipalities.apportion import apportion
from workplans.notation.division import population_date
from workplans.notation.funding import PRO_RATA, Source
from workplans.notation.places import Places
from workplans.notation.shares import Rule, Sharing

Bearers = tuple[tuple[str, Decimal], ...]


def bearers(paid: Sequence[tuple[Source, Decimal | None]], places: Places) -> Bearers:
    """Return what each municipality bears, in the order of the text; together what the
    pots pay.

    Nothing unless every pot is a municipality, or the rest by inhabitants over the other
    members (`Hoorn financiert 50%, rest naar rato`), and all of it is certain and known.
    """
    found: dict[str, Decimal] = defaultdict(Decimal)
    rest = Decimal()
    try:
        for source, amount in paid:
            if amount is None or not source.certain:
                return ()
            if source.rest and source.pot == PRO_RATA:
                rest = amount
            else:
                found[source.municipality or places.municipality(source.pot)] += amount
        others = tuple(code for code in places.members if code not in found) if rest else ()
        return (*found.items(), *_by_inhabitants(rest, others, places))
    except NotationError:
        return ()


def _by_inhabitants(amount: Decimal, codes: tuple[str, ...], places: Places) -> Bearers:
    if not codes:
        return ()
    day = population_date(Sharing(Rule.POPULATION, codes), places)
    assert day is not None
    figures = places.populations[day]
    cents = apportion(int(amount.scaleb(2)), {code: figures[code] for code in codes})
    return tuple((code, Decimal(cents[code]).scaleb(-2)) for code in codes)
