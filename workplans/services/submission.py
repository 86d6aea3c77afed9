"""Submitting a plan: its costs become application lines, written once."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError

from funds.notation import AmountState
from funds.services import submit_application
from municipalities.guard import guarded
from workplans import lifecycle
from workplans.asking import asked_lines, envelope_of
from workplans.models import CostLine, PlanApplication, WorkPlan


def submit_workplan(plan: WorkPlan, *, on: datetime.date) -> WorkPlan:
    """Submit the plan to every round it names, on that day; the plan is locked.

    The reference date of the plan becomes that day where it lies before it. Raises
    `ValidationError` with all reasons at once; then nothing has changed.
    """
    with guarded():
        plan = WorkPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        if plan.status not in lifecycle.SUBMIT.sources:
            raise ValidationError(
                f"Dit plan is al {plan.get_status_display().lower()}; indienen kan één keer.",
                code="already_submitted",
            )
        write_applications(plan, on=on)
        plan.status = lifecycle.SUBMIT.target.value
        plan.as_of = max(plan.as_of, on)
        plan.full_clean()
        plan.save()
    return plan


def write_applications(plan: WorkPlan, *, on: datetime.date | None = None) -> None:
    """Write the application of each round that has none yet; `on` overrules the day
    that stands with the round. The caller holds the transaction."""
    rows = list(plan.applications.select_related("round__fund").order_by("position", "pk"))
    open_rows = [row for row in rows if row.application_id is None]
    faults = [*unread_cells(plan), *_without_round(rows), *_without_fund(plan, rows)]
    for row in open_rows:
        faults += _obstacles(plan, row, on or row.submitted_on)
    if not faults:
        for row in open_rows:
            faults += _write(plan, row, rows, on or row.submitted_on)
    if faults:
        raise ValidationError(faults)


def unread_cells(plan: WorkPlan) -> list[ValidationError]:
    """A fault for each cell that nobody could read: they stop a submission."""
    costs = CostLine.objects.filter(action__line__plan=plan).select_related("action__line")
    faults = [
        _unread(cost.action.full_code, "is het bedrag", cost.text)
        for cost in costs.filter(state=AmountState.UNREAD)
    ]
    for line in plan.lines.prefetch_related("actions"):
        for action in line.actions.all():
            code = f"{line.code}{action.code}"
            if action.planning_unread:
                faults.append(_unread(code, "is de planning", action.planning_text))
            if action.municipalities_unread:
                faults.append(_unread(code, "zijn de gemeenten", action.municipalities_text))
    return faults


def _obstacles(
    plan: WorkPlan, row: PlanApplication, day: datetime.date | None
) -> list[ValidationError]:
    """What is missing before a round can be applied in."""
    faults = []
    if day is None:
        faults.append(
            _fault("no_day", f"Bij {row.round} ontbreekt de dag van indienen; vul die in.")
        )
    if envelope_of(plan, row) is None:
        faults.append(
            _fault(
                "no_envelope",
                f"{plan.region.name} heeft in {row.round.fund.name} geen ruimte in "
                f"{plan.period_text}; vraag de fondsbeheerder die te openen.",
            )
        )
    return faults


def _write(
    plan: WorkPlan,
    row: PlanApplication,
    rows: list[PlanApplication],
    day: datetime.date | None,
) -> list[ValidationError]:
    """Write one application, once nothing stands in its way."""
    envelope = envelope_of(plan, row)
    assert envelope is not None
    assert day is not None
    try:
        row.application = submit_application(
            envelope,
            round=row.round,
            title=plan.title,
            lines=list(asked_lines(plan, row, alone=len(rows) == 1)),
            submitted_on=day,
        )
    except ValidationError as refusal:
        return list(ValidationError([refusal]).error_list)
    row.submitted_on = day
    row.save()
    return []


def _without_fund(plan: WorkPlan, rows: list[PlanApplication]) -> list[ValidationError]:
    """With several applications each cost line names its fund, and each fund has one
    round: otherwise an amount would be asked nowhere, or twice."""
    if len(rows) < 2:
        return []
    funds = [row.round.fund.slug for row in rows]
    if len(set(funds)) < len(funds):
        return [
            _fault(
                "fund_twice",
                "Het plan vraagt twee keer in hetzelfde fonds; laat er één ronde van staan.",
            )
        ]
    costs = (
        CostLine.objects.filter(action__line__plan=plan)
        .exclude(state=AmountState.NOT_APPLICABLE)
        .exclude(funding_text__in=funds)
        .select_related("action__line")
        .order_by("action__line__position", "action__position", "pk")
    )
    return [
        _fault(
            "no_fund",
            f"Bij {cost.action.full_code} staat niet uit welk fonds het bedrag komt; kies uit "
            f"{', '.join(funds)}.",
        )
        for cost in costs
    ]


def _without_round(rows: list[PlanApplication]) -> list[ValidationError]:
    if rows:
        return []
    return [
        _fault(
            "no_round",
            "Het plan noemt geen aanvraagronde; voeg de ronde toe waarin u geld vraagt.",
        )
    ]


def _unread(code: str, cell: str, text: str) -> ValidationError:
    return _fault(
        "unread",
        f"Bij {code} {cell} niet te lezen (“{text[:60]}”); maak die cel eerst goed.",
    )


def _fault(code: str, sentence: str) -> ValidationError:
    return ValidationError(sentence, code=code)
