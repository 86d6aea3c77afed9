"""What was asked and granted since a moment, as far as somebody sees it."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.urls import reverse

from funds.models import Application, ApplicationLine, ApplicationWithdrawal, Grant
from funds.notation import format_euro
from municipalities.changes import AMOUNT, Change, Difference, Recorded, Step, recorded_since
from municipalities.models import User


def changes(
    user: User,
    *,
    since: datetime.datetime,
    told_elsewhere: QuerySet[Application],
) -> list[Change]:
    """Applications that others submitted or withdrew and what others granted on them, a
    change per application and person.

    `told_elsewhere` are applications whose submission somebody else tells, such as those
    of plans. At most seven queries, however much there is to tell.
    """
    visible = Application.objects.visible_to(user)
    found = [
        *_submitted(visible, since, told_elsewhere),
        *_withdrawn(visible, since, told_elsewhere),
        *_granted(visible, since),
    ]
    return [change for change in found if change.by is None or change.by != user.pk]


def _submitted(
    visible: QuerySet[Application],
    since: datetime.datetime,
    told_elsewhere: QuerySet[Application],
) -> Iterator[Change]:
    here = visible.exclude(pk__in=told_elsewhere.values("pk"))
    rows = recorded_since(Application, Q(pgh_obj_id__in=here.values("pk")), since)
    applications = _fetched([row.event.pgh_obj_id for row in rows])
    for row in rows:
        yield _change("application", applications[row.event.pgh_obj_id], row, Step.SUBMITTED)


def _withdrawn(
    visible: QuerySet[Application],
    since: datetime.datetime,
    told_elsewhere: QuerySet[Application],
) -> Iterator[Change]:
    here = visible.exclude(pk__in=told_elsewhere.values("pk"))
    wanted = Q(application_id__in=here.values("pk"))
    rows = recorded_since(ApplicationWithdrawal, wanted, since)
    applications = _fetched([row.event.application_id for row in rows])
    for row in rows:
        yield _change("withdrawal", applications[row.event.application_id], row, Step.WITHDRAWN)


def _granted(visible: QuerySet[Application], since: datetime.datetime) -> Iterator[Change]:
    """Grants added up per application and person: one decision has many lines."""
    lines = ApplicationLine.objects.filter(application__in=visible)
    rows = recorded_since(Grant, Q(line_id__in=lines.values("pk")), since)
    wanted = [row.event.line_id for row in rows]
    of_line = dict(
        ApplicationLine.objects.filter(pk__in=wanted).values_list("pk", "application")
        if wanted
        else ()
    )
    applications = _fetched(list(of_line.values()))
    found: dict[tuple[int, int | None], tuple[Recorded, Decimal]] = {}
    for row in rows:
        key = (of_line[row.event.line_id], row.by)
        amount = row.event.amount.amount
        sofar = found.get(key)
        found[key] = (row, amount + sofar[1] if sofar else amount)
    for (application, _), (row, total) in found.items():
        change = _change("grant", applications[application], row, Step.GRANTED)
        granted = Difference(AMOUNT, new=format_euro(total))
        yield dataclasses.replace(change, differences=(granted,))


def _fetched(keys: list[int]) -> dict[int, Application]:
    if not keys:
        return {}
    return Application.objects.select_related("envelope__fund").in_bulk(keys)


def _change(kind: str, application: Application, row: Recorded, step: Step) -> Change:
    fund = application.envelope.fund
    return Change(
        (kind, application.pk),
        row.by,
        row.at,
        step,
        application.title,
        where=fund.name,
        url=reverse("reports:fund_detail", args=[fund.slug]),
    )
