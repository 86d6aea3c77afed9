"""Reminding people of the progress that they still have to report."""

from __future__ import annotations

import datetime

from workplans.missing import awaited, missing_reports
from workplans.models import Notice, ProgressRound
from workplans.services.notices import remind

WEEK = datetime.timedelta(days=7)


def remind_of_progress(*, on: datetime.date) -> int:
    """Remind who has not reported yet, from a week before a round is due and from that
    day on; how many people were told.

    Each of both is told once, whatever the day and however often this runs: a day on
    which it did not run is made up for on the next.
    """
    told = 0
    rounds = ProgressRound.objects.open().filter(due_on__lte=on + WEEK)
    for round in rounds.select_related("plan__region").order_by("pk"):
        kind = Notice.Kind.DUE if round.due_on <= on else Notice.Kind.SOON
        told += remind(round, kind, awaited(round, missing_reports(round)))
    return told
