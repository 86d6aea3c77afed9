"""Who: regions, municipalities, inhabitants, organisations, people and their roles."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
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


class RegionQuerySet(models.QuerySet["Region"]):
    """Regions, with the questions that rights build on."""

    def with_role(self, user: User, *roles: str) -> RegionQuerySet:
        """Regions that one of these roles of the user reaches.

        A role with a region reaches that region only, neither its parent nor its
        children; a role with a municipality reaches the regions it is a member of.
        """
        held = RoleAssignment.objects.filter(user=user.pk, role__in=roles)
        return self.filter(
            Q(pk__in=held.values("region"))
            | Q(
                pk__in=RegionMembership.objects.filter(
                    municipality__in=held.values("municipality")
                ).values("region")
            )
        )


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


class UserManager(BaseUserManager["User"]):
    """Makes users; Django's commands and allauth expect these names."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make and store a user; the address is kept in lower case."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a technical sign-in: the admin and nothing else, for it holds no role."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by e-mail address, whatever its capitals."""
        return self.get(email__iexact=username)


class User(Written, AbstractBaseUser, PermissionsMixin):
    """A person who signs in; shown by role and municipality, not by a personal name."""

    class Mailing(models.TextChoices):
        DIRECT = "direct", "Meteen"
        DAILY = "dagelijks", "Eén keer per dag"
        NONE = "geen", "Niet"

    email = models.EmailField("e-mailadres", unique=True)
    display_name = models.CharField(
        "weergavenaam",
        max_length=120,
        help_text="Zoals de collega’s u zien: Beleidsmedewerker Katwijk.",
    )
    is_active = models.BooleanField("mag inloggen", default=True)
    mailing = models.CharField(
        "meldingen per mail", max_length=12, choices=Mailing, default=Mailing.DAILY
    )
    date_joined = models.DateTimeField("aangemaakt op", auto_now_add=True)
    last_seen_at = models.DateTimeField("laatst gezien op", null=True, editable=False)
    visited_until = models.DateTimeField("vorig bezoek tot", null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    objects = UserManager()

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["display_name", "pk"]

    def __str__(self) -> str:
        return self.display_name or self.email

    @property
    def is_staff(self) -> bool:
        """Whether the admin lets this person in. One query, unless a superuser."""
        return self.is_superuser or (
            self.is_active
            and self.role_assignments.filter(role=RoleAssignment.Role.ADMINISTRATOR).exists()
        )


@tracked()
class RoleAssignment(models.Model):
    """What somebody may do and where (rol): a row, not a Django group."""

    class Role(models.TextChoices):
        POLICY_OFFICER = "beleidsmedewerker", "beleidsmedewerker"
        PROJECT_LEADER = "projectleider", "projectleider"
        FUND_MANAGER = "fondsbeheerder", "fondsbeheerder"
        READER = "lezer", "lezer"
        ADMINISTRATOR = "beheerder", "beheerder"

    user = models.ForeignKey(
        User,
        verbose_name="gebruiker",
        related_name="role_assignments",
        on_delete=models.CASCADE,
    )
    role = models.CharField("rol", max_length=20, choices=Role)
    region = models.ForeignKey(
        Region,
        verbose_name="regio",
        related_name="role_assignments",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        related_name="role_assignments",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        ordering = ["user", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(
                        role__in=["beleidsmedewerker", "fondsbeheerder"],
                        municipality__isnull=False,
                        region__isnull=True,
                    )
                    | Q(
                        role="projectleider",
                        municipality__isnull=True,
                        region__isnull=False,
                    )
                    | Q(role="lezer", municipality__isnull=True, region__isnull=False)
                    | Q(role="lezer", municipality__isnull=False, region__isnull=True)
                    | Q(role="beheerder", municipality__isnull=True, region__isnull=True)
                ),
                name="municipalities_role_scope",
                violation_error_message=(
                    "Een beleidsmedewerker of fondsbeheerder hoort bij een gemeente, een "
                    "projectleider bij een regio, een lezer bij een van beide en een beheerder "
                    "bij geen van beide."
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "region", "municipality"],
                nulls_distinct=False,
                name="municipalities_role_once",
                violation_error_message="Deze persoon heeft deze rol daar al.",
            ),
        ]

    def __str__(self) -> str:
        where = self.municipality or self.region
        return f"{self.get_role_display()} {where}" if where else self.get_role_display()
