"""When a grant is paid out: instalments that are planned, in versions that stand fast."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from funds.models.application import Application, Grant
from funds.models.kept import LOCKED
from funds.money import amount_checks, euro_field
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.written import Written

SCHEDULE_STANDS = "Een betaalschema staat vast; maak een nieuw schema, dat dit vervangt."
FOLLOWS = (
    "Er is al een betaalschema van {day}; het nieuwe is het volgende, van die dag of een latere."
)
SUMS = {
    "schedule_sum": (
        "De termijnen zijn samen € {found} en het betaalschema is € {expected}; er komt geen "
        "termijn bij en er gaat er geen af, maak een nieuw schema."
    ),
    "schedule_elsewhere": (
        "Een termijn is van een andere aanvraag dan haar betaalschema; kies een regel van deze "
        "aanvraag."
    ),
    "schedule_day": (
        "Een termijn van {day} ligt voor de beschikking van {granted}; kies die dag of een latere."
    ),
    "schedule_within_grant": (
        "Op {line} is nog € {payable} te betalen en het betaalschema plant € {planned}; plan "
        "hoogstens € {payable}."
    ),
}


def sums() -> Guard:
    """The guard that instalments come to the amount of their schedule, and with what is
    paid to no more than what is granted; at the commit."""
    return Guard(
        name="adds_up",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Insert,
        call="guard_instalments()",
        sentences=SUMS,
    )


class InstalmentKind(models.TextChoices):
    """What a payment of an instalment is; the values are those of `GrantEntry`."""

    ADVANCE = "voorschot", "voorschot"
    FINAL = "eindbetaling", "eindbetaling"


@tracked()
class PaymentSchedule(Written):
    """How what is granted on an application is paid out (betaalschema), as it was typed.

    A later number replaces from its own day what is open of the one before; what was paid
    of that stays. `amount` closes it: an instalment that comes later is one too many.
    """

    application = models.ForeignKey(
        Application, verbose_name="aanvraag", related_name="schedules", on_delete=models.PROTECT
    )
    number = models.PositiveSmallIntegerField("nummer")
    dated_on = models.DateField("datum")
    amount = euro_field("bedrag")
    typed = models.TextField("termijnen zoals getypt", max_length=2000)
    reason = models.CharField("reden", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="payment_schedules",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "betaalschema"
        verbose_name_plural = "betaalschema’s"
        ordering = ["application", "number"]
        constraints = [
            *amount_checks("funds_schedule"),
            models.UniqueConstraint(
                fields=["application", "number"],
                name="funds_schedule_once",
                violation_error_message="Er is intussen een ander betaalschema; bekijk dat eerst.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="funds_schedule_reason",
                violation_error_message="Schrijf op waarom er een nieuw betaalschema komt.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_schedule_something",
                violation_error_message="Plan minstens één termijn, van meer dan nul.",
            ),
        ]
        triggers = [
            append_only("schedule_append_only", SCHEDULE_STANDS),
            Guard(
                name="entered",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_schedule()",
                sentences={"entry_locked": LOCKED, "schedule_follows": FOLLOWS},
            ),
            sums(),
        ]

    def __str__(self) -> str:
        return f"betaalschema {self.number} van {self.application}"


class Instalment(models.Model):
    """What a schedule plans to pay on a day on one grant (termijn). What it plans on one
    day and of one kind, over all grants, is paid as one."""

    Kind = InstalmentKind

    schedule = models.ForeignKey(
        PaymentSchedule,
        verbose_name="betaalschema",
        related_name="instalments",
        on_delete=models.PROTECT,
    )
    grant = models.ForeignKey(
        Grant, verbose_name="beschikking", related_name="instalments", on_delete=models.PROTECT
    )
    due_on = models.DateField("dag")
    kind = models.CharField("soort", max_length=16, choices=InstalmentKind)
    amount = euro_field("bedrag")

    class Meta:
        verbose_name = "termijn"
        verbose_name_plural = "termijnen"
        ordering = ["schedule", "due_on", "-kind", "grant", "pk"]
        constraints = [
            *amount_checks("funds_instalment"),
            models.UniqueConstraint(
                fields=["schedule", "grant", "due_on", "kind"],
                name="funds_instalment_once",
                violation_error_message="Deze termijn staat er al; tel het bedrag daarbij op.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=InstalmentKind.values),
                name="funds_instalment_kind",
                violation_error_message="Een termijn is een voorschot of een eindbetaling.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_instalment_something",
                violation_error_message="Een termijn is meer dan nul; vul dat bedrag in.",
            ),
        ]
        triggers = [append_only("schedule_append_only", SCHEDULE_STANDS), sums()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} van {self.due_on:%d-%m-%Y}"
