"""What an action costs, which municipality has which share, and which pots pay."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from funds.lifecycle import COST_STATES
from funds.money import amount_checks, euro_field, state_checks
from municipalities.guard import Guard
from municipalities.history import tracked
from municipalities.models import Municipality
from workplans.models.action import Action, Divided, lead_check
from workplans.models.guards import belongs_guard, municipality_guard

SHARES_ADD_UP = (
    "De verdeling ({found}) telt niet op tot het bedrag van de kostenregel ({expected}); pas de "
    "aandelen of het bedrag aan."
)
SHARES_FOLLOW_STATE = (
    "Zolang het bedrag niet bekend is, hebben de aandelen ook geen bedrag; haal de bedragen weg of "
    "vul het bedrag in."
)

SHARE_SENTENCES = {"share_sum": SHARES_ADD_UP, "share_state": SHARES_FOLLOW_STATE}
FUNDING_SENTENCES = {
    "funding_sum": (
        "De dekking ({found}) telt niet op tot het bedrag van de kostenregel ({expected}); pas "
        "de bedragen van de potten of het bedrag aan."
    )
}
FUNDING_OWNER = {
    "funding_action": "Deze dekking hoort bij een kostenregel van een andere actie; kies er een "
    "van deze actie."
}


@tracked()
class CostLine(Divided):
    """An amount of an action (kostenregel), as typed and as it was read.

    An action without a cost line has no cost stated and no gap; a cost line in state
    `blank` is a cell that somebody left empty. A cell for municipalities of its own
    overrides that of the action; ask `division`.
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
    label = models.CharField("waarvoor", max_length=500, blank=True)
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
        ordering = ["action_id", "position", "pk"]
        constraints = [
            *amount_checks("workplans_cost"),
            *state_checks("workplans_cost", COST_STATES),
            lead_check("workplans_cost_lead"),
            models.CheckConstraint(
                condition=~Q(municipalities_text="")
                | Q(sharing="undivided", municipalities_unread=False),
                name="workplans_cost_division",
                violation_error_message="Een verdeling staat in de cel gemeenten; vul die in.",
            ),
        ]
        triggers = [
            Guard(
                name="funding_sum",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.UpdateOf("amount", "state"),
                call="guard_funding_line()",
                sentences=FUNDING_SENTENCES,
            ),
            Guard(
                name="share_sum",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.UpdateOf("amount", "state"),
                call="guard_cost_line()",
                sentences=SHARE_SENTENCES,
            ),
            municipality_guard(
                "guard_cost_line_municipalities()",
                pgtrigger.Insert
                | pgtrigger.UpdateOf("action_id", "lead_id", "sharing", "municipalities_text"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.text or self.get_state_display()}"

    @property
    def division(self) -> Action | CostLine:
        """Whose cell divides this line: its own, or that of its action. Follows
        `action`: fetch it along."""
        return self if self.municipalities_text else self.action

    @property
    def is_joint(self) -> bool:
        """Whether the region pays this together, through a lead municipality."""
        return self.division.sharing == self.Sharing.LEAD


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
        ordering = ["cost_line_id", "capacity", "position", "pk"]
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


@tracked()
class FundingEntry(models.Model):
    """One pot that pays (dekking), in the order of the text that names it.

    `stated` is an amount in the text; `amount` is what the pot pays of the cost line,
    exact, and empty where the text does not say (several pots without parts,
    alternatives, years). Without a cost line the pot pays for an action without costs.
    """

    action = models.ForeignKey(
        Action, verbose_name="actie", related_name="funding", on_delete=models.CASCADE
    )
    cost_line = models.ForeignKey(
        CostLine,
        verbose_name="kostenregel",
        related_name="funding",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde")
    pot = models.CharField("pot", max_length=500, blank=True)
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        related_name="funding",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    percentage = models.DecimalField(
        "percentage", max_digits=13, decimal_places=10, null=True, blank=True
    )
    stated = euro_field("genoemd bedrag", null=True, blank=True)
    amount = euro_field("bedrag", null=True, blank=True)
    is_rest = models.BooleanField("betaalt de rest", default=False)
    is_alternative = models.BooleanField("in plaats van de vorige", default=False)
    is_certain = models.BooleanField("zeker", default=True)

    class Meta:
        verbose_name = "dekking"
        verbose_name_plural = "dekking"
        ordering = ["action_id", "cost_line_id", "position", "pk"]
        constraints = [
            *amount_checks("workplans_funding"),
            *amount_checks("workplans_funding_stated", field="stated"),
            models.CheckConstraint(
                condition=Q(percentage__isnull=True) | Q(percentage__range=(0, 100)),
                name="workplans_funding_percentage",
                violation_error_message="Een percentage ligt tussen 0 en 100.",
            ),
            models.CheckConstraint(
                condition=~Q(pot="") | Q(is_rest=True),
                name="workplans_funding_pot",
                violation_error_message="Een dekking noemt een pot, of betaalt de rest.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(cost_line__isnull=False),
                name="workplans_funding_of_costs",
                violation_error_message="Zonder kostenregel is er geen bedrag om te dekken.",
            ),
            models.CheckConstraint(
                condition=Q(stated__isnull=True) | Q(amount__isnull=True) | Q(amount=F("stated")),
                name="workplans_funding_as_stated",
                violation_error_message="Een pot betaalt het bedrag dat in de tekst staat.",
            ),
        ]
        triggers = [
            Guard(
                name="funding_sum",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                call="guard_funding_entry()",
                sentences=FUNDING_SENTENCES,
            ),
            belongs_guard(
                "funding_action",
                "guard_funding_action()",
                pgtrigger.Insert | pgtrigger.UpdateOf("action_id", "cost_line_id"),
                FUNDING_OWNER,
            ),
            municipality_guard(
                "guard_funding_municipality()",
                pgtrigger.Insert | pgtrigger.UpdateOf("municipality_id", "action_id"),
            ),
        ]

    def __str__(self) -> str:
        return self.pot or "rest"
