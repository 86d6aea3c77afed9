"""Regions, the municipalities that are members, and groups among those."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from municipalities.history import tracked
from municipalities.models.municipality import Municipality
from municipalities.written import Written


class RegionQuerySet(models.QuerySet["Region"]):
    """Regions, with the questions that rights build on."""

    def with_role(self, user: AbstractBaseUser, *roles: str) -> RegionQuerySet:
        """Regions that one of these roles of the user reaches.

        A role with a region reaches that region only, neither its parent nor its
        children; a role with a municipality reaches the regions it is a member of.
        """
        named = Region.objects.filter(
            role_assignments__user=user.pk, role_assignments__role__in=roles
        )
        joined = RegionMembership.objects.filter(
            municipality__role_assignments__user=user.pk,
            municipality__role_assignments__role__in=roles,
        )
        return self.filter(Q(pk__in=named.values("pk")) | Q(pk__in=joined.values("region")))


@tracked()
class Region(Written):
    """Municipalities that work together (regio, subregio, samenwerkingsverband)."""

    class Kind(models.TextChoices):
        REGION = "regio", "regio"
        SUBREGION = "subregio", "subregio"
        PARTNERSHIP = "samenwerkingsverband", "samenwerkingsverband"

    slug = models.SlugField("kenmerk", max_length=80, unique=True)
    name = models.CharField("naam", max_length=120)
    kind = models.CharField("soort", max_length=24, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name="deel van",
        related_name="subregions",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    aliases = ArrayField(
        models.CharField(max_length=120),
        verbose_name="andere namen",
        default=list,
        blank=True,
        help_text="Gescheiden door komma’s, zoals: Duin en Bollen, de Bollenstreek.",
    )
    centre_municipality = models.ForeignKey(
        Municipality,
        verbose_name="centrumgemeente",
        related_name="centre_of",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "regio"
        verbose_name_plural = "regio’s"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class RegionMembership(Written):
    """A municipality in a region, with the letter by which its documents name it.

    Membership has no dates of its own: it ends when the municipality does.
    """

    region = models.ForeignKey(
        Region,
        verbose_name="regio",
        related_name="memberships",
        on_delete=models.CASCADE,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        related_name="memberships",
        on_delete=models.PROTECT,
    )
    abbreviation = models.CharField(
        "afkorting", max_length=8, blank=True, help_text="Zoals K, Ld of HRN."
    )
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "lid van een regio"
        verbose_name_plural = "leden van regio’s"
        ordering = ["region", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality"],
                name="municipalities_membership_once",
                violation_error_message="Deze gemeente is al lid van deze regio.",
            ),
            models.UniqueConstraint(
                fields=["region", "abbreviation"],
                condition=~Q(abbreviation=""),
                name="municipalities_membership_abbreviation",
                violation_error_message=(
                    "Deze afkorting is in deze regio al van een andere gemeente; kies een andere."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} in {self.region}"


@tracked()
class MunicipalityGroup(Written):
    """Municipalities of a region that a document names together (gemeentegroep): `HRN`,
    `WF6`. Its members are of the region, and stand in the order of the region."""

    region = models.ForeignKey(
        Region, verbose_name="regio", related_name="groups", on_delete=models.CASCADE
    )
    name = models.CharField("naam", max_length=40, help_text="Zoals WF6 of HRN.")

    class Meta:
        verbose_name = "gemeentegroep"
        verbose_name_plural = "gemeentegroepen"
        ordering = ["region", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="municipalities_group_once",
                violation_error_message="Deze regio heeft al een groep met deze naam.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.region})"


@tracked()
class GroupMembership(models.Model):
    """A municipality in a group."""

    group = models.ForeignKey(
        MunicipalityGroup,
        verbose_name="gemeentegroep",
        related_name="memberships",
        on_delete=models.CASCADE,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        related_name="group_memberships",
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = "lid van een gemeentegroep"
        verbose_name_plural = "leden van gemeentegroepen"
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "municipality"],
                name="municipalities_group_member_once",
                violation_error_message="Deze gemeente staat al in deze groep.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} in {self.group}"
