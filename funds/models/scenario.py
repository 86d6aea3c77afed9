"""What-if on a round: its scenarios, and the choice of one that became decisions."""

from __future__ import annotations

import hashlib
import json

import pgtrigger
from django.conf import settings
from django.db import models

from funds.models.round import Round
from funds.scenario import Operation
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.written import Written

SCENARIO_CLOSED = (
    "In deze ronde is {scenario} gekozen; de scenario’s van toen blijven zoals ze zijn. Maak een "
    "nieuw scenario."
)
CHOICE_KEPT = "Een keuze staat vast; wijzig de beschikkingen zelf als zij niet klopt."
CHOICE_OF_ROUND = "Deze keuze is van een andere ronde; kies er een van de eigen ronde."


class NamedOperations(Written):
    """A way to bring what was asked within a budget: operations, in order, with a name.

    What comes out of them is worked out when it is read, from what was asked then.
    """

    number = models.PositiveIntegerField("nummer")
    title = models.CharField("naam", max_length=200)
    text = models.TextField("toelichting", blank=True, max_length=10_000)
    stored = models.JSONField("bewerkingen", default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Scenario {self.number}: {self.title}"

    @property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(Operation.read(row) for row in self.stored)

    @property
    def mark(self) -> str:
        """The mark of these operations: who changes them says which were seen."""
        return _mark(self.stored)


def _mark(said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


class RoundChoice(Written):
    """A scenario, by its number, that became decisions, or in a fund with four eyes
    proposals (keuze in een ronde). Never changed.

    `material` is what it was worked out from, so that what was cut and dropped can still
    be read; `digest` is the mark of all that deciding would do, as it was shown.
    """

    round = models.ForeignKey(
        Round, verbose_name="ronde", related_name="choices", on_delete=models.PROTECT
    )
    number = models.PositiveIntegerField("nummer")
    digest = models.CharField("herkenning van het gevolg", max_length=64, editable=False)
    material = models.JSONField("wat is aangevraagd", editable=False)
    dated_on = models.DateField("datum")
    decision = models.CharField("besluit", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ingevoerd door",
        related_name="round_choices",
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "keuze in een ronde"
        verbose_name_plural = "keuzes in rondes"
        ordering = ["-dated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                name="funds_choice_once",
                violation_error_message="Dit scenario is al gekozen; maak een nieuw.",
            )
        ]
        triggers = [append_only("round_choice_kept", CHOICE_KEPT)]

    def __str__(self) -> str:
        return f"Keuze van scenario {self.number} in {self.round}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether what was proposed by it was taken back. Follows the proposals: fetch them
        along."""
        return any(each.outcome == "ingetrokken" for each in self.proposals.all())

    @property
    def waits(self) -> bool:
        """Whether a second person has still to confirm it: nothing is granted yet. Follows
        the proposals: fetch them along."""
        return any(each.is_open for each in self.proposals.all())


@tracked()
class RoundScenario(NamedOperations):
    """A scenario of the lines of a round that nobody decided on (scenario van een ronde).

    `within` names the earmark that a line would be granted in, by name of the line.
    `choice` is the choice that closed it, its own or that of another scenario of the
    round: what is decided then is no longer open, so it is read as it was then.
    """

    round = models.ForeignKey(
        Round, verbose_name="ronde", related_name="scenarios", on_delete=models.PROTECT
    )
    within = models.JSONField("oormerken", default=dict, blank=True, editable=False)
    choice = models.ForeignKey(
        RoundChoice,
        verbose_name="keuze",
        related_name="closes",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )

    @property
    def mark_within(self) -> str:
        """The mark of the earmarks: who changes them says which were seen."""
        return _mark(self.within)

    class Meta:
        verbose_name = "scenario van een ronde"
        verbose_name_plural = "scenario’s van rondes"
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                name="funds_scenario_number",
                violation_error_message=(
                    "Dit nummer kreeg net een ander scenario; bewaar het nog een keer."
                ),
            )
        ]
        triggers = [
            Guard(
                name="closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                call="guard_round_scenario()",
                sentences={
                    "round_scenario_closed": SCENARIO_CLOSED,
                    "round_choice_elsewhere": CHOICE_OF_ROUND,
                },
            )
        ]

    @property
    def is_closed(self) -> bool:
        """Whether a choice was made since."""
        return self.choice_id is not None

    @property
    def is_chosen(self) -> bool:
        """Whether it is the one that was chosen. Follows the choice: fetch it along."""
        return self.choice is not None and self.choice.number == self.number
