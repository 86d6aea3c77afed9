"""The page where one arrives: the headline, own plans, and what the funds have left."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from funds.models import Fund
from funds.permissions import regions_in_full_by_fund
from municipalities.models import User
from reports.fund_statement import FundStatement, fund_statements
from reports.plan_list import plan_list
from reports.table import Table
from workplans.models import WorkPlan

MOST_PLANS = 5


@dataclass(frozen=True)
class StartPage:
    """What a person sees first. `roles` are sentences such as `beleidsmedewerker Katwijk`."""

    headline: str
    roles: tuple[str, ...]
    plans: Table
    more_plans: int
    funds: tuple[FundStatement, ...]


def start(user: User, *, on: datetime.date) -> StartPage:
    """Collect the start page of a user on a day."""
    visible = WorkPlan.objects.visible_to(user)
    count = visible.count()
    plans = visible.select_related("region").in_list_order()[:MOST_PLANS]
    roles = tuple(
        str(role) for role in user.role_assignments.select_related("region", "municipality")
    )
    return StartPage(
        headline=_headline(count, roles),
        roles=roles,
        plans=plan_list(plans),
        more_plans=max(count - MOST_PLANS, 0),
        funds=funds(user, on=on),
    )


def funds(user: User, *, on: datetime.date) -> tuple[FundStatement, ...]:
    """The statement of each fund that the user may see, by name. Eight queries."""
    visible = list(Fund.objects.visible_to(user).select_related("owner").order_by("name", "pk"))
    return fund_statements(visible, on=on, in_full=regions_in_full_by_fund(user, visible))


def _headline(count: int, roles: tuple[str, ...]) -> str:
    if not roles:
        return "U heeft nog geen rol"
    if count == 0:
        return "Er zijn nog geen plannen voor u"
    return "Eén plan voor u" if count == 1 else f"{count} plannen voor u"
