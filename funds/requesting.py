"""What the recipient of a grant says: what was spent, and which amount it should become.

The settlement says what the fund manager accepts of an accountability, and a change of
the grant answers a request; neither is money by itself. Raises `ValidationError`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError

from funds.balance import Standing
from funds.models import Accountability, Application, ChangeRequest, Grant
from funds.money import euros
from municipalities.guard import guarded
from municipalities.models import User

Outcome = ChangeRequest.Outcome


def account(
    grant: Grant, realised: Decimal, *, text: str, on: datetime.date, by: User
) -> Accountability:
    """Write down what was spent on a grant; it stands until another one comes, of that day
    or later."""
    with guarded():
        later = Accountability.objects.filter(grant=grant, dated_on__gt=on).order_by("dated_on")
        if (last := later.last()) is not None:
            raise ValidationError(
                f"Er is al een verantwoording van {last.dated_on:%d-%m-%Y} op {grant.line}, en die "
                "zou blijven tellen; kies die dag of een latere.",
                code="account_day",
            )
        entry = Accountability(
            grant=grant, realised=euros(realised), text=text, dated_on=on, entered_by=by
        )
        entry.full_clean()
        entry.save()
    return entry


def request_changes(
    amounts: Mapping[Standing, Decimal], *, reason: str, on: datetime.date, by: User
) -> list[ChangeRequest]:
    """Ask for other amounts of grants, one request each, all or none."""
    requests = [
        ChangeRequest(
            grant=standing.grant,
            granted=euros(standing.granted),
            requested=euros(amount),
            reason=reason,
            dated_on=on,
            entered_by=by,
        )
        for standing, amount in amounts.items()
    ]
    with guarded():
        for request in requests:
            request.full_clean()
            request.save()
    return requests


def refuse_request(request: ChangeRequest, *, reason: str, by: User) -> ChangeRequest:
    """Refuse a request; the grant stays what it is."""
    return _answer(request, Outcome.REFUSED, reason, by)


def answer_by_change(grant: Grant, *, reason: str, by: User) -> None:
    """A change of a grant answers the request that waits for it, whatever the amount."""
    for request in grant.requests.open():
        _answer(request, Outcome.GRANTED, reason, by)


def open_requests(application: Application) -> dict[int, ChangeRequest]:
    """The requests that wait for an answer, by key of the grant. One query."""
    found = ChangeRequest.objects.open().filter(grant__line__application=application)
    return {request.grant_id: request for request in found.order_by("grant__line__position")}


def last_accounts(application: Application, on: datetime.date) -> dict[int, Accountability]:
    """What stands on a day of what was spent, by key of the grant. One query."""
    found = Accountability.objects.filter(grant__line__application=application, dated_on__lte=on)
    rows = found.select_related("entered_by").order_by("dated_on", "pk")
    return {row.grant_id: row for row in rows}


def waiting_requests(user: User) -> list[ChangeRequest]:
    """Open ones in funds that the user manages, the oldest first. One query."""
    found = ChangeRequest.objects.open().managed_by(user)
    return list(
        found.select_related(
            "grant__line__application__envelope__fund",
            "grant__line__application__envelope__region",
        ).order_by("dated_on", "pk")
    )


def _answer(request: ChangeRequest, outcome: str, reason: str, by: User) -> ChangeRequest:
    with guarded():
        held = ChangeRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        held.outcome, held.answer, held.closed_by = outcome, reason, by
        held.full_clean()
        held.save()
    return held
