"""Who may take which step with a plan; who may see one is `WorkPlan.visible_to`."""

from collections.abc import Collection
from dataclasses import dataclass

from municipalities.models import Region, RoleAssignment, User
from municipalities.models.region import RegionQuerySet
from municipalities.permissions import READS_REGION, YES, Verdict, no
from workplans import lifecycle
from workplans.models import Comment, WorkPlan

Role = RoleAssignment.Role


def can_take(user: User, plan: WorkPlan, step: lifecycle.Step) -> Verdict:
    """Whether the user may take this step with this plan, whatever its status. One query."""
    held = RoleAssignment.objects.filter(user=user.pk, role=step.role, region=plan.region_id)
    if held.exists():
        return YES
    return no(f"Alleen de {step.role} van {plan.region.name} {step.refusal}.")


def can_edit(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may change this plan now. At most two queries.

    Who writes policy for a member of the region writes its concepts; from the submission
    on only the project leader changes the plan; an adopted plan changes for nobody.
    """
    status = lifecycle.Status(plan.status)
    if status in lifecycle.UNCHANGING:
        word = lifecycle.LABELS[status].lower()
        return no(f"Dit plan is {word} en verandert niet meer; begin eerst een nieuwe versie.")
    if _leads(user, plan):
        return YES
    if status in lifecycle.SUBMITTED:
        return no(
            "Dit plan is ingediend; alleen de projectleider van "
            f"{plan.region.name} wijzigt het nog."
        )
    if _reaches(user, plan, Role.POLICY_OFFICER):
        return YES
    return no(
        "Alleen de projectleider en de beleidsmedewerkers van "
        f"{plan.region.name} wijzigen dit plan."
    )


def can_start(user: User) -> Verdict:
    """Whether the user may start a plan, of a region of `regions_led`. One query."""
    if regions_led(user).exists():
        return YES
    return no("Alleen een projectleider begint een plan; vraag die van uw regio.")


def regions_led(user: User) -> RegionQuerySet:
    """The regions of which the user is project leader."""
    return Region.objects.with_role(user, RoleAssignment.Role.PROJECT_LEADER)


def can_copy(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may start the next plan of the region from this one. One query."""
    if _leads(user, plan):
        return YES
    return no(f"Alleen de projectleider van {plan.region.name} maakt het volgende plan.")


def can_keep_version(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may keep a version of this plan. One query."""
    if _leads(user, plan):
        return YES
    return no(f"Alleen de projectleider van {plan.region.name} bewaart een versie van dit plan.")


def can_restore_version(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may make this plan what it was in a version. One query."""
    if _leads(user, plan):
        return YES
    return no(f"Alleen de projectleider van {plan.region.name} gaat terug naar een versie.")


def can_record_decision(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may say who decides about this plan, put a version forward, and
    record what was decided. One query."""
    if _leads(user, plan):
        return YES
    return no(f"Alleen de projectleider van {plan.region.name} legt besluiten over dit plan vast.")


def can_make_scenarios(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may set up the table of this plan, make scenarios and record votes:
    its project leader, and who manages a fund that it asks. At most two queries."""
    if _leads(user, plan) or _manages(user, plan):
        return YES
    return no(
        f"Alleen de projectleider van {plan.region.name} en de fondsbeheerder werken aan de "
        "scenario’s van dit plan."
    )


def can_choose_scenario(user: User, plan: WorkPlan, *, asks_votes: bool) -> Verdict:
    """Whether the user may divide the money by a scenario: where nobody votes, only who
    manages a fund that the plan asks. At most two queries."""
    if asks_votes:
        return can_make_scenarios(user, plan)
    if _manages(user, plan):
        return YES
    return no(
        "Aan deze tafel wordt niet gestemd. Dan kiest de fondsbeheerder van het fonds waar dit "
        "plan aanvraagt."
    )


def can_publish(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may make a version of this plan public, and end that. One query."""
    if _leads(user, plan):
        return YES
    return no(f"Alleen de projectleider van {plan.region.name} maakt een versie openbaar.")


def can_accept(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may accept findings of this plan: its project leader until it is
    adopted, and while it is a concept who writes policy for a member. At most two queries."""
    if lifecycle.Status(plan.status) in lifecycle.UNCHANGING:
        return no("Dit plan is vastgesteld; wat er bij de controle is gevonden, staat vast.")
    if _leads(user, plan) or (not plan.is_submitted and _reaches(user, plan, Role.POLICY_OFFICER)):
        return YES
    return no(
        f"Alleen wie dit plan schrijft accepteert een bevinding: de projectleider van "
        f"{plan.region.name}, en bij een concept een beleidsmedewerker van een van de gemeenten."
    )


def can_read_comments(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user reads what is said about this plan. One query."""
    if _reaches(user, plan, *READS_REGION):
        return YES
    return no(f"Opmerkingen bij dit plan leest alleen wie een rol heeft in {plan.region.name}.")


def can_comment(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may say something about this plan, answer, and resolve; whatever
    its status, for a comment changes nothing in it. One query."""
    if _reaches(user, plan, Role.POLICY_OFFICER, Role.PROJECT_LEADER):
        return YES
    return no(
        f"Alleen beleidsmedewerkers en de projectleider van {plan.region.name} plaatsen "
        "opmerkingen."
    )


def can_withdraw_comment(user: User, comment: Comment) -> Verdict:
    """Whether the user may hide this comment: only who wrote it. No query."""
    if comment.author_id == user.pk:
        return YES
    return no(f"Alleen {comment.author} trekt deze opmerking in.")


def can_open_progress(user: User, plan: WorkPlan) -> Verdict:
    """Whether the user may open, change and close the rounds in which the writers of
    this plan report. One query."""
    if lifecycle.Status(plan.status) not in lifecycle.REPORTED:
        return no(
            "Voortgang hoort bij een plan dat is ingediend of vastgesteld, en nog niet is "
            "afgesloten."
        )
    if _leads(user, plan):
        return YES
    return no(f"Alleen de projectleider van {plan.region.name} vraagt om voortgang.")


@dataclass(frozen=True)
class Reporter:
    """What somebody may report on in a plan: everything, or the actions of `codes`."""

    leads: bool
    codes: frozenset[str]
    region: str

    def may_write(self, codes: Collection[str]) -> Verdict:
        """Whether on an action of these municipalities, by CBS code; without any it is of
        every member. No query."""
        if self.leads or (self.codes.intersection(codes) if codes else self.codes):
            return YES
        return no(
            "Het verslag van deze actie schrijven de beleidsmedewerkers van de gemeente die haar "
            f"uitvoert, en de projectleider van {self.region}."
        )


def reporter(user: User, plan: WorkPlan) -> Reporter:
    """What the user may report on in this plan. Two queries."""
    officers = RoleAssignment.objects.filter(
        user=user.pk,
        role=Role.POLICY_OFFICER,
        municipality__memberships__region=plan.region_id,
    )
    codes = frozenset(officers.values_list("municipality__code", flat=True))
    return Reporter(_leads(user, plan), codes, plan.region.name)


def _reaches(user: User, plan: WorkPlan, *roles: str) -> bool:
    return Region.objects.with_role(user, *roles).filter(pk=plan.region_id).exists()


def _manages(user: User, plan: WorkPlan) -> bool:
    owners = plan.applications.values("round__fund__owner")
    return RoleAssignment.objects.filter(
        user=user.pk, role=Role.FUND_MANAGER, municipality__in=owners
    ).exists()


def _leads(user: User, plan: WorkPlan) -> bool:
    return RoleAssignment.objects.filter(
        user=user.pk, role=RoleAssignment.Role.PROJECT_LEADER, region=plan.region_id
    ).exists()
