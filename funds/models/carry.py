"""What is left of an envelope, carried to a later one or to the reserve: one act."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from funds.models.fund import EnvelopeMutation
from funds.models.reserve import ReserveMovement
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.written import Written

CARRY_STANDS = "Een overheveling staat vast; neem haar terug met een reden, en maak een nieuwe."
SIDES = {
    "carry_sides": (
        "Een overheveling neemt op één dag precies zoveel af als er elders bij komt, met een "
        "besluit en zonder voorwaarde; boek aan beide kanten hetzelfde bedrag."
    ),
    "carry_place": (
        "Overhevelen kan naar een latere ruimte van dezelfde regio in hetzelfde fonds, of naar de "
        "reserve van dat fonds; kies een van die twee."
    ),
    "carry_correction": (
        "Een terugname neemt één overheveling precies terug, en niet eerder dan die; neem de "
        "overheveling zelf terug."
    ),
    "carry_alone": (
        "Deze boeking hoort bij een overheveling; neem de overheveling terug, dan gaat deze "
        "boeking mee."
    ),
}


@tracked()
class CarryOver(Written):
    """What was left of an envelope, brought to a later envelope of the region or to the
    reserve of the fund (overheveling). Its two sides are entries like any other, equal and
    opposite, of one day; one that `corrects` takes another back, with its opposite."""

    source = models.OneToOneField(
        EnvelopeMutation, verbose_name="van", related_name="carried", on_delete=models.PROTECT
    )
    target = models.OneToOneField(
        EnvelopeMutation,
        verbose_name="naar ruimte",
        related_name="brought",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    movement = models.OneToOneField(
        ReserveMovement,
        verbose_name="naar reserve",
        related_name="carry_over",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    corrects = models.OneToOneField(
        "self",
        verbose_name="neemt terug",
        related_name="correction",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="carry_overs",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "overheveling"
        verbose_name_plural = "overhevelingen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=True, movement__isnull=False)
                | Q(target__isnull=False, movement__isnull=True),
                name="funds_carry_one_target",
                violation_error_message="Kies een latere ruimte, of de reserve.",
            ),
        ]
        triggers = [
            append_only("carry_append_only", CARRY_STANDS),
            Guard(
                name="sides",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert,
                call="guard_carry_over()",
                sentences=SIDES,
            ),
        ]

    def __str__(self) -> str:
        return self.source.reason
