"""Days of a fund that come near: rounds that close, envelopes and funds that end."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse

from funds.models import Envelope, Fund, Round
from municipalities.models import Region, User
from municipalities.permissions import READS_REGION

AHEAD = datetime.timedelta(days=60)


@dataclass(frozen=True)
class ComingDate:
    """A day, and what happens at the end of it."""

    day: datetime.date
    what: str
    fund: Fund

    @property
    def url(self) -> str:
        return reverse("reports:fund_detail", args=[self.fund.slug])


def coming_dates(user: User, *, on: datetime.date) -> list[ComingDate]:
    """What ends from this day on, within `AHEAD`, of the funds that the user sees; the
    nearest first. Envelopes of the own regions only, and all for who manages the fund.
    Three queries."""
    funds = Fund.objects.visible_to(user)
    span = (on, on + AHEAD)
    rounds = Round.objects.filter(fund__in=funds, closes_on__range=span)
    found = [
        ComingDate(row.closes_on, f"{row.name} sluit", row.fund)
        for row in rounds.select_related("fund")
        if row.closes_on
    ]
    own = Region.objects.with_role(user, *READS_REGION)
    envelopes = Envelope.objects.filter(fund__in=funds, ends_on__range=span)
    visible = envelopes.filter(region__in=own) | envelopes.filter(fund__in=funds.managed_by(user))
    found += [
        ComingDate(row.ends_on, f"De ruimte van {row.region.name} loopt af", row.fund)
        for row in visible.select_related("fund", "region")
    ]
    found += [
        ComingDate(fund.ends_on, f"{fund.name} loopt af", fund)
        for fund in funds.filter(ends_on__range=span)
        if fund.ends_on
    ]
    return sorted(found, key=lambda coming: (coming.day, coming.what))
