"""A decision that one fund manager proposes and another confirms (vier ogen)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from funds.models.application import Application, ApplicationLine
from funds.models.earmark import Earmark
from funds.models.scenario import RoundChoice
from funds.money import amount_checks, euro_field
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.models import User
from municipalities.written import Written

PROPOSAL_STANDS = (
    "Een voorstel staat vast, en wat bevestigd of ingetrokken is, blijft dat; trek het in en stel "
    "iets anders voor."
)
PROPOSAL_LINE = "De regel hoort bij een andere aanvraag dan het voorstel; kies een eigen regel."


class GrantProposalQuerySet(models.QuerySet["GrantProposal"]):
    """Proposals, as far as somebody may know of them."""

    def open(self) -> GrantProposalQuerySet:
        """Those that are neither confirmed nor withdrawn."""
        return self.filter(outcome="")

    def managed_by(self, user: User) -> GrantProposalQuerySet:
        """Those in funds that the user manages."""
        return self.filter(application__in=Application.objects.managed_by(user))


@tracked()
class GrantProposal(Written):
    """A decision on lines of an application that waits for a second person (voorstel).

    `answers` is what the rules said when it was proposed, and `digest` the mark of all that
    was shown then: with another one it is void. A change of what was granted has a reason.
    The database writes when it was closed. What comes of a `choice` in a round is confirmed
    with all of it.
    """

    class Outcome(models.TextChoices):
        CONFIRMED = "bevestigd", "bevestigd"
        WITHDRAWN = "ingetrokken", "ingetrokken"

    application = models.ForeignKey(
        Application, verbose_name="aanvraag", related_name="proposals", on_delete=models.PROTECT
    )
    choice = models.ForeignKey(
        RoundChoice,
        verbose_name="keuze",
        related_name="proposals",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )
    dated_on = models.DateField("datum")
    decision = models.CharField("besluit", max_length=200, blank=True)
    reason = models.CharField("reden", max_length=200, blank=True)
    answers = models.JSONField("antwoorden van de regels", default=list, blank=True)
    digest = models.CharField("herkenning van het gevolg", max_length=64)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="voorgesteld door",
        related_name="proposals",
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)
    outcome = models.CharField("uitkomst", max_length=16, choices=Outcome, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="afgehandeld door",
        related_name="closed_proposals",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    closed_at = models.DateTimeField("afgehandeld op", null=True, blank=True, editable=False)

    objects = GrantProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel tot beschikking"
        verbose_name_plural = "voorstellen tot beschikking"
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(outcome=""),
                name="funds_proposal_once",
                violation_error_message=(
                    "Op deze aanvraag ligt al een voorstel; bevestig dat of trek het in."
                ),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_by__isnull=True)
                | Q(outcome__in=["bevestigd", "ingetrokken"], closed_by__isnull=False),
                name="funds_proposal_closed",
                violation_error_message=(
                    "Een voorstel dat bevestigd of ingetrokken is, zegt door wie; vul dat in."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="bevestigd") | ~Q(closed_by=F("proposed_by")),
                name="funds_proposal_other",
                violation_error_message=(
                    "Wie het voorstelt, bevestigt het niet zelf; laat een andere fondsbeheerder "
                    "dat doen."
                ),
            ),
        ]
        triggers = [
            Guard(
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                call="guard_proposal()",
                sentences={"proposal_kept": PROPOSAL_STANDS},
            )
        ]

    def __str__(self) -> str:
        return f"voorstel op {self.application}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second person."""
        return not self.outcome


@tracked()
class ProposedGrant(Written):
    """To what amount one line is brought (voorgesteld bedrag): of a line that nobody decided
    on it is the grant, and zero would refuse it; a grant would be changed to it."""

    proposal = models.ForeignKey(
        GrantProposal, verbose_name="voorstel", related_name="lines", on_delete=models.PROTECT
    )
    line = models.ForeignKey(
        ApplicationLine,
        verbose_name="aanvraagregel",
        related_name="proposed",
        on_delete=models.PROTECT,
    )
    amount = euro_field("bedrag")
    earmark = models.ForeignKey(
        Earmark,
        verbose_name="oormerk",
        related_name="proposed",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = "voorgesteld bedrag"
        verbose_name_plural = "voorgestelde bedragen"
        ordering = ["proposal", "line__position", "pk"]
        constraints = [
            *amount_checks("funds_proposed"),
            models.UniqueConstraint(
                fields=["proposal", "line"],
                name="funds_proposed_once",
                violation_error_message="Dit voorstel noemt deze regel al.",
            ),
        ]
        triggers = [
            append_only("proposed_append_only", PROPOSAL_STANDS),
            Guard(
                name="of_application",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_proposed()",
                sentences={"proposed_line": PROPOSAL_LINE},
            ),
        ]

    def __str__(self) -> str:
        return f"voorstel op {self.line}"
