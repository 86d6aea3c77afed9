"""What people do with comments: write, answer, resolve, open again, withdraw."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime

from municipalities.guard import guarded
from municipalities.models import User
from municipalities.permissions import readers_of
from workplans.models import Action, ActionLine, Block, Comment, Mention, WorkPlan
from workplans.services.notices import tell_of_comment
from workplans.services.turn import locked_plan

PLACE_GONE = (
    "Deze plaats staat niet meer in het plan; kies een andere plaats, of het hele plan. Uw tekst "
    "staat er nog."
)


def write_comment(
    plan: WorkPlan,
    *,
    by: User,
    text: str,
    spot: Block | ActionLine | Action | None = None,
    cell: str = "",
    told: Iterable[User] = (),
) -> Comment:
    """Say something about a plan or a place in it, and tell who is named.

    `told` are people beside those that the text names as `@weergavenaam`; who does not
    read the plan is told nothing. Raises `ValidationError` (`place_gone`, `empty`,
    `too_long`); the plan is locked, so the place cannot go meanwhile.
    """
    with guarded():
        plan = locked_plan(plan.pk)
        if spot is not None and not type(spot)._default_manager.filter(pk=spot.pk).exists():
            raise ValidationError({"spot": ValidationError(PLACE_GONE, code="place_gone")})
        comment = Comment(
            plan=plan,
            author=by,
            text=text,
            cell=cell,
            place=str(spot)[:500] if spot else "",
            block=spot if isinstance(spot, Block) else None,
            line=spot if isinstance(spot, ActionLine) else None,
            action=spot if isinstance(spot, Action) else None,
        )
        _store(comment, told)
    return comment


def answer_comment(comment: Comment, *, by: User, text: str, told: Iterable[User] = ()) -> Comment:
    """Answer the first comment of a conversation; its author is told.

    Raises `ValidationError`: `settled` when somebody resolved or withdrew it meanwhile.
    """
    with guarded():
        # First the plan: the place may not go while the answer is being put there too.
        locked_plan(comment.plan_id)
        first = _locked(comment)
        if first.is_settled:
            raise ValidationError(
                f"{_what_became(first)} Heropen haar eerst, of plaats een nieuwe opmerking."
                if first.withdrawn_at is None
                else f"{_what_became(first)} Plaats een nieuwe opmerking.",
                code="settled",
            )
        answer = Comment(
            plan=first.plan,
            place=first.place,
            cell=first.cell,
            block_id=first.block_id,
            line_id=first.line_id,
            action_id=first.action_id,
            author=by,
            text=text,
            answer_to=first,
        )
        _store(answer, told)
    return answer


def resolve_comment(comment: Comment, *, by: User, at: datetime.datetime) -> Comment:
    """Mark a conversation as done. Raises `ValidationError`: `settled` when it is."""
    with guarded():
        comment = _locked(comment)
        if comment.is_settled:
            raise ValidationError(
                f"{_what_became(comment)} U hoeft niets meer te doen.", code="settled"
            )
        comment.resolved_by, comment.resolved_at = by, at
        comment.save()
    return comment


def reopen_comment(comment: Comment) -> Comment:
    """Take up a conversation again. Raises `ValidationError`: `not_resolved`."""
    with guarded():
        comment = _locked(comment)
        if comment.resolved_at is None:
            raise ValidationError(
                "Deze opmerking staat al open; u kunt meteen antwoorden.", code="not_resolved"
            )
        comment.resolved_by = comment.resolved_at = None
        comment.save()
    return comment


def withdraw_comment(comment: Comment, *, at: datetime.datetime) -> Comment:
    """Hide the text for good; that there was a comment stays to be seen, and its answers
    stay. Raises `ValidationError`: `withdrawn` when it was hidden before."""
    with guarded():
        comment = _locked(comment)
        if comment.withdrawn_at is not None:
            raise ValidationError(
                "Deze opmerking is al ingetrokken; niemand leest de tekst nog.", code="withdrawn"
            )
        comment.withdrawn_at = at
        comment.save()
    return comment


def named_in(text: str, people: Iterable[User]) -> set[User]:
    """Whom a text names as `@weergavenaam`, capitals or not; of two names of which one
    begins with the other it is the longer."""
    by_name: dict[str, list[User]] = {}
    for person in people:
        by_name.setdefault(str(person).casefold(), []).append(person)
    names = sorted(by_name, key=len, reverse=True)
    if not names:
        return set()
    pattern = re.compile(rf"@({'|'.join(map(re.escape, names))})(?!\w)")
    return {person for name in pattern.findall(text.casefold()) for person in by_name[name]}


def _store(comment: Comment, told: Iterable[User]) -> None:
    comment.full_clean()
    comment.save()
    readers = list(readers_of(comment.plan.region))
    wanted = {person.pk for person in told} | {p.pk for p in named_in(comment.text, readers)}
    named = [reader for reader in readers if reader.pk in wanted and reader != comment.author]
    Mention.objects.bulk_create([Mention(comment=comment, user=person) for person in named])
    tell_of_comment(comment, named)


def _locked(comment: Comment) -> Comment:
    """The comment as it is now, for this transaction only."""
    rows = Comment.objects.select_for_update(of=("self",))
    return rows.select_related("plan__region", "author").get(pk=comment.pk)


def _what_became(comment: Comment) -> str:
    if comment.withdrawn_at is not None:
        return f"Deze opmerking is op {_day(comment.withdrawn_at)} ingetrokken."
    assert comment.resolved_at is not None
    return (
        f"Deze opmerking is op {_day(comment.resolved_at)} al afgehandeld door "
        f"{comment.resolved_by}."
    )


def _day(moment: datetime.datetime) -> str:
    return date_format(localtime(moment), r"j F Y \o\m H:i")
