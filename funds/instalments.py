"""Instalments as people type them, and what they come to per line, to the cent.

Knows no Django. Amounts are whole cents, but for what was typed.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

from funds.notation import NotationError, format_euro, read_plain_amount
from funds.portion import read_portion
from municipalities.apportion import apportion, apportion_table

MOST = 8
"""So many instalments are one table that can be read: two years of quarters."""
ADVANCE, FINAL = "voorschot", "eindbetaling"
_NEXT = re.compile(r"[\n;]|,\s+(?=rest\b|\d{1,2}-\d{1,2}-\d{4}|\d{4}-)", re.IGNORECASE)
_DAY = re.compile(r"(?<!\S)(?:(\d{1,2})-(\d{1,2})-(\d{4})|(\d{4})-(\d{2})-(\d{2}))(?!\S)")
_REST = "rest"


@dataclass(frozen=True)
class Term:
    """One instalment as it was typed: a part, an amount or what is left (neither), of one
    line or of all."""

    day: datetime.date
    kind: str
    line: str = ""
    part: Fraction | None = None
    amount: Decimal | None = None

    @property
    def takes_rest(self) -> bool:
        return self.part is None and self.amount is None


@dataclass(frozen=True)
class Line:
    """What may be paid of a line, in cents: in all, and still."""

    whole: int
    payable: int


Planned = dict[tuple[datetime.date, str], dict[str, int]]
"""Cents per line, of each day and kind."""


def read_terms(text: str, lines: Iterable[str]) -> list[Term]:
    """Read `01-04-2020 40%; rest 01-05-2021`, one to a row or with a semicolon between;
    `lines` are the names of the lines. What is left is the final payment, all else an
    advance, unless it says so itself."""
    known = {name.casefold(): name for name in lines}
    rows = [row.strip() for row in _NEXT.split(text) if row.strip()]
    if not rows:
        raise NotationError("Typ minstens één termijn, zoals 01-04-2020 40%.", code="no_terms")
    if len(rows) > MOST:
        raise NotationError(
            f"Dit zijn {len(rows)} termijnen; een betaalschema heeft er hoogstens {MOST}.",
            code="many_terms",
        )
    return [_read(row, known) for row in rows]


def plan(terms: Sequence[Term], lines: Mapping[str, Line]) -> Planned:
    """What each instalment comes to on each line. A part is of what may be paid in all; an
    amount over all lines is divided by what of each is still to be paid, so that no line
    gets more than that."""
    amounts = _amounts(terms, lines)
    free = {name: line.payable for name, line in lines.items()}
    cells: dict[int, dict[str, int]] = {}
    for place, term in enumerate(terms):
        if term.line and not term.takes_rest:
            free[term.line] -= amounts[place]
            cells[place] = {term.line: amounts[place]}
    for name, unclaimed in free.items():
        _refuse_above(lines[name].payable - unclaimed, lines[name].payable, f"op {name} ")
    over_all = [place for place, t in enumerate(terms) if not t.line and not t.takes_rest]
    whole, asked = sum(free.values()), sum(amounts[place] for place in over_all)
    _refuse_above(asked, whole, "")
    left = dict(free)
    cells |= {place: {} for place in over_all}
    if whole and over_all:
        divided = apportion_table([*(amounts[place] for place in over_all), whole - asked], free)
        left = {name: row[-1] for name, row in divided.items()}
        for column, place in enumerate(over_all):
            cells[place] = {name: row[column] for name, row in divided.items()}
    # A rest of one line goes before that of all.
    for place, term in sorted(enumerate(terms), key=lambda each: not each[1].line):
        if term.takes_rest:
            names = [term.line] if term.line else list(left)
            cells[place] = {name: left.pop(name, 0) for name in names}
            left |= dict.fromkeys(names, 0)
    return _together(terms, cells)


def _together(terms: Sequence[Term], cells: Mapping[int, Mapping[str, int]]) -> Planned:
    """What comes on one day and is of one kind is one instalment."""
    found: dict[tuple[datetime.date, str], dict[str, int]] = defaultdict(dict)
    for place, term in enumerate(terms):
        if not any(cells[place].values()):
            raise NotationError(
                f"De termijn van {term.day:%d-%m-%Y} komt uit op nul; er is dan niets meer te "
                "betalen. Haal haar weg, of maak een andere termijn lager.",
                code="empty_term",
            )
        row = found[term.day, term.kind]
        for name, cents in cells[place].items():
            if cents:
                row[name] = row.get(name, 0) + cents
    return dict(sorted(found.items(), key=lambda each: (each[0][0], each[0][1] == FINAL)))


def _amounts(terms: Sequence[Term], lines: Mapping[str, Line]) -> dict[int, int]:
    """The cents of each instalment that says an amount or a part. A part is rounded half
    up and the rest takes the difference; parts that are the whole are it, to the cent."""
    found = {
        place: int(term.amount * 100) for place, term in enumerate(terms) if term.amount is not None
    }
    parts: dict[str, dict[int, Fraction]] = defaultdict(dict)
    for place, term in enumerate(terms):
        if term.part is not None:
            parts[term.line][place] = term.part
    for name, said in parts.items():
        whole = sum(line.whole for line in ([lines[name]] if name else lines.values()))
        all_of_it = sum(said.values(), Fraction(0))
        if all_of_it > 1:
            raise NotationError(
                "De percentages zijn samen meer dan 100%; maak er een lager.", code="above_whole"
            )
        if all_of_it == 1:
            scale = lcm(*(part.denominator for part in said.values()))
            weights = {f"{place:02}": int(part * scale) for place, part in said.items()}
            found |= {int(key): cents for key, cents in apportion(whole, weights).items()}
        else:
            found |= {place: int(part * whole + Fraction(1, 2)) for place, part in said.items()}
    return found


def _refuse_above(planned: int, payable: int, where: str) -> None:
    if planned > payable:
        asked, most = (format_euro(Decimal(cents) / 100) for cents in (planned, payable))
        raise NotationError(
            f"De termijnen zijn {where}samen {asked} en er is nog {most} te betalen; plan "
            f"hoogstens {most}.",
            code="above_payable",
        )


def _read(row: str, known: Mapping[str, str]) -> Term:
    days = list(_DAY.finditer(row))
    if len(days) != 1:
        raise NotationError(
            f"“{row[:60]}” heeft {'geen' if not days else 'meer dan één'} dag; schrijf elke "
            "termijn met één dag, zoals 01-04-2020 40%.",
            code="no_day",
        )
    words = f"{row[: days[0].start()]} {row[days[0].end() :]}".split()
    kind, words = _kind(words)
    line, words = _line(words, known)
    day = _day(days[0])
    if [word.casefold() for word in words] == [_REST]:
        return Term(day, kind or FINAL, line)
    text = " ".join(words)
    if "%" in text:
        part = Fraction(*read_portion(text))
        return Term(day, kind or ADVANCE, line, part=part)
    if not text:
        raise NotationError(
            f"“{row[:60]}” zegt niet hoeveel; schrijf een percentage, een bedrag of rest.",
            code="no_amount",
        )
    amount = read_plain_amount(text)
    if amount <= 0:
        raise NotationError(
            "Een termijn is meer dan nul; vul dat bedrag in.", code="not_above_zero"
        )
    return Term(day, kind or ADVANCE, line, amount=amount)


def _kind(words: list[str]) -> tuple[str, list[str]]:
    said = [word.casefold() for word in words if word.casefold() in (ADVANCE, FINAL)]
    return (said[0] if said else "", [w for w in words if w.casefold() not in (ADVANCE, FINAL)])


def _line(words: list[str], known: Mapping[str, str]) -> tuple[str, list[str]]:
    """The line that is named, in front of the amount or behind it."""
    for place in (0, -1):
        if len(words) > 1 and (name := known.get(words[place].casefold().rstrip(":"))):
            rest = words[1:] if place == 0 else words[:-1]
            return name, rest
    return "", words


def _day(found: re.Match[str]) -> datetime.date:
    day, month, year, *iso = found.groups()
    try:
        if day:
            return datetime.date(int(year), int(month), int(day))
        return datetime.date(*(int(number) for number in iso))
    except ValueError as fault:
        raise NotationError(
            f"{found[0]} bestaat niet; schrijf een dag als 01-04-2020.", code="no_such_day"
        ) from fault
