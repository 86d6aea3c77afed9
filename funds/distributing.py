"""Dividing an amount of a fund over municipalities, and taking that back.

Both only add rows. Whether they add up is said by the database as well, whatever writes.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from funds.division import Division, Tranche, read_division
from funds.models import Distribution, DistributionShare, DistributionTranche, Fund
from funds.money import euros
from municipalities.guard import guarded
from municipalities.models import Municipality, Region, User


@dataclass(frozen=True)
class Proposal:
    """A distribution that nobody made yet."""

    region: Region
    title: str
    division: Division
    decided_on: datetime.date
    decision: str = ""
    from_reserve: bool = False

    @property
    def digest(self) -> str:
        """The mark of what is shown: another one when anything of it changed."""
        shown = [
            self.title,
            self.decided_on.isoformat(),
            self.decision,
            self.from_reserve,
            self.division.unit,
            self.division.proof(),
            [(each.day.isoformat(), str(each.amount)) for each in self.division.tranches],
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def distribute(
    fund: Fund, proposal: Proposal, *, by: User, answers: Sequence[Mapping[str, str]] = ()
) -> Distribution:
    """Enter a distribution as it was proposed, with its proof: tranches, and in each what
    every municipality gets. `answers` is what the rules of the fund said."""
    division = proposal.division
    whole = Distribution(
        fund=fund,
        region=proposal.region,
        title=proposal.title,
        amount=euros(division.amount),
        unit=division.unit,
        decided_on=proposal.decided_on,
        decision=proposal.decision,
        answers=list(answers),
        from_reserve=proposal.from_reserve,
        proof=division.proof(),
        tranche_count=len(division.tranches),
        share_count=len(division.rows),
        entered_by=by,
    )
    shares = {row.place.code: dict(enumerate(row.tranches, start=1)) for row in division.rows}
    keys = dict(Municipality.objects.filter(code__in=shares).values_list("code", "pk"))
    amounts = {keys[code]: by_tranche for code, by_tranche in shares.items()}
    return _enter(whole, dict(enumerate(division.tranches, start=1)), amounts)


def take_back(
    distribution: Distribution, *, reason: str, on: datetime.date, by: User
) -> Distribution:
    """Take a distribution back with one that is its opposite; both stay. A tranche that is
    still to come is taken back on its own day."""
    if Distribution.objects.filter(corrects=distribution).exists():
        raise ValidationError(
            "Deze verdeling is al teruggenomen; er hoeft niets meer te gebeuren.",
            code="corrected",
        )
    if on < distribution.decided_on:
        raise ValidationError(
            f"De verdeling is van {distribution.decided_on:%d-%m-%Y}; neem haar terug op die dag "
            "of een latere.",
            code="distribution_correction",
        )
    opposite = Distribution(
        fund=distribution.fund,
        region=distribution.region,
        title=distribution.title,
        amount=-distribution.amount,
        unit=distribution.unit,
        decided_on=on,
        reason=reason,
        from_reserve=distribution.from_reserve,
        corrects=distribution,
        tranche_count=distribution.tranche_count,
        share_count=distribution.share_count,
        entered_by=by,
    )
    tranches = {
        each.number: Tranche(max(each.dated_on, on), -each.amount.amount)
        for each in distribution.tranches.all()
    }
    amounts: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for number, municipality, amount in DistributionShare.objects.filter(
        tranche__distribution=distribution
    ).values_list("tranche__number", "municipality", "amount"):
        amounts[municipality][number] = -amount
    return _enter(opposite, tranches, amounts)


def stored_division(distribution: Distribution) -> Division:
    """A distribution as it was made, from its rows and its proof. Two queries."""
    tranches = [
        Tranche(each.dated_on, each.amount.amount)
        for each in distribution.tranches.order_by("number")
    ]
    shares: dict[str, list[Decimal]] = defaultdict(list)
    for code, amount in (
        DistributionShare.objects.filter(tranche__distribution=distribution)
        .order_by("tranche__number")
        .values_list("municipality__code", "amount")
    ):
        shares[code].append(amount)
    return read_division(distribution.proof, tranches, shares, unit=distribution.unit)


def _enter(
    whole: Distribution, tranches: dict[int, Tranche], amounts: dict[int, dict[int, Decimal]]
) -> Distribution:
    """Write a distribution whole or not at all; `amounts` by key of the municipality and
    number of the tranche."""
    with guarded():
        whole.full_clean()
        whole.save()
        stored = {}
        for number, tranche in tranches.items():
            stored[number] = DistributionTranche.objects.create(
                distribution=whole,
                number=number,
                dated_on=tranche.day,
                amount=euros(tranche.amount),
            )
        DistributionShare.objects.bulk_create(
            DistributionShare(
                tranche=stored[number], municipality_id=municipality, amount=euros(amount)
            )
            for municipality, by_tranche in amounts.items()
            for number, amount in by_tranche.items()
        )
    return whole
