"""Organisations that take part in what plans do."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from municipalities.history import tracked
from municipalities.written import Written


@tracked()
class Organisation(Written):
    """Who takes part in what plans do (organisatie); `aliases` are other spellings."""

    class Kind(models.TextChoices):
        CARE = "zorgaanbieder", "zorgaanbieder"
        WELFARE = "welzijn", "welzijn"
        HOUSING = "corporatie", "corporatie"
        CLIENTS = "cliëntorganisatie", "cliëntorganisatie"
        JOINT_SCHEME = "gemeenschappelijke regeling", "gemeenschappelijke regeling"
        GOVERNMENT = "overheid", "overheid"
        JUSTICE = "politie en justitie", "politie en justitie"
        EDUCATION = "onderwijs", "onderwijs"
        INSURER = "zorgverzekeraar", "zorgverzekeraar"
        NETWORK = "netwerk", "netwerk"
        OTHER = "overig", "overig"

    name = models.CharField("naam", max_length=200, unique=True)
    kind = models.CharField("soort", max_length=32, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name="onderdeel van",
        related_name="parts",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    aliases = ArrayField(
        models.CharField(max_length=200),
        verbose_name="andere namen",
        default=list,
        blank=True,
        help_text="Gescheiden door komma’s, ook andere schrijfwijzen.",
    )

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")),
                name="municipalities_organisation_parent",
                violation_error_message="Een organisatie is geen onderdeel van zichzelf.",
            )
        ]

    def __str__(self) -> str:
        return self.name
