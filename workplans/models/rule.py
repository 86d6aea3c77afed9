"""The rules that a plan keeps to."""

from __future__ import annotations

from django.db import models

from funds.models import Rule
from funds.models.rule import rule_checks
from municipalities.history import tracked
from workplans.models.guards import touches
from workplans.models.plan import WorkPlan


@tracked()
class PlanRule(Rule):
    """A rule of a plan of its own (regel van een plan)."""

    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="rules", on_delete=models.CASCADE
    )

    class Meta(Rule.Meta):
        verbose_name = "regel van een plan"
        verbose_name_plural = "regels van plannen"
        ordering = ["plan", "position", "pk"]
        constraints = rule_checks("workplans_rule", "plan", models.Deferrable.DEFERRED)
        triggers = touches("plan")
