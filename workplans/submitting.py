"""The page on which a plan is submitted: what it shows, and what is confirmed by it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from funds.figure import Figure
from municipalities.models import User
from workplans import planfile
from workplans.asking import asked
from workplans.models import PlanApplication, WorkPlan
from workplans.services import Reason, reasons_against, submit_workplan

CONCEPT_STOPS = "Dit plan kan nog niet worden ingediend"
CHANGED = "Het plan is intussen veranderd"
SUBMITTED = "Dit plan is al ingediend"

Asked = list[tuple[PlanApplication, Figure]]


@dataclass(frozen=True)
class Shown:
    """What a person sees before agreeing.

    `digest` is that of the plan as it is shown and `asks` says in words what it asks:
    both go along with the confirmation.
    """

    plan: WorkPlan
    digest: str
    asked: Asked
    reasons: list[Reason]
    change: str = ""
    """What became of the plan since an earlier look, in one sentence."""

    @property
    def asks(self) -> str:
        return in_words(self.asked)

    @property
    def confirmed(self) -> tuple[tuple[str, str], ...]:
        """What goes along in the form, by name of the field."""
        return (("plan", self.digest), ("gevraagd", self.asks))

    @property
    def heading(self) -> str:
        if self.plan.is_submitted:
            return SUBMITTED
        return CHANGED if self.change else CONCEPT_STOPS

    @property
    def faults(self) -> list[Reason]:
        return ([Reason("changed", self.change)] if self.change else []) + self.reasons

    @property
    def may_confirm(self) -> bool:
        """Whether submitting can work now, as far as anybody can see."""
        return not self.reasons


def shown(plan: WorkPlan, *, on: datetime.date) -> Shown:
    """What the page shows of the plan as it is stored now.

    The digest is taken first: what changes while the rest is read makes the
    confirmation fail, and never lets something pass that nobody saw.
    """
    plan = WorkPlan.objects.select_related("region", "programme").get(pk=plan.pk)
    digest = planfile.digest(planfile.dump(plan))
    asks = asked(plan)
    if plan.is_submitted:
        sentence = f"{what_was_done(plan, asks)} Indienen kan één keer."
        return Shown(plan, digest, asks, [Reason("already_submitted", sentence)])
    return Shown(plan, digest, asks, reasons_against(plan, on=on))


def what_was_done(plan: WorkPlan, asks: Asked) -> str:
    """`Het plan … is op 1 maart 2020 ingediend: het vraagt € 9.000 uit Fonds zorg.`"""
    day = max((row.submitted_on for row, _ in asks if row.submitted_on), default=None)
    on = f" op {date_format(day, 'j F Y')}" if day else ""
    return f"Het plan {plan.title} is{on} ingediend: het vraagt {in_words(asks)}."


def in_words(asks: Asked) -> str:
    """`€ 9.000 + 1 × PM uit Fonds zorg`; for several rounds one after the other."""
    return ", en ".join(f"{total} uit {row.round.fund.name}" for row, total in asks)


def submit_as_shown(plan: WorkPlan, *, digest: str, asks: str, on: datetime.date, by: User) -> str:
    """Submit the plan that somebody saw; the sentence that tells what was done.

    Raises `NotSubmitted` with what the page shows instead.
    """
    try:
        done = submit_workplan(plan, on=on, confirmed=digest, by=by)
    except ValidationError as refusal:
        raise NotSubmitted(_after(plan, refusal, asks=asks, on=on)) from refusal
    return what_was_done(done, asked(done))


class NotSubmitted(Exception):
    """Nothing was submitted; `page` shows why, and what the plan is now."""

    def __init__(self, page: Shown) -> None:
        super().__init__(page.heading)
        self.page = page


def _after(plan: WorkPlan, refusal: ValidationError, *, asks: str, on: datetime.date) -> Shown:
    page = shown(plan, on=on)
    codes = {fault.code for fault in refusal.error_list}
    if page.plan.is_submitted:
        return page
    if "changed" in codes:
        return replace(page, change=_change(asks, page.asks))
    # What only the database knew, or what was mended in between.
    said = [Reason(str(fault.code), " ".join(fault.messages)) for fault in refusal.error_list]
    return replace(page, reasons=page.reasons or said)


def _change(before: str, now: str) -> str:
    if not before:
        return "Wij weten niet welk plan u zag; kijk na wat hieronder staat en dien het dan in."
    if before == now:
        return (
            f"Het bedrag is gelijk gebleven ({now}), maar iets anders in het plan niet; kijk het "
            "plan na en dien het dan opnieuw in."
        )
    return f"U zag {before}; nu is dat {now or 'niets'}. Kijk het na en dien het dan opnieuw in."
