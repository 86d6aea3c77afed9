"""Action lines and their parts: where they come from, what they aim at, their points."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from municipalities.history import tracked
from municipalities.written import Written
from workplans.models.guards import belongs_guard, municipality_guard, touches
from workplans.models.plan import WorkPlan

PART_SENTENCE = {
    "line_part": (
        "Een onderdeel hoort bij een actielijn van hetzelfde plan, en heeft zelf geen onderdelen; "
        "kies een actielijn die geen onderdeel is."
    )
}
SUB_RESULT_SENTENCE = {
    "result_part": (
        "Een deelresultaat hoort bij een resultaat van dezelfde actielijn, en heeft zelf geen "
        "deelresultaten; kies een resultaat dat geen deelresultaat is."
    )
}
POINT_SENTENCE = {
    "action_point": (
        "Een actie staat in de actielijn van haar actiepunt; kies een punt uit die lijn."
    )
}


@tracked()
class ActionLine(Written):
    """Actions that belong together (cirkel, thema, deelplan, resultaat).

    A part (onderdeel) has a `parent` of the same plan, one deep. `position` counts
    through the whole plan, each line before its parts. `columns` are those of its own
    table; empty means the columns of the plan's style.
    """

    class Kind(models.TextChoices):
        CIRCLE = "cirkel", "cirkel"
        THEME = "thema", "thema"
        SUBPLAN = "deelplan", "deelplan"
        RESULT = "resultaat", "resultaat"
        ORGANISATION = "organisatie", "organisatie"
        PRECONDITION = "randvoorwaarde", "randvoorwaarde"
        PART = "onderdeel", "onderdeel"

    plan = models.ForeignKey(
        WorkPlan,
        verbose_name="werkplan",
        related_name="lines",
        on_delete=models.CASCADE,
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="onderdeel van",
        related_name="parts",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde")
    code = models.CharField("code", max_length=12)
    title = models.CharField("titel", max_length=200)
    kind = models.CharField("soort", max_length=16, choices=Kind)
    general_goal = models.TextField("algemene doelstelling", blank=True, max_length=100_000)
    text = models.TextField("tekst", blank=True, max_length=100_000)
    columns = ArrayField(
        models.CharField(max_length=500),
        verbose_name="kolommen",
        default=list,
        blank=True,
        help_text="Gescheiden door komma’s, zoals: nr, actie: Project/pilot, bedrag.",
    )

    class Meta:
        verbose_name = "actielijn"
        verbose_name_plural = "actielijnen"
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="workplans_line_once",
                deferrable=models.Deferrable.DEFERRED,  # two lines may swap their codes
                violation_error_message="Dit plan heeft al een actielijn met deze code.",
            )
        ]
        triggers = [
            *touches("plan"),
            municipality_guard("guard_line_municipalities()", pgtrigger.UpdateOf("plan_id")),
            belongs_guard(
                "line_part",
                "guard_line_part()",
                pgtrigger.Insert | pgtrigger.UpdateOf("plan_id", "parent_id"),
                PART_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@tracked()
class LinePredecessor(Written):
    """An action line of an earlier plan that this one comes from.

    As typed: `plan/code`, then `predecessor` is that line, or a description.
    """

    line = models.ForeignKey(
        ActionLine,
        verbose_name="actielijn",
        related_name="predecessors",
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde")
    text = models.CharField("komt voort uit", max_length=500)
    predecessor = models.ForeignKey(
        ActionLine,
        verbose_name="eerdere actielijn",
        related_name="successors",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
    )

    class Meta:
        verbose_name = "herkomst van een actielijn"
        verbose_name_plural = "herkomst van actielijnen"
        ordering = ["line_id", "position", "pk"]
        triggers = touches("line")

    def __str__(self) -> str:
        return self.text


@tracked()
class Goal(Written):
    """What a line is for (doelstelling), beside its general goal."""

    line = models.ForeignKey(
        ActionLine, verbose_name="actielijn", related_name="goals", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField("volgorde")
    text = models.TextField("tekst", max_length=100_000)

    class Meta:
        verbose_name = "doelstelling"
        verbose_name_plural = "doelstellingen"
        ordering = ["line_id", "position", "pk"]
        triggers = touches("line")

    def __str__(self) -> str:
        return self.text[:80]


@tracked()
class IntendedResult(Written):
    """What a line wants to reach (beoogd resultaat); a part of one has a `parent`."""

    line = models.ForeignKey(
        ActionLine, verbose_name="actielijn", related_name="results", on_delete=models.CASCADE
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="deel van",
        related_name="results",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde")
    code = models.CharField("code", max_length=12, blank=True)
    text = models.TextField("tekst", max_length=100_000)
    due = models.CharField("wanneer bereikt", max_length=500, blank=True)

    class Meta:
        verbose_name = "beoogd resultaat"
        verbose_name_plural = "beoogde resultaten"
        ordering = ["line_id", "position", "pk"]
        triggers = [
            *touches("line"),
            belongs_guard(
                "result_part",
                "guard_result_part()",
                pgtrigger.Insert | pgtrigger.UpdateOf("line_id", "parent_id"),
                SUB_RESULT_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:80]}".strip()


@tracked()
class ActionPoint(Written):
    """A point above actions of a line (actiepunt), as printed: `37 + 38`, or only a title."""

    line = models.ForeignKey(
        ActionLine, verbose_name="actielijn", related_name="points", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField("volgorde")
    code = models.CharField("code", max_length=12, blank=True)
    title = models.CharField("titel", max_length=500, blank=True)

    class Meta:
        verbose_name = "actiepunt"
        verbose_name_plural = "actiepunten"
        ordering = ["line_id", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(code="", title=""),
                name="workplans_point_named",
                violation_error_message="Een actiepunt heeft een code of een titel.",
            )
        ]
        triggers = [
            *touches("line"),
            belongs_guard(
                "action_point",
                "guard_point_line()",
                pgtrigger.UpdateOf("line_id"),
                POINT_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()
