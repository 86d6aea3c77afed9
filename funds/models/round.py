"""A round in which regions may apply, and the turn of who grants in it."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from funds.models.fund import Fund
from funds.money import amount_checks, euro_field
from municipalities.guard import Guard
from municipalities.history import tracked
from municipalities.written import Written

CEILING_LOW = (
    "In {round} is al € {held} beschikt; kies een plafond van ten minste dat bedrag, of laat het "
    "leeg."
)


@tracked()
class Round(Written):
    """A period in which regions may apply (aanvraagronde). Days are inclusive.

    `accepts_unknown` says whether an amount may be asked that is not known yet (PM).
    What was asked before that changed stands. All that is granted in the round, with its
    later changes, stays within `ceiling` on every day; what is released at the settlement
    returns to the envelope and not to the round.
    """

    fund = models.ForeignKey(
        Fund, verbose_name="fonds", related_name="rounds", on_delete=models.PROTECT
    )
    slug = models.SlugField("kenmerk", max_length=80)
    name = models.CharField("naam", max_length=120)
    dated_on = models.DateField("datum")
    opens_on = models.DateField("open vanaf", null=True, blank=True)
    closes_on = models.DateField("open tot en met", null=True, blank=True)
    accepts_unknown = models.BooleanField(
        "neemt onbekende bedragen aan",
        default=True,
        help_text="Uit: een aanvraag met PM, n.t.b., niet bekend of een lege cel wordt geweigerd.",
    )

    ceiling = euro_field(
        "plafond",
        null=True,
        blank=True,
        help_text="Hoogstens zoveel wordt er in deze ronde beschikt. Leeg: geen plafond.",
    )
    requires = models.TextField(
        "wat een aanvraag bevat",
        max_length=2000,
        blank=True,
        help_text="Zoals: een begroting per actie, en het besluit van elk college.",
    )

    class Meta:
        verbose_name = "aanvraagronde"
        verbose_name_plural = "aanvraagrondes"
        ordering = ["fund", "dated_on", "pk"]
        constraints = [
            *amount_checks("funds_round_ceiling", field="ceiling"),
            models.UniqueConstraint(
                fields=["fund", "slug"],
                name="funds_round_once",
                violation_error_message="Dit fonds heeft al een ronde met dit kenmerk.",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(closes_on__gte=F("opens_on")),
                name="funds_round_term",
                violation_error_message="De laatste dag ligt voor de eerste; draai de twee om.",
            ),
        ]
        triggers = [
            Guard(
                name="ceiling",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                call="guard_round_ceiling()",
                sentences={"round_ceiling_low": CEILING_LOW},
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.fund})"

    @property
    def in_full(self) -> str:
        """As it is called where somebody chooses it, with what it asks of amounts."""
        return str(self) if self.accepts_unknown else f"{self}: alleen bekende bedragen, geen PM"


class RoundCounter(models.Model):
    """The turn of a round: who grants in it, or changes its ceiling, holds this row until
    the commit, at every isolation level. Kept by the database alone and never shown."""

    round = models.OneToOneField(
        Round,
        verbose_name="ronde",
        related_name="counter",
        primary_key=True,
        on_delete=models.CASCADE,
    )
    entries = models.PositiveBigIntegerField("aantal boekingen", default=0, editable=False)

    class Meta:
        verbose_name = "teller van een ronde"
        verbose_name_plural = "tellers van rondes"
        triggers = [
            Guard(
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                call="guard_counter()",
                sentences={},
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.entries}"
