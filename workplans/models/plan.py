"""A work plan, and the rounds in which it applies for money."""

from __future__ import annotations

import datetime

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from funds.models import Application, Round
from funds.notation import NotationError
from municipalities.history import tracked
from municipalities.models import Region, RoleAssignment, User
from municipalities.permissions import READS_REGION
from municipalities.written import Written
from workplans import lifecycle
from workplans.beneficiaries import joint_weights
from workplans.gazetteer import places_of
from workplans.models.guards import (
    application_guard,
    municipality_guard,
    submission_guard,
    touches,
    trail_guard,
)

YEARS = range(1900, 2201)
LONGEST_SLUG = 80
TAKEN_ADDRESSES = ("nieuw",)
"""Slugs that no plan may have: a page of its own stands at that address."""
ADDRESS_TAKEN = "Dit kenmerk is het adres van een andere pagina; kies een ander."


class WorkPlanQuerySet(models.QuerySet["WorkPlan"]):
    """Plans, as far as somebody may know of them."""

    def visible_to(self, user: User) -> WorkPlanQuerySet:
        """Plans of the regions that the user reads, and for a fund manager the plans
        that were submitted to a fund of the own municipality."""
        managed = RoleAssignment.objects.filter(
            user=user.pk, role=RoleAssignment.Role.FUND_MANAGER
        ).values("municipality")
        submitted_there = PlanApplication.objects.filter(
            round__fund__owner__in=managed, application__isnull=False
        )
        return self.filter(
            Q(region__in=Region.objects.with_role(user, *READS_REGION))
            | Q(pk__in=submitted_there.values("plan"))
        )

    def in_list_order(self) -> WorkPlanQuerySet:
        """Newest period first, then by title; the key makes the order total."""
        return self.order_by("-last_year", "-first_year", "title", "pk")


