"""When an action takes place, as its cells say."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from municipalities.history import tracked
from workplans.models.action import Action


@tracked()
class PlanningEntry(models.Model):
    """One stretch of time in the planning of an action, both ends inclusive.

    A year without a quarter is known to the year only. `end` empty with `start` filled
    means: open end. The order is that of the typed text. `aspect` is the cell that says
    it: the planning as a whole, or the start or the end alone. Of an action with a start
    and an end the periods from one to the other are there too, as `period`.
    """

    class Aspect(models.TextChoices):
        PERIOD = "period", "periode"
        START = "start", "start"
        END = "end", "eind"

    action = models.ForeignKey(
        Action,
        verbose_name="actie",
        related_name="planning_entries",
        on_delete=models.CASCADE,
    )
    aspect = models.CharField("zegt", max_length=8, choices=Aspect, default=Aspect.PERIOD)
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
        ordering = ["action_id", "aspect", "position", "pk"]
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
