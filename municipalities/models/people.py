"""People who sign in, and their roles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q

from municipalities.history import tracked
from municipalities.models.municipality import Municipality
from municipalities.models.region import Region
from municipalities.written import Written


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