@tracked()
class WorkPlan(Written):
    """What municipalities of a region will do together in some years (werkplan).

    Years are inclusive. `as_of` (peildatum) is the date of every document made from
    the plan; `joint_text` says how joint actions count in the view by beneficiary.
    `loaded_digest` is the digest of the plan file that was loaded last, if any.
    """

    class Kind(models.TextChoices):
        WORK_PLAN = "werkplan", "werkplan"
        ANNUAL = "jaarwerkplan", "jaarwerkplan"
        IMPLEMENTATION = "uitvoeringsplan", "uitvoeringsplan"
        PROGRAMME = "uitvoeringsprogramma", "uitvoeringsprogramma"

    class Style(models.TextChoices):
        FUND_PLAN = "fondsplan", "fondsplan"
        LOOK_BACK = "terugblik", "werkplan met terugblik"
        PROGRAMME = "programma", "programma"
        TABLE = "tafel", "subsidietafel"
        ANNUAL = "jaarplan", "jaarplan"

    slug = models.SlugField("kenmerk", max_length=LONGEST_SLUG, unique=True)
    title = models.CharField("titel", max_length=200)
    kind = models.CharField("soort", max_length=24, choices=Kind)
    style = models.CharField(
        "opmaak",
        max_length=12,
        choices=Style,
        blank=True,
        help_text="Leeg: de opmaak die bij de soort hoort.",
    )
    region = models.ForeignKey(
        Region, verbose_name="regio", related_name="workplans", on_delete=models.PROTECT
    )
    programme = models.ForeignKey(
        "self",
        verbose_name="uitvoering van programma",
        related_name="carried_out_by",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name="vervolg op",
        related_name="successors",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    first_year = models.PositiveSmallIntegerField("eerste jaar")
    last_year = models.PositiveSmallIntegerField("laatste jaar")
    status = models.CharField(
        "status",
        max_length=16,
        choices=lifecycle.CHOICES,
        default=lifecycle.Status.DRAFT.value,
    )
    as_of = models.DateField("peildatum")
    joint_text = models.CharField(
        "gezamenlijk telt",
        max_length=60,
        blank=True,
        help_text="Hoe gezamenlijke acties meetellen naar begunstigde: gelijk, of inwoners "
        "met een peildatum, zoals inwoners 2017-01-01.",
    )
    loaded_digest = models.CharField(max_length=80, blank=True, editable=False)

    applying: tuple[PlanApplication, ...] | None = None
    """For a plan as it was: its rounds, with what the real plan submitted there. Not stored."""

    objects = WorkPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "werkplan"
        verbose_name_plural = "werkplannen"
        ordering = ["-last_year", "-first_year", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year"), first_year__gte=YEARS[0])
                & Q(last_year__lte=YEARS[-1]),
                name="workplans_plan_period",
                violation_error_message=(
                    "De periode loopt van een eerder naar een later jaar, zoals 2020-2021."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=TAKEN_ADDRESSES),
                name="workplans_plan_address",
                violation_error_message=ADDRESS_TAKEN,
            ),
            models.CheckConstraint(
                condition=~Q(programme=F("pk")),
                name="workplans_plan_own_programme",
                violation_error_message="Een plan kan niet zijn eigen programma uitvoeren.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("pk")),
                name="workplans_plan_own_predecessor",
                violation_error_message="Een plan kan niet op zichzelf volgen.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status for status, _ in lifecycle.CHOICES]),
                name="workplans_plan_status",
                violation_error_message=(
                    "Deze status kennen wij niet; kies er een uit de lijst, zoals concept."
                ),
            ),
        ]
        triggers = [
            *touches("self"),
            municipality_guard(
                "guard_plan_period()", pgtrigger.UpdateOf("first_year", "region_id")
            ),
            submission_guard(pgtrigger.Insert | pgtrigger.UpdateOf("status")),
            trail_guard(),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:workplan_detail", args=[self.slug])

    def clean(self) -> None:
        """Refuse a rule for joint actions that no document could follow. Three queries."""
        super().clean()
        if self.region_id is None or self.first_year not in YEARS:
            return
        try:
            joint_weights(self.joint_text, places_of(self.region, self.starts_on))
        except NotationError as fault:
            raise ValidationError({"joint_text": fault.sentence}) from None

    @property
    def starts_on(self) -> datetime.date:
        """The first day of the period: municipalities count as they were on that day."""
        return datetime.date(self.first_year, 1, 1)

    @property
    def ends_on(self) -> datetime.date:
        """The last day of the period, inclusive."""
        return datetime.date(self.last_year, 12, 31)

    @property
    def period_text(self) -> str:
        """`2020`, or `2020 t/m 2021`."""
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year} t/m {self.last_year}"

    @property
    def is_submitted(self) -> bool:
        return self.status in lifecycle.SUBMITTED


@tracked()
class PlanApplication(models.Model):
    """In which round of a fund a plan applies, and what was submitted there.

    `application` is empty until the plan is submitted, and again once that is taken back
    (`TakenBack`). The fund does not know the plan: this row is the only link.
    """

    plan = models.ForeignKey(
        WorkPlan,
        verbose_name="werkplan",
        related_name="applications",
        on_delete=models.CASCADE,
    )
    position = models.PositiveIntegerField("volgorde", default=0)
    round = models.ForeignKey(
        Round,
        verbose_name="ronde",
        related_name="plan_applications",
        on_delete=models.PROTECT,
    )
    submitted_on = models.DateField("ingediend op", null=True, blank=True)
    application = models.OneToOneField(
        Application,
        verbose_name="aanvraag",
        related_name="plan_application",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = "aanvraag van een plan"
        verbose_name_plural = "aanvragen van plannen"
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "round"],
                name="workplans_plan_application_once",
                violation_error_message="Dit plan vraagt in deze ronde al aan.",
            )
        ]
        triggers = [
            *touches("plan"),
            application_guard(),
            submission_guard(pgtrigger.Insert | pgtrigger.UpdateOf("application_id")),
        ]

    def __str__(self) -> str:
        return f"{self.plan} in {self.round}"
