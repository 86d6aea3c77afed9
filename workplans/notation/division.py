"""What each municipality gets of one cost line, to the cent.

Knows the rule as written and the amount; the exact rounding is `apportion`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from funds.notation import AmountState, NotationError, format_euro
from municipalities.apportion import apportion
from workplans.notation.places import Places, format_date
from workplans.notation.shares import REST_POPULATION, Rule, Sharing

Shares = tuple[tuple[str, Decimal | None], ...]


def divide(sharing: Sharing, state: AmountState, amount: Decimal | None, places: Places) -> Shares:
    """Return a share per recipient in the order of the text, together exactly `amount`.

    Of an amount that is not known every recipient has a row with None. What is not
    divided has no rows; a lead municipality receives everything. NotationError when the
    amounts named in the text do not add up, or inhabitants are not known.
    """
    if sharing.rule is Rule.UNDIVIDED:
        return ()
    stated = _stated(sharing)
    if state is not AmountState.KNOWN or amount is None:
        _refuse_stated(stated)
        return tuple((code, None) for code in _recipients(sharing))
    if stated:
        _check_total(stated, amount, sharing)
        return tuple(stated.items())
    cents = apportion(int(amount.scaleb(2)), _weights(sharing, places))
    return tuple((code, Decimal(cents[code]).scaleb(-2)) for code in _recipients(sharing))


def population_date(sharing: Sharing, places: Places) -> date | None:
    """Return the reference date of the inhabitants; None when the rule needs none.

    Without a date in the text: the newest on or before the plan's first day on which
    everybody concerned has a figure. NotationError, naming the dates there are, if none.
    """
    if sharing.rule is Rule.POPULATION:
        concerned = sharing.municipalities
    elif sharing.rest == REST_POPULATION:
        concerned = sharing.rest_municipalities
    else:
        return None
    complete = sorted(
        day
        for day, figures in places.populations.items()
        if all(code in figures for code in concerned)
    )
    wanted = (
        [sharing.date] if sharing.date else [day for day in complete if day <= places.first_day]
    )
    if wanted and wanted[-1] in complete:
        return wanted[-1]
    raise _no_inhabitants(sharing.date, complete, places)


def _no_inhabitants(day: date | None, complete: list[date], places: Places) -> NotationError:
    when = f"van {format_date(day)}" if day else f"van {format_date(places.first_day)} of eerder"
    if complete:
        dates = ", ".join(format_date(known) for known in complete)
        advice = f"er zijn cijfers van {dates}, noem zo’n datum in de verdeling."
    else:
        advice = "er is geen datum met cijfers van alle gemeenten, kies een andere verdeling."
    return NotationError(
        f"Van de gemeenten zijn geen inwonertallen bekend {when}; {advice}", code="no_inhabitants"
    )


def _recipients(sharing: Sharing) -> tuple[str, ...]:
    return (sharing.lead,) if sharing.rule is Rule.LEAD else sharing.municipalities


def _stated(sharing: Sharing) -> Mapping[str, Decimal]:
    """Return the amounts that the text itself gives, by code."""
    if sharing.each is not None:
        return dict.fromkeys(sharing.municipalities, sharing.each)
    return sharing.amounts


def _refuse_stated(stated: Mapping[str, Decimal]) -> None:
    if stated:
        total = format_euro(sum(stated.values(), Decimal()))
        raise NotationError(
            f"Het bedrag is niet bekend, maar de verdeling noemt samen {total}; "
            "vul dat bedrag in of noem bij de gemeenten geen bedragen.",
            code="amount_unknown",
        )


def _check_total(stated: Mapping[str, Decimal], amount: Decimal, sharing: Sharing) -> None:
    total = sum(stated.values(), Decimal())
    if total == amount:
        return
    how = ""
    if sharing.each is not None:
        how = f" ({len(stated)} × {format_euro(sharing.each)})"
    raise NotationError(
        f"De verdeling telt op tot {format_euro(total)}{how}, maar het bedrag is "
        f"{format_euro(amount)}; verschil {format_euro(abs(amount - total))}.",
        code="does_not_add_up",
    )


def _weights(sharing: Sharing, places: Places) -> dict[str, int]:
    """Return whole weights; with a rest all on one scale, so that nothing is rounded twice."""
    if sharing.rule is not Rule.PERCENTAGES:
        if sharing.rule is Rule.POPULATION:
            return _inhabitants(sharing, sharing.municipalities, places)
        return dict.fromkeys(_recipients(sharing), 1)
    rest = _rest_weights(sharing, places)
    whole = sum(rest.values()) or 1
    percentages = _whole_numbers(sharing.percentages)
    left = percentages.pop("") if rest else 0
    weights = {code: part * whole for code, part in percentages.items() if code}
    return weights | {code: left * weight for code, weight in rest.items()}


def _rest_weights(sharing: Sharing, places: Places) -> dict[str, int]:
    if sharing.rest == REST_POPULATION:
        return _inhabitants(sharing, sharing.rest_municipalities, places)
    return dict.fromkeys(sharing.rest_municipalities, 1)


def _whole_numbers(percentages: Mapping[str, Decimal]) -> dict[str, int]:
    """Scale percentages to whole numbers; what is left of 100 has the key ''."""
    left = 100 - sum(percentages.values(), Decimal())
    parts = {**percentages, "": left}
    places = max(-int(part.as_tuple().exponent) for part in parts.values())
    return {code: int(part.scaleb(max(places, 0))) for code, part in parts.items()}


def _inhabitants(sharing: Sharing, codes: tuple[str, ...], places: Places) -> dict[str, int]:
    day = population_date(sharing, places)
    if day is None:
        raise ValueError("this rule needs no inhabitants")
    figures = places.populations[day]
    return {code: figures[code] for code in codes}
