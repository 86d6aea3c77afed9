"""What was last reported of actions, for the plan that comes after."""

from __future__ import annotations

from collections.abc import Iterable

from funds.notation import AmountState, format_euro
from workplans.models import ActionProgress
from workplans.planfile import Told


def told_of(actions: Iterable[int]) -> dict[int, Told]:
    """The newest report of each of these actions, by its key. One query."""
    rows = (
        ActionProgress.objects.filter(action__in=list(actions))
        .order_by("action_id", "-round__year", "-round__half")
        .distinct("action_id")
    )
    return {row.action_id: _told(row) for row in rows}


def _told(report: ActionProgress) -> Told:
    actual = report.actual_text
    if report.actual is not None:
        actual = format_euro(report.actual.amount)
    elif report.state == AmountState.BLANK:
        actual = ""
    elif report.state != AmountState.UNREAD:
        actual = report.get_state_display()
    return Told(report.get_status_display(), report.text, report.attention, actual.rstrip("."))
