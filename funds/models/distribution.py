"""An amount that was divided over municipalities, with its proof: added, never changed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from funds.models.fund import Fund
from funds.models.kept import reserve_guards
from funds.money import amount_checks, euro_field
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.models import Municipality, Region
from municipalities.written import Written

DISTRIBUTION_STANDS = "Een verdeling staat vast; neem haar terug met een reden, en maak een nieuwe."
SUMS = {
    "distribution_tranches": (
        "De tranches zijn samen € {found} en de verdeling is € {expected}; verdeel het hele bedrag."
    ),
    "distribution_shares": (
        "De gemeenten krijgen in tranche {tranche} samen € {found} in plaats van € {expected}; "
        "verdeel precies het bedrag van de tranche."
    ),
    "distribution_closed": (
        "De verdeling heeft {found} delen in plaats van {expected}; er komt niets bij en er gaat "
        "niets af, neem haar terug en maak een nieuwe."
    ),
    "distribution_sign": (
        "Een verdeling geeft en een terugname neemt; gebruik bij een terugname de bedragen van de "
        "verdeling zelf."
    ),
    "distribution_unit": (
        "Deze verdeling is in hele euro’s en een deel heeft centen; verdeel in centen."
    ),
    "distribution_day": (
        "Een tranche van {day} ligt voor het besluit van {decided}; kies die dag of een latere."
    ),
    "distribution_municipality": (
        "{municipality} bestaat niet op {day}; kies een gemeente die dan bestaat."
    ),
    "distribution_correction": (
        "Een terugname neemt één verdeling precies terug, tot op de cent en niet eerder; neem de "
        "verdeling zelf terug."
    ),
}


def sums() -> Guard:
    """The guard that an amount, its tranches and its shares are one sum, at the commit."""
    return Guard(
        name="adds_up",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Insert,
        call="guard_distribution()",
        sentences=SUMS,
    )


class Unit(models.TextChoices):
    """What is not divided further."""

    EURO = "euro", "hele euro’s"
    CENT = "cent", "centen"


@tracked()
class Distribution(Written):
    """An amount divided over municipalities of a region (verdeling).

    `proof` says with which key and basis figures, and what came out exactly. It is no part
    of what an envelope has available; one `from_reserve` takes its tranches from the
    reserve of the fund. One that `corrects` takes another back, with its opposite.
    """

    Unit = Unit

    fund = models.ForeignKey(
        Fund, verbose_name="fonds", related_name="distributions", on_delete=models.PROTECT
    )
    region = models.ForeignKey(
        Region, verbose_name="regio", related_name="distributions", on_delete=models.PROTECT
    )
    title = models.CharField("omschrijving", max_length=120)
    amount = euro_field("bedrag")
    unit = models.CharField("eenheid", max_length=4, choices=Unit)
    decided_on = models.DateField("besloten op")
    decision = models.CharField("besluit", max_length=200, blank=True)
    answers = models.JSONField("antwoorden van de regels", default=list, blank=True)
    reason = models.CharField("reden", max_length=200, blank=True)
    from_reserve = models.BooleanField("uit de reserve", default=False)
    corrects = models.OneToOneField(
        "self",
        verbose_name="neemt terug",
        related_name="correction",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    proof = models.JSONField("bewijs", default=dict, blank=True)
    tranche_count = models.PositiveSmallIntegerField("aantal tranches", editable=False)
    share_count = models.PositiveSmallIntegerField("aantal gemeenten", editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="distributions",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "verdeling"
        verbose_name_plural = "verdelingen"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            *amount_checks("funds_distribution", may_be_negative=True),
            models.CheckConstraint(
                condition=Q(unit__in=Unit.values),
                name="funds_distribution_unit",
                violation_error_message="Verdeel in hele euro’s of in centen.",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, amount__gt=0)
                | Q(corrects__isnull=False, amount__lt=0),
                name="funds_distribution_amount_sign",
                violation_error_message="Verdeel meer dan nul; vul dat bedrag in.",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""),
                name="funds_distribution_reason",
                violation_error_message="Schrijf op waarom de verdeling wordt teruggenomen.",
            ),
            models.CheckConstraint(
                condition=Q(from_reserve=False) | Q(corrects__isnull=False) | ~Q(decision=""),
                name="funds_distribution_decision",
                violation_error_message=(
                    "Wat uit de reserve komt, heeft een besluit nodig; vul in welk."
                ),
            ),
            models.CheckConstraint(
                condition=Q(tranche_count__gte=1, share_count__gte=1),
                name="funds_distribution_parts",
                violation_error_message="Verdeel over minstens één gemeente.",
            ),
        ]
        triggers = [
            append_only("distribution_append_only", DISTRIBUTION_STANDS),
            *reserve_guards(counts=False),
            sums(),
        ]

    def __str__(self) -> str:
        return self.title


class DistributionTranche(models.Model):
    """A part of a distribution that comes on one day (tranche)."""

    distribution = models.ForeignKey(
        Distribution, verbose_name="verdeling", related_name="tranches", on_delete=models.PROTECT
    )
    number = models.PositiveSmallIntegerField("nummer")
    dated_on = models.DateField("datum")
    amount = euro_field("bedrag")

    class Meta:
        verbose_name = "tranche"
        verbose_name_plural = "tranches"
        ordering = ["distribution", "number"]
        constraints = [
            *amount_checks("funds_tranche", may_be_negative=True),
            models.UniqueConstraint(
                fields=["distribution", "number"],
                name="funds_tranche_once",
                violation_error_message="Deze tranche staat er al.",
            ),
        ]
        triggers = [
            append_only("distribution_append_only", DISTRIBUTION_STANDS),
            *reserve_guards(),
            sums(),
        ]

    def __str__(self) -> str:
        return f"tranche {self.number}"


class DistributionShare(models.Model):
    """What one municipality gets of one tranche (deel van een verdeling)."""

    tranche = models.ForeignKey(
        DistributionTranche, verbose_name="tranche", related_name="shares", on_delete=models.PROTECT
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        related_name="distribution_shares",
        on_delete=models.PROTECT,
    )
    amount = euro_field("bedrag")

    class Meta:
        verbose_name = "deel van een verdeling"
        verbose_name_plural = "delen van verdelingen"
        ordering = ["tranche", "pk"]
        constraints = [
            *amount_checks("funds_distribution_share", may_be_negative=True),
            models.UniqueConstraint(
                fields=["tranche", "municipality"],
                name="funds_distribution_share_once",
                violation_error_message="Deze gemeente staat al in deze tranche.",
            ),
        ]
        triggers = [append_only("distribution_append_only", DISTRIBUTION_STANDS), sums()]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.amount}"
