"""Figures that are no costs of an action, and figures as a source prints them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from funds.lifecycle import COST_STATES
from funds.money import amount_checks, euro_field, state_checks
from municipalities.history import tracked
from municipalities.written import Written
from workplans.models.guards import touches
from workplans.models.plan import WorkPlan


@tracked()
class PlanFigure(Written):
    """A figure with a name (cijfer): an amount, a sum of other figures, or a share.

    `sum_text` has other figures with + and -, `share_text` one figure as a part of
    another; exactly one of the three is there. `state` and `amount` are how
    `amount_text` was read; without it the state is `not_applicable`.
    """

    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="figures", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField("volgorde")
    code = models.CharField("code", max_length=40)
    title = models.CharField("titel", max_length=200)
    amount_text = models.CharField("bedrag zoals getypt", max_length=500, blank=True)
    state = models.CharField("toestand", max_length=16, choices=COST_STATES, editable=False)
    amount = euro_field("bedrag", null=True, blank=True, editable=False)
    sum_text = models.CharField("som van", max_length=500, blank=True)
    share_text = models.CharField("deel", max_length=200, blank=True)
    source = models.CharField("bron", max_length=500, blank=True)

    class Meta:
        verbose_name = "cijfer van een plan"
        verbose_name_plural = "cijfers van plannen"
        ordering = ["plan", "position", "pk"]
        constraints = [
            *amount_checks("workplans_figure"),
            *state_checks("workplans_figure", COST_STATES),
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="workplans_figure_once",
                deferrable=models.Deferrable.DEFERRED,  # two figures may swap their codes
                violation_error_message="Dit plan heeft al een cijfer met deze code.",
            ),
            models.CheckConstraint(
                condition=(~Q(amount_text="") & Q(sum_text="", share_text=""))
                | (~Q(sum_text="") & Q(amount_text="", share_text=""))
                | (~Q(share_text="") & Q(amount_text="", sum_text="")),
                name="workplans_figure_one_way",
                violation_error_message="Een cijfer is een bedrag, een som of een deel.",
            ),
        ]
        triggers = touches("plan")

    def __str__(self) -> str:
        return self.title


@tracked()
class PrintedFigure(Written):
    """A figure exactly as the source prints it, to hold against the computed one.

    `figure` names the computed one; empty for an amount in running text. A text that is
    no amount (`€ 64,376`, `15 acties`) has the state `unread`: it counts nowhere.
    """

    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="printed", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField("volgorde")
    place = models.CharField("plaats in de bron", max_length=500)
    text = models.CharField("zoals gedrukt", max_length=500)
    state = models.CharField("toestand", max_length=16, choices=COST_STATES, editable=False)
    amount = euro_field("bedrag", null=True, blank=True, editable=False)
    figure = models.CharField("hoort te zijn", max_length=500, blank=True)
    note = models.TextField("opmerking", blank=True, max_length=100_000)

    class Meta:
        verbose_name = "gedrukt cijfer"
        verbose_name_plural = "gedrukte cijfers"
        ordering = ["plan", "position", "pk"]
        constraints = [
            *amount_checks("workplans_printed"),
            *state_checks("workplans_printed", COST_STATES),
        ]
        triggers = touches("plan")

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"
