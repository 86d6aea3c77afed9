"""Telling people: a notice for each, which one reads in the application or by mail."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models.functions import Now

from municipalities.models import User
from municipalities.permissions import readers_of, writers_of
from workplans.models import Comment, Notice, ProgressRound, WorkPlan
from workplans.services.digests import send_digest


def tell_of_comment(comment: Comment, named: Iterable[User]) -> None:
    """Tell who is named, and the author of what it answers. The caller holds the
    transaction; who wants mail at once gets it when that ends well."""
    told = dict.fromkeys(named, Notice.Kind.MENTION)
    first = comment.answer_to
    if first is not None and first.author != comment.author and first.author.is_active:
        told.setdefault(first.author, Notice.Kind.ANSWER)
    _tell(
        Notice(user=person, plan=comment.plan, kind=kind, comment=comment, by=comment.author)
        for person, kind in told.items()
    )


def tell_of_status(plan: WorkPlan, *, by: User | None) -> None:
    """Tell everybody who reads the plans of the region, but for who did it, what status
    the plan has now. The caller holds the transaction and changed the status in it."""
    kind = Notice.Kind.STATUS
    _tell(
        Notice(user=person, plan=plan, kind=kind, status=plan.status, by=by)
        for person in readers_of(plan.region)
        if person != by
    )


def tell_of_round(round: ProgressRound, *, by: User) -> None:
    """Tell who writes policy for the region, but for who did it, that progress is asked
    for. The caller holds the transaction and opened the round in it."""
    kind = Notice.Kind.ROUND
    _tell(
        Notice(user=person, plan=round.plan, kind=kind, round=round, by=by)
        for person in writers_of(round.plan.region)
        if person != by
    )


def remind(round: ProgressRound, kind: str, people: Iterable[User]) -> int:
    """Remind these people of a round, each once for each kind; how many that were."""
    with transaction.atomic():
        told = set(round.notices.filter(kind=kind).values_list("user", flat=True))
        new = [person for person in people if person.pk not in told]
        _tell(
            (Notice(user=person, plan=round.plan, kind=kind, round=round) for person in new),
            ignore_conflicts=True,
        )
    return len(new)


def read_notices(user: User, *, about: Iterable[Comment] | None = None) -> int:
    """Mark what the user was told as read: all of it, or what these comments were about.
    How many that were."""
    unread = Notice.objects.filter(user=user.pk).unread()
    if about is not None:
        unread = unread.filter(comment__in=[comment.pk for comment in about])
    return unread.update(read_at=Now())


def _tell(notices: Iterable[Notice], *, ignore_conflicts: bool = False) -> None:
    made = Notice.objects.bulk_create(list(notices), ignore_conflicts=ignore_conflicts)
    for notice in made:
        if notice.user.mailing == User.Mailing.DIRECT:
            # A mail server that is away is no reason to refuse what somebody wrote: what
            # was not sent waits for the next round of digests.
            transaction.on_commit(partial(send_digest, notice.user_id), robust=True)
