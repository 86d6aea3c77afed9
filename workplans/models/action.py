"""Actions: one row of an action table each, and what they follow and serve."""

from __future__ import annotations

from collections.abc import Iterable

import pgtrigger
from django.db import models
from django.db.models import Q

from municipalities.history import tracked
from municipalities.models import Municipality
from municipalities.written import Written
from workplans.models.guards import (
    belongs_guard,
    municipality_guard,
    reported_guard,
    touches,
)
from workplans.models.line import POINT_SENTENCE, ActionLine, ActionPoint, IntendedResult


class Divided(Written):
    """A cell for municipalities as typed, and how it divides costs."""

    class Sharing(models.TextChoices):
        SINGLE = "single", "één gemeente"
        LEAD = "lead", "gezamenlijk, met penvoerder"
        EXPLICIT = "explicit", "bedrag per gemeente"
        EQUAL = "equal", "gelijk verdeeld"
        POPULATION = "population", "naar rato van inwoners"
        PERCENTAGES = "percentages", "percentage per gemeente"
        UNDIVIDED = "undivided", "niet verdeeld"

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
        related_name="led_%(class)ss",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )
    key_date = models.DateField(
        "peildatum van de inwonertallen", null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True


def lead_check(name: str) -> models.CheckConstraint:
    """Constraint of a `Divided`: a lead municipality exactly where the division has one."""
    return models.CheckConstraint(
        condition=Q(sharing="lead", lead__isnull=False)
        | (~Q(sharing="lead") & Q(lead__isnull=True)),
        name=name,
        violation_error_message=(
            "Een gezamenlijke actie heeft een penvoerder, een andere actie niet."
        ),
    )


@tracked()
class Action(Divided):
    """One row of an action table (actie).

    The cells for planning and municipalities are kept as they were typed; the reading
    stands beside them: planning entries, and here how the costs are divided.
    `…_unread` marks text that could not be read, `…_by_hand` a sentence. A table has
    `planning`, or `start` and `end` in columns of their own. `funding_text` is used
    where there is no cost line to put it at.
    """

    class Kind(models.TextChoices):
        ACTIVITY = "activiteit", "activiteit"
        PROJECT = "project", "project"
        PILOT = "pilot", "pilot"
        STUDY = "onderzoek", "onderzoek"
        MEETING = "bijeenkomst", "bijeenkomst"

    class Status(models.TextChoices):
        NEW = "nieuw", "nieuw"
        CONTINUED = "voortgezet", "voortgezet"
        RESHAPED = "omgevormd", "omgevormd"
        REDUCED = "verkleind", "verkleind"
        FINISHED = "afgerond", "afgerond"
        DROPPED = "geschrapt", "geschrapt"
        PARKED = "ontwikkelagenda", "ontwikkelagenda"
        ELSEWHERE = "elders belegd", "elders belegd"
        FUNDED_ELSEWHERE = "extern gefinancierd", "extern gefinancierd"
        CONDITIONAL = "voorwaardelijk", "voorwaardelijk"

    line = models.ForeignKey(
        ActionLine,
        verbose_name="actielijn",
        related_name="actions",
        on_delete=models.CASCADE,
    )
    point = models.ForeignKey(
        ActionPoint,
        verbose_name="actiepunt",
        related_name="actions",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde")
    code = models.CharField(
        "code",
        max_length=12,
        blank=True,
        help_text="Mag leeg zijn bij een actiepunt: dan heet de actie naar haar punt.",
    )
    title = models.CharField("titel", max_length=200)
    budget_title = models.CharField(
        "titel in de begroting",
        max_length=200,
        blank=True,
        help_text="Leeg: de begroting neemt de titel over.",
    )
    kind = models.CharField("soort", max_length=12, choices=Kind, blank=True)
    status = models.CharField("stand", max_length=20, choices=Status, blank=True)
    predecessor = models.ForeignKey(
        "self",
        verbose_name="eerdere actie",
        related_name="successors",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
    )
    predecessor_text = models.CharField(
        "komt voort uit",
        max_length=500,
        blank=True,
        help_text="De actie van een eerder plan als plan/code, of een omschrijving.",
    )
    description = models.TextField("omschrijving", blank=True, max_length=100_000)
    target_group = models.CharField("doelgroep", max_length=500, blank=True)
    monitoring = models.TextField("monitoring", blank=True, max_length=10_000)
    planning_text = models.CharField("planning", max_length=500, blank=True)
    planning_unread = models.BooleanField("planning niet gelezen", default=False, editable=False)
    planning_by_hand = models.BooleanField("planning is een zin", default=False, editable=False)
    start_text = models.CharField("start", max_length=500, blank=True)
    start_unread = models.BooleanField("start niet gelezen", default=False, editable=False)
    start_by_hand = models.BooleanField("start is een zin", default=False, editable=False)
    end_text = models.CharField("eind", max_length=500, blank=True)
    end_unread = models.BooleanField("eind niet gelezen", default=False, editable=False)
    end_by_hand = models.BooleanField("eind is een zin", default=False, editable=False)
    embed_in = models.CharField("onderbrengen in", max_length=500, blank=True)
    embed_from = models.CharField("onderbrengen vanaf", max_length=500, blank=True)
    funding_text = models.CharField("uit welke pot", max_length=500, blank=True)
    note = models.TextField("opmerking", blank=True, max_length=100_000)

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ["line", "position", "pk"]
        constraints = [
            lead_check("workplans_action_lead"),
            models.CheckConstraint(
                condition=~Q(code="") | Q(point__isnull=False),
                name="workplans_action_code",
                violation_error_message=(
                    "Een actie heeft een code, of staat onder een actiepunt dat er een heeft."
                ),
            ),
        ]
        triggers = [
            *touches("line"),
            municipality_guard(
                "guard_action_municipalities()",
                pgtrigger.Insert | pgtrigger.UpdateOf("line_id", "lead_id"),
            ),
            belongs_guard(
                "action_point",
                "guard_action_point()",
                pgtrigger.Insert | pgtrigger.UpdateOf("line_id", "point_id"),
                POINT_SENTENCE,
            ),
            reported_guard(),
        ]

    def __str__(self) -> str:
        return f"{self.full_code} {self.title}"

    @property
    def full_code(self) -> str:
        """The code as people say it: `A6`, or by its point `27B`, `37 + 38A` or `18`.

        Follows `line` and `point`: fetch them along.
        """
        return full_code(self.line.code, self.point.code if self.point else "", self.code)

    @property
    def is_joint(self) -> bool:
        """Whether the region does this together, paid through a lead municipality."""
        return self.sharing == self.Sharing.LEAD


def anchor_of(code: str) -> str:
    """Where an action stands on a page, by its full code: `actie-37+38A`."""
    return f"actie-{plain_code(code)}"


def plain_code(code: str) -> str:
    """A full code as it can stand in an address: `37+38A`."""
    return code.replace(" ", "")


def action_names(actions: Iterable[Action], lines: Iterable[str]) -> dict[int, str]:
    """What each action is called where no two may be called the same (an address in a
    page, a row of a file), by its key: `A6`, and `A6-2` for a second A6. In the order of
    the plan, with the codes of its lines; follows line and point."""
    taken = {"totaal", *(f"lijn-{code}" for code in lines)}
    names: dict[int, str] = {}
    for action in actions:
        code = name = plain_code(action.full_code)
        turn = 1
        while name in taken:
            turn += 1
            name = f"{code}-{turn}"
        taken.add(name)
        names[action.pk] = name
    return names


def full_code(line: str, point: str, code: str) -> str:
    """The code of an action by those of its line and point."""
    return f"{point or line}{code}"


@tracked()
class ActionOrder(Written):
    """An action that must be ready first; `text` is its full code as typed."""

    action = models.ForeignKey(
        Action, verbose_name="actie", related_name="after", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField("volgorde")
    text = models.CharField("na", max_length=500)
    first = models.ForeignKey(
        Action,
        verbose_name="eerst",
        related_name="before",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    class Meta:
        verbose_name = "volgorde van acties"
        verbose_name_plural = "volgorde van acties"
        ordering = ["action_id", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(first=models.F("action")),
                name="workplans_order_itself",
                violation_error_message="Een actie kan niet op zichzelf wachten.",
            )
        ]
        triggers = touches("action")

    def __str__(self) -> str:
        return self.text


@tracked()
class ActionResult(Written):
    """An intended result, of this plan or its programme, that an action serves."""

    action = models.ForeignKey(
        Action, verbose_name="actie", related_name="results", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField("volgorde")
    text = models.CharField("code", max_length=500)
    result = models.ForeignKey(
        IntendedResult,
        verbose_name="beoogd resultaat",
        related_name="actions",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    class Meta:
        verbose_name = "resultaat van een actie"
        verbose_name_plural = "resultaten van acties"
        ordering = ["action_id", "position", "pk"]
        triggers = touches("action")

    def __str__(self) -> str:
        return self.text
