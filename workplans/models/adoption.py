"""Who decides about a plan, by which majority, and what each decided on which version."""

from __future__ import annotations

import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.models import Municipality
from municipalities.written import Written
from workplans import lifecycle
from workplans.majority import MAJORITIES, OUTCOMES, WAITING, Majority, Outcome
from workplans.models.plan import WorkPlan
from workplans.models.version import PlanVersion

BODY_DECIDED = (
    "{name} heeft al besloten en blijft zoals het is; alleen de uiterste dag en de volgorde "
    "veranderen nog."
)
DECISION_STANDS = (
    "Een besluit staat vast; leg een nieuw besluit vast, dan geldt dat en blijft dit te lezen."
)
OTHER_PLAN = "Een besluit gaat over een versie van hetzelfde plan; kies een versie van dit plan."
BEFORE_VERSION = (
    "Versie {number} is bewaard op {day}; een besluit erover is van die dag of later. Kies een "
    "andere versie of een andere dag."
)
DECISION_FIXED = (
    *("body_id", "version_id", "outcome", "dated_on", "reference", "condition"),
    *("entered_at", "entered_by_name"),
)


@tracked()
class Adoption(Written):
    """How a plan is decided about (besluitvorming): the majority, and the version that
    was put forward. A plan without this row has put nothing forward yet."""

    plan = models.OneToOneField(
        WorkPlan,
        verbose_name="werkplan",
        related_name="adoption",
        primary_key=True,
        on_delete=models.CASCADE,
    )
    majority = models.CharField(
        "meerderheid",
        max_length=12,
        choices=[(kind.value, label) for kind, label in MAJORITIES.items()],
        default=Majority.ALL.value,
    )
    version = models.ForeignKey(
        PlanVersion,
        verbose_name="voorgelegde versie",
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    put_forward_on = models.DateField("voorgelegd op", null=True, blank=True)

    class Meta:
        verbose_name = "besluitvorming"
        verbose_name_plural = "besluitvorming"
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=True, put_forward_on__isnull=True)
                | Q(version__isnull=False, put_forward_on__isnull=False),
                name="workplans_adoption_put_forward",
                violation_error_message="Bij een voorgelegde versie hoort de dag waarop.",
            )
        ]
        triggers = [
            Guard(
                name="adoption_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("plan_id", "version_id"),
                call="guard_adoption_version()",
                sentences={"adoption_other_plan": OTHER_PLAN},
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_majority_display()}"


class DecisionBodyQuerySet(models.QuerySet["DecisionBody"]):
    """Bodies, by what they still have to do."""

    def in_order(self) -> DecisionBodyQuerySet:
        """As the project leader put them."""
        return self.order_by("position", "pk")

    def decided(self) -> DecisionBodyQuerySet:
        """Those of which a decision stands, on whatever version."""
        return self.filter(Exists(BodyDecision.objects.filter(body=OuterRef("pk"))))

    def late_on(self, day: datetime.date) -> DecisionBodyQuerySet:
        """Those of plans that are not adopted whose day has passed, and that did not
        decide on the version that was put forward."""
        said = BodyDecision.objects.filter(
            body=OuterRef("pk"), version=OuterRef("plan__adoption__version")
        ).newest_first()
        return (
            self.filter(due_on__lt=day)
            .exclude(plan__status__in=lifecycle.UNCHANGING)
            .annotate(outcome=Subquery(said.values("outcome")[:1]))
            .filter(Q(outcome__isnull=True) | Q(outcome__in=WAITING))
        )


@tracked()
class DecisionBody(Written):
    """Somebody who decides about a plan, or gives advice (orgaan): a college, a council,
    a meeting of portfolio holders, a table. What it is called stands fast once it
    decided."""

    class Kind(models.TextChoices):
        EXECUTIVE = "college", "college"
        COUNCIL = "raad", "gemeenteraad"
        PORTFOLIO = "pho", "portefeuillehoudersoverleg"
        TABLE = "tafel", "tafel"
        OTHER = "anders", "anders"

    class Role(models.TextChoices):
        DECIDES = "besluit", "besluit"
        ADVISES = "adviseert", "adviseert"

    ARTICLES = {Kind.EXECUTIVE: "Het", Kind.COUNCIL: "De", Kind.PORTFOLIO: "Het", Kind.TABLE: "De"}

    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="bodies", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField("volgorde", default=0)
    kind = models.CharField("soort", max_length=8, choices=Kind)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        related_name="decision_bodies",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    name = models.CharField("naam", max_length=120)
    role = models.CharField("rol", max_length=10, choices=Role, default=Role.DECIDES)
    due_on = models.DateField("uiterlijk op", null=True, blank=True)

    objects = DecisionBodyQuerySet.as_manager()

    class Meta:
        verbose_name = "orgaan"
        verbose_name_plural = "organen"
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "name"],
                name="workplans_body_once",
                violation_error_message="Dit orgaan staat al bij dit plan.",
            )
        ]
        triggers = [
            Guard(
                name="body_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                call="guard_body_stands()",
                sentences={"body_decided": BODY_DECIDED},
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def decides(self) -> bool:
        return self.role == self.Role.DECIDES

    @property
    def in_sentence(self) -> str:
        """As a sentence begins with it: `De gemeenteraad van Lisse`."""
        article = self.ARTICLES.get(self.Kind(self.kind), "")
        if article and self.name.split()[0].lower() not in ("de", "het"):
            return f"{article} {self.name}"
        return self.name[:1].upper() + self.name[1:]


class BodyDecisionQuerySet(models.QuerySet["BodyDecision"]):
    """Decisions; which of them counts is a matter of the order."""

    def newest_first(self) -> BodyDecisionQuerySet:
        """The first of a body and a version is the one that counts."""
        return self.order_by("-dated_on", "-entered_at", "-pk")


class BodyDecision(Written):
    """What a body decided about a version of the plan (besluit). Never changed: a
    correction, and a condition that is met, is a new decision."""

    body = models.ForeignKey(
        DecisionBody, verbose_name="orgaan", related_name="decisions", on_delete=models.PROTECT
    )
    version = models.ForeignKey(
        PlanVersion, verbose_name="versie", related_name="decisions", on_delete=models.PROTECT
    )
    outcome = models.CharField(
        "uitkomst",
        max_length=12,
        choices=[(outcome.value, label) for outcome, label in OUTCOMES.items()],
    )
    dated_on = models.DateField("besloten op")
    reference = models.CharField("kenmerk van het besluit", max_length=200, blank=True)
    condition = models.CharField("voorwaarde", max_length=1000, blank=True)
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

    objects = BodyDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["-dated_on", "-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.CONDITIONAL.value) & ~Q(condition="")
                | ~Q(outcome=Outcome.CONDITIONAL.value) & Q(condition=""),
                name="workplans_decision_condition",
                violation_error_message=(
                    "Een voorwaarde hoort bij “akkoord onder voorwaarde”, en daar alleen; schrijf "
                    "haar op, of kies een andere uitkomst."
                ),
            )
        ]
        triggers = [
            append_only("decision_append_only", DECISION_STANDS, *DECISION_FIXED),
            Guard(
                name="decision_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_decision_version()",
                sentences={
                    "decision_other_plan": OTHER_PLAN,
                    "decision_before_version": BEFORE_VERSION,
                },
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_outcome_display()}"
