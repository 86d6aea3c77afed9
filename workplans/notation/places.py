"""The municipalities and groups that a text about shares may name, on one date.

Filled by whoever knows the database; knows itself only names, codes and figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from funds.notation import NotationError
from workplans.notation.words import NUMBERS

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
_MONTH_NAMES = _MONTHS.split()
_ALL = re.compile(rf"(?:alle|de|gezamenlijke)(?: ({'|'.join(NUMBERS)}|\d+))? gemeenten")


@dataclass(frozen=True)
class Ended:
    """A municipality that is no more: the first day without it, and who took over."""

    since: date
    successor: str = ""


@dataclass(frozen=True)
class Places:
    """What may be named on the plan's first day.

    `members` are CBS codes in the region's order. `names` and `ended` go by code and
    may hold municipalities outside the region, so that a fault can say what is wrong.
    `groups` goes by name or alias as displayed (`HRN`, `Duin en Bollen`); the first
    name of equal groups is the one that is written. `populations` holds inhabitants by
    reference date: only figures whose date is known.
    """

    region: str
    first_day: date
    members: tuple[str, ...]
    names: Mapping[str, str]
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ended: Mapping[str, Ended] = field(default_factory=dict)
    populations: Mapping[date, Mapping[str, int]] = field(default_factory=dict)

    def municipality(self, text: str) -> str:
        """Return a member's code by name or abbreviation; NotationError otherwise."""
        plain = re.sub(r"^(?:de )?gemeente ", "", _fold(text))
        for code in self.members:
            if _fold(self.names[code]) == plain:
                return code
        for short, code in self.abbreviations.items():
            if _fold(short) == plain and code in self.members:
                return code
        for name, codes in self.groups.items():
            if _fold(name) == plain and len(codes) == 1:
                return codes[0]
        raise self.unknown(text)

    def group(self, text: str) -> tuple[str, ...] | None:
        """Return the codes of a group by name or alias; nothing when it is no group."""
        plain = re.sub(r"^(?:de |regio )+", "", _fold(text))
        for name, codes in self.groups.items():
            if _fold(name) in (plain, _fold(text)):
                return codes
        if plain == _fold(self.region):
            return self.members
        return self._everyone(text)

    def name(self, code: str) -> str:
        return self.names[code]

    def listed(self, codes: Iterable[str]) -> str:
        """Write names as a text about shares has them: `Katwijk, Lisse`."""
        return ", ".join(self.names[code] for code in codes)

    def group_name(self, codes: tuple[str, ...]) -> str:
        """Return the name of exactly these codes, or an empty text."""
        for name, known in self.groups.items():
            if known == codes:
                return name
        return "alle gemeenten" if codes == self.members else ""

    @cached_property
    def most_en(self) -> int:
        """Into how many parts ` en ` cuts the name that has most of them."""
        names = (*self.names.values(), *self.abbreviations, *self.groups, self.region)
        return 1 + max(_fold(name).count(" en ") for name in names)

    def no_members(self) -> NotationError:
        """Refuses what can only be read where there are municipalities."""
        return NotationError(
            f"{self.region} heeft op {format_date(self.first_day)} geen gemeenten; voeg die eerst "
            "aan de regio toe.",
            code="no_members",
        )

    @property
    def _region(self) -> str:
        # De Rijnstreek, but Westfriesland.
        return f"de {self.region}" if self.region.endswith("streek") else self.region

    def _everyone(self, text: str) -> tuple[str, ...] | None:
        if not (match := _ALL.fullmatch(_fold(text))):
            return None
        count = match[1]
        number = NUMBERS.index(count) + 1 if count in NUMBERS else int(count or 0)
        if count and number != len(self.members):
            raise NotationError(
                f"“{text.strip()}” klopt niet: {self._region} telt {len(self.members)} "
                f"gemeenten; bedoelt u alle gemeenten?",
                code="wrong_count",
            )
        return self.members

    def unknown(self, text: str) -> NotationError:
        """What is wrong with a name that no member or group has."""
        text = text.strip()
        plain = re.sub(r"^(?:de )?gemeente ", "", _fold(text))
        outside = {_fold(name): code for code, name in self.names.items()}
        if code := outside.get(plain):
            return self._not_here(code)
        near = self._nearest(plain)
        advice = f"bedoelt u {near}?" if near else f"kies uit {self.listed(self.members)}."
        return NotationError(
            f"“{_shown(text)}” is geen gemeente of groep van {self._region}; {advice}",
            code="unknown_municipality",
        )

    def _not_here(self, code: str) -> NotationError:
        name, ended = self.names[code], self.ended.get(code)
        if ended and ended.since <= self.first_day:
            near = self.names.get(ended.successor, "")
            advice = f"bedoelt u {near}?" if near else f"kies uit {self.listed(self.members)}."
            return NotationError(
                f"{name} bestaat niet meer sinds {format_date(ended.since)}; {advice}",
                code="ended_municipality",
            )
        return NotationError(
            f"{name} hoort niet bij {self._region}; kies uit {self.listed(self.members)}.",
            code="not_a_member",
        )

    def _nearest(self, plain: str) -> str:
        candidates = {_fold(self.names[code]): self.names[code] for code in self.members}
        candidates |= {_fold(name): name for name in self.groups}
        found = get_close_matches(plain, candidates, n=1, cutoff=0.7)
        return candidates[found[0]] if found else ""


def read_date(text: str) -> date | None:
    """Read `1-1-2017`, `2017-01-01` or `1 januari 2017`; nothing when it is no date."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", text):
        day, month, year = match.groups()
    elif match := re.fullmatch(
        rf"(\d{{1,2}}) ({'|'.join(_MONTH_NAMES)}) (\d{{4}})", text.casefold()
    ):
        day, year = match[1], match[3]
        month = str(_MONTH_NAMES.index(match[2]) + 1)
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def format_date(day: date) -> str:
    """Write a date as it stands in a Dutch sentence: `1 januari 2017`."""
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def _shown(text: str) -> str:
    """What is quoted of a text in a sentence."""
    return text if len(text) <= 80 else text[:77] + "…"


def _fold(text: str) -> str:
    """Make names comparable: `Duin- en Bollen` is `duin en bollen`."""
    plain = re.sub("[-‐‑–—]", " ", text.casefold().replace("’", "'"))
    return re.sub(r"\s+", " ", plain).strip()
