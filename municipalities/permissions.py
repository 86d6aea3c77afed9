"""The shape of an answer to "may you?", and the rights that need no plan or fund."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from municipalities.models import Region, RegionMembership, RoleAssignment, User

Role = RoleAssignment.Role

READS_REGION = (Role.POLICY_OFFICER, Role.PROJECT_LEADER, Role.READER)
"""Roles that read the plans and fund statements of the regions that they reach."""

WRITES_REGION = (Role.POLICY_OFFICER, Role.PROJECT_LEADER)
"""Roles that write the plans of the regions that they reach."""


def readers_of(region: Region) -> QuerySet[User]:
    """Who reads the plans of the region, drafts included, and may sign in; by name."""
    return _with_role(region, READS_REGION)


def writers_of(region: Region) -> QuerySet[User]:
    """Who writes the plans of the region, and may sign in; by name."""
    return _with_role(region, WRITES_REGION)


def _with_role(region: Region, roles: Collection[str]) -> QuerySet[User]:
    members = RegionMembership.objects.filter(region=region.pk).values("municipality")
    held = RoleAssignment.objects.filter(role__in=roles).filter(
        Q(region=region.pk) | Q(municipality__in=members)
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by(
        "display_name", "pk"
    )


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with the Dutch reason that the person reads."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `PermissionDenied` with the reason unless allowed."""
        if not self.allowed:
            raise PermissionDenied(self.reason)


YES = Verdict(True)


def no(reason: str) -> Verdict:
    """A refusal; the reason is one Dutch sentence that says who may."""
    return Verdict(False, reason)


class AdministratorBackend(ModelBackend):
    """Gives a beheerder Django's model permissions on people and reference data.

    These only open the Django admin; no page of the process asks for them.
    """

    MODELS = frozenset(
        {
            "municipality",
            "region",
            "regionmembership",
            "populationfigure",
            "municipalitygroup",
            "groupmembership",
            "organisation",
            "user",
            "roleassignment",
        }
    )

    def has_perm(self, user_obj: User, perm: str, obj: object = None) -> bool:  # type: ignore[override]
        """Whether the permission is on one of these models. One query a question."""
        app, _, codename = perm.partition(".")
        return (
            app == "municipalities"
            and codename.partition("_")[2] in self.MODELS
            and user_obj.is_active
            and user_obj.is_staff
        )

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:  # type: ignore[override]
        return app_label == "municipalities" and user_obj.is_active and user_obj.is_staff
