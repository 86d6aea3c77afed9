"""Rules that a fund or a plan keeps to, as data: a value, a limit and a source."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from funds.lifecycle import COST_STATES
from funds.models.fund import Fund
from funds.money import amount_checks, euro_field, state_checks
from municipalities.history import tracked
from municipalities.written import Written


class Rule(Written):
    """A limit in money or as a part, and the figure that is held to it (regel).

    `figure` and `base` name figures as the plan file does; `base` may be a number
    (`11 leden`). `share_numerator` over `share_denominator` is the part exactly as
    typed (0,5% is 5 over 1000). `maximum` is the upper end of an earmark that has a
    minimum too.
    """

    class Kind(models.TextChoices):
        CEILING = "plafond", "plafond"
        MAXIMUM = "maximum", "maximum"
        MINIMUM = "minimum", "minimum"
        MINIMUM_SHARE = "minimaal deel", "minimaal deel"
        THRESHOLD = "drempel", "drempel"
        MAJORITY = "meerderheid", "meerderheid"
        KEY = "verdeelsleutel", "verdeelsleutel"
        EARMARK = "oormerk", "oormerk"
        AGREEMENT = "afspraak", "afspraak"

    class Severity(models.TextChoices):
        BLOCK = "blokkeren", "blokkeren"
        WARN = "waarschuwen", "waarschuwen"
        INFORM = "informeren", "informeren"

    position = models.PositiveIntegerField("volgorde", default=0)
    code = models.CharField("code", max_length=12)
    kind = models.CharField("soort", max_length=16, choices=Kind)
    title = models.CharField("titel", max_length=200)
    text = models.TextField("tekst", blank=True, max_length=100_000)
    amount_text = models.CharField("bedrag zoals getypt", max_length=500, blank=True)
    state = models.CharField(
        "toestand", max_length=16, choices=COST_STATES, editable=False, default="not_applicable"
    )
    amount = euro_field("bedrag", null=True, blank=True, editable=False)
    maximum_text = models.CharField("maximum zoals getypt", max_length=500, blank=True)
    maximum = euro_field("maximum", null=True, blank=True, editable=False)
    share_text = models.CharField("deel", max_length=500, blank=True)
    share_numerator = models.PositiveBigIntegerField(
        "teller", null=True, blank=True, editable=False
    )
    share_denominator = models.PositiveBigIntegerField(
        "noemer", null=True, blank=True, editable=False
    )
    base = models.CharField("waarvan", max_length=500, blank=True)
    applies_to = models.CharField("geldt voor", max_length=500, blank=True)
    figure = models.CharField("cijfer", max_length=500, blank=True)
    severity = models.CharField("ernst", max_length=12, choices=Severity, blank=True)
    source = models.CharField("bron", max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


def rule_checks(
    prefix: str, owner: str, deferrable: models.Deferrable | None = None
) -> list[models.BaseConstraint]:
    """Constraints of a kind of `Rule`, which belongs to a fund or a plan (`owner`); with
    `deferrable` two rules may swap their codes."""
    return [
        *amount_checks(prefix),
        *amount_checks(f"{prefix}_maximum", field="maximum"),
        *state_checks(prefix, COST_STATES),
        models.UniqueConstraint(
            fields=[owner, "code"],
            name=f"{prefix}_once",
            deferrable=deferrable,
            violation_error_message="Er is al een regel met deze code; kies een andere.",
        ),
        models.CheckConstraint(
            condition=Q(share_numerator__isnull=True, share_denominator__isnull=True)
            | Q(share_numerator__isnull=False, share_denominator__gt=0),
            name=f"{prefix}_share",
            violation_error_message="Een deel is een percentage of een breuk, zoals 0,5% of 2/3.",
        ),
        models.CheckConstraint(
            condition=Q(amount__isnull=True)
            | Q(maximum__isnull=True)
            | Q(maximum__gte=models.F("amount")),
            name=f"{prefix}_order",
            violation_error_message="Het maximum ligt onder het minimum; draai de twee om.",
        ),
    ]


@tracked()
class FundRule(Rule):
    """A rule of a fund (regel van een fonds)."""

    fund = models.ForeignKey(
        Fund, verbose_name="fonds", related_name="rules", on_delete=models.CASCADE
    )

    class Meta(Rule.Meta):
        verbose_name = "regel van een fonds"
        verbose_name_plural = "regels van fondsen"
        ordering = ["fund", "position", "pk"]
        constraints = rule_checks("funds_rule", "fund")
