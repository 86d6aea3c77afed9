"""A fund and what each region may draw from it."""

from __future__ import annotations

import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q

from funds.models.kept import counted, earmarked, entered
from funds.money import amount_checks, euro_field
from municipalities.guard import Guard, append_only, refuse_changes
from municipalities.history import tracked
from municipalities.models import Municipality, Region, RoleAssignment, User
from municipalities.permissions import READS_REGION
from municipalities.written import Written

ENVELOPE_FIXED = ("fund_id", "region_id", "amount", "dated_on")
"""What the figures of past days rest on; period, label and decision may be corrected."""
ENVELOPE_STANDS = (
    "Fonds, regio, bedrag en datum van een ruimte staan vast; laat ze zoals ze waren en leg het "
    "verschil vast als bijstelling."
)
MUTATION_FIXED = (
    "envelope_id",
    "dated_on",
    "amount",
    "reason",
    "decision",
    "condition",
    "concludes_id",
)
MUTATION_STANDS = (
    "Een bijstelling staat vast; laat haar zoals zij was en leg het verschil vast als nieuwe "
    "bijstelling."
)
MUTATION_CONCLUDES = (
    "Een bijstelling handelt een voorwaardelijke bijstelling van dezelfde ruimte af, op die dag of "
    "later en met een bedrag zonder voorwaarde; kies die bijstelling."
)


class FundQuerySet(models.QuerySet["Fund"]):
    """Funds, as far as somebody may know of them."""

    def visible_to(self, user: User) -> FundQuerySet:
        """Funds of the user's own municipality as fund manager, and funds with an
        envelope for a region that a role of the user reaches."""
        managed = RoleAssignment.objects.filter(
            user=user.pk, role=RoleAssignment.Role.FUND_MANAGER
        ).values("municipality")
        regions = Region.objects.with_role(user, *READS_REGION)
        return self.filter(
            Q(owner__in=managed)
            | Q(pk__in=Envelope.objects.filter(region__in=regions).values("fund"))
        )

    def managed_by(self, user: User) -> FundQuerySet:
        """Funds of the municipality where the user is fund manager."""
        return self.filter(
            owner__in=RoleAssignment.objects.filter(
                user=user.pk, role=RoleAssignment.Role.FUND_MANAGER
            ).values("municipality")
        )


@tracked()
class Fund(Written):
    """Money that a centre municipality holds for others (investeringsfonds).

    `starts_on` and `ends_on` are inclusive. Up to and including `locked_until` nothing
    is entered any more (closed years). `is_in_register`: everybody may read its grants.
    """

    class Regime(models.TextChoices):
        GRANT = "awb_subsidie", "subsidie (Awb titel 4.2)"
        CONTRIBUTION = "bijdrage_aan_overheid", "bijdrage aan een overheid"
        ASSIGNMENT = "opdracht", "opdracht of inkoop"
        NATIONAL = "rijksuitkering", "rijksuitkering"
        OWN = "eigen_middelen", "eigen middelen"

    slug = models.SlugField("kenmerk", max_length=80, unique=True)
    name = models.CharField("naam", max_length=160)
    owner = models.ForeignKey(
        Municipality,
        verbose_name="beheer door gemeente",
        related_name="funds",
        on_delete=models.PROTECT,
    )
    regime = models.CharField("juridisch regime", max_length=24, choices=Regime)
    legal_basis = models.CharField("grondslag", max_length=200, blank=True)
    starts_on = models.DateField("loopt vanaf", null=True, blank=True)
    ends_on = models.DateField("loopt tot en met", null=True, blank=True)
    locked_until = models.DateField(
        "afgesloten tot en met",
        null=True,
        blank=True,
        help_text="Boekingen op of voor deze dag komen er niet meer bij.",
    )
    is_in_register = models.BooleanField(
        "in het subsidieregister",
        default=False,
        help_text="Aan: iedereen leest wat uit dit fonds verleend en vastgesteld is.",
    )
    four_eyes = models.BooleanField(
        "vier ogen",
        default=False,
        help_text=(
            "Aan: een beschikking of een verhoging wordt door de een voorgesteld en door een ander "
            "bevestigd."
        ),
    )

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = "fonds"
        verbose_name_plural = "fondsen"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="funds_fund_term",
                violation_error_message="De laatste dag ligt voor de eerste; draai de twee om.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class EnvelopeQuerySet(models.QuerySet["Envelope"]):
    """Envelopes, by fund and period."""

    def for_period(self, first: datetime.date, last: datetime.date) -> EnvelopeQuerySet:
        """Those whose period meets the given one (all days inclusive), oldest first."""
        return self.filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on", "pk")


