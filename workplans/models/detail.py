"""What actions, rows and results mention: who takes part, and how many of what."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from municipalities.history import tracked
from municipalities.models import Organisation
from municipalities.written import Written
from workplans.models.action import Action
from workplans.models.block import BlockRow
from workplans.models.guards import touches
from workplans.models.line import IntendedResult


def _owner(model: type[models.Model], verbose_name: str, related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        model,
        verbose_name=verbose_name,
        related_name=related_name,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )


def _one_of(name: str, sentence: str, *owners: str) -> models.CheckConstraint:
    """Constraint: exactly one of these keys is filled."""
    condition = Q()
    for owner in owners:
        condition |= Q(**{f"{other}__isnull": other != owner for other in owners})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=sentence)


@tracked()
class Partner(Written):
    """Who takes part in an action, or in what a row tells, in the order of the text.

    `organisation` is empty for somebody we do not know, and for an open group
    (`ten minste drie partners`), which may have a `minimum`.
    """

    action = _owner(Action, "actie", "partners")
    row = _owner(BlockRow, "rij van een blok", "partners")
    position = models.PositiveIntegerField("volgorde")
    text = models.CharField("partner zoals getypt", max_length=500)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organisatie",
        related_name="partners",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    minimum = models.PositiveSmallIntegerField("minstens", null=True, blank=True)

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partners"
        ordering = ["position", "pk"]
        constraints = [
            _one_of(
                "workplans_partner_owner",
                "Een partner hoort bij een actie of bij een rij, niet bij beide.",
                "action",
                "row",
            )
        ]
        triggers = touches("partner")

    def __str__(self) -> str:
        return self.text


@tracked()
class Quantity(Written):
    """A number of something (aantal), as typed and as read: `ca. 5 woningen`.

    `low` and `high` are inclusive; without `high` it is that number. `bound` says that
    it is at least or at most so many, `is_about` that it is roughly so.
    """

    action = _owner(Action, "actie", "quantities")
    row = _owner(BlockRow, "rij van een blok", "quantities")
    result = _owner(IntendedResult, "beoogd resultaat", "quantities")
    position = models.PositiveIntegerField("volgorde")
    text = models.CharField("aantal zoals getypt", max_length=500)
    low = models.DecimalField("aantal", max_digits=16, decimal_places=4)
    high = models.DecimalField("tot", max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField("eenheid", max_length=500, blank=True)
    what = models.CharField("waarvan", max_length=500, blank=True)
    is_about = models.BooleanField("ongeveer", default=False)
    bound = models.CharField("grens", max_length=12, blank=True)

    class Meta:
        verbose_name = "aantal"
        verbose_name_plural = "aantallen"
        ordering = ["position", "pk"]
        constraints = [
            _one_of(
                "workplans_quantity_owner",
                "Een aantal hoort bij één actie, rij of resultaat.",
                "action",
                "row",
                "result",
            ),
            models.CheckConstraint(
                condition=Q(low__gte=0) & (Q(high__isnull=True) | Q(high__gte=F("low"))),
                name="workplans_quantity_range",
                violation_error_message=(
                    "Een aantal is nul of meer, en loopt van een kleiner naar een groter getal."
                ),
            ),
        ]
        triggers = touches("quantity")

    def __str__(self) -> str:
        return self.text
