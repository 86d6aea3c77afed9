"""That an application is not whole yet, and when it was completed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from funds.models.application import Application
from municipalities.guard import Guard
from municipalities.history import tracked
from municipalities.models import User
from municipalities.written import Written

COMPLETION = {
    "completion_kept": (
        "Een verzoek om aanvulling staat vast, en de dag van het antwoord ook; vraag zo nodig "
        "opnieuw om een aanvulling."
    ),
    "completion_day": "De aanvraag is van {day}; kies die dag of een latere.",
    "completion_decided": (
        "Over deze aanvraag is al besloten, of zij is ingetrokken; er is niets meer aan te vullen."
    ),
}


class CompletionRequestQuerySet(models.QuerySet["CompletionRequest"]):
    """Requests to complete an application, as far as somebody may know of them."""

    def visible_to(self, user: User) -> CompletionRequestQuerySet:
        """Those on applications that the user sees."""
        return self.filter(application__in=Application.objects.visible_to(user))


@tracked()
class CompletionRequest(Written):
    """That the fund manager asked to complete an application by a day (verzoek om
    aanvulling), and the day on which that was done. The term to decide stands still."""

    application = models.ForeignKey(
        Application, verbose_name="aanvraag", related_name="completions", on_delete=models.PROTECT
    )
    dated_on = models.DateField("datum")
    due_on = models.DateField("uiterlijk op")
    text = models.CharField("tekst", max_length=500)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="completion_requests",
        editable=False,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)
    answered_on = models.DateField("aangevuld op", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="afgehandeld door",
        related_name="closed_completions",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    objects = CompletionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "verzoek om aanvulling"
        verbose_name_plural = "verzoeken om aanvulling"
        ordering = ["dated_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("dated_on")),
                name="funds_completion_due",
                violation_error_message=(
                    "Geef ten minste één dag om aan te vullen; kies een latere uiterste dag."
                ),
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, closed_by__isnull=True)
                | Q(
                    answered_on__isnull=False,
                    closed_by__isnull=False,
                    answered_on__gte=F("dated_on"),
                ),
                name="funds_completion_answered",
                violation_error_message=(
                    "Aanvullen kan niet voor het verzoek; kies die dag of een latere."
                ),
            ),
        ]
        triggers = [
            Guard(
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                call="guard_completion()",
                sentences=COMPLETION,
            )
        ]

    def __str__(self) -> str:
        return f"verzoek om aanvulling van {self.application}"
