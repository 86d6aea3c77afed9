"""What a table of partners looks at before money is divided: its budget and members, its
scenarios, what each member voted, and the one that was chosen."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from funds.models import NamedOperations
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.models import Organisation
from municipalities.written import Written
from workplans.majority import MAJORITIES, VOTES
from workplans.models.plan import WorkPlan
from workplans.models.version import PlanVersion

MEMBER_FIXED = (
    "Een lid van de tafel houdt zijn naam; voeg een nieuw lid toe, en haal dit weg zolang het "
    "niet heeft gestemd."
)
SCENARIO_STANDS = (
    "Voor dit plan is scenario {number} gekozen; de scenario’s blijven daarna zoals ze zijn."
)
VOTE_STANDS = "Een stem staat vast; leg een nieuwe stem vast, dan telt die en blijft deze te lezen."
VOTE_OTHER_PLAN = "Dit lid zit aan de tafel van een ander plan; kies een lid van deze tafel."
CHOICE_STANDS = "Een keuze staat vast; ga terug naar de versie van ervoor als zij niet klopt."
CHOICE_OTHER_PLAN = "Dit scenario of deze versie is van een ander plan; kies er een van dit plan."
CHOICE_VOTES = (
    "Over deze uitkomst stemden {found} leden voor en er zijn er {needed} nodig; kies een scenario "
    "met genoeg stemmen."
)
VOTE_FIXED = (
    *("scenario_id", "member_id", "vote", "digest", "dated_on"),
    *("entered_at", "entered_by_name"),
)


@tracked()
class AllocationTable(Written):
    """Who divide the money of a plan together (tafel): the budget, and by which majority.

    `budget_code` and `requested_code` name figures of the plan. What was requested above
    the amounts of the actions is a line of its own: of some sources only the sum is known.
    Without a majority nobody votes, and the fund manager chooses.
    """

    plan = models.OneToOneField(
        WorkPlan,
        verbose_name="werkplan",
        related_name="allocation_table",
        primary_key=True,
        on_delete=models.CASCADE,
    )
    budget_code = models.CharField("cijfer van het budget", max_length=40)
    requested_code = models.CharField("cijfer van wat is aangevraagd", max_length=40, blank=True)
    majority = models.CharField(
        "meerderheid",
        max_length=12,
        choices=[(kind.value, label) for kind, label in MAJORITIES.items()],
        blank=True,
    )

    class Meta:
        verbose_name = "tafel"
        verbose_name_plural = "tafels"

    def __str__(self) -> str:
        return f"Tafel van {self.plan}"


@tracked()
class TableMember(Written):
    """A party at the table, with one vote (lid van een tafel)."""

    table = models.ForeignKey(
        AllocationTable, verbose_name="tafel", related_name="members", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField("volgorde", default=0)
    name = models.CharField("naam", max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organisatie",
        related_name="table_members",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    class Meta:
        verbose_name = "lid van een tafel"
        verbose_name_plural = "leden van tafels"
        ordering = ["table", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "name"],
                name="workplans_member_once",
                violation_error_message="Dit lid staat al aan deze tafel; noem elk lid één keer.",
            )
        ]
        triggers = [
            Guard(
                name="member_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                call="guard_ledger('table_member_fixed', 'table_id', 'name')",
                sentences={"table_member_fixed": MEMBER_FIXED},
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Scenario(NamedOperations):
    """A way to bring what was asked within the budget (scenario): operations, in order.

    What comes out of them is worked out when it is read, from the plan as it is then; a
    vote says by a digest which outcome it was about.
    """

    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="scenarios", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = "scenario"
        verbose_name_plural = "scenario’s"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="workplans_scenario_number",
                violation_error_message=(
                    "Dit nummer kreeg net een ander scenario; bewaar het nog een keer."
                ),
            )
        ]
        triggers = [
            Guard(
                name="scenario_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                call="guard_scenario_stands()",
                sentences={"scenario_chosen": SCENARIO_STANDS},
            )
        ]


class ScenarioVoteQuerySet(models.QuerySet["ScenarioVote"]):
    """Votes; which of them counts is a matter of the order."""

    def newest_first(self) -> ScenarioVoteQuerySet:
        """The first of a member on an outcome is the one that counts."""
        return self.order_by("-dated_on", "-entered_at", "-pk")


class ScenarioVote(Written):
    """What a member voted on one outcome of a scenario (stem). Never changed: who votes
    again adds a vote."""

    scenario = models.ForeignKey(
        Scenario, verbose_name="scenario", related_name="votes", on_delete=models.PROTECT
    )
    member = models.ForeignKey(
        TableMember,
        verbose_name="lid van een tafel",
        related_name="votes",
        on_delete=models.PROTECT,
    )
    vote = models.CharField(
        "stem", max_length=12, choices=[(vote.value, label) for vote, label in VOTES.items()]
    )
    digest = models.CharField("kenmerk van de uitkomst", max_length=64, editable=False)
    dated_on = models.DateField("gestemd op")
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    entered_by_name = models.CharField("naam van wie invoerde", max_length=254, blank=True)

    objects = ScenarioVoteQuerySet.as_manager()

    class Meta:
        verbose_name = "stem"
        verbose_name_plural = "stemmen"
        ordering = ["-dated_on", "-entered_at", "-pk"]
        triggers = [
            append_only("vote_append_only", VOTE_STANDS, *VOTE_FIXED),
            Guard(
                name="vote_place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_scenario_vote()",
                sentences={"vote_other_plan": VOTE_OTHER_PLAN},
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_vote_display()}"


class ScenarioChoice(Written):
    """The scenario by which the money of a plan was divided (keuze), once for a plan.

    `material` is what it was worked out from: the lines as they were asked, and the
    budget, so that every scenario of the plan can still be read as it was then.
    `version` is the plan with the amounts that came of it.
    """

    plan = models.OneToOneField(
        WorkPlan, verbose_name="werkplan", related_name="scenario_choice", on_delete=models.PROTECT
    )
    scenario = models.ForeignKey(
        Scenario, verbose_name="scenario", related_name="+", on_delete=models.PROTECT
    )
    version = models.ForeignKey(
        PlanVersion, verbose_name="versie", related_name="+", on_delete=models.PROTECT
    )
    digest = models.CharField("kenmerk van de uitkomst", max_length=64, editable=False)
    material = models.JSONField("wat is aangevraagd", editable=False)
    dated_on = models.DateField("gekozen op")
    reference = models.CharField("kenmerk van het besluit", max_length=200, blank=True)
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    entered_by_name = models.CharField("naam van wie invoerde", max_length=254, blank=True)

    class Meta:
        verbose_name = "keuze"
        verbose_name_plural = "keuzes"
        ordering = ["-dated_on", "-pk"]
        triggers = [
            append_only(
                "choice_append_only",
                CHOICE_STANDS,
                *("plan_id", "scenario_id", "version_id", "digest", "material", "dated_on"),
                *("reference", "entered_at", "entered_by_name"),
            ),
            Guard(
                name="choice_votes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_scenario_choice()",
                sentences={
                    "choice_other_plan": CHOICE_OTHER_PLAN,
                    "choice_votes": CHOICE_VOTES,
                },
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.scenario}"

    @property
    def sentence(self) -> str:
        """What was chosen and when. Follows scenario and version: fetch them along."""
        cited = f" ({self.reference})" if self.reference else ""
        return (
            f"{self.scenario} is gekozen op {self.dated_on:%d-%m-%Y}{cited}. Het plan heeft "
            f"sindsdien die bedragen: versie {self.version.number}."
        )
