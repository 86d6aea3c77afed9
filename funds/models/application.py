"""What was asked and what was granted: written once, never changed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from funds.lifecycle import LINE_STATES
from funds.models.earmark import Earmark
from funds.models.fund import Envelope, Fund
from funds.models.kept import counted, earmarked, entered, four_eyes, in_round
from funds.models.round import Round
from funds.money import amount_checks, euro_field, state_checks
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.models import Region, User
from municipalities.permissions import READS_REGION
from municipalities.written import Written

APPEND_ONLY = (
    "Wat is ingediend of beschikt, verandert niet meer; leg een nieuwe regel vast die het verschil "
    "beschrijft."
)


LINES_COMPLETE = (
    "De aanvraag heeft {found} regels in plaats van {expected}; wat is ingediend krijgt er geen "
    "regel bij, dien een nieuwe aanvraag in."
)
GRANT_AMOUNT = (
    "De beschikking ({granted}) is hoger dan wat er is aangevraagd ({asked}); beschik hoogstens "
    "dat bedrag."
)
GRANT_DAY = "De beschikking ligt voor de aanvraag ({submitted_on}); kies die dag of een latere."
APPLICATION_WITHDRAWN = (
    "De aanvraag {application} is ingetrokken; beschik op de aanvraag die ervoor in de plaats kwam."
)
LINE_KNOWN = (
    "Bij {line} is het bedrag nog niet bekend, en de ronde {round} neemt alleen bekende bedragen "
    "aan; vul een bedrag in, of n.v.t."
)
APPLICATION_AGAIN = (
    "De aanvraag {application} staat al in deze ronde; trek die eerst in, en dien dan opnieuw in."
)


def lines_guard() -> Guard:
    """The guard that an application has the lines it was submitted with, and no more."""
    return Guard(
        name="line_count",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Insert,
        call="guard_application_lines()",
        sentences={"application_lines": LINES_COMPLETE},
    )


def again_guard() -> Guard:
    """The guard that the same is submitted again only after the one before was withdrawn."""
    return Guard(
        name="again",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        call="guard_application_again()",
        sentences={"application_again": APPLICATION_AGAIN},
    )


def known_guard() -> Guard:
    """The guard that a round that takes only known amounts gets no other."""
    return Guard(
        name="known",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        call="guard_line_known()",
        sentences={"line_known": LINE_KNOWN},
    )


def not_withdrawn() -> Guard:
    """The guard that nothing is granted on what was withdrawn."""
    return Guard(
        name="not_withdrawn",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        call="guard_grant_withdrawn()",
        sentences={"application_withdrawn": APPLICATION_WITHDRAWN},
    )


def fixed() -> Guard:
    """The guard of what was asked and granted."""
    return append_only("append_only", APPEND_ONLY)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, as far as somebody may know of them."""

    def visible_to(self, user: User) -> ApplicationQuerySet:
        """Those of the regions that the user reads, and as a fund manager all those to
        funds of the own municipality."""
        return self.filter(
            Q(envelope__region__in=Region.objects.with_role(user, *READS_REGION))
            | Q(envelope__fund__in=Fund.objects.managed_by(user))
        )

    def managed_by(self, user: User) -> ApplicationQuerySet:
        """Those to funds that the user manages."""
        return self.filter(envelope__fund__in=Fund.objects.managed_by(user))


@tracked()
class Application(Written):
    """What a region asked in a round (aanvraag), as it was on the day of submission.

    `line_count` closes it: a line that comes later is one too many. `attempt` counts from
    1 where the same was submitted again after the one before was withdrawn.
    """

    envelope = models.ForeignKey(
        Envelope,
        verbose_name="ruimte",
        related_name="applications",
        on_delete=models.PROTECT,
    )
    round = models.ForeignKey(
        Round,
        verbose_name="ronde",
        related_name="applications",
        on_delete=models.PROTECT,
    )
    title = models.CharField("titel", max_length=200)
    submitted_on = models.DateField("ingediend op")
    line_count = models.PositiveIntegerField("aantal regels", editable=False)
    attempt = models.PositiveSmallIntegerField("keer", default=1, editable=False)
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "aanvraag"
        verbose_name_plural = "aanvragen"
        ordering = ["round", "submitted_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["envelope", "round", "title", "attempt"],
                name="funds_application_once",
                violation_error_message="Deze aanvraag is in deze ronde al ingediend.",
            ),
            models.CheckConstraint(
                condition=Q(line_count__gte=1),
                name="funds_application_lines",
                violation_error_message="Een aanvraag heeft minstens één regel; voeg die toe.",
            ),
        ]
        triggers = [fixed(), entered(), lines_guard(), again_guard()]

    def __str__(self) -> str:
        return self.title


@tracked()
class ApplicationLine(Written):
    """One amount that was asked (aanvraagregel); `code` is that of the action, if any."""

    application = models.ForeignKey(
        Application,
        verbose_name="aanvraag",
        related_name="lines",
        on_delete=models.PROTECT,
    )
    position = models.PositiveIntegerField("volgorde")
    code = models.CharField("code", max_length=24, blank=True)
    title = models.CharField("omschrijving", max_length=200)
    state = models.CharField("toestand", max_length=16, choices=LINE_STATES)
    amount = euro_field("bedrag", null=True, blank=True)

    class Meta:
        verbose_name = "aanvraagregel"
        verbose_name_plural = "aanvraagregels"
        ordering = ["application", "position", "pk"]
        constraints = [
            *amount_checks("funds_line"),
            *state_checks("funds_line", LINE_STATES),
            models.UniqueConstraint(
                fields=["application", "position"],
                name="funds_line_position",
                violation_error_message="Deze aanvraag heeft al een regel op deze plaats.",
            ),
        ]
        triggers = [fixed(), lines_guard(), known_guard()]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


@tracked()
class Grant(Written):
    """An amount granted on one line (beschikt), from `dated_on` on. Zero is a refusal.

    It may be granted in an earmark of its envelope. `answers` is what the rules of the
    fund said when it was decided, as it was shown.
    """

    line = models.OneToOneField(
        ApplicationLine,
        verbose_name="aanvraagregel",
        related_name="grant",
        on_delete=models.PROTECT,
    )
    amount = euro_field("bedrag")
    earmark = models.ForeignKey(
        Earmark,
        verbose_name="oormerk",
        related_name="grants",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    dated_on = models.DateField("datum")
    decision = models.CharField("besluit", max_length=200, blank=True)
    answers = models.JSONField("antwoorden van de regels", default=list, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="grants",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "beschikking"
        verbose_name_plural = "beschikkingen"
        ordering = ["dated_on", "pk"]
        constraints = [*amount_checks("funds_grant")]
        triggers = [
            fixed(),
            not_withdrawn(),
            entered(),
            four_eyes(),
            counted(),
            in_round(),
            earmarked(),
            Guard(
                name="within_request",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert,
                call="guard_grant()",
                sentences={"grant_amount": GRANT_AMOUNT, "grant_day": GRANT_DAY},
            ),
        ]

    def __str__(self) -> str:
        return f"beschikking op {self.line}"
