"""When somebody was here: a visit ends after some hours without a request."""

from __future__ import annotations

import datetime

from municipalities.models import User

ENDS_AFTER = datetime.timedelta(hours=4)
NOTED_EVERY = datetime.timedelta(minutes=15)


def note_visit(user: User, *, at: datetime.datetime) -> None:
    """Note that the user made a request, and where a visit began, when the last ended.

    At most one UPDATE per quarter of an hour, so the end of a visit is known to that
    precision and never too late: a change is rather told twice than not at all. Users are
    not tracked, so nothing enters the history.
    """
    seen = user.last_seen_at
    if seen is not None and at - seen < NOTED_EVERY:
        return
    until = seen if seen is not None and at - seen >= ENDS_AFTER else user.visited_until
    # Of two requests at once, only the first counts: the second finds another moment.
    User.objects.filter(pk=user.pk, last_seen_at=seen).update(last_seen_at=at, visited_until=until)
    user.last_seen_at, user.visited_until = at, until
