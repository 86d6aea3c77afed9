"""The page where one arrives: what waits, own plans, what changed, what is left."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.template.defaultfilters import date as format_date
from django.utils.timezone import localtime

from funds.dates import AHEAD, coming_dates
from funds.figure import shows_cents
from funds.models import Fund
from funds.permissions import regions_in_full_by_fund
from municipalities.models import User
from reports.figures.regions import region_bar
from reports.figures.shapes import Drawing
from reports.fund_statement import FundStatement, StatementRow, fund_statements
from reports.moments import day_in_words, number_in_words, until
from reports.news import News, news
from reports.own_plans import OwnPlan, own_plans
from reports.waiting import Waiting, waiting
from workplans.models import ProgressRound, WorkPlan

MOST_PLANS = 5


@dataclass(frozen=True)
class FundCard:
    """A fund in short: its statement, and each region as a bar where there is money."""

    statement: FundStatement

    @property
    def parts(self) -> tuple[tuple[StatementRow, Drawing | None], ...]:
        slug = self.statement.fund.slug
        return tuple(
            (row, region_bar(row, f"figuur-{slug}-{n}"))
            for n, row in enumerate(self.statement.current, start=1)
        )


@dataclass(frozen=True)
class Coming:
    """A day that comes near, in words: `6 maart`, `over 2 dagen`."""

    what: str
    url: str
    day: str
    how_soon: str


@dataclass(frozen=True)
class StartPage:
    """What a person sees first. `roles` are sentences such as `beleidsmedewerker Katwijk`;
    `is_technical` is a sign-in for the administration and nothing else."""

    today: str
    headline: str
    roles: tuple[str, ...]
    is_technical: bool
    waiting: Waiting
    plans: tuple[OwnPlan, ...]
    more_plans: int
    reads_plans: bool
    news: News
    funds: tuple[FundCard, ...]
    dates: tuple[Coming, ...]

    @property
    def shows_cents(self) -> bool:
        """Whether the column with the amounts of the plans has cents."""
        return shows_cents(own.total for own in self.plans)


READS_PLANS = frozenset({"beleidsmedewerker", "projectleider", "lezer", "fondsbeheerder"})


def start(user: User, *, at: datetime.datetime) -> StartPage:
    """Collect the start page of a user at a moment, by the clock of the reader."""
    on = localtime(at).date()
    roles = list(user.role_assignments.select_related("region", "municipality"))
    visible = WorkPlan.objects.visible_to(user)
    count = visible.count()
    cards = funds(user, on=on)
    statements = [card.statement for card in cards]
    tasks = waiting(user, roles=[role.role for role in roles], funds=statements, on=on)
    return StartPage(
        today=format_date(on, "l j F Y").capitalize(),
        headline=_headline(tasks.count, has_role=bool(roles), is_technical=user.is_superuser),
        roles=tuple(str(role) for role in roles),
        is_technical=user.is_superuser and not roles,
        waiting=tasks,
        plans=own_plans(visible.select_related("region").in_list_order()[:MOST_PLANS], on=on),
        more_plans=max(count - MOST_PLANS, 0),
        reads_plans=any(role.role in READS_PLANS for role in roles),
        news=news(user, at=at),
        funds=cards,
        dates=_dates(user, on),
    )


def _dates(user: User, on: datetime.date) -> tuple[Coming, ...]:
    """What ends of the funds, and which progress is due, the nearest first. Four queries."""
    found = [(coming.day, coming.what, coming.url) for coming in coming_dates(user, on=on)]
    rounds = ProgressRound.objects.visible_to(user).open()
    near = rounds.filter(due_on__range=(on, on + AHEAD)).select_related("plan")
    found += [
        (round.due_on, f"{round} van {round.plan} is klaar", round.get_absolute_url())
        for round in near
    ]
    return tuple(
        Coming(what, url, day_in_words(day, on=on), until(day, on=on))
        for day, what, url in sorted(found)
    )


def funds(user: User, *, on: datetime.date) -> tuple[FundCard, ...]:
    """The card of each fund that the user may see, by name. Eight queries."""
    visible = list(Fund.objects.visible_to(user).select_related("owner").order_by("name", "pk"))
    statements = fund_statements(visible, on=on, in_full=regions_in_full_by_fund(user, visible))
    return tuple(FundCard(statement) for statement in statements)


def _headline(tasks: int, *, has_role: bool, is_technical: bool) -> str:
    if not has_role:
        return "Deze inlog is voor het beheer" if is_technical else "U heeft nog geen rol"
    if tasks == 0:
        return "Er wacht niets op u"
    if tasks == 1:
        return "Eén taak wacht op u"
    return f"{number_in_words(tasks)} taken wachten op u"
