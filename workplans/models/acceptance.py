"""Findings of the checker that somebody accepted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from municipalities.history import tracked
from municipalities.written import Written
from workplans.models.plan import WorkPlan


@tracked()
class AcceptedFinding(Written):
    """A finding that is all right as it is, with the reason (geaccepteerde bevinding).

    `key` stands for rule, place and sentence together, and the sentence holds the value
    that was found: another value is another finding. Taking it back removes the row; the
    history keeps both. No part of the plan file: docs/adr/0015-accepted-findings.md.
    """

    plan = models.ForeignKey(
        WorkPlan,
        verbose_name="werkplan",
        related_name="accepted_findings",
        on_delete=models.CASCADE,
    )
    key = models.CharField("herkenning", max_length=64, editable=False)
    rule = models.CharField("controleregel", max_length=40)
    place = models.TextField("plaats in het plan")
    sentence = models.TextField("bevinding")
    reason = models.CharField("reden", max_length=500)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gebruiker",
        related_name="accepted_findings",
        null=True,
        on_delete=models.SET_NULL,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "geaccepteerde bevinding"
        verbose_name_plural = "geaccepteerde bevindingen"
        ordering = ["plan", "entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="workplans_accepted_once",
                violation_error_message="Deze bevinding is intussen al geaccepteerd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"
