"""What the recipient of a grant says of it: what was spent, and what should change."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from funds.models.application import Application, Grant
from funds.money import amount_checks, euro_field
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.models import User
from municipalities.written import Written

ACCOUNT_STANDS = "Een verantwoording staat vast; leg een nieuwe vast, die telt dan."
REQUEST_STANDS = (
    "Een wijzigingsverzoek staat vast, en wat is toegewezen of afgewezen, blijft dat; doe een "
    "nieuw verzoek."
)
REQUEST_OPEN = (
    "Er ligt nog een verzoek om deze beschikking te wijzigen; wijzig haar of wijs het verzoek af, "
    "en stel dan vast."
)
GRANT_OPEN = {
    "grant_not_open": (
        "Op {line} is niets beschikt, of het is al vastgesteld; er is daar niets meer te "
        "verantwoorden of te wijzigen."
    ),
    "grant_open_day": "De beschikking op {line} is van {day}; kies die dag of een latere.",
}


def grant_open() -> Guard:
    """The guard that a grant is more than zero and not settled; it also writes the moment."""
    return Guard(
        name="grant_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        call="guard_grant_open()",
        sentences=GRANT_OPEN,
    )


def no_open_request() -> Guard:
    """The guard that nothing is settled while a request for a change is not answered. Its
    name comes after that of `entered`, which takes the turn of the envelope."""
    return Guard(
        name="no_open_request",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        call="guard_no_open_request()",
        sentences={"request_open": REQUEST_OPEN},
    )


@tracked()
class Accountability(Written):
    """What was spent on a grant by a day, as the recipient says it (verantwoording); the
    last one stands. The settlement says what the fund manager accepts of it."""

    grant = models.ForeignKey(
        Grant, verbose_name="beschikking", related_name="accounts", on_delete=models.PROTECT
    )
    realised = euro_field("gerealiseerd")
    text = models.CharField("tekst", max_length=500)
    dated_on = models.DateField("datum")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="accounts",
        editable=False,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "verantwoording"
        verbose_name_plural = "verantwoordingen"
        ordering = ["dated_on", "pk"]
        constraints = [*amount_checks("funds_account", field="realised")]
        triggers = [append_only("account_append_only", ACCOUNT_STANDS), grant_open()]

    def __str__(self) -> str:
        return f"verantwoording van {self.grant.line}"


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    """Requests for a change, as far as somebody may know of them."""

    def open(self) -> ChangeRequestQuerySet:
        """Those that nobody answered."""
        return self.filter(outcome="")

    def managed_by(self, user: User) -> ChangeRequestQuerySet:
        """Those in funds that the user manages."""
        return self.filter(grant__line__application__in=Application.objects.managed_by(user))


@tracked()
class ChangeRequest(Written):
    """That a grant should be another amount (wijzigingsverzoek), with what was `granted`
    when it was asked. A change of the grant answers it, and so does a refusal."""

    class Outcome(models.TextChoices):
        GRANTED = "toegewezen", "toegewezen"
        REFUSED = "afgewezen", "afgewezen"

    grant = models.ForeignKey(
        Grant, verbose_name="beschikking", related_name="requests", on_delete=models.PROTECT
    )
    granted = euro_field("beschikt")
    requested = euro_field("gevraagd bedrag")
    reason = models.CharField("reden", max_length=200)
    dated_on = models.DateField("datum")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="change_requests",
        editable=False,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)
    outcome = models.CharField("uitkomst", max_length=16, choices=Outcome, blank=True)
    answer = models.CharField("antwoord", max_length=200, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="afgehandeld door",
        related_name="closed_requests",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    closed_at = models.DateTimeField("afgehandeld op", null=True, blank=True, editable=False)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "wijzigingsverzoek"
        verbose_name_plural = "wijzigingsverzoeken"
        ordering = ["dated_on", "pk"]
        constraints = [
            *amount_checks("funds_request_granted", field="granted"),
            *amount_checks("funds_request", field="requested"),
            models.UniqueConstraint(
                fields=["grant"],
                condition=Q(outcome=""),
                name="funds_request_once",
                violation_error_message=(
                    "Op deze regel ligt al een wijzigingsverzoek; wacht op het antwoord."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(requested=F("granted")),
                name="funds_request_differs",
                violation_error_message=(
                    "Dit bedrag is al beschikt; vraag een ander bedrag, of laat de regel leeg."
                ),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_by__isnull=True, answer="")
                | Q(outcome__in=["toegewezen", "afgewezen"], closed_by__isnull=False)
                & ~Q(answer=""),
                name="funds_request_answered",
                violation_error_message=(
                    "Een verzoek dat is toegewezen of afgewezen, zegt door wie en waarom; vul dat "
                    "in."
                ),
            ),
        ]
        triggers = [
            grant_open(),
            Guard(
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                call="guard_request()",
                sentences={"request_kept": REQUEST_STANDS},
            ),
        ]

    def __str__(self) -> str:
        return f"wijzigingsverzoek op {self.grant.line}"
