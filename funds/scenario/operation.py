"""One step of a scenario, as data."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from funds.notation import format_euro


class Kind(StrEnum):
    """What an operation does; the values stand in addresses."""

    PROTECT = "beschermen"
    CUT = "korten"
    PRIORITY = "prioriteit"
    DROP_NEW = "nieuw-valt-af"
    SWAP = "oud-voor-nieuw"
    BY_HAND = "met-de-hand"


@dataclass(frozen=True)
class Operation:
    """One step of a scenario. Each kind uses some of the rest.

    `part` is how much a cut takes, as typed (`23,3%`); empty is as much as is needed.
    `lines` names the lines: those to protect, those that go first in that order, or the
    one that gets `amount`. `earmarked` protects every line paid from earmarked money.
    """

    kind: Kind
    part: str = ""
    lines: tuple[str, ...] = ()
    earmarked: bool = False
    amount: Decimal | None = None
    reason: str = ""

    def __str__(self) -> str:
        match self.kind:
            case Kind.PROTECT:
                who = [*self.lines, *(["alles uit geoormerkt geld"] if self.earmarked else [])]
                said = f"Beschermd: {', '.join(who)}"
            case Kind.CUT:
                said = f"Alles {self.part or 'evenredig'} lager"
                said += "" if self.part else ", tot het past"
            case Kind.PRIORITY:
                said = f"Laagste prioriteit eerst: {', '.join(self.lines)}"
            case Kind.DROP_NEW:
                said = "Wat nieuw is, valt af"
            case Kind.SWAP:
                said = "Oud voor nieuw"
            case Kind.BY_HAND:
                said = f"{', '.join(self.lines)} wordt {format_euro(self.amount or Decimal(0))}"
        return f"{said} ({self.reason})" if self.reason else said

    def as_json(self) -> dict[str, Any]:
        """What is stored; `read` takes it back."""
        amount = None if self.amount is None else f"{self.amount:.2f}"
        every = dataclasses.asdict(self) | {"lines": list(self.lines), "amount": amount}
        return {key: value for key, value in every.items() if value not in ("", [], False, None)}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Operation:
        amount = stored.get("amount")
        return cls(
            Kind(stored["kind"]),
            stored.get("part", ""),
            tuple(stored.get("lines", ())),
            bool(stored.get("earmarked")),
            None if amount is None else Decimal(amount),
            stored.get("reason", ""),
        )
