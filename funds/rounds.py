"""What is granted in a round, and what its ceiling leaves."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from funds.balance import counted
from funds.figure import Figure
from funds.models import Grant, GrantEntry, Round


@dataclass(frozen=True)
class RoundStanding:
    """A round on a day: what is granted in it, with the later changes, in euros."""

    round: Round
    granted: Figure

    @property
    def left(self) -> Figure | None:
        """What the ceiling leaves; None without a ceiling."""
        if self.round.ceiling is None:
            return None
        return Figure.of(self.round.ceiling.amount) - self.granted


def round_standings(rounds: Iterable[Round], on: datetime.date) -> list[RoundStanding]:
    """Each round on that day, in the order given. Two queries."""
    wanted = list(rounds)
    sums: dict[int, Decimal] = defaultdict(Decimal)
    changes = GrantEntry.objects.filter(kind=GrantEntry.Kind.CHANGE)
    for entries, path in ((Grant.objects.all(), ""), (changes, "grant__")):
        by = f"{path}line__application__round"
        found = entries.filter(counted(on), **{f"{by}__in": wanted}).order_by(by)
        for key, total in found.values_list(by).annotate(total=Sum("amount")):
            sums[key] += total
    return [RoundStanding(each, Figure.of(sums[each.pk])) for each in wanted]
