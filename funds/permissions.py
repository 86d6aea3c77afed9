"""Who may see what of a fund; deciding and paying come with their own services."""

from collections.abc import Collection

from funds.models import Fund
from municipalities.models import Region, RoleAssignment, User
from municipalities.permissions import READS_REGION


def manages(user: User, fund: Fund) -> bool:
    """Whether the user is fund manager of the municipality that owns the fund. One query."""
    return RoleAssignment.objects.filter(
        user=user.pk, role=RoleAssignment.Role.FUND_MANAGER, municipality=fund.owner_id
    ).exists()


def regions_in_full(user: User, fund: Fund) -> Collection[int]:
    """Keys of the regions whose applications the user may see in this fund.

    The fund manager sees all; others see their own region in full and of other
    regions only available, granted and remaining. Two queries.
    """
    regions = Region.objects.filter(envelopes__fund=fund)
    if not manages(user, fund):
        regions = regions.filter(pk__in=Region.objects.with_role(user, *READS_REGION))
    return frozenset(regions.values_list("pk", flat=True))
