"""Municipalities, also those that are no more, and their inhabitants."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q

from municipalities.history import tracked
from municipalities.written import Written


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Municipalities, also those that no longer exist."""

    def valid_on(self, day: datetime.date) -> MunicipalityQuerySet:
        """Those that existed on that day; both ends of the validity are inclusive."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )


@tracked()
class Municipality(Written):
    """A Dutch municipality (gemeente), under the code that CBS gives it.

    `valid_until` is the last day on which it existed, inclusive, as in the TOOI
    register; None means: as far as we know, for ever.
    """

    code = models.CharField("CBS-code", max_length=6, unique=True)
    name = models.CharField("naam", max_length=80)
    sort_name = models.CharField(
        "sorteernaam",
        max_length=80,
        help_text="Zonder ’s- of ’t, in kleine letters: zo sorteren wij.",
    )
    province = models.CharField("provincie", max_length=40, blank=True)
    valid_from = models.DateField("bestaat vanaf", null=True, blank=True)
    valid_until = models.DateField("bestaat tot en met", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name="opgegaan in",
        related_name="predecessors",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["sort_name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^GM[0-9]{4}$"),
                name="municipalities_municipality_code",
                violation_error_message="Een CBS-code is GM met vier cijfers, zoals GM0537.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="municipalities_municipality_validity",
                violation_error_message="De laatste dag ligt voor de eerste; draai de twee om.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_valid_on(self, day: datetime.date) -> bool:
        """Whether the municipality existed on that day, both ends inclusive."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@tracked()
class PopulationFigure(Written):
    """Inhabitants of a municipality on a reference date (peildatum).

    A figure without a date can be shown, but never serves as a distribution key.
    """

    class Status(models.TextChoices):
        PROVISIONAL = "voorlopig", "voorlopig"
        FINAL = "definitief", "definitief"
        DEMO = "voorbeeld", "voorbeeld"

    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        related_name="population_figures",
        on_delete=models.CASCADE,
    )
    reference_date = models.DateField("peildatum", null=True, blank=True)
    inhabitants = models.PositiveIntegerField("inwoners")
    status = models.CharField("status", max_length=12, choices=Status)
    source = models.CharField("bron", max_length=200)

    class Meta:
        verbose_name = "inwonertal"
        verbose_name_plural = "inwonertallen"
        ordering = ["municipality", "-reference_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "reference_date"],
                nulls_distinct=False,
                name="municipalities_population_once",
                violation_error_message="Op deze peildatum is er al een inwonertal; wijzig dat.",
            ),
            models.CheckConstraint(
                condition=Q(reference_date__isnull=False) | Q(status="voorbeeld"),
                name="municipalities_population_dated",
                violation_error_message=(
                    "Zonder peildatum kan een inwonertal alleen de status voorbeeld hebben."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.inhabitants}"
