"""Versions of plans that everybody may read, and the end of that."""

from __future__ import annotations

import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from municipalities.guard import Guard, append_only
from municipalities.written import Written
from workplans.models.version import PlanVersion

PUBLICATION_STANDS = (
    "Wat openbaar werd gemaakt staat vast; trek de publicatie in, of maak een nieuwe versie "
    "openbaar."
)
UNSUBMITTED = (
    "Versie {number} was nog een concept en wordt niet openbaar; kies een versie van na het "
    "aanbieden."
)
PUBLISHED_BEFORE = (
    "Versie {number} is bewaard op {day} en kan niet eerder openbaar zijn; kies die dag of later."
)
WITHDRAWN_BEFORE = "Het plan is openbaar sinds {day}; trek het op die dag of later in."
WITHDRAWAL_STANDS = "Een intrekking staat vast; maak de versie zo nodig opnieuw openbaar."
PUBLICATION_FIXED = (
    *("version_id", "title", "published_on", "adopted_on", "retention_until"),
    *("published_at", "published_by_name"),
)
WITHDRAWAL_FIXED = ("publication_id", "withdrawn_on", "reason", "withdrawn_at", "withdrawn_by_name")


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications; of each plan only the newest counts."""

    def newest(self) -> PublicationQuerySet:
        """The last of each plan, also when it was withdrawn: an older one never comes
        back by itself."""
        newer = Publication.objects.filter(
            version__plan=OuterRef("version__plan"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(newer))

    def in_force(self, on: datetime.date) -> PublicationQuerySet:
        """What everybody may read on a day."""
        return self.newest().filter(withdrawal__isnull=True, retention_until__gte=on)

    def expired(self, on: datetime.date) -> PublicationQuerySet:
        """Not withdrawn, and past its term on a day."""
        return self.newest().filter(withdrawal__isnull=True, retention_until__lt=on)

    def in_list_order(self) -> PublicationQuerySet:
        """Newest period first, then by title."""
        plan = "version__plan__"
        return self.order_by(f"-{plan}last_year", f"-{plan}first_year", "title", "pk")


class Publication(Written):
    """A version of a plan that everybody may read (publicatie), until it is withdrawn or
    its term has passed. What is read stands in `files`, as it was on the day itself."""

    version = models.ForeignKey(
        PlanVersion, verbose_name="versie", related_name="publications", on_delete=models.PROTECT
    )
    title = models.CharField("openbare titel", max_length=200)
    published_on = models.DateField("openbaar sinds")
    adopted_on = models.DateField("vastgesteld op", null=True, blank=True)
    retention_until = models.DateField("bewaren tot en met")
    published_at = models.DateTimeField("openbaar gemaakt op", auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="openbaar gemaakt door",
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    published_by_name = models.CharField("naam van wie openbaar maakte", max_length=254, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retention_until__gt=F("published_on")),
                name="workplans_publication_term",
                violation_error_message="De bewaartermijn eindigt na de dag van publicatie.",
            )
        ]
        triggers = [
            append_only("publication_append_only", PUBLICATION_STANDS, *PUBLICATION_FIXED),
            Guard(
                name="publication_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_publication_version()",
                sentences={
                    "publication_unsubmitted": UNSUBMITTED,
                    "publication_before_version": PUBLISHED_BEFORE,
                },
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_in_force(self, on: datetime.date) -> bool:
        """Whether everybody may read it on a day, if it is the newest of its plan; follows
        `withdrawal`."""
        return not hasattr(self, "withdrawal") and self.retention_until >= on


class PublishedFile(models.Model):
    """One form in which a published version is read, byte for byte as it was made then
    (openbaar bestand). `page` is the document inside the frame of a page."""

    class Form(models.TextChoices):
        PAGE = "page", "pagina"
        PDF = "pdf", "pdf"
        CSV = "csv", "csv"
        JSON = "json", "json"

    publication = models.ForeignKey(
        Publication, verbose_name="publicatie", related_name="files", on_delete=models.PROTECT
    )
    form = models.CharField("vorm", max_length=8, choices=Form)
    name = models.CharField("bestandsnaam", max_length=200)
    media_type = models.CharField("mediatype", max_length=60)
    body = models.BinaryField("inhoud")
    digest = models.CharField("kenmerk van de inhoud", max_length=64)

    class Meta:
        verbose_name = "openbaar bestand"
        verbose_name_plural = "openbare bestanden"
        ordering = ["publication", "form"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "form"],
                name="workplans_published_file_once",
                violation_error_message="Deze vorm is er al bij deze publicatie.",
            )
        ]
        triggers = [append_only("published_file_append_only", PUBLICATION_STANDS)]

    def __str__(self) -> str:
        return self.name


class PublicationWithdrawal(Written):
    """The end of a publication, with the reason that everybody reads (intrekking)."""

    publication = models.OneToOneField(
        Publication, verbose_name="publicatie", related_name="withdrawal", on_delete=models.PROTECT
    )
    withdrawn_on = models.DateField("ingetrokken per")
    reason = models.CharField("reden", max_length=500)
    withdrawn_at = models.DateTimeField("ingetrokken op", auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingetrokken door",
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    withdrawn_by_name = models.CharField("naam van wie introk", max_length=254, blank=True)

    class Meta:
        verbose_name = "intrekking"
        verbose_name_plural = "intrekkingen"
        ordering = ["-pk"]
        triggers = [
            append_only("publication_withdrawal", WITHDRAWAL_STANDS, *WITHDRAWAL_FIXED),
            Guard(
                name="withdrawal_day",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_withdrawal_day()",
                sentences={"withdrawal_before_publication": WITHDRAWN_BEFORE},
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication}: {self.reason}"
