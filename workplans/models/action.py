"""Action lines, the actions in them, and when an action takes place."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from municipalities.history import tracked
from municipalities.models import Municipality
from municipalities.written import Written
from workplans.models.guards import municipality_guard
from workplans.models.plan import WorkPlan


@tracked()
class ActionLine(Written):
    """Actions that belong together (cirkel, thema, deelplan, resultaat)."""

    class Kind(models.TextChoices):
        CIRCLE = "cirkel", "cirkel"
        THEME = "thema", "thema"
        SUBPLAN = "deelplan", "deelplan"
        RESULT = "resultaat", "resultaat"
        ORGANISATION = "organisatie", "organisatie"
        PRECONDITION = "randvoorwaarde", "randvoorwaarde"

    plan = models.ForeignKey(
        WorkPlan,
        verbose_name="werkplan",
        related_name="lines",
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde")
    code = models.CharField("code", max_length=12)
    title = models.CharField("titel", max_length=200)
    kind = models.CharField("soort", max_length=16, choices=Kind)

    class Meta:
        verbose_name = "actielijn"
        verbose_name_plural = "actielijnen"
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="workplans_line_once",
                violation_error_message="Dit plan heeft al een actielijn met deze code.",
            )
        ]
        triggers = [
            municipality_guard("guard_line_municipalities()", pgtrigger.UpdateOf("plan_id"))
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@tracked()
class Action(Written):
    """One row of an action table (actie).

    The cells for planning and municipalities are kept as they were typed; the reading
    stands beside them: planning entries, and here how the costs are divided.
    `municipalities_unread` and `planning_unread` mark text that could not be read.
    """

    class Sharing(models.TextChoices):
        SINGLE = "single", "één gemeente"
        LEAD = "lead", "gezamenlijk, met penvoerder"
        EXPLICIT = "explicit", "bedrag per gemeente"
        EQUAL = "equal", "gelijk verdeeld"
        POPULATION = "population", "naar rato van inwoners"
        PERCENTAGES = "percentages", "percentage per gemeente"
        UNDIVIDED = "undivided", "niet verdeeld"

    line = models.ForeignKey(
        ActionLine,
        verbose_name="actielijn",
        related_name="actions",
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde")
    code = models.CharField("code", max_length=12)
    title = models.CharField("titel", max_length=200)
    budget_title = models.CharField(
        "titel in de begroting",
        max_length=200,
        blank=True,
        help_text="Leeg: de begroting neemt de titel over.",
    )
    description = models.TextField("omschrijving", blank=True, max_length=100_000)
    monitoring = models.TextField("monitoring", blank=True, max_length=10_000)
    planning_text = models.CharField("planning", max_length=500, blank=True)
    planning_unread = models.BooleanField("planning niet gelezen", default=False, editable=False)
    planning_by_hand = models.BooleanField("planning is een zin", default=False, editable=False)
    municipalities_text = models.CharField("gemeenten", max_length=20_000, blank=True)
    municipalities_unread = models.BooleanField(
        "gemeenten niet gelezen", default=False, editable=False
    )
    sharing = models.CharField(
        "verdeling",
        max_length=12,
        choices=Sharing,
        default=Sharing.UNDIVIDED,
        editable=False,
    )
    lead = models.ForeignKey(
        Municipality,
        verbose_name="penvoerder",
        related_name="led_actions",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )
    key_date = models.DateField(
        "peildatum van de inwonertallen", null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ["line", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sharing="lead", lead__isnull=False)
                | (~Q(sharing="lead") & Q(lead__isnull=True)),
                name="workplans_action_lead",
                violation_error_message=(
                    "Een gezamenlijke actie heeft een penvoerder, een andere actie niet."
                ),
            )
        ]
        triggers = [
            municipality_guard(
                "guard_action_municipalities()",
                pgtrigger.Insert | pgtrigger.UpdateOf("line_id", "lead_id"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_code} {self.title}"

    @property
    def full_code(self) -> str:
        """The code as people say it, such as `A6`. Follows `line`: fetch it along."""
        return f"{self.line.code}{self.code}"

    @property
    def is_joint(self) -> bool:
        """Whether the region does this together, paid through a lead municipality."""
        return self.sharing == self.Sharing.LEAD


@tracked()
class PlanningEntry(models.Model):
    """One stretch of time in the planning of an action, both ends inclusive.

    A year without a quarter is known to the year only. `until` empty with `start`
    filled means: open end. The order is that of the typed text.
    """

    action = models.ForeignKey(
        Action,
        verbose_name="actie",
        related_name="planning_entries",
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde")
    label = models.CharField("onderdeel", max_length=500, blank=True)
    group = models.CharField("voor", max_length=500, blank=True)
    start_year = models.PositiveSmallIntegerField("begint in jaar", null=True, blank=True)
    start_quarter = models.PositiveSmallIntegerField("begint in kwartaal", null=True, blank=True)
    end_year = models.PositiveSmallIntegerField("eindigt in jaar", null=True, blank=True)
    end_quarter = models.PositiveSmallIntegerField("eindigt in kwartaal", null=True, blank=True)
    is_continuous = models.BooleanField("doorlopend", default=False)
    is_alternative = models.BooleanField("een van beide of allebei", default=False)
    state = models.CharField("toestand", max_length=16, blank=True)
    reference = models.CharField("zie actiepunt", max_length=500, blank=True)

    class Meta:
        verbose_name = "planning"
        verbose_name_plural = "planning"
        ordering = ["action", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    (Q(start_quarter__isnull=True) | Q(start_quarter__range=(1, 4)))
                    & (Q(end_quarter__isnull=True) | Q(end_quarter__range=(1, 4)))
                    & (Q(start_quarter__isnull=True) | Q(start_year__isnull=False))
                    & (Q(end_quarter__isnull=True) | Q(end_year__isnull=False))
                ),
                name="workplans_planning_quarter",
                violation_error_message="Een kwartaal is 1, 2, 3 of 4 en heeft een jaar nodig.",
            ),
            models.CheckConstraint(
                condition=Q(start_year__isnull=True)
                | Q(end_year__isnull=True)
                | Q(end_year__gte=models.F("start_year")),
                name="workplans_planning_order",
                violation_error_message="Het einde ligt voor het begin; draai de twee om.",
            ),
        ]

    def __str__(self) -> str:
        return f"planning van {self.action_id}"
