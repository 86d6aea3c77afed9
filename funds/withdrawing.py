"""Taking an application back, and asking the same again afterwards."""

from __future__ import annotations

import datetime

from funds.models import Application, ApplicationWithdrawal, Envelope, Round
from municipalities.guard import guarded


def withdraw_application(
    application: Application, *, dated_on: datetime.date, reason: str
) -> ApplicationWithdrawal:
    """Write down that an application is taken back; the application itself stays.

    Raises `ValidationError`: `withdrawal_granted`, `withdrawal_day`, that it was withdrawn
    before, or that the reason is missing.
    """
    row = ApplicationWithdrawal(application=application, dated_on=dated_on, reason=reason)
    with guarded():
        row.full_clean()
        row.save()
    return row


def next_attempt(envelope: Envelope, found: Round, title: str) -> int:
    """Which attempt a new application would be: the number of the last one again where
    that still stands, so that the constraint refuses it. One query."""
    last = (
        Application.objects.filter(envelope=envelope, round=found, title=title)
        .order_by("-attempt")
        .values_list("attempt", "withdrawal")
        .first()
    )
    if last is None:
        return 1
    attempt, withdrawal = last
    return attempt if withdrawal is None else attempt + 1
