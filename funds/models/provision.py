"""What a decision says beside its amounts, and what came of it: all of it added only."""

from __future__ import annotations

import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from funds.models.application import Application
from funds.models.proposal import GrantProposal
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.models import User
from municipalities.written import Written

PROVISION_STANDS = (
    "Wat bij een besluit is bepaald, staat vast; leg bij een verplichting vast wat ervan kwam."
)
PROVISION_SENTENCES = {
    "provision_granted": (
        "Een periode of een verplichting hoort bij een beschikking van {day} met een bedrag; leg "
        "haar vast als u beschikt."
    ),
    "provision_four_eyes": (
        "In dit fonds besluiten twee mensen, ook over een periode of een verplichting; neem haar "
        "op in het voorstel."
    ),
    "provision_proposal": (
        "Bepalingen komen er met het voorstel zelf, en later niet meer; neem ze op in een nieuw "
        "voorstel op deze aanvraag, van dezelfde dag."
    ),
}
OBLIGATION_SENTENCES = {
    "obligation_later": (
        "Een verplichting komt er met het besluit, en later niet meer; neem haar op in een nieuw "
        "besluit."
    ),
    "obligation_due": (
        "De verplichting moet al op {due_on} zijn nagekomen, voor de beschikking van {day}; kies "
        "een latere dag."
    ),
}
OBLIGATION_ENTRY_SENTENCES = {
    "obligation_proposed": (
        "Deze verplichting is alleen voorgesteld; zij geldt pas als het voorstel is bevestigd."
    ),
    "obligation_day": (
        "Kies {day} of een latere dag: van die dag is het besluit, of wat er het laatst van is "
        "vastgelegd."
    ),
    "obligation_same": "Dat staat al zo vast; er hoeft niets meer te gebeuren.",
}


@tracked()
class Provision(Written):
    """What one decision says beside its amounts (bepalingen): the period for which it is
    granted, both days in it, and its obligations.

    Of a decision that is only proposed it stands once the proposal is confirmed.
    """

    application = models.ForeignKey(
        Application, verbose_name="aanvraag", related_name="provisions", on_delete=models.PROTECT
    )
    proposal = models.OneToOneField(
        GrantProposal,
        verbose_name="voorstel",
        related_name="provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    dated_on = models.DateField("datum")
    starts_on = models.DateField("periode vanaf", null=True, blank=True)
    ends_on = models.DateField("periode tot en met", null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="provisions",
        editable=False,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "bepalingen bij een besluit"
        verbose_name_plural = "bepalingen bij besluiten"
        ordering = ["dated_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="funds_provision_period",
                violation_error_message=(
                    "Een periode heeft een eerste en een laatste dag, in die volgorde; vul beide "
                    "in, of geen van beide."
                ),
            ),
        ]
        triggers = [
            append_only("provision_append_only", PROVISION_STANDS),
            Guard(
                name="of_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_provision()",
                sentences=PROVISION_SENTENCES,
            ),
        ]

    def __str__(self) -> str:
        return f"bepalingen bij {self.application}"


STANDS = Q(provision__proposal=None) | Q(
    provision__proposal__outcome=GrantProposal.Outcome.CONFIRMED
)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Obligations of decisions, as far as they stand and somebody may know of them."""

    def standing(self) -> ObligationQuerySet:
        """Those of decisions that were taken, and not only proposed."""
        return self.filter(STANDS)

    def visible_to(self, user: User) -> ObligationQuerySet:
        """Those of applications that the user sees."""
        return self.filter(provision__application__in=Application.objects.visible_to(user))

    def managed_by(self, user: User) -> ObligationQuerySet:
        """Those in funds that the user manages."""
        return self.filter(provision__application__in=Application.objects.managed_by(user))

    def open_on(self, day: datetime.date) -> ObligationQuerySet:
        """Those that were neither met nor waived by then."""
        entries = ObligationEntry.objects.filter(obligation=OuterRef("pk"), dated_on__lte=day)
        last = Subquery(entries.order_by("-pk").values("outcome")[:1])
        opened = Q(last=None) | Q(last=ObligationEntry.Outcome.REOPENED)
        return self.annotate(last=last).filter(opened, provision__dated_on__lte=day)


@tracked()
class Obligation(Written):
    """What the recipient has to do or keep to (verplichting, voorwaarde), maybe by a day."""

    class Kind(models.TextChoices):
        CONDITION = "voorwaarde", "voorwaarde"
        OBLIGATION = "verplichting", "verplichting"

    provision = models.ForeignKey(
        Provision, verbose_name="bepalingen", related_name="obligations", on_delete=models.PROTECT
    )
    position = models.PositiveSmallIntegerField("volgorde")
    kind = models.CharField("soort", max_length=16, choices=Kind)
    text = models.CharField("tekst", max_length=500)
    due_on = models.DateField("uiterlijk op", null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "verplichting"
        verbose_name_plural = "verplichtingen"
        ordering = ["provision", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provision", "position"],
                name="funds_obligation_place",
                violation_error_message="Dit besluit heeft op deze plaats al een verplichting.",
            ),
        ]
        triggers = [
            append_only("obligation_append_only", PROVISION_STANDS),
            Guard(
                name="of_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_obligation()",
                sentences=OBLIGATION_SENTENCES,
            ),
        ]

    def __str__(self) -> str:
        return self.text


@tracked()
class ObligationEntry(Written):
    """What came of an obligation on a day (afdoening); the last one counts."""

    class Outcome(models.TextChoices):
        MET = "voldaan", "voldaan"
        WAIVED = "vervallen", "vervallen"
        REOPENED = "heropend", "weer open"

    obligation = models.ForeignKey(
        Obligation, verbose_name="verplichting", related_name="entries", on_delete=models.PROTECT
    )
    outcome = models.CharField("uitkomst", max_length=16, choices=Outcome)
    dated_on = models.DateField("datum")
    note = models.CharField("toelichting", max_length=500)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="obligation_entries",
        editable=False,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "afdoening van een verplichting"
        verbose_name_plural = "afdoeningen van verplichtingen"
        ordering = ["dated_on", "pk"]
        triggers = [
            append_only("obligation_entry_append_only", PROVISION_STANDS),
            Guard(
                name="in_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_obligation_entry()",
                sentences=OBLIGATION_ENTRY_SENTENCES,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.obligation}"
