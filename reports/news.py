"""What others changed since the last visit, as a reader is told it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localtime

from funds import changes as fund_changes
from funds.models import Application
from municipalities.changes import Change
from municipalities.models import User
from reports.moments import moment_in_words, when
from workplans import changes as plan_changes
from workplans.models import WorkPlan

MOST_NEWS = 10
LONGEST_ABSENCE = datetime.timedelta(days=60)
NOBODY = "Systeembeheer"
SOMEBODY_GONE = "Een vroegere collega"


@dataclass(frozen=True)
class NewsItem:
    """A change with the name of who did it and the moment in words."""

    change: Change
    who: str
    when: str


@dataclass(frozen=True)
class News:
    """Newest first; `more` were left out. Without a visit before, `since` is empty."""

    since: str = ""
    items: tuple[NewsItem, ...] = ()
    more: int = 0


def news(user: User, *, at: datetime.datetime) -> News:
    """What changed between the last visit of the user and a moment.

    Looks back at most `LONGEST_ABSENCE`. The number of queries does not depend on how
    much there is to tell.
    """
    if user.visited_until is None:
        return News()
    since = max(user.visited_until, at - LONGEST_ABSENCE)
    found = plan_changes.changes(user, since=since)
    plans = WorkPlan.objects.visible_to(user).values("pk")
    of_plans = Application.objects.filter(
        Q(plan_application__plan__in=plans) | Q(taken_back__step__plan__in=plans)
    )
    found += fund_changes.changes(user, since=since, told_elsewhere=of_plans)
    found.sort(key=lambda change: (change.at, change.thing), reverse=True)
    shown = found[:MOST_NEWS]
    people = User.objects.in_bulk({change.by for change in shown if change.by is not None})
    today = localtime(at).date()
    return News(
        moment_in_words(since, on=today),
        tuple(
            NewsItem(change, _who(change.by, people), when(change.at, on=today)) for change in shown
        ),
        len(found) - len(shown),
    )


def _who(key: int | None, people: dict[int, User]) -> str:
    if key is None:
        return NOBODY
    return str(people[key]) if key in people else SOMEBODY_GONE
