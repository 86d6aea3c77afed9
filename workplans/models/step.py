"""What was done with a plan: the trail of its statuses."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from funds.models import Application
from municipalities.guard import Guard, append_only
from municipalities.models import Region, User
from municipalities.permissions import READS_REGION
from municipalities.written import Written
from workplans import lifecycle
from workplans.models.guards import STEP_SENTENCES
from workplans.models.plan import WorkPlan
from workplans.models.version import PlanVersion

FIXED = (
    *("plan_id", "number", "name", "source", "target", "reason", "taken_on", "entered_at"),
    *("by_name", "version_id"),
)
STEP_STANDS = (
    "Wat er met een plan is gedaan, staat vast; zet een volgende stap, dan komt die er als nieuwe "
    "regel bij."
)
TAKEN_BACK_STANDS = (
    "Wat een plan vroeger had ingediend, staat vast; laat het zoals het was, en dien het plan "
    "opnieuw in."
)


def _allowed() -> Q:
    """The lines that a trail may have: those of the table of steps, and the first ones."""
    first = (
        Q(name=way.name, source="", target__in=_values(way.targets)) for way in lifecycle.BEGINNINGS
    )
    later = (
        Q(name=step.name, source__in=_values(step.sources), target=step.target.value)
        for step in lifecycle.STEPS
    )
    return functools.reduce(operator.or_, (*first, *later))


def _values(statuses: Iterable[lifecycle.Status]) -> list[str]:
    return sorted(status.value for status in statuses)


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    """Steps, as far as somebody may know of them."""

    def visible_to(self, user: User) -> PlanStepQuerySet:
        """Steps of the plans that the user sees; who only sees a plan because it was
        submitted, sees those that made it so and what came of it."""
        own = Region.objects.with_role(user, *READS_REGION)
        return self.filter(plan__in=WorkPlan.objects.visible_to(user)).filter(
            Q(plan__region__in=own) | Q(target__in=_values(lifecycle.SUBMITTED))
        )


class PlanStep(Written):
    """One step of a plan (stap): from which status to which, by whom, why, on what day.

    `number` counts from 1 in each plan; the first has no source and says how the plan
    came here. The status of a plan is the target of its last step, which the database
    holds at the end of each transaction. `version` is what was kept at the step. Only
    `by` may become empty, when that person is removed: the name stays.
    """

    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="steps", on_delete=models.CASCADE
    )
    number = models.PositiveIntegerField("nummer")
    name = models.CharField("stap", max_length=24, choices=list(lifecycle.DONE.items()))
    source = models.CharField("van", max_length=16, choices=lifecycle.CHOICES, blank=True)
    target = models.CharField("naar", max_length=16, choices=lifecycle.CHOICES)
    reason = models.CharField("reden", max_length=500, blank=True)
    taken_on = models.DateField("datum")
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="door",
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    by_name = models.CharField("naam van wie de stap zette", max_length=254, blank=True)
    version = models.ForeignKey(
        PlanVersion,
        verbose_name="versie",
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        verbose_name = "stap van een plan"
        verbose_name_plural = "stappen van plannen"
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="workplans_step_number",
                violation_error_message=(
                    "Iemand anders zette net een stap met dit plan; kijk wat de status nu is."
                ),
            ),
            models.CheckConstraint(
                condition=_allowed(),
                name="workplans_step_allowed",
                violation_error_message=(
                    "Deze stap bestaat niet; kies een stap die bij de status van het plan hoort."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number=1, source="") | (Q(number__gt=1) & ~Q(source="")),
                name="workplans_step_first",
                violation_error_message="Alleen de eerste stap van een plan begint zonder status.",
            ),
            models.CheckConstraint(
                condition=~Q(name__in=[step.name for step in lifecycle.STEPS if step.asks_reason])
                | ~Q(reason=""),
                name="workplans_step_reason",
                violation_error_message="Schrijf op waarom u deze stap zet.",
            ),
        ]
        triggers = [
            Guard(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                call="guard_ledger({})".format(
                    ", ".join(f"'{name}'" for name in ("step_append_only", *FIXED))
                ),
                sentences={"step_append_only": STEP_STANDS},
            ),
            Guard(
                name="plan_trail",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                call="guard_plan_step()",
                sentences=STEP_SENTENCES,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} op {self.taken_on:%d-%m-%Y}"


class TakenBack(models.Model):
    """An application that a plan had submitted and that a step took back (teruggenomen
    aanvraag); the plan itself names it no longer, so that it can submit again."""

    step = models.ForeignKey(
        PlanStep, verbose_name="stap", related_name="taken_back", on_delete=models.PROTECT
    )
    application = models.OneToOneField(
        Application,
        verbose_name="aanvraag",
        related_name="taken_back",
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = "teruggenomen aanvraag"
        verbose_name_plural = "teruggenomen aanvragen"
        ordering = ["step", "pk"]
        triggers = [append_only("taken_back_append_only", TAKEN_BACK_STANDS)]

    def __str__(self) -> str:
        return f"{self.application}, {self.step}"
