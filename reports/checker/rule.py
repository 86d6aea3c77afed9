"""A rule of the checker, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.checker.finding import Found, Severity
from reports.checker.material import Material
from workplans.services import Said


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

    @property
    def said(self) -> Said:
        """By what it is known when somebody accepts it."""
        return Said(self.rule.code, self.where, self.sentence)
