"""What an action costs, and which municipality has which share in it."""

from __future__ import annotations

import pgtrigger
from django.db import models

from funds.lifecycle import COST_STATES
from funds.money import amount_checks, euro_field, state_checks
from municipalities.guard import Guard
from municipalities.history import tracked
from municipalities.models import Municipality
from municipalities.written import Written
from workplans.models.action import Action
from workplans.models.guards import municipality_guard

SHARES_ADD_UP = (
    "De verdeling ({found}) telt niet op tot het bedrag van de kostenregel ({expected}); pas de "
    "aandelen of het bedrag aan."
)
SHARES_FOLLOW_STATE = (
    "Zolang het bedrag niet bekend is, hebben de aandelen ook geen bedrag; haal de bedragen weg of "
    "vul het bedrag in."
)

SHARE_SENTENCES = {"share_sum": SHARES_ADD_UP, "share_state": SHARES_FOLLOW_STATE}


@tracked()
class CostLine(Written):
    """An amount of an action (kostenregel), as typed and as it was read.

    An action without a cost line has no cost stated and no gap; a cost line in state
    `blank` is a cell that somebody left empty.
    """

    class Nature(models.TextChoices):
        INCIDENTAL = "incidental", "incidenteel"
        STRUCTURAL = "structural", "structureel"
        MULTI_YEAR = "multi_year", "meerjarig"

    action = models.ForeignKey(
        Action,
        verbose_name="actie",
        related_name="cost_lines",
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde", default=0)
    text = models.CharField("bedrag zoals getypt", max_length=500, blank=True)
    state = models.CharField("toestand", max_length=16, choices=COST_STATES, editable=False)
    amount = euro_field("bedrag", null=True, blank=True, editable=False)
    nature = models.CharField("aard", max_length=12, choices=Nature, blank=True)
    nature_note = models.CharField("bij de aard", max_length=500, blank=True, editable=False)
    vat = models.CharField("btw", max_length=12, blank=True, editable=False)
    cover = models.CharField("dekking", max_length=500, blank=True, editable=False)
    basis = models.CharField("per", max_length=20, blank=True, editable=False)
    bound = models.CharField("grens", max_length=12, blank=True, editable=False)
    is_provisional = models.BooleanField("voorlopig", default=False, editable=False)
    note = models.CharField("opmerking", max_length=500, blank=True, editable=False)
    funding_text = models.CharField("uit welke pot", max_length=500, blank=True)

    class Meta:
        verbose_name = "kostenregel"
        verbose_name_plural = "kostenregels"
        ordering = ["action", "position", "pk"]
        constraints = [
            *amount_checks("workplans_cost"),
            *state_checks("workplans_cost", COST_STATES),
        ]
        triggers = [
            Guard(
                name="share_sum",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.UpdateOf("amount", "state"),
                call="guard_cost_line()",
                sentences=SHARE_SENTENCES,
            ),
            municipality_guard("guard_cost_line_municipalities()", pgtrigger.UpdateOf("action_id")),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.text or self.get_state_display()}"


@tracked()
class Share(models.Model):
    """What one municipality has of a cost line, in one capacity (aandeel).

    A share of an amount that is not known has the state of the cost line and no
    amount, so that a PM for Lisse reaches the total of Lisse.
    """

    class Capacity(models.TextChoices):
        RECIPIENT = "recipient", "ontvanger"
        BEARER = "bearer", "kostendrager"

    cost_line = models.ForeignKey(
        CostLine,
        verbose_name="kostenregel",
        related_name="shares",
        on_delete=models.CASCADE,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        related_name="shares",
        on_delete=models.PROTECT,
    )
    capacity = models.CharField(
        "hoedanigheid", max_length=12, choices=Capacity, default=Capacity.RECIPIENT
    )
    position = models.PositiveIntegerField("volgorde", default=0)
    state = models.CharField("toestand", max_length=16, choices=COST_STATES)
    amount = euro_field("bedrag", null=True, blank=True)

    class Meta:
        verbose_name = "aandeel"
        verbose_name_plural = "aandelen"
        ordering = ["cost_line", "capacity", "position", "pk"]
        constraints = [
            *amount_checks("workplans_share"),
            *state_checks("workplans_share", COST_STATES),
            models.UniqueConstraint(
                fields=["cost_line", "capacity", "municipality"],
                name="workplans_share_once",
                violation_error_message="Deze gemeente staat al in deze verdeling.",
            ),
        ]
        triggers = [
            Guard(
                name="share_sum",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                call="guard_share()",
                sentences=SHARE_SENTENCES,
            ),
            municipality_guard(
                "guard_share_municipality()",
                pgtrigger.Insert
                | pgtrigger.UpdateOf("municipality_id", "cost_line_id", "capacity"),
            ),
        ]

    def __str__(self) -> str:
        return f"aandeel van {self.municipality_id} in {self.cost_line_id}"
