"""Why a plan cannot be submitted: every reason at once, and the cell it is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from funds.notation import AmountState
from funds.services import new_application
from workplans.asking import asked_lines, envelope_of
from workplans.models import Action, CostLine, PlanApplication, WorkPlan, anchor_of
from workplans.readiness import unread_cells

UNREAD_CELLS = {
    "amount": "is het bedrag",
    "division": "zijn de gemeenten",
    "planning": "is de planning",
    "start": "is de start",
    "end": "is het eind",
    "municipalities": "zijn de gemeenten",
}


@dataclass(frozen=True)
class Reason:
    """One reason; `action` is the code of the action whose cell it is about, if any, and
    `url` the page on which it is explained, where that is not the plan."""

    code: str
    sentence: str
    action: str = ""
    url: str = ""

    def __str__(self) -> str:
        return self.sentence

    @property
    def anchor(self) -> str:
        """Where the action stands on the page of the plan."""
        return anchor_of(self.action) if self.action else ""

    @property
    def fault(self) -> ValidationError:
        return ValidationError(self.sentence, code=self.code)


def reasons_against(plan: WorkPlan, *, on: datetime.date | None) -> list[Reason]:
    """Every reason why the plan cannot be submitted on that day, in the order in which
    a person mends them; `on` overrules the day that stands with a round.

    Says nothing of the status. Three queries, and four for each round.
    """
    rows = list(plan.applications.select_related("round__fund").order_by("position", "pk"))
    reasons = [*unread_reasons(plan), *_without_round(rows), *_without_fund(plan, rows)]
    for row in rows:
        if row.application_id is None:
            reasons += _against(plan, row, on or row.submitted_on, alone=len(rows) == 1)
    return reasons


def unread_reasons(plan: WorkPlan) -> Iterator[Reason]:
    """A reason for each cell that nobody could read, in the order of the document. Two
    queries."""
    actions = Action.objects.filter(line__plan=plan).select_related("line", "point")
    ordered = actions.order_by("line__position", "position", "pk").prefetch_related("cost_lines")
    for action in ordered:
        for cell, text in unread_cells(action):
            yield _unread(action, UNREAD_CELLS[cell], text)


def _unread(action: Action, cell: str, text: str) -> Reason:
    return Reason(
        "unread",
        f"Bij {action.full_code} {cell} niet te lezen (“{text[:60]}”); maak die cel eerst goed.",
        action=action.full_code,
    )


def _without_round(rows: list[PlanApplication]) -> list[Reason]:
    if rows:
        return []
    return [
        Reason(
            "no_round",
            "Het plan noemt geen aanvraagronde; voeg de ronde toe waarin u geld vraagt.",
        )
    ]


def _without_fund(plan: WorkPlan, rows: list[PlanApplication]) -> list[Reason]:
    """With several applications each cost line names its fund, and each fund has one
    round: otherwise an amount would be asked nowhere, or twice."""
    if len(rows) < 2:
        return []
    funds = [row.round.fund.slug for row in rows]
    if len(set(funds)) < len(funds):
        return [
            Reason(
                "fund_twice",
                "Het plan vraagt twee keer in hetzelfde fonds; laat er één ronde van staan.",
            )
        ]
    costs = (
        CostLine.objects.filter(action__line__plan=plan)
        .exclude(state=AmountState.NOT_APPLICABLE)
        .exclude(funding_text__in=funds)
        .select_related("action__line", "action__point")
        .order_by("action__line__position", "action__position", "pk")
    )
    return [
        Reason(
            "no_fund",
            f"Bij {cost.action.full_code} staat niet uit welk fonds het bedrag komt; kies uit "
            f"{', '.join(funds)}.",
            action=cost.action.full_code,
        )
        for cost in costs
    ]


def _against(
    plan: WorkPlan, row: PlanApplication, day: datetime.date | None, *, alone: bool
) -> list[Reason]:
    """Why this round cannot be applied in."""
    envelope = envelope_of(plan, row)
    reasons = []
    if day is None:
        reasons.append(
            Reason("no_day", f"Bij {row.round} ontbreekt de dag van indienen; vul die in.")
        )
    if envelope is None:
        reasons.append(
            Reason(
                "no_envelope",
                f"{plan.region.name} heeft in {row.round.fund.name} geen ruimte in "
                f"{plan.period_text}; vraag de fondsbeheerder die te openen.",
            )
        )
    if envelope is None or day is None:
        return reasons
    try:
        new_application(
            envelope,
            round=row.round,
            title=plan.title,
            lines=list(asked_lines(plan, row, alone=alone)),
            submitted_on=day,
        )
    except ValidationError as refusal:
        return [
            Reason(
                str(fault.code),
                " ".join(fault.messages),
                action=(fault.params or {}).get("code", ""),
            )
            for fault in ValidationError([refusal]).error_list
        ]
    return []
