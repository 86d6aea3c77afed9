"""What a scenario is worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from funds.scenario.operation import Operation
from funds.scenario.outcome import Line, WhatIf
from funds.scenario.working import work_out


@dataclass(frozen=True)
class Material:
    """What was asked, per line, and the budget to divide."""

    lines: tuple[Line, ...]
    budget: Decimal

    def as_json(self) -> dict[str, Any]:
        return {"budget": f"{self.budget:.2f}", "lines": [line.as_json() for line in self.lines]}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Material:
        return cls(tuple(map(Line.read, stored["lines"])), Decimal(stored["budget"]))

    @property
    def start(self) -> WhatIf:
        """What it comes to when nothing is done."""
        return self.outcome(())

    def outcome(self, operations: Iterable[Operation]) -> WhatIf:
        return work_out(self.lines, operations, self.budget)
