"""The page of a step with a plan: what it shows, and what is confirmed by it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format

from funds.figure import Figure
from municipalities.models import User
from workplans import lifecycle, planfile
from workplans.asking import asked
from workplans.lifecycle import ADOPT, CLOSE, SUBMIT, TAKE_BACK, Status, Step, steps_from
from workplans.models import PlanApplication, WorkPlan
from workplans.permissions import can_take
from workplans.services import Reason, reasons_against_step, take_step
from workplans.sums import plan_sums

STOPS = "Dit kan nu nog niet"
CONCEPT_STOPS = "Dit plan kan nog niet worden ingediend"
CHANGED = "Het plan is intussen veranderd"
SUBMITTED = "Dit plan is al ingediend"
ELSEWHERE = "Deze stap is nu niet aan de orde"

Asked = list[tuple[PlanApplication, Figure]]


@dataclass(frozen=True)
class Shown:
    """What a person sees before agreeing.

    `digest` is that of the plan as it is shown and `asks` says in words what it asks:
    both go along with the confirmation. `total` is what the whole plan costs.
    """

    plan: WorkPlan
    step: Step
    digest: str
    asked: Asked
    total: Figure
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
    def is_about_money(self) -> bool:
        """Whether the step changes what a fund is asked."""
        return self.step in (SUBMIT, TAKE_BACK) and bool(self.asked)

    @property
    def verb(self) -> str:
        """On the button that confirms: `Dien het plan in`."""
        return self.step.verb

    @property
    def way_back(self) -> str:
        return "Terug zonder indienen" if self.step is SUBMIT else "Laat het plan zoals het is"

    @property
    def icon(self) -> str:
        return icon_of(self.step) or "check"

    @property
    def heading(self) -> str:
        if self.step is SUBMIT and self.plan.is_submitted:
            return SUBMITTED
        if Status(self.plan.status) not in self.step.sources:
            return ELSEWHERE
        if self.change:
            return CHANGED
        return CONCEPT_STOPS if self.step is SUBMIT else STOPS

    @property
    def faults(self) -> list[Reason]:
        return ([Reason("changed", self.change)] if self.change else []) + self.reasons

    @property
    def may_confirm(self) -> bool:
        """Whether the step can work now, as far as anybody can see."""
        return not self.reasons


def shown(plan: WorkPlan, step: Step, *, on: datetime.date) -> Shown:
    """What the page shows of the plan as it is stored now.

    The digest is taken first: what changes while the rest is read makes the
    confirmation fail, and never lets something pass that nobody saw.
    """
    plan = WorkPlan.objects.select_related("region", "programme").get(pk=plan.pk)
    digest = planfile.digest(planfile.dump(plan))
    asks, total = asked(plan), plan_sums([plan])[plan.pk]
    if step is SUBMIT and plan.is_submitted:
        done = Reason("not_now", what_was_done(plan, asks))
        return Shown(plan, step, digest, asks, total, [done])
    reasons = reasons_against_step(plan, step, on=on)
    return Shown(plan, step, digest, asks, total, reasons)


def what_was_done(plan: WorkPlan, asks: Asked) -> str:
    """`Het plan … is op 1 maart 2020 ingediend: het vraagt € 9.000 uit Fonds zorg.`"""
    day = max((row.submitted_on for row, _ in asks if row.submitted_on), default=None)
    on = f" op {date_format(day, 'j F Y')}" if day else ""
    return f"Het plan {plan.title} is{on} ingediend: het vraagt {in_words(asks)}."


def in_words(asks: Asked) -> str:
    """`€ 9.000 + 1 × PM uit Fonds zorg`; for several rounds one after the other."""
    return ", en ".join(f"{total} uit {row.round.fund.name}" for row, total in asks)


def take_as_shown(
    plan: WorkPlan,
    step: Step,
    *,
    digest: str,
    asks: str,
    reason: str,
    on: datetime.date,
    by: User,
) -> str:
    """Take the step with the plan that somebody saw; the sentence that tells what was
    done. Raises `NotTaken` with what the page shows instead.
    """
    try:
        done = take_step(plan, step, on=on, reason=reason, confirmed=digest, by=by)
    except ValidationError as refusal:
        saw = asks if digest else None
        raise NotTaken(_after(plan, step, refusal, saw=saw, on=on)) from refusal
    if step is SUBMIT:
        return f"{what_was_done(done, asked(done))} Wat u indiende, is bewaard onder Versies."
    kept = f" Het is bewaard als versie {step.keeps}." if step.keeps else ""
    return f"Het plan {done.title} is nu {done.get_status_display().lower()}.{kept}"


class NotTaken(Exception):
    """Nothing was done; `page` shows why, and what the plan is now."""

    def __init__(self, page: Shown) -> None:
        super().__init__(page.heading)
        self.page = page


def _after(
    plan: WorkPlan, step: Step, refusal: ValidationError, *, saw: str | None, on: datetime.date
) -> Shown:
    page = shown(plan, step, on=on)
    codes = {fault.code for fault in refusal.error_list}
    if Status(page.plan.status) not in step.sources:
        return page
    if "changed" in codes:
        return replace(page, change=_change(saw, page.asks))
    # What only the database knew, or what was mended in between.
    said = [Reason(str(fault.code), " ".join(fault.messages)) for fault in refusal.error_list]
    return replace(page, reasons=page.reasons or said)


def _change(saw: str | None, now: str) -> str:
    """What became of what somebody saw the plan ask; None for who sent nothing of it."""
    if saw is None:
        return "Wij weten niet welk plan u zag; kijk na wat hieronder staat en bevestig het dan."
    if saw != now:
        return (
            f"U zag {saw or 'niets'}; nu is dat {now or 'niets'}. Kijk het na en bevestig het dan "
            "opnieuw."
        )
    same = f"Het bedrag is gelijk gebleven ({now}), maar iets anders in het plan niet"
    what = same if now else "Er is iets gewijzigd"
    return f"{what}; kijk het plan na en bevestig het dan opnieuw."


# ---- where the steps are offered


@dataclass(frozen=True)
class Offered:
    """A step that the reader may take now: its button."""

    label: str
    url: str
    icon: str
    is_main: bool


def offered(user: User, plan: WorkPlan) -> tuple[Offered, ...]:
    """The steps that the user may take with the plan as it is, the main one first. Two
    queries at most."""
    steps = list(steps_from(Status(plan.status)))
    if not steps or not can_take(user, plan, steps[0]):
        return ()
    if ADOPT in steps and not plan.is_submitted and plan.applications.exists():
        steps.remove(ADOPT)  # it asks for money, so it is submitted first
    forward = [step for step in steps if step.is_forward and step is not CLOSE]
    main = forward[-1] if forward else None
    ordered = sorted(steps, key=lambda step: step is not main)
    return tuple(
        Offered(step.label, step_address(plan, step), icon_of(step), step is main)
        for step in ordered
    )


def step_address(plan: WorkPlan, step: Step) -> str:
    """The page on which a step is taken."""
    if step is SUBMIT:
        return reverse("workplans:workplan_submit", args=[plan.slug])
    return reverse("workplans:plan_step", args=[plan.slug, step.name])


def icon_of(step: Step) -> str:
    """The symbol of its button: that of what the plan becomes for good; none for others."""
    if step is SUBMIT:
        return "send"
    return step.target.value if step.target in lifecycle.UNCHANGING else ""
