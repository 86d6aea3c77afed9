"""An application that was taken back: written down beside it, for it never changes."""

from __future__ import annotations

import pgtrigger
from django.db import models

from funds.models.application import APPLICATION_WITHDRAWN, Application
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.written import Written

WITHDRAWAL_STANDS = (
    "Een aanvraag die is ingetrokken, blijft dat; dien in dezelfde ronde een nieuwe aanvraag in."
)
WITHDRAWAL_GRANTED = (
    "Op de aanvraag {application} is al beschikt; wat is beschikt, blijft staan en intrekken kan "
    "niet meer."
)
WITHDRAWAL_DAY = (
    "De aanvraag is ingediend op {submitted_on}; trek haar op die dag of een latere in."
)


@tracked()
class ApplicationWithdrawal(Written):
    """That a region took an application back (intrekking). From `dated_on` on it asks
    nothing any more; before that day it did."""

    application = models.OneToOneField(
        Application,
        verbose_name="aanvraag",
        related_name="withdrawal",
        on_delete=models.PROTECT,
    )
    dated_on = models.DateField("datum")
    reason = models.CharField("reden", max_length=500)
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "intrekking"
        verbose_name_plural = "intrekkingen"
        ordering = ["dated_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="funds_withdrawal_reason",
                violation_error_message="Schrijf op waarom de aanvraag wordt ingetrokken.",
            )
        ]
        triggers = [
            append_only("withdrawal_append_only", WITHDRAWAL_STANDS),
            Guard(
                name="undecided",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                call="guard_withdrawal()",
                sentences={
                    "withdrawal_granted": WITHDRAWAL_GRANTED,
                    "withdrawal_day": WITHDRAWAL_DAY,
                    "application_withdrawn": APPLICATION_WITHDRAWN,
                },
            ),
        ]

    def __str__(self) -> str:
        return f"intrekking van {self.application}"
