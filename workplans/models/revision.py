"""How often a plan was written, and what each batch of changes of the editor did."""

from __future__ import annotations

from django.db import models

from municipalities.guard import append_only
from municipalities.models import User
from workplans.models.plan import WorkPlan

FIXED = (
    *("plan_id", "key", "before", "after", "by_name", "at"),
    *("changes", "answer", "back", "renamed"),
)
STANDS = "Wat er in een plan gewijzigd is, staat vast; maak een wijziging ongedaan in de editor."


class PlanRevision(models.Model):
    """The number of a plan: one higher after every statement that writes any part of it.

    Kept by the database (`touch_plan()`), whatever writes. Whoever changes a plan holds
    this row until the commit, so writers of one plan take turns.
    """

    plan = models.OneToOneField(
        WorkPlan,
        verbose_name="werkplan",
        related_name="revision",
        primary_key=True,
        on_delete=models.CASCADE,
    )
    number = models.PositiveBigIntegerField("nummer", default=0, editable=False)

    class Meta:
        verbose_name = "stand van een plan"
        verbose_name_plural = "standen van plannen"

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.number}"


class PlanChange(models.Model):
    """A batch of changes that the editor stored, whole or not at all.

    `before` and `after` are the number of the plan, so a row of batches without a hole
    says that nothing else wrote in between. `key` is given by who asks: the same batch
    sent twice is stored once. `changes` and `answer` are as they went over the line. What
    became of each row stands in its own history; this is for who edits at the same time.

    `back` is `{"changes": […], "again": {"action:7": "new:back0"}}`: the changes that undo
    it, and under which names of theirs parts come back that it took away. Where the batch
    itself undid another, `renamed` says which handles such parts have now. Rows stay, also
    of a plan that is gone.
    """

    plan = models.ForeignKey(
        WorkPlan,
        verbose_name="werkplan",
        related_name="changes",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
    )
    key = models.UUIDField("kenmerk", unique=True)
    before = models.PositiveBigIntegerField("van stand")
    after = models.PositiveBigIntegerField("naar stand")
    by = models.ForeignKey(
        User,
        verbose_name="door",
        related_name="plan_changes",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    by_name = models.CharField("naam van wie wijzigde", max_length=254, blank=True)
    at = models.DateTimeField("op", auto_now_add=True)
    changes = models.JSONField("wijzigingen")
    answer = models.JSONField("antwoord")
    back = models.JSONField("weg terug", default=dict)
    renamed = models.JSONField("nieuwe namen", default=dict, blank=True)

    class Meta:
        verbose_name = "wijziging van een plan"
        verbose_name_plural = "wijzigingen van plannen"
        ordering = ["plan", "after"]
        indexes = [models.Index(fields=["plan", "after"], name="workplans_change_after")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(after__gt=models.F("before")),
                name="workplans_change_forward",
                violation_error_message="Een wijziging maakt de stand van een plan hoger.",
            )
        ]
        triggers = [append_only("plan_change_append_only", STANDS, *FIXED)]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.before} → {self.after}"
