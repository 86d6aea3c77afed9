"""What a decision says beside its amounts, as people write it: a period, and what the
recipient has to do, one on a line with maybe a day. Pure: knows no Django."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass

CONDITION, OBLIGATION = "voorwaarde", "verplichting"
LONGEST = 500
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)

_WORDS = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"
_DAY = rf"\d{{1,2}}-\d{{1,2}}-\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|{_WORDS}"
_KIND = re.compile(rf"({CONDITION}|{OBLIGATION})\s*:\s*", re.IGNORECASE)
_DUE = re.compile(
    rf"(?:[,;]?\s+(?P<word>vóór|voor|uiterlijk(?: op)?|op)|[,;])\s+(?P<day>{_DAY})\.?$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\bniet$", re.IGNORECASE)
"""`Start niet voor` a day names the first day, and no last one."""
_ONE_DAY = datetime.timedelta(days=1)


class ClauseError(ValueError):
    """A line that cannot be taken, with the sentence that says what would be right."""


@dataclass(frozen=True)
class Clause:
    """One thing that the recipient has to do or keep to; `due_on` is the last day on
    which it is in time."""

    kind: str
    text: str
    due_on: datetime.date | None = None


@dataclass(frozen=True)
class Provided:
    """What goes with one decision: the period, both days in it, and the clauses."""

    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    clauses: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return self.starts_on is not None or bool(self.clauses)

    def early(self, on: datetime.date) -> list[Clause]:
        """The clauses that would be late already on the day of the decision."""
        return [each for each in self.clauses if each.due_on is not None and each.due_on < on]


def read_clauses(text: str) -> tuple[Clause, ...]:
    """Read each line that says something. `vóór` a day ends on the day before; a day
    after a comma, `op` or `uiterlijk` is the last one. Raises `ClauseError`."""
    lines = ((number, _tidy(line)) for number, line in enumerate(text.splitlines(), start=1))
    return tuple(_read(number, line) for number, line in lines if line)


def _tidy(line: str) -> str:
    """The line as `_DUE` reads it: one space between words, and `ó` as one character."""
    return " ".join(unicodedata.normalize("NFC", line).split())


def _read(number: int, line: str) -> Clause:
    kind, rest = OBLIGATION, line
    if named := _KIND.match(line):
        kind, rest = named[1].lower(), line[named.end() :]
    due_on = None
    if (found := _DUE.search(rest)) and not _NOT.search(rest[: found.start()]):
        due_on = _day(number, found["day"])
        if (found["word"] or "").lower() in ("vóór", "voor"):
            due_on -= _ONE_DAY
        rest = rest[: found.start()]
    rest = rest.strip().rstrip(",;")
    if not rest:
        raise ClauseError(
            f"Op regel {number} staat niet wat de ontvanger moet doen; zet dat voor de dag."
        )
    if len(rest) > LONGEST:
        raise ClauseError(
            f"Regel {number} is {len(rest)} tekens lang; verdeel hem in regels van hoogstens "
            f"{LONGEST} tekens."
        )
    return Clause(kind, rest, due_on)


def _day(number: int, text: str) -> datetime.date:
    parts = text.lower().replace("-", " ").split()
    if len(parts[0]) == 4:
        parts.reverse()
    month = MONTHS.index(parts[1]) + 1 if parts[1] in MONTHS else int(parts[1])
    try:
        day = datetime.date(int(parts[2]), month, int(parts[0]))
    except ValueError as fault:
        raise ClauseError(
            f"Op regel {number} staat {text}, en die dag bestaat niet; schrijf een dag als "
            "01-05-2021."
        ) from fault
    if not 1900 <= day.year < 2200:
        raise ClauseError(f"Op regel {number} staat {text}; kijk het jaar na.")
    return day
