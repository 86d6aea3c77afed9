"""A plan as it was: kept whole, never changed."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models

from funds.figure import Figure
from funds.notation import AmountState
from municipalities.guard import append_only
from municipalities.models import Region, User
from municipalities.permissions import READS_REGION
from municipalities.written import Written
from workplans import lifecycle
from workplans.models.plan import WorkPlan

FIXED = (
    *("plan_id", "number", "name", "reason", "kept_at", "kept_by_name"),
    *("status", "as_of", "tree", "digest", "total"),
)
STANDS = (
    "Een versie staat vast; bewaar een nieuwe versie, of ga terug naar een eerdere, dan komt dat "
    "er als nieuwe versie bij."
)


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    """Versions, as far as somebody may know of them."""

    def visible_to(self, user: User) -> PlanVersionQuerySet:
        """Versions of the plans that the user sees; who only sees a plan because it was
        submitted, sees them from the submission on."""
        own = Region.objects.with_role(user, *READS_REGION)
        return self.filter(plan__in=WorkPlan.objects.visible_to(user)).filter(
            models.Q(plan__region__in=own) | models.Q(status__in=lifecycle.SUBMITTED)
        )

    def in_list_order(self) -> PlanVersionQuerySet:
        """Newest first."""
        return self.order_by("-number")


class PlanVersion(Written):
    """A plan as it was at one moment (versie), as the canonical JSON of its plan file.

    `number` counts from 1 in each plan. `total` is the figure of the whole plan then, as
    exports have it. Only `kept_by` may become empty, when that person is removed: the
    name stays.
    """

    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="versions", on_delete=models.PROTECT
    )
    number = models.PositiveIntegerField("nummer")
    name = models.CharField("naam", max_length=120)
    reason = models.CharField("reden", max_length=500, blank=True)
    kept_at = models.DateTimeField("bewaard op", auto_now_add=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="bewaard door",
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    kept_by_name = models.CharField("naam van wie bewaarde", max_length=254, blank=True)
    status = models.CharField("status", max_length=16, choices=lifecycle.CHOICES)
    as_of = models.DateField("peildatum")
    tree = models.TextField("planbestand", editable=False)
    digest = models.CharField("kenmerk van de inhoud", max_length=80, editable=False)
    total = models.JSONField("totaal", editable=False)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="workplans_version_number",
                violation_error_message=(
                    "Deze versie is net door iemand anders bewaard; kijk in de lijst van versies."
                ),
            )
        ]
        triggers = [append_only("plan_version_append_only", STANDS, *FIXED)]

    def __str__(self) -> str:
        return f"Versie {self.number}: {self.name}"

    @property
    def short_digest(self) -> str:
        """Eight characters to tell contents apart by."""
        return self.digest.removeprefix("sha256:")[:8]

    @property
    def figure(self) -> Figure:
        """The total of the whole plan then."""
        gaps = {AmountState(state): count for state, count in self.total["gaps"].items()}
        return Figure(Decimal(self.total["known"]), gaps)
