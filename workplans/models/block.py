"""The document: blocks in the order of the author, and the rows that are only read."""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from municipalities.history import tracked
from municipalities.written import Written
from workplans.models.action import Action
from workplans.models.guards import belongs_guard, touches
from workplans.models.line import ActionLine
from workplans.models.plan import WorkPlan

ROW_SENTENCE = {
    "block_row": (
        "Deze rij noemt een actielijn of actie van een ander plan; kies er een van dit plan."
    )
}


@tracked()
class Block(Written):
    """A part of the document: text, rows, or a live block that draws itself.

    `text` is typed in the safe subset of rich text. `options` holds what only some
    kinds have, under the keys of the plan file: `lines` and `columns` (lists), `source`,
    `amount`, `tranches`, `key`, `unit` and `vat`; empty ones are absent.
    """

    class Kind(models.TextChoices):
        TEXT = "tekst", "tekst"
        CIRCLES = "cirkels", "cirkels"
        GOALS = "doelen", "doelen en resultaten"
        PRINCIPLES = "uitgangspunten", "uitgangspunten"
        FOCUS_POINTS = "speerpunten", "speerpunten"
        DEVELOPMENTS = "ontwikkelingen", "ontwikkelingen"
        TARGET_GROUPS = "doelgroepen", "doelgroepen"
        LOOK_BACK = "terugblik", "terugblik"
        ACTIONS = "acties", "acties"
        PLANNING = "planning", "planning"
        MUNICIPALITIES = "gemeenten", "bedrag per gemeente"
        BUDGET = "begroting", "begroting"
        FUNDING = "financiering", "financiering"
        FUND = "fonds", "fonds"
        FIGURES = "cijfers", "cijfers"
        DISTRIBUTION = "verdeling", "verdeling"
        RULES = "regels", "regels"
        MEMBERS = "leden", "leden"
        SCENARIOS = "scenario’s", "scenario’s"
        PHASES = "fasen", "fasen"
        DEVELOPMENT_AGENDA = "ontwikkelagenda", "ontwikkelagenda"
        ORGANISATION = "organisatie", "organisatie"
        WORKING_GROUPS = "werkgroepen", "werkgroepen"
        MEETINGS = "overleggen", "overleggen"
        QUOTE = "citaat", "citaat"
        SIGNATURES = "ondertekening", "ondertekening"

    plan = models.ForeignKey(
        WorkPlan,
        verbose_name="werkplan",
        related_name="blocks",
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde")
    kind = models.CharField("soort", max_length=16, choices=Kind, default=Kind.TEXT)
    title = models.CharField("kop", max_length=200, blank=True)
    level = models.PositiveSmallIntegerField("hoe diep", default=1)
    text = models.TextField("tekst", blank=True, max_length=100_000)
    options = models.JSONField("instellingen", default=dict, blank=True)

    class Meta:
        verbose_name = "blok"
        verbose_name_plural = "blokken"
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__range=(1, 3)),
                name="workplans_block_level",
                violation_error_message="Een kop ligt 1, 2 of 3 diep.",
            )
        ]
        triggers = touches("plan")

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


TEXT_ANCHORS = {Block.Kind.TEXT: "tekst", Block.Kind.QUOTE: "citaat"}


def block_anchors(blocks: Sequence[Block]) -> list[str]:
    """Where each block stands on a page, each its own: `tekst-1`, `begroting`,
    `terugblik-2`."""
    counts: dict[str, int] = {}
    found = []
    for block in blocks:
        name = TEXT_ANCHORS.get(Block.Kind(block.kind), block.kind.replace("’", ""))
        counts[name] = counts.get(name, 0) + 1
        is_numbered = block.kind in TEXT_ANCHORS or counts[name] > 1
        found.append(f"{name}-{counts[name]}" if is_numbered else name)
    return found


@tracked()
class BlockRow(Written):
    """A row of a block: what is only read, under the keys of the plan file."""

    block = models.ForeignKey(
        Block, verbose_name="blok", related_name="rows", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField("volgorde")
    group = models.CharField("kopje", max_length=500, blank=True)
    code = models.CharField("code", max_length=12, blank=True)
    title = models.CharField("titel", max_length=500, blank=True)
    line = models.ForeignKey(
        ActionLine,
        verbose_name="actielijn",
        related_name="rows",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    action = models.ForeignKey(
        Action,
        verbose_name="actie",
        related_name="rows",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    text = models.TextField("tekst", blank=True, max_length=100_000)
    items = ArrayField(
        models.CharField(max_length=500), verbose_name="punten", default=list, blank=True
    )
    note = models.TextField("opmerking", blank=True, max_length=100_000)
    target_group = models.CharField("doelgroep", max_length=500, blank=True)
    marks = models.CharField("fasen", max_length=200, blank=True)
    status = models.CharField("stand", max_length=500, blank=True)
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)

    class Meta:
        verbose_name = "rij van een blok"
        verbose_name_plural = "rijen van blokken"
        ordering = ["block_id", "position", "pk"]
        triggers = [
            *touches("block"),
            belongs_guard(
                "block_row",
                "guard_block_row()",
                pgtrigger.Insert | pgtrigger.UpdateOf("block_id", "line_id", "action_id"),
                ROW_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:80]