@tracked()
class Envelope(Written):
    """What one region may draw from a fund in a period (ruimte in een fonds).

    `amount` counts from `dated_on` and stands fast; later changes, and corrections, are
    `EnvelopeMutation`s. The period is inclusive on both ends.
    """

    fund = models.ForeignKey(
        Fund, verbose_name="fonds", related_name="envelopes", on_delete=models.PROTECT
    )
    region = models.ForeignKey(
        Region, verbose_name="regio", related_name="envelopes", on_delete=models.PROTECT
    )
    label = models.CharField(
        "omschrijving",
        max_length=120,
        blank=True,
        help_text="Zoals: beschikbaar tot 2021.",
    )
    starts_on = models.DateField("periode vanaf")
    ends_on = models.DateField("periode tot en met")
    dated_on = models.DateField("datum", help_text="Vanaf deze dag telt het bedrag mee.")
    amount = euro_field("bedrag")
    decision = models.CharField("besluit", max_length=200, blank=True)
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        verbose_name = "ruimte in een fonds"
        verbose_name_plural = "ruimtes in fondsen"
        ordering = ["fund", "region__name", "starts_on", "pk"]
        constraints = [
            *amount_checks("funds_envelope"),
            models.UniqueConstraint(
                fields=["fund", "region", "starts_on"],
                name="funds_envelope_once",
                violation_error_message=(
                    "Deze regio heeft in dit fonds al ruimte vanaf deze dag; wijzig die."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="funds_envelope_period",
                violation_error_message="De laatste dag ligt voor de eerste; draai de twee om.",
            ),
        ]
        triggers = [
            append_only("envelope_append_only", ENVELOPE_STANDS, *ENVELOPE_FIXED),
            entered(),
            counted(),
        ]

    def __str__(self) -> str:
        return f"{self.region} in {self.fund}"

    @property
    def period_text(self) -> str:
        """`01-01-2019 t/m 31-12-2020`."""
        return f"{self.starts_on:%d-%m-%Y} t/m {self.ends_on:%d-%m-%Y}"

    def clean(self) -> None:
        refuse_changes(self, *ENVELOPE_FIXED, sentence=ENVELOPE_STANDS)


@tracked()
class EnvelopeMutation(Written):
    """A later change of an envelope (bijstelling), up or down; it stands fast itself.

    A conditional one is shown apart and counts in no figure; its amount may still be
    unknown. What came of it is another, that `concludes` it: the amount that counts from
    then on, or zero where it came to nothing.
    """

    envelope = models.ForeignKey(
        Envelope,
        verbose_name="ruimte",
        related_name="mutations",
        on_delete=models.PROTECT,
    )
    dated_on = models.DateField("datum")
    amount = euro_field("bedrag", null=True, blank=True)
    reason = models.CharField("reden", max_length=200)
    decision = models.CharField("besluit", max_length=200, blank=True)
    answers = models.JSONField("antwoorden van de regels", default=list, blank=True)
    condition = models.CharField(
        "voorwaarde",
        max_length=200,
        blank=True,
        help_text="Ingevuld: de bijstelling telt nog niet mee.",
    )
    concludes = models.OneToOneField(
        "self",
        verbose_name="handelt af",
        related_name="conclusion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "bijstelling"
        verbose_name_plural = "bijstellingen"
        ordering = ["envelope", "dated_on", "pk"]
        constraints = [
            *amount_checks("funds_mutation", may_be_negative=True),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | ~Q(condition=""),
                name="funds_mutation_known",
                violation_error_message=(
                    "Een bijstelling zonder voorwaarde heeft een bedrag nodig; vul het in, of "
                    "noem de voorwaarde."
                ),
            ),
            models.UniqueConstraint(
                fields=["envelope", "dated_on", "reason"],
                name="funds_mutation_once",
                violation_error_message="Deze bijstelling staat er al.",
            ),
        ]
        triggers = [
            append_only("mutation_append_only", MUTATION_STANDS),
            entered(),
            counted(),
            earmarked(),
            Guard(
                name="concludes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_conclusion()",
                sentences={"mutation_concludes": MUTATION_CONCLUDES},
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    def waits_on(self, day: datetime.date) -> bool:
        """Whether it is conditional and nothing came of it on that day. A query, unless the
        `conclusion` was selected too."""
        conclusion = getattr(self, "conclusion", None)
        return bool(self.condition) and (conclusion is None or conclusion.dated_on > day)

    def clean(self) -> None:
        refuse_changes(self, *MUTATION_FIXED, sentence=MUTATION_STANDS)
