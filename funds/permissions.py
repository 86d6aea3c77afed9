"""Who may see what of a fund, and who may enter something in it."""

from collections.abc import Collection, Iterable

from funds.models import Application, Envelope, Fund
from municipalities.models import Region, RoleAssignment, User
from municipalities.permissions import READS_REGION, WRITES_REGION, YES, Verdict, no


def manages(user: User, fund: Fund) -> bool:
    """Whether the user is fund manager of the municipality that owns the fund. One query."""
    return RoleAssignment.objects.filter(
        user=user.pk, role=RoleAssignment.Role.FUND_MANAGER, municipality=fund.owner_id
    ).exists()


def can_administer(user: User, fund: Fund) -> Verdict:
    """Whether the user may decide, pay, settle and close years in this fund. One query."""
    if manages(user, fund):
        return YES
    return no(f"Dit doet de fondsbeheerder van de gemeente {fund.owner.name}; vraag het daar.")


def can_report(user: User, application: Application) -> Verdict:
    """Whether the user may say what was spent on an application and ask for a change: who
    writes plans for its region, or the fund manager. At most two queries."""
    envelope = application.envelope
    regions = Region.objects.with_role(user, *WRITES_REGION)
    if regions.filter(pk=envelope.region_id).exists() or manages(user, envelope.fund):
        return YES
    return no(
        f"Dit doet wie plannen schrijft voor {envelope.region.name}, of de fondsbeheerder van de "
        f"gemeente {envelope.fund.owner.name}; vraag het daar."
    )


def regions_in_full(user: User, fund: Fund) -> Collection[int]:
    """Keys of the regions whose applications the user may see in this fund.

    The fund manager sees all; others see their own region in full and of other
    regions only available, granted and remaining. Three queries.
    """
    return regions_in_full_by_fund(user, [fund])[fund.pk]


def regions_in_full_by_fund(user: User, funds: Iterable[Fund]) -> dict[int, frozenset[int]]:
    """The same for several funds, by key of the fund; three queries for any number."""
    owners = {fund.pk: fund.owner_id for fund in funds}
    managed = set(
        RoleAssignment.objects.filter(
            user=user.pk, role=RoleAssignment.Role.FUND_MANAGER
        ).values_list("municipality", flat=True)
    )
    own = set(Region.objects.with_role(user, *READS_REGION).values_list("pk", flat=True))
    found: dict[int, set[int]] = {key: set() for key in owners}
    envelopes = Envelope.objects.filter(fund__in=owners).order_by("fund", "region")
    for fund, region in envelopes.values_list("fund", "region").distinct():
        if owners[fund] in managed or region in own:
            found[fund].add(region)
    return {key: frozenset(regions) for key, regions in found.items()}
