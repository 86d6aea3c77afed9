"""What a rule finds, and where: the words that all rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.checker.material import Material


class Severity(StrEnum):
    """How much a finding weighs, the heaviest first."""

    BLOCK = "blokkeren"
    WARN = "waarschuwen"
    INFORM = "informeren"


@dataclass(frozen=True)
class Spot:
    """A place in a plan: its name for a reader, and its address on the page of the plan
    ("" for the plan as a whole)."""

    where: str
    anchor: str = ""


@dataclass(frozen=True)
class Found:
    """One thing that a rule finds. `severity` overrides that of the rule."""

    spot: Spot
    sentence: str
    severity: Severity | None = None


@dataclass(frozen=True)
class Rule:
    """What is looked at. `code` is stable: files and tests name it."""

    code: str
    title: str
    severity: Severity
    look: Callable[[Material], Iterator[Found]]


@dataclass(frozen=True)
class Finding:
    """Something that is wrong or missing: one sentence that says what would be right,
    where it is in words, and the address of that very place."""

    rule: Rule
    severity: Severity
    sentence: str
    where: str
    url: str
