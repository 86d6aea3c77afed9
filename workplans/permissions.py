"""Who may take which step with a plan; who may see one is `WorkPlan.visible_to`."""

from municipalities.models import Region, RoleAssignment, User
from municipalities.permissions import YES, Verdict, no
from workplans.models import WorkPlan


def can_submit(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may submit this plan to its funds. One query."""
    if _leads(user, plan):
        return YES
    return no(f"Alleen de projectleider van {plan.region.name} dient dit plan in.")


def can_copy(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may start the next plan of the region from this one. One query."""
    if _leads(user, plan):
        return YES
    return no(f"Alleen de projectleider van {plan.region.name} maakt het volgende plan.")


def can_accept(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may accept findings of this plan: who may change it. At most two
    queries."""
    if _leads(user, plan) or (not plan.is_submitted and _writes(user, plan)):
        return YES
    return no(
        f"Alleen wie dit plan schrijft accepteert een bevinding: de projectleider van "
        f"{plan.region.name}, en bij een concept een beleidsmedewerker van een van de gemeenten."
    )


def _writes(user: User, plan: WorkPlan) -> bool:
    regions = Region.objects.with_role(user, RoleAssignment.Role.POLICY_OFFICER)
    return regions.filter(pk=plan.region_id).exists()


def _leads(user: User, plan: WorkPlan) -> bool:
    return RoleAssignment.objects.filter(
        user=user.pk, role=RoleAssignment.Role.PROJECT_LEADER, region=plan.region_id
    ).exists()
