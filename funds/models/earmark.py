"""What part of an envelope is meant for something: at least so much, and at most."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from funds.models.fund import Envelope
from funds.models.kept import earmarked, entered
from funds.money import amount_checks, euro_field
from municipalities.guard import append_only
from municipalities.history import tracked
from municipalities.written import Written

EARMARK_STANDS = (
    "Een oormerk staat vast; laat het zoals het was en leg vast wat er vanaf een latere dag geldt."
)


@tracked()
class Earmark(Written):
    """What is meant for one purpose in an envelope (oormerk), from `dated_on` on.

    As long as less than `minimum` is granted in it, the rest of that is kept free of other
    grants; no more than `maximum` is granted in it. A later row with the same name takes
    its place from its own day, and what was granted in the one counts in the other: the
    name is what the earmark is known by.
    """

    envelope = models.ForeignKey(
        Envelope, verbose_name="ruimte", related_name="earmarks", on_delete=models.PROTECT
    )
    name = models.CharField("naam", max_length=120)
    minimum = euro_field("minimum", default=0, help_text="Zoveel blijft hiervoor vrij.")
    maximum = euro_field(
        "maximum",
        null=True,
        blank=True,
        help_text="Hoogstens zoveel wordt er binnen het oormerk beschikt. Leeg: geen maximum.",
    )
    dated_on = models.DateField("datum")
    decision = models.CharField("besluit", max_length=200, blank=True)
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "oormerk"
        verbose_name_plural = "oormerken"
        ordering = ["envelope", "name", "dated_on", "pk"]
        constraints = [
            *amount_checks("funds_earmark_minimum", field="minimum"),
            *amount_checks("funds_earmark_maximum", field="maximum"),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gte=F("minimum")),
                name="funds_earmark_order",
                violation_error_message="Het maximum ligt onder het minimum; draai de twee om.",
            ),
            models.UniqueConstraint(
                fields=["envelope", "name", "dated_on"],
                name="funds_earmark_once",
                violation_error_message=(
                    "Dit oormerk heeft al een minimum en maximum vanaf deze dag; kies een andere "
                    "dag."
                ),
            ),
        ]
        triggers = [
            append_only("earmark_append_only", EARMARK_STANDS),
            entered(),
            earmarked(),
        ]

    def __str__(self) -> str:
        return self.name
