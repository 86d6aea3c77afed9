"""By which day something of an application has to be done, where the law on grants says so."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Min

from funds import terms
from funds.balance import Standing
from funds.models import (
    Accountability,
    Application,
    CompletionRequest,
    Fund,
    GrantEntry,
    Provision,
)


@dataclass(frozen=True)
class Deadline:
    """The last day for something, and the day on which it was done, if it was."""

    term: terms.Term
    day: datetime.date
    done_on: datetime.date | None = None


def decision_days(
    applications: Sequence[Application], on: datetime.date
) -> dict[int, datetime.date]:
    """By which day to decide on each application to a fund under the law on grants, by its
    key, as known on a day. One query."""
    found = [each for each in applications if _has_terms(each)]
    asked: dict[int, list[CompletionRequest]] = {each.pk: [] for each in found}
    requests = CompletionRequest.objects.filter(application__in=asked, dated_on__lte=on)
    for request in requests.order_by("pk") if asked else ():
        asked[request.application_id].append(request)
    return {each.pk: _decision_day(each, asked[each.pk], on) for each in found}


def deadlines(
    application: Application,
    found: Sequence[Standing],
    *,
    provided: Iterable[Provision],
    completions: Sequence[CompletionRequest],
    on: datetime.date,
) -> list[Deadline]:
    """Every term of an application on a day, in the order of its life; none for a fund of
    another regime. Two queries at most."""
    if not _has_terms(application):
        return []
    periods = [each for each in provided if each.starts_on is not None]
    return [
        *_asking(application, periods),
        *(
            Deadline(terms.COMPLETION, each.due_on, _by(each.answered_on, on))
            for each in completions
        ),
        Deadline(
            terms.DECISION,
            _decision_day(application, completions, on),
            max((each.grant.dated_on for each in found if each.grant), default=None)
            if all(each.is_decided for each in found)
            else None,
        ),
        *_paying(found),
        *_settling(found, periods, on),
        *_recovering(found),
    ]


def _has_terms(application: Application) -> bool:
    return application.envelope.fund.regime == Fund.Regime.GRANT


def _by(day: datetime.date | None, on: datetime.date) -> datetime.date | None:
    return day if day is not None and day <= on else None


def _decision_day(
    application: Application, completions: Iterable[CompletionRequest], on: datetime.date
) -> datetime.date:
    requests = [(each.dated_on, each.due_on, _by(each.answered_on, on)) for each in completions]
    return terms.last_day(terms.DECISION, application.submitted_on, terms.suspended_days(requests))


def _asking(application: Application, periods: Iterable[Provision]) -> list[Deadline]:
    return [
        Deadline(
            terms.APPLICATION,
            terms.last_day(terms.APPLICATION, first),
            application.submitted_on,
        )
        for first in sorted({each.starts_on for each in periods if each.starts_on})
    ]


def _paying(found: Iterable[Standing]) -> list[Deadline]:
    """Of each day of a decision of which something is not paid yet."""
    waiting = {
        each.grant.dated_on
        for each in found
        if each.grant and each.payable > 0 and not each.is_settled
    }
    return [Deadline(terms.PAYMENT, terms.last_day(terms.PAYMENT, day)) for day in sorted(waiting)]


def _settling(
    found: Iterable[Standing], periods: Sequence[Provision], on: datetime.date
) -> list[Deadline]:
    """Of each period; done when each of its grants was accounted for, and silent where
    it was settled without that. Who mends an accountability later was in time all the same."""
    if not periods:
        return []
    grants = [each for each in found if each.grant and each.granted]
    accounts = Accountability.objects.filter(
        grant__in=[each.grant for each in grants], dated_on__lte=on
    )
    first = dict(accounts.values_list("grant").annotate(day=Min("dated_on")).order_by())
    made = []
    for period in periods:
        if period.ends_on is None:
            continue
        of_it = [
            each.grant.pk
            for each in grants
            if each.grant and each.grant.dated_on == period.dated_on
            if not each.is_settled or each.grant.pk in first
        ]
        days = [first[key] for key in of_it if key in first]
        if of_it:
            done = max(days) if len(days) == len(of_it) else None
            day = terms.last_day(terms.SETTLEMENT, period.ends_on)
            made.append(Deadline(terms.SETTLEMENT, day, done))
    return made


def _recovering(found: Iterable[Standing]) -> list[Deadline]:
    """Of each settlement of which something may still be asked back."""
    grants = [each.grant for each in found if each.grant and each.recoverable > 0]
    if not grants:
        return []
    entries = GrantEntry.objects.filter(
        grant__in=grants, kind=GrantEntry.Kind.SETTLEMENT, corrects=None, correction=None
    )
    days = entries.values_list("grant").annotate(day=Max("dated_on")).order_by()
    return [
        Deadline(terms.RECOVERY, terms.last_day(terms.RECOVERY, day))
        for day in sorted({day for _, day in days})
    ]
