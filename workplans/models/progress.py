"""How far the actions of a plan are, half year by half year: beside it, never in it."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from funds.figure import Figure
from funds.lifecycle import COST_STATES
from funds.money import amount_checks, euro_field, state_checks
from funds.notation import AmountState
from municipalities.history import tracked
from municipalities.models import Region, User
from municipalities.permissions import READS_REGION
from municipalities.written import Written
from workplans.models.action import Action
from workplans.models.guards import measurement_guard, report_guard, round_guards
from workplans.models.plan import WorkPlan

LONGEST_REPORT = 10_000
PROGRESS_STATUSES = ("niet_begonnen", "op_schema", "vertraagd", "afgerond", "vervallen")


class ProgressRoundQuerySet(models.QuerySet["ProgressRound"]):
    """Rounds, as far as somebody may know of them."""

    def visible_to(self, user: User) -> ProgressRoundQuerySet:
        """Rounds of plans of the regions that the user reads; who only sees a plan
        because it was submitted, sees them once they are closed."""
        own = Region.objects.with_role(user, *READS_REGION)
        return self.filter(plan__in=WorkPlan.objects.visible_to(user)).filter(
            Q(plan__region__in=own) | Q(closed_on__isnull=False)
        )

    def open(self) -> ProgressRoundQuerySet:
        return self.filter(closed_on__isnull=True)

    def in_list_order(self) -> ProgressRoundQuerySet:
        """The newest half year first."""
        return self.order_by("-year", "-half", "plan")


@tracked()
class ProgressRound(Written):
    """The half year over which the writers of a plan report (voortgangsronde).

    Open until its project leader closes it; from then on nothing of it changes. Only
    `opened_by` may become empty, when that person is removed.
    """

    class Half(models.IntegerChoices):
        FIRST = 1, "eerste half jaar"
        SECOND = 2, "tweede half jaar"

    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="progress_rounds", on_delete=models.PROTECT
    )
    year = models.PositiveSmallIntegerField("jaar")
    half = models.PositiveSmallIntegerField("half jaar", choices=Half)
    due_on = models.DateField("klaar op")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="geopend door",
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    opened_at = models.DateTimeField("geopend op", db_default=Now())
    closed_on = models.DateField("gesloten op", null=True, blank=True)

    objects = ProgressRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "voortgangsronde"
        verbose_name_plural = "voortgangsrondes"
        ordering = ["plan", "-year", "-half"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "half"],
                name="workplans_progress_round_once",
                violation_error_message="Deze voortgangsronde is er al; kijk bij de voortgang.",
            ),
            models.CheckConstraint(
                condition=Q(half__in=[1, 2]),
                name="workplans_progress_half",
                violation_error_message="Een jaar heeft een eerste en een tweede half jaar.",
            ),
        ]
        triggers = round_guards()

    def __str__(self) -> str:
        return f"Voortgang over het {self.half_year}"

    def get_absolute_url(self) -> str:
        """Follows `plan`."""
        page = reverse("reports:progress_detail", args=[self.plan.slug])
        return f"{page}?ronde={self.moment}"

    @property
    def half_year(self) -> str:
        """`eerste half jaar van 2020`."""
        return f"{self.get_half_display()} van {self.year}"

    @property
    def moment(self) -> str:
        """How addresses and files name it: `2020-1`."""
        return f"{self.year}-{self.half}"

    @property
    def ends_on(self) -> datetime.date:
        """The last day of the half year, that its amounts run up to, inclusive."""
        return half_year_end(self.year, self.half)

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None


def half_year_end(year: int, half: int) -> datetime.date:
    """The last day of a half year."""
    return datetime.date(year, 6, 30) if half == 1 else datetime.date(year, 12, 31)


@tracked()
class ActionProgress(Written):
    """What is reported of an action in a round (voortgang van een actie).

    `actual` is what was spent from the start of the plan up to and including the half
    year, read from `actual_text`; what cannot be read has the state `unread` and keeps
    its text. `version` is one higher after each write, which the database holds: who
    writes says which version was seen. Of a closed round only `written_by` may become
    empty, when that person is removed: the name stays.
    """

    class Status(models.TextChoices):
        NOT_STARTED = "niet_begonnen", "niet begonnen"
        ON_TRACK = "op_schema", "op schema"
        DELAYED = "vertraagd", "vertraagd"
        FINISHED = "afgerond", "afgerond"
        DROPPED = "vervallen", "vervallen"

    round = models.ForeignKey(
        ProgressRound,
        verbose_name="voortgangsronde",
        related_name="reports",
        on_delete=models.PROTECT,
    )
    # An action with a report is kept by its guard, which says why in the same words
    # wherever it is removed; PROTECT would raise before it, with no sentence.
    action = models.ForeignKey(
        Action, verbose_name="actie", related_name="progress", on_delete=models.DO_NOTHING
    )
    status = models.CharField("voortgang", max_length=16, choices=Status)
    text = models.TextField("tekst", blank=True, max_length=LONGEST_REPORT)
    attention = models.TextField("aandachtspunten", blank=True, max_length=LONGEST_REPORT)
    actual_text = models.CharField("realisatie zoals getypt", max_length=500, blank=True)
    state = models.CharField("toestand", max_length=16, choices=COST_STATES, editable=False)
    actual = euro_field("realisatie", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("nummer", default=1, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="geschreven door",
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    written_by_name = models.CharField("naam van wie schreef", max_length=254, blank=True)
    written_at = models.DateTimeField("geschreven op")

    class Meta:
        verbose_name = "voortgang van een actie"
        verbose_name_plural = "voortgang van acties"
        ordering = ["round", "action"]
        constraints = [
            *amount_checks("workplans_progress", field="actual"),
            *state_checks("workplans_progress", COST_STATES, field="actual"),
            models.UniqueConstraint(
                fields=["round", "action"],
                name="workplans_progress_once",
                violation_error_message="Van deze actie is in deze ronde al een verslag.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PROGRESS_STATUSES),
                name="workplans_progress_status",
                violation_error_message="Deze voortgang kennen wij niet; kies er een uit de lijst.",
            ),
        ]
        triggers = [report_guard()]

    def __str__(self) -> str:
        return f"verslag van {self.action_id} in {self.round_id}"

    @property
    def is_unread(self) -> bool:
        return self.state == AmountState.UNREAD

    @property
    def figure(self) -> Figure:
        """What it adds to what was spent."""
        return Figure.entry(AmountState(self.state), self.actual.amount if self.actual else None)


@tracked()
class Measurement(Written):
    """What was reached of something that is counted (meting): `64` of `120 woningen`.

    `target` is the quantity as the plan had it then; empty for what somebody measured
    beside it.
    """

    progress = models.ForeignKey(
        ActionProgress,
        verbose_name="voortgang van een actie",
        related_name="measurements",
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde")
    target = models.CharField("beoogd", max_length=500, blank=True)
    reached = models.CharField("bereikt", max_length=500)

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["progress", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["progress", "position"],
                name="workplans_measurement_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Op deze plaats staat al een meting.",
            )
        ]
        triggers = [measurement_guard()]

    def __str__(self) -> str:
        return f"{self.target}: {self.reached}" if self.target else self.reached
