"""What a rule finds, and where: the words that all rules share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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

    def part(self, name: str) -> Spot:
        """A named part of it, at the same address."""
        return Spot(f"{self.where}, {name}", self.anchor) if name else self


@dataclass(frozen=True)
class Found:
    """One thing that a rule finds. `severity` overrides that of the rule."""

    spot: Spot
    sentence: str
    severity: Severity | None = None
