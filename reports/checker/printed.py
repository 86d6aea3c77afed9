"""Figures as the source prints them, held against the computed ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from funds.notation import NotationError, format_euro, read_plain_amount
from funds.rules import Value
from reports.checker.finding import Found
from reports.checker.material import Material
from workplans.models import Block, PrintedFigure

_DUTCH = re.compile(r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d{1,2})?")
_ENGLISH = re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
_STRAY = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+(?:[.,]\d{2})?")
_FIRST = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True)
class Number:
    """A printed number: its value, and with how many decimals it is printed."""

    value: Decimal
    decimals: int
    is_english: bool = False


def read_number(text: str) -> Number | None:
    """The first number in a printed text, in Dutch or English notation, also with dots
    and commas astray (`€ 936,191,49`); None where it can mean more than one thing.

    In a text with a € three digits behind a comma are thousands: no amount has so many
    decimals.
    """
    match = _FIRST.search(text)
    if match is None:
        return None
    digits = match[0]
    if _DUTCH.fullmatch(digits) and not re.fullmatch(r"\d{1,3}\.\d{1,2}", digits):
        return _number(digits.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(digits):
        return _number(digits.replace(",", ""), is_english=True)
    if _STRAY.fullmatch(digits):
        *groups, last = re.split("[.,]", digits)
        if len(last) == 2:
            return _number(f"{''.join(groups)}.{last}")
        return _number("".join([*groups, last]))
    return None


def _number(digits: str, *, is_english: bool = False) -> Number:
    value = Decimal(digits)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Number(value, max(-exponent, 0), is_english)


def is_amount(printed: PrintedFigure) -> bool:
    return "€" in printed.text or "euro" in printed.text.casefold()


def wrong(material: Material) -> Iterator[Found]:
    """A printed figure that is not the computed one, in the precision of the print.

    A share of a distribution is right when it is its exact value rounded either way: no
    single one is wrong, the column is.
    """
    for printed in material.printed:
        value = computed(material, printed)
        number = _value_of(printed)
        if value is None or number is None or is_share(printed):
            continue
        exact = exact_of(value)
        rounded = _rounded(exact, number)
        if number.value == rounded:
            continue
        told = _told(value, rounded, number)
        if number.value == _rounded(exact, number, ROUND_DOWN):
            sentence = (
                f"Gedrukt staat {printed.text}, uitgerekend is {value}: het bedrag is afgekapt; "
                f"goed afgerond is het {told}."
            )
        else:
            sentence = f"Gedrukt staat {printed.text}, maar uitgerekend is {told}."
        yield Found(material.printed_figure(printed), sentence)


def computed(material: Material, printed: PrintedFigure) -> Value | None:
    """The figure that a printed one should be; None when nothing says which."""
    try:
        return material.figures.value(printed.figure) if printed.figure else None
    except NotationError:
        return None


def is_share(printed: PrintedFigure) -> bool:
    """Whether it is what one municipality has in a distribution."""
    words = printed.figure.split()
    return (
        len(words) > 2
        and words[0] == "verdeling"
        and words[1] != "som"
        and words[-1] in ("tranche", "totaal")
    )


def exact_of(value: Value) -> Decimal:
    if value.figure is not None:
        return value.figure.known
    found = value.number if value.number is not None else value.percentage
    assert found is not None
    return found


def _value_of(printed: PrintedFigure) -> Number | None:
    """What is printed; an amount that was read counts as it was read."""
    number = read_number(printed.text)
    if printed.amount is not None:
        read = printed.amount.amount
        return Number(read, number.decimals if number and number.value == read else 2)
    return number


def _rounded(exact: Decimal, number: Number, how: str = ROUND_HALF_UP) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-number.decimals), how)


def _told(value: Value, rounded: Decimal, number: Number) -> str:
    """The right figure as precise as the print."""
    if value.figure is None:
        return str(value)
    gaps = "".join(f" + {words}" for words in value.figure.gap_words)
    return format_euro(rounded, cents=number.decimals > 0) + gaps


def malformed(material: Material) -> Iterator[Found]:
    """An amount that is not written as amounts are; with what it should be."""
    for printed in material.printed:
        if not is_amount(printed) or printed.amount is not None:
            continue
        try:
            read_plain_amount(printed.text)
        except NotationError as fault:
            if fault.code in ("tail", "no_amount"):
                continue
            yield Found(material.printed_figure(printed), _malformed(printed, fault))


def _malformed(printed: PrintedFigure, fault: NotationError) -> str:
    number = read_number(printed.text)
    if number is None or not printed.figure:
        return fault.sentence
    right = format_euro(number.value, cents=number.decimals > 0)
    return f"“{printed.text}” is niet geschreven zoals een bedrag; goed is {right}."


def english(material: Material) -> Iterator[Found]:
    """Numbers with a comma between thousands or a decimal point: one finding per block."""
    found: dict[str, list[PrintedFigure]] = defaultdict(list)
    for printed in material.printed:
        number = read_number(printed.text)
        if number and number.is_english and not is_amount(printed):
            found[material.printed_figure(printed).anchor].append(printed)
    for several in found.values():
        first = several[0]
        count = "1 getal staat" if len(several) == 1 else f"{len(several)} getallen staan"
        yield Found(
            material.printed_figure(first),
            f"{count} hier in Engelse notatie, zoals {first.text}; schrijf een punt tussen de "
            "duizendtallen en een komma voor de decimalen.",
        )


@dataclass(frozen=True)
class _Annex:
    """The printed cells of a distribution annex, by municipality and column; the totals
    under `som`."""

    cells: dict[tuple[str, str], PrintedFigure]

    def value(self, who: str, column: str) -> Decimal | None:
        printed = self.cells.get((who, column))
        number = read_number(printed.text) if printed else None
        return number.value if number else None

    def rows(self, column: str) -> dict[str, Decimal]:
        found = {}
        for (who, name), _ in self.cells.items():
            value = self.value(who, column) if name == column and who != "som" else None
            if value is not None:
                found[who] = value
        return found


def _annex(material: Material) -> _Annex:
    cells = {}
    for printed in material.printed:
        kind, _, rest = printed.figure.partition(" ")
        if kind == "verdeling":
            who, _, column = rest.rpartition(" ")
            cells[who, column] = printed
    return _Annex(cells)


def column_sums(material: Material) -> Iterator[Found]:
    """A column of a distribution annex whose rows are not together its printed total."""
    annex = _annex(material)
    for column in ("inwoners", "percentage", "tranche", "totaal"):
        rows, total = annex.rows(column), annex.value("som", column)
        if total is None or len(rows) != len(material.content.places.members):
            continue
        difference = sum(rows.values(), Decimal()) - total
        if difference:
            printed = annex.cells["som", column]
            yield Found(
                material.printed_figure(printed),
                f"De rijen zijn samen {_in(column, sum(rows.values(), Decimal()))}, en gedrukt "
                f"staat {printed.text}: een verschil van {_in(column, difference)}."
                f"{_cause(material, rows, column)}",
            )


def _cause(material: Material, rows: dict[str, Decimal], column: str) -> str:
    """What the shares should be so that they add up."""
    better = []
    for who, value in rows.items():
        right = material.figures.value(f"verdeling {who} {column}")
        if exact_of(right) != value:
            better.append(f"{who} {_in(column, exact_of(right))}")
    return f" Goed is: {', '.join(better)}." if better else ""


def tranche_sums(material: Material) -> Iterator[Found]:
    """A row whose printed total is not so many times its printed tranche."""
    annex = _annex(material)
    block = next((b for b in material.content.blocks if b.kind == Block.Kind.DISTRIBUTION), None)
    if block is None:
        return
    times = int(block.options.get("tranches", 1))
    for who, tranche in annex.rows("tranche").items():
        total = annex.value(who, "totaal")
        if total is not None and total != times * tranche:
            yield Found(
                material.printed_figure(annex.cells[who, "totaal"]),
                f"Het totaal van {who} is {format_euro(total)}, maar {times} × "
                f"{format_euro(tranche)} is {format_euro(times * tranche)}; verdeel het totaal één "
                "keer en splits dat in tranches.",
            )


def _in(column: str, value: Decimal) -> str:
    if column in ("tranche", "totaal"):
        return format_euro(value)
    return f"{value:f}".replace(".", ",")
