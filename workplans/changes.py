"""What changed in the plans that somebody sees: events of plans, blocks and actions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q
from django.urls import reverse

from funds.notation import AmountState, format_euro
from municipalities.changes import (
    AMOUNT,
    Change,
    Difference,
    Recorded,
    Step,
    difference,
    grouped,
    last_known,
    recorded_since,
)
from municipalities.models import Region, User
from municipalities.permissions import READS_REGION
from workplans import lifecycle, words
from workplans.models import (
    WHOLE_PLAN,
    Action,
    ActionLine,
    ActionPoint,
    Block,
    Comment,
    CostLine,
    WorkPlan,
    anchor_of,
    full_code,
)

ACTION_WORDS = {
    "title": words.ACTION["title"].lower(),
    **{
        f"{key}_text": words.ACTION[key].lower()
        for key in ("planning", "start", "end", "municipalities")
    },
}
LONG_ACTION_WORDS = {
    key: words.ACTION[key].lower() for key in ("description", "monitoring", "note")
}


def changes(user: User, *, since: datetime.datetime) -> list[Change]:
    """What others did with the plans that the user sees, a change per thing and person.

    A fund manager reads nothing of the time before a plan was submitted, and nothing of
    what its writers say to each other. At most seventeen queries, however much there is
    to tell.
    """
    plans = _visible(user)
    if not plans:
        return []
    told = _Telling(plans, since)
    found = [change for change in told.changes() if change.by is None or change.by != user.pk]
    return grouped(found)


@dataclass(frozen=True)
class _Plan:
    slug: str
    title: str
    reads: bool
    hidden_before: datetime.datetime | None

    @property
    def url(self) -> str:
        return reverse("reports:workplan_detail", args=[self.slug])


def _visible(user: User) -> dict[int, _Plan]:
    """The plans that the user sees, with the moment from which."""
    own = Region.objects.with_role(user, *READS_REGION).filter(pk=OuterRef("region"))
    rows = list(
        WorkPlan.objects.visible_to(user)
        .annotate(reads=Exists(own))
        .values_list("pk", "slug", "title", "reads")
    )
    events: Any = WorkPlan.pgh_event_model.objects  # type: ignore[attr-defined]
    offered = events.filter(
        pgh_obj_id__in=[key for key, *_, reads in rows if not reads],
        status__in=lifecycle.SUBMITTED,
    )
    since = dict(
        offered.values_list("pgh_obj_id").annotate(at=Min("pgh_created_at")).order_by("pgh_obj_id")
        if not all(reads for *_, reads in rows)
        else ()
    )
    return {
        key: _Plan(slug, title, reads, None if reads else since.get(key))
        for key, slug, title, reads in rows
        if reads or key in since
    }


class _Telling:
    """Events of some plans since a moment, as changes; oldest first within each table."""

    def __init__(self, plans: dict[int, _Plan], since: datetime.datetime) -> None:
        self.plans, self.since = plans, since
        self.of_plans = recorded_since(WorkPlan, Q(pgh_obj_id__in=plans), since)
        new = {row.event.pgh_obj_id for row in self.of_plans if row.step == Step.ADDED}
        # A plan that is new is told once, not line by line.
        self.older = [key for key in plans if key not in new]

    def changes(self) -> Iterator[Change]:
        for row in self.of_plans:
            if self._may_tell(row, row.event.pgh_obj_id):
                yield from self._of_plan(row)
        for row in recorded_since(Block, Q(plan_id__in=self.older), self.since):
            if self._may_tell(row, row.event.plan_id):
                yield self._of_block(row)
        for row in recorded_since(ActionLine, Q(plan_id__in=self.older), self.since):
            if self._may_tell(row, row.event.plan_id):
                yield self._of_line(row)
        yield from self._of_actions()
        read = [key for key, plan in self.plans.items() if plan.reads]
        for row in recorded_since(Comment, Q(plan_id__in=read), self.since):
            yield self._of_comment(row)

    def _may_tell(self, row: Recorded, key: int) -> bool:
        before = self.plans[key].hidden_before
        return before is None or row.at >= before

    def _of_plan(self, row: Recorded) -> Iterator[Change]:
        key, old, new = row.event.pgh_obj_id, row.old, row.event
        plan = self.plans[key]

        def told(thing: str, step: Step, *texts: Difference | None) -> Change:
            return Change(
                (thing, key),
                row.by,
                row.at,
                step,
                plan.title,
                url=plan.url,
                differences=_only(*texts),
            )

        if row.step == Step.ADDED or old is None:
            yield told("plan", Step.ADDED)
            return
        offered = old.status in lifecycle.UNSUBMITTED and new.status in lifecycle.SUBMITTED
        if offered:
            yield told("submitted plan", Step.SUBMITTED)
        yield told(
            "plan",
            row.step,
            difference("titel", old.title, new.title),
            difference("periode", _period(old), _period(new)),
            None if offered else difference("status", _status(old), _status(new)),
        )

    def _of_block(self, row: Recorded) -> Change:
        old, new = row.old, row.event
        texts = old and (
            difference("kop", old.title, new.title),
            difference("tekst", old.text, new.text, is_long=True),
            difference("instellingen", str(old.options), str(new.options), is_long=True),
        )
        return self._of_part("block", row, new.title or new.get_kind_display(), texts)

    def _of_line(self, row: Recorded) -> Change:
        old, new = row.old, row.event
        texts = old and (difference("titel", old.title, new.title),)
        return self._of_part("line", row, new.title, texts, code=new.code)

    def _of_part(
        self,
        thing: str,
        row: Recorded,
        title: str,
        texts: tuple[Difference | None, ...] | None,
        code: str = "",
    ) -> Change:
        plan = self.plans[row.event.plan_id]
        return Change(
            (thing, row.event.pgh_obj_id),
            row.by,
            row.at,
            row.step,
            title,
            code=code,
            where=plan.title,
            url=plan.url,
            differences=_only(*(texts or ())),
        )

    def _of_comment(self, row: Recorded) -> Change:
        """That something was said, settled or withdrawn; what was said, the page tells to
        who opens it."""
        old, new, plan = row.old, row.event, self.plans[row.event.plan_id]
        first = new.answer_to_id or new.pgh_obj_id
        return Change(
            ("comment", new.pgh_obj_id),
            new.author_id if old is None else row.by,
            row.at,
            row.step,
            f"{'Antwoord' if new.answer_to_id else 'Opmerking'} over {new.place or WHOLE_PLAN}",
            where=plan.title,
            url=reverse("workplans:comment_detail", args=[plan.slug, first]),
            differences=_only(difference("stand", _stand(old), _stand(new))) if old else (),
        )

    def _of_actions(self) -> Iterator[Change]:
        """Actions and their amounts, also of those that are gone."""
        lines: Any = ActionLine.pgh_event_model.objects  # type: ignore[attr-defined]
        actions: Any = Action.pgh_event_model.objects  # type: ignore[attr-defined]
        in_plans = lines.filter(plan_id__in=self.older).values("pgh_obj_id")
        in_lines = actions.filter(line_id__in=in_plans).values("pgh_obj_id")
        of_actions = recorded_since(Action, Q(line_id__in=in_plans), self.since)
        of_costs = recorded_since(CostLine, Q(action_id__in=in_lines), self.since)
        touched = {row.event.pgh_obj_id for row in of_actions}
        known = last_known(Action, touched | {row.event.action_id for row in of_costs})
        line_of = last_known(ActionLine, {action.line_id for action in known.values()})
        point_of = last_known(ActionPoint, {a.point_id for a in known.values() if a.point_id})
        for key, step, row, texts in (
            *((row.event.pgh_obj_id, row.step, row, _action_texts(row)) for row in of_actions),
            *((row.event.action_id, Step.CHANGED, row, _amounts(row)) for row in of_costs),
        ):
            line = line_of[known[key].line_id]
            if line.plan_id in self.plans and self._may_tell(row, line.plan_id):
                action = known[key]
                point = point_of[action.point_id].code if action.point_id else ""
                code = full_code(line.code, point, action.code)
                yield self._of_action(action, code, line.plan_id, row, step, texts)

    def _of_action(
        self,
        action: Any,
        code: str,
        plan_key: int,
        row: Recorded,
        step: Step,
        texts: tuple[Difference, ...],
    ) -> Change:
        plan = self.plans[plan_key]
        is_gone = action.pgh_label == "delete"
        return Change(
            ("action", action.pgh_obj_id),
            row.by,
            row.at,
            step,
            action.title,
            code=code,
            where=plan.title,
            url=plan.url if is_gone else f"{plan.url}#{anchor_of(code)}",
            differences=texts,
        )


def _action_texts(row: Recorded) -> tuple[Difference, ...]:
    old, new = row.old, row.event
    if old is None or row.step != Step.CHANGED:
        return ()
    short = (
        difference(word, getattr(old, name), getattr(new, name))
        for name, word in ACTION_WORDS.items()
    )
    long = (
        difference(word, getattr(old, name), getattr(new, name), is_long=True)
        for name, word in LONG_ACTION_WORDS.items()
    )
    return _only(*short, *long)


def _amounts(row: Recorded) -> tuple[Difference, ...]:
    """The amount before and after; a cost line that comes or goes has one of the two."""
    old = _amount(row.event if row.step == Step.REMOVED else row.old)
    new = "" if row.step == Step.REMOVED else _amount(row.event)
    return _only(difference(AMOUNT, old, new))


def _amount(cost: Any) -> str:
    if cost is None:
        return ""
    if cost.state == AmountState.KNOWN and cost.amount is not None:
        return format_euro(cost.amount.amount)
    if cost.state == AmountState.UNREAD:
        return f"“{cost.text}”"
    return str(cost.get_state_display())


def _stand(comment: Any) -> str:
    if comment.withdrawn_at is not None:
        return "ingetrokken"
    return "open" if comment.resolved_at is None else "afgehandeld"


def _period(plan: Any) -> str:
    return "–".join(dict.fromkeys((str(plan.first_year), str(plan.last_year))))


def _status(plan: Any) -> str:
    return lifecycle.LABELS[lifecycle.Status(plan.status)].lower()


def _only(*found: Difference | None) -> tuple[Difference, ...]:
    return tuple(part for part in found if part is not None)
