"""The reserve of a fund, as movements that are added up; never below zero on any day."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from funds.models.fund import Fund
from funds.models.kept import counter_kept, reserve_guards
from funds.money import amount_checks, euro_field
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.written import Written

MOVEMENT_STANDS = (
    "Een boeking op de reserve staat vast; neem haar terug met een nieuwe boeking en een reden."
)


class Kind(models.TextChoices):
    """What a movement is; the values stand in the functions of the guards too."""

    BEGIN = "beginstand", "beginstand"
    ADDITION = "toevoeging", "toevoeging"
    WITHDRAWAL = "onttrekking", "onttrekking"


@tracked()
class ReserveMovement(Written):
    """A movement of the reserve of a fund (boeking op de reserve); it stands fast.

    `amount` is what is added to the reserve: a withdrawal is below zero. A correction
    takes one movement back, to the cent, and has its kind. What a distribution takes from
    the reserve is no movement: its tranches count themselves.
    """

    Kind = Kind

    fund = models.ForeignKey(
        Fund, verbose_name="fonds", related_name="reserve_movements", on_delete=models.PROTECT
    )
    kind = models.CharField("soort", max_length=12, choices=Kind)
    amount = euro_field("bedrag")
    dated_on = models.DateField("datum")
    reason = models.CharField("reden", max_length=200)
    decision = models.CharField("besluit", max_length=200, blank=True)
    answers = models.JSONField("antwoorden van de regels", default=list, blank=True)
    corrects = models.OneToOneField(
        "self",
        verbose_name="neemt terug",
        related_name="correction",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="reserve_movements",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "boeking op de reserve"
        verbose_name_plural = "boekingen op de reserve"
        ordering = ["dated_on", "pk"]
        constraints = [
            *amount_checks("funds_reserve", may_be_negative=True),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="funds_reserve_kind",
                violation_error_message="Kies een soort boeking uit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False)
                | Q(kind=Kind.WITHDRAWAL, amount__lt=0)
                | Q(kind__in=(Kind.BEGIN, Kind.ADDITION), amount__gt=0),
                name="funds_reserve_sign",
                violation_error_message="Boek meer dan nul; vul dat bedrag in.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="funds_reserve_reason",
                violation_error_message="Schrijf op waarvoor deze boeking is.",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False) | ~Q(decision=""),
                name="funds_reserve_decision",
                violation_error_message="Een boeking op de reserve heeft een besluit nodig.",
            ),
        ]
        triggers = [
            append_only("reserve_append_only", MOVEMENT_STANDS),
            *reserve_guards(),
            Guard(
                name="not_alone",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert,
                call="guard_carry_alone()",
                sentences={},
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"


class ReserveCounter(models.Model):
    """The number behind the guard of a reserve; kept by the database alone, and never
    shown. Whoever moves the reserve holds this row until the commit."""

    fund = models.OneToOneField(
        Fund,
        verbose_name="fonds",
        related_name="reserve_counter",
        primary_key=True,
        on_delete=models.CASCADE,
    )
    rest = models.DecimalField("stand", max_digits=16, decimal_places=2, editable=False)
    entries = models.PositiveBigIntegerField("aantal boekingen", default=0, editable=False)

    class Meta:
        verbose_name = "teller van een reserve"
        verbose_name_plural = "tellers van reserves"
        constraints = [
            models.CheckConstraint(
                condition=Q(rest__gte=0),
                name="funds_reserve_rest",
                violation_error_message=(
                    "Zoveel zit er niet meer in de reserve; neem er hoogstens uit wat er nog is."
                ),
            )
        ]
        triggers = [counter_kept()]

    def __str__(self) -> str:
        return f"{self.fund_id}: {self.rest}"
