"""From which pots a cost is paid, as people write it under Financiering.

Any words are the name of a pot; only percentages that cannot be right are refused.
Municipalities are recognised where one stands before a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from funds.notation import NotationError, format_euro, read_plain_amount
from workplans.notation.places import Places

# A dash before a percentage or an amount is no way to part a name and a number.
_MINUS = re.compile(r"[-‐‑‒–—−] ?(?:€ ?\d[\d.,]*|\d[\d.,]* ?%)|€ ?[-‐‑‒–—−] ?\d[\d.,]*")
_YEAR = re.compile(r"(?:^|(?<=[ ;,]))((?:19|20)\d\d) ?: ?")
_ITEM = re.compile(r" ?(?:;|,(?!\d|-)|\+) ?")
_NUMBER = r"(?P<percentage>\d{1,3}(?:[.,]\d+)?) ?%|(?P<amount>€ ?\d[\d.,]*[-–—]*)"
_PART_FIRST = re.compile(rf"(?:{_NUMBER}) ?(?P<pot>.*)", re.I)
_PART_LAST = re.compile(
    rf"(?P<pot>.+?)(?: (?:financiert|betaalt|draagt)(?: bij)?)?:? (?:{_NUMBER})", re.I
)
_REST = re.compile(r"(?:de |het )?rest(?:ant)?\b(?P<pot>.*)", re.I)
_BY_POPULATION = re.compile(r"naar rato(?: van (?:het )?(?:aantal )?inwoners)?", re.I)
_RESERVE = re.compile(r"\b(?:voorlopig|vooralsnog)\b|\?", re.I)
PRO_RATA = "naar rato van inwoners"


@dataclass(frozen=True)
class Source:
    """One pot, and the part it pays where the text says so.

    `rest`: pays what the others leave, from this `pot`, from nowhere named (empty), or by
    all municipalities together (`PRO_RATA`). `alternative`: instead of the source before
    it. Not `certain`: with a question mark, or voorlopig.
    """

    pot: str = ""
    percentage: Decimal | None = None
    amount: Decimal | None = None
    rest: bool = False
    year: int | None = None
    municipality: str = ""
    alternative: bool = False
    certain: bool = True

    def __post_init__(self) -> None:
        parts = [self.percentage is not None, self.amount is not None, self.rest]
        if sum(parts) > 1 or (not self.pot and not self.rest):
            raise ValueError(f"this is no source: {self!r}")


@dataclass(frozen=True)
class Funding:
    """The pots of a cost, in the order of the text; those without a year come first."""

    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        if self.sources and self.sources[0].alternative:
            raise ValueError("there is nothing that the first source could replace")
        for before, after in pairwise(self.sources):
            here = (before.year, before.municipality) == (after.year, after.municipality)
            if after.alternative and not here:
                raise ValueError("an alternative follows what it replaces")
            if after.year is None and before.year is not None:
                raise ValueError("sources without a year come first")


def read_funding(text: str, places: Places) -> Funding:
    """Read pots per year; NotationError when percentages cannot be right.

    What would read differently once written was not understood, and is refused too.
    """
    funding = _read(text, places)
    if _read(format_funding(funding, places), places) != funding:
        raise NotationError(
            f"“{text.strip()}” is niet als dekking te lezen; schrijf bijvoorbeeld "
            "50% regiobudget, rest Hoorn.",
            code="no_funding",
        )
    return funding


def _read(text: str, places: Places) -> Funding:
    plain = re.sub(r"\s+", " ", text).strip().removesuffix(".").rstrip(";, ")
    _refuse_minus(plain)
    sources: list[Source] = []
    for year, segment in _years(plain):
        sources += [replace(source, year=year) for source in _read_sources(segment, places)]
    for year in {source.year for source in sources}:
        _check_percentages([source for source in sources if source.year == year])
    return Funding(tuple(sources))


def _refuse_minus(plain: str) -> None:
    """A pot never pays less than nothing."""
    if match := _MINUS.search(plain):
        raise NotationError(
            f"“{match[0]}” begint met een min of een streepje; een deel is nul of meer, schrijf "
            "bijvoorbeeld 50% regiobudget.",
            code="negative",
        )


def _years(plain: str) -> Iterator[tuple[int | None, str]]:
    """Split `2021: … 2022: …`; what stands before the first year has none."""
    first, *rest = _YEAR.split(plain)
    if first.strip(" ;,"):
        yield None, first
    for year, segment in zip(rest[::2], rest[1::2], strict=True):
        yield int(year), segment


def _read_sources(segment: str, places: Places) -> Iterator[Source]:
    for item in _ITEM.split(segment):
        municipality, item = _municipality(item.strip(), places)
        for place, choice in enumerate(re.split(r" of ", item)):
            if choice.strip():
                source = _read_source(choice.strip())
                yield replace(source, municipality=municipality, alternative=place > 0)


def _municipality(item: str, places: Places) -> tuple[str, str]:
    before, colon, after = item.partition(":")
    if colon and after.strip():
        name = _RESERVE.sub("", before)
        doubt = "" if name == before else "?"
        try:
            return places.municipality(_pot(name)), after.strip() + doubt
        except NotationError:
            pass  # Not a municipality, so part of the pot's name.
    return "", item


def _read_source(text: str) -> Source:
    bare = _RESERVE.sub("", text)
    source = _read_part(" ".join(bare.split()))
    return source if bare == text else replace(source, certain=False)


def _read_part(text: str) -> Source:
    if rest := _REST.fullmatch(text):
        pot = _pot(rest["pot"])
        return Source(PRO_RATA if _BY_POPULATION.fullmatch(pot) else pot, rest=True)
    match = _PART_FIRST.fullmatch(text) or _PART_LAST.fullmatch(text)
    pot = _pot(match["pot"] if match else text)
    if not re.search(r"[^\W\d_]", pot):
        raise NotationError(
            f"“{text}” noemt geen pot; schrijf bijvoorbeeld 50% regiobudget.", code="no_pot"
        )
    if match and match["percentage"]:
        return Source(pot, percentage=Decimal(match["percentage"].replace(",", ".")))
    if match:
        return Source(pot, amount=read_plain_amount(match["amount"].rstrip(".,")))
    return Source(pot)


def _pot(text: str) -> str:
    return re.sub(r"^(?:(?:uit|van|door|voor|of)(?: |$))+", "", text.strip(" :"), flags=re.I)


def _check_percentages(sources: list[Source]) -> None:
    """Refuse percentages of one year that are over 100, or under it without a rest."""
    parts = [source.percentage for source in sources if source.percentage is not None]
    rests = [source for source in sources if source.rest and not source.alternative]
    if not parts:
        return
    sure = [s.percentage for s in sources if s.percentage is not None and not s.alternative]
    total = sum(sure, Decimal())
    if total > 100 or max(parts) > 100:
        raise NotationError(
            f"De percentages tellen op tot {_percent(max(total, *parts))}; samen zijn ze 100%.",
            code="percentages_over",
        )
    if rests and total == 100:
        raise NotationError(
            "De percentages tellen op tot 100%, er is dus geen rest; laat de rest weg.",
            code="no_rest",
        )
    if len(rests) > 1:
        raise NotationError(
            "Er staat twee keer een rest; noem één keer wie de rest betaalt.", code="two_rests"
        )
    if len(parts) == len(sources) and total < 100:
        raise NotationError(
            f"De percentages tellen op tot {_percent(total)}; er ontbreekt "
            f"{_percent(100 - total)}, of schrijf erachter: rest en de naam van de pot.",
            code="percentages_under",
        )


def format_funding(funding: Funding, places: Places) -> str:
    """Write the pots in one fixed way: `2021: 50% Hoorn; rest regiobudget`."""
    text = ""
    year = None
    for source in funding.sources:
        written = _format_source(source)
        if source.year != year:
            year = source.year
            text += f"{'; ' if text else ''}{year}: "
            link = ""
        else:
            link = " of " if source.alternative else "; " if text else ""
        if source.municipality and not source.alternative:
            written = f"{places.name(source.municipality)}: {written}"
        text += link + written
    return text


def _format_source(source: Source) -> str:
    certain = "" if source.certain else "?"
    if source.rest:
        return f"rest {source.pot}".strip() + certain
    if source.percentage is not None:
        return f"{_percent(source.percentage)} {source.pot}{certain}"
    if source.amount is not None:
        return f"{format_euro(source.amount)} {source.pot}{certain}"
    return f"{source.pot}{certain}"


def _percent(number: Decimal) -> str:
    return f"{number.normalize():f}%".replace(".", ",")
