"""Who decides about a plan, what is put forward, and what they decide."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Max

from municipalities.guard import guarded
from municipalities.models import Municipality, User
from workplans import lifecycle
from workplans.models import Adoption, BodyDecision, DecisionBody, PlanVersion, WorkPlan
from workplans.services.turn import locked_plan

NAMES = {
    DecisionBody.Kind.EXECUTIVE: "college van {}",
    DecisionBody.Kind.COUNCIL: "gemeenteraad van {}",
}
"""What the bodies that every municipality has are called in a proposal."""


def name_body(
    plan: WorkPlan,
    *,
    kind: str,
    name: str,
    role: str = DecisionBody.Role.DECIDES,
    municipality: Municipality | None = None,
    due_on: datetime.date | None = None,
) -> DecisionBody:
    """Name who decides about the plan, or gives advice, as the last one. Raises
    `ValidationError`, `adopted` among others."""
    with guarded():
        plan = locked_plan(plan.pk)
        _refuse_adopted(plan)
        last = plan.bodies.aggregate(last=Max("position"))["last"]
        body = DecisionBody(
            plan=plan,
            position=0 if last is None else last + 1,
            kind=kind,
            name=name,
            role=role,
            municipality=municipality,
            due_on=due_on,
        )
        body.full_clean()
        body.save()
        return body


def propose_bodies(plan: WorkPlan, kind: DecisionBody.Kind) -> list[DecisionBody]:
    """Name the college, or the council, of every member of the region that exists on the
    first day of the plan, but for those named already."""
    with guarded():
        plan = locked_plan(plan.pk)
        named = set(plan.bodies.values_list("name", flat=True))
        members = Municipality.objects.valid_on(plan.starts_on).filter(
            memberships__region=plan.region
        )
        names = {NAMES[kind].format(row.name): row for row in members.order_by("sort_name")}
        return [
            name_body(plan, kind=kind, name=name, municipality=municipality)
            for name, municipality in names.items()
            if name not in named
        ]


def change_body(body: DecisionBody) -> DecisionBody:
    """Store a changed body. Raises `ValidationError`: `body_decided` where it changes what
    stands fast by then, or `adopted`."""
    with guarded():
        _refuse_adopted(locked_plan(body.plan_id))
        body.full_clean()
        body.save()
        return body


def remove_body(body: DecisionBody) -> None:
    """Remove a body that decided nothing. Raises `ValidationError`: `body_decided`, or
    `adopted`."""
    with guarded():
        _refuse_adopted(locked_plan(body.plan_id))
        if body.decisions.exists():
            raise ValidationError(
                f"{body.in_sentence} heeft al besloten en blijft bij dit plan; haal alleen weg wie "
                "nog niet besloot.",
                code="body_decided",
            )
        DecisionBody.objects.filter(pk=body.pk).delete()


def put_forward(
    plan: WorkPlan, version: PlanVersion | None, *, majority: str, on: datetime.date
) -> Adoption:
    """Say which version is decided about from that day, and by which majority. A version
    that was put forward already keeps its day. Raises `ValidationError`."""
    with guarded():
        plan = locked_plan(plan.pk)
        _refuse_adopted(plan)
        adoption = Adoption.objects.filter(plan=plan).first() or Adoption(plan=plan)
        if adoption.version != version:
            adoption.version = version
            adoption.put_forward_on = on if version else None
        adoption.majority = majority
        adoption.full_clean()
        adoption.save()
        return adoption


def record_decision(
    body: DecisionBody,
    version: PlanVersion,
    *,
    outcome: str,
    dated_on: datetime.date,
    on: datetime.date,
    reference: str = "",
    condition: str = "",
    by: User | None = None,
) -> BodyDecision:
    """Write down what a body decided about a version; `on` is today. Raises
    `ValidationError`: `future`, `decision_before_version`, `decision_other_plan` and what
    is wrong with the texts."""
    if dated_on > on:
        raise ValidationError(
            {
                "dated_on": ValidationError(
                    "Deze dag moet nog komen; leg het besluit vast als het genomen is.",
                    code="future",
                )
            }
        )
    decision = BodyDecision(
        body=body,
        version=version,
        outcome=outcome,
        dated_on=dated_on,
        reference=reference,
        condition=condition,
        entered_by=by,
        entered_by_name=str(by) if by else "",
    )
    with guarded():
        decision.full_clean()
        decision.save()
    return decision


def _refuse_adopted(plan: WorkPlan) -> None:
    if lifecycle.Status(plan.status) in lifecycle.UNCHANGING:
        raise ValidationError(
            "Dit plan is vastgesteld; wie daarover besloot en met welke meerderheid, staat vast.",
            code="adopted",
        )
