"""Who has a plan open in the editor, and in which row."""

from __future__ import annotations

import datetime

from django.db import models

from municipalities.models import User
from workplans.models.plan import WorkPlan

LASTS = datetime.timedelta(seconds=30)
"""So long somebody counts as being there after the last sign of life."""


class Presence(models.Model):
    """Somebody in the editor of a plan; `place` is the handle of the part they are in.

    Kept as long as it is news: no history, and the last sign of life only.
    """

    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="presences", on_delete=models.CASCADE
    )
    user = models.ForeignKey(
        User, verbose_name="wie", related_name="presences", on_delete=models.CASCADE
    )
    place = models.CharField("waar", max_length=40, blank=True)
    seen_at = models.DateTimeField("laatst gezien")

    class Meta:
        verbose_name = "aanwezige"
        verbose_name_plural = "aanwezigen"
        ordering = ["plan", "seen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "user"],
                name="workplans_presence_once",
                violation_error_message="Iemand is één keer in een plan.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.plan}"
