"""Amounts in running text: whether they are figures of the plan, and spelled one way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from funds.figure import Figure
from funds.notation import NotationError, format_euro, read_plain_amount
from reports.checker.finding import Found, Spot
from reports.checker.material import Material
from reports.checker.printed import is_amount

_SCALE = r"\s*(?:k|dzd|duizend|mln|miljoen|mld|miljard)\b"
_AMOUNT = re.compile(
    rf"€\s?\d+(?:[.,]\d+)*(?:\s?[.,]\s?[-–—=]{{1,2}})?(?![.,]?\d)(?!{_SCALE})", re.IGNORECASE
)


@dataclass(frozen=True)
class Mention:
    """An amount that somebody wrote, and the figure that it is said to be, if any."""

    spot: Spot
    text: str
    value: Decimal
    figure: str = ""


def mentions(material: Material) -> tuple[Mention, ...]:
    """Every amount in running text, and every printed one, as far as they can be read."""
    return (*_printed(material), *_written(material))


def _printed(material: Material) -> Iterator[Mention]:
    for printed in material.printed:
        if is_amount(printed) and printed.amount is not None:
            spot = material.printed_figure(printed)
            yield Mention(spot, printed.text, printed.amount.amount, printed.figure)


def _written(material: Material) -> Iterator[Mention]:
    for written in material.texts:
        for match in _AMOUNT.finditer(written.text):
            try:
                yield Mention(written.spot, match[0], read_plain_amount(match[0]))
            except NotationError:
                continue


def malformed(material: Material) -> Iterator[Found]:
    """An amount in running text that is not written as amounts are."""
    for written in material.texts:
        for match in _AMOUNT.finditer(written.text):
            try:
                read_plain_amount(match[0])
            except NotationError as fault:
                yield Found(written.spot, fault.sentence)


def unmatched(material: Material) -> Iterator[Found]:
    """An amount in running text that is no figure of the plan."""
    known = known_amounts(material)
    two_ways = {mention for group in _two_ways(material) for mention in group}
    for mention in mentions(material):
        if not mention.figure and mention.value not in known and mention not in two_ways:
            yield Found(
                mention.spot,
                f"{mention.text} is geen cijfer van dit plan; verbeter het bedrag, of neem het op "
                "bij de cijfers.",
            )


def spelled_two_ways(material: Material) -> Iterator[Found]:
    """One amount with its cents and without: `353.804` and `353.804,63`."""
    for group in _two_ways(material):
        ways = sorted({mention.value for mention in group})
        places = "; ".join(dict.fromkeys(mention.spot.where for mention in group))
        yield Found(
            group[0].spot,
            f"Eén bedrag staat er op twee manieren: {format_euro(ways[0])} en "
            f"{format_euro(ways[-1])}. Schrijf het overal gelijk. Het gaat om: {places}.",
        )


def _two_ways(material: Material) -> Iterator[list[Mention]]:
    """Groups of mentions with the same whole euros and other cents. An amount without
    cents that is a figure of the plan by itself is another amount."""
    known = known_amounts(material)
    groups: dict[Decimal, list[Mention]] = defaultdict(list)
    for mention in mentions(material):
        groups[mention.value // 1].append(mention)
    for whole, group in groups.items():
        if len({mention.value for mention in group}) > 1 and whole not in known:
            yield group


def known_amounts(material: Material) -> frozenset[Decimal]:
    """Every amount that the plan has or that follows from it."""
    return frozenset((*_of_figures(material), *_of_actions(material), *_of_rules(material)))


def _of_figures(material: Material) -> Iterator[Decimal]:
    totals = material.reported.totals
    figures: list[Figure | None] = [totals.total, totals.joint, totals.undivided]
    for several in (totals.by_line, totals.by_nature, totals.by_pot):
        figures += several.values()
    for view in totals.by_municipality.values():
        figures += view.values()
    for position in material.reported.positions:
        figures += [position.requested_here, position.draft, position.remaining_with_draft]
        if balance := position.balance:
            figures += [
                balance.available,
                balance.granted,
                balance.remaining,
                balance.requested,
                balance.remaining_if_granted,
            ]
    for figure in material.content.figures:
        try:
            figures.append(material.figures.value(f"cijfer {figure.code}").figure)
        except NotationError:
            continue
    for division in material.figures.distributions.values():
        figures += map(Figure.of, (division.amount, *division.tranches))
        for row in division.rows:
            figures += map(Figure.of, (row.total, *row.tranches))
    return (figure.known for figure in figures if figure is not None)


def _of_actions(material: Material) -> Iterator[Decimal]:
    for action in material.content.actions:
        for cost in action.cost_lines.all():
            shares = [share.amount for share in cost.shares.all()]
            parts = [entry.amount for entry in cost.funding.all()]
            for money in (cost.amount, *shares, *parts):
                if money is not None:
                    yield money.amount


def _of_rules(material: Material) -> Iterator[Decimal]:
    for rule in material.content.rules:
        for money in (rule.amount, rule.maximum):
            if money is not None:
                yield money.amount
