"""What happens to a grant after the decision, as entries that are added up."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from funds.models.application import Grant
from funds.models.fund import Envelope, Fund
from funds.models.kept import counted, counter_kept, earmarked, entered, four_eyes, in_round
from funds.models.recipient import no_open_request
from funds.models.schedule import Instalment
from funds.money import amount_checks, euro_field
from municipalities.guard import Guard, append_only
from municipalities.history import tracked
from municipalities.written import Written

ENTRY_STANDS = "Een boeking staat vast; corrigeer haar met een nieuwe boeking die haar terugneemt."
LIFE = {
    "entry_fund": "De boeking hoort bij een ander fonds dan haar beschikking; neem dat fonds.",
    "entry_day": (
        "De boeking ligt voor de beschikking of voor wat zij corrigeert ({day}); kies die dag of "
        "een latere."
    ),
    "entry_correction": (
        "Een correctie neemt één boeking van dezelfde beschikking precies terug; corrigeer de "
        "boeking zelf."
    ),
    "change_below_paid": (
        "Er is al € {paid} uitbetaald; laat ten minste dat bedrag beschikt staan."
    ),
    "change_settled": (
        "Deze beschikking is al vastgesteld; corrigeer eerst de vaststelling en wijzig of stel "
        "daarna opnieuw vast."
    ),
    "paid_within_grant": (
        "Er is € {granted} beschikt en nog € {left} niet uitbetaald; betaal hoogstens € {left}."
    ),
    "paid_within_settled": (
        "Er is € {settled} vastgesteld en nog € {left} niet uitbetaald; betaal hoogstens € {left}."
    ),
    "settled_within_grant": (
        "Er is € {granted} beschikt; stel hoogstens dat bedrag vast, de rest valt vrij."
    ),
    "recovered_within_paid": (
        "Er is € {left} meer uitbetaald dan vastgesteld; vorder hoogstens dat bedrag terug, na de "
        "vaststelling."
    ),
}


INSTALMENT = {
    "instalment_correction": (
        "Een correctie is van dezelfde termijn als wat zij terugneemt; neem de betaling zelf terug."
    ),
    "instalment_elsewhere": (
        "Deze termijn is van een andere regel, van een later betaalschema dan de betaling, of "
        "intussen vervangen; kies een termijn die openstaat, of betaal buiten het schema."
    ),
    "instalment_paid": (
        "Van deze termijn staat nog € {left} open; betaal hoogstens € {left}, of betaal buiten het "
        "schema."
    ),
}


class Kind(models.TextChoices):
    """What an entry does; the values stand in the functions of the guards too."""

    CHANGE = "wijziging", "wijziging"
    ADVANCE = "voorschot", "voorschot"
    FINAL = "eindbetaling", "eindbetaling"
    SETTLEMENT = "vaststelling", "vaststelling"
    RECOVERY = "terugvordering", "terugvordering"


PAYMENTS = (Kind.ADVANCE, Kind.FINAL)


@tracked()
class GrantEntry(Written):
    """One step in the life of a grant (boeking op een beschikking); it stands fast.

    `amount` is what is added to what its kind adds up to: a change is the difference, up
    or down. A settlement has `amount` settled and `released`: together all that was
    granted. A payment may be that of an `instalment`. A correction takes one entry back,
    to the cent, and has its kind and its instalment.
    """

    Kind = Kind

    grant = models.ForeignKey(
        Grant, verbose_name="beschikking", related_name="entries", on_delete=models.PROTECT
    )
    fund = models.ForeignKey(
        Fund, verbose_name="fonds", related_name="entries", on_delete=models.PROTECT
    )
    kind = models.CharField("soort", max_length=16, choices=Kind)
    amount = euro_field("bedrag")
    released = euro_field("vrijgevallen", default=0)
    realised = euro_field("gerealiseerd", null=True, blank=True)
    dated_on = models.DateField("datum")
    decision = models.CharField("besluit", max_length=200, blank=True)
    reason = models.CharField("reden", max_length=200, blank=True)
    reference = models.CharField("betalingskenmerk", max_length=80, blank=True)
    instalment = models.ForeignKey(
        Instalment,
        verbose_name="termijn",
        related_name="entries",
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
        related_name="grant_entries",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)

    class Meta:
        verbose_name = "boeking op een beschikking"
        verbose_name_plural = "boekingen op beschikkingen"
        ordering = ["dated_on", "pk"]
        constraints = [
            *amount_checks("funds_entry", may_be_negative=True),
            *amount_checks("funds_entry_released", field="released", may_be_negative=True),
            *amount_checks("funds_entry_realised", field="realised"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="funds_entry_kind",
                violation_error_message="Kies een soort boeking uit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False)
                | (Q(kind=Kind.CHANGE) & ~Q(amount=0))
                | (Q(kind=Kind.SETTLEMENT) & Q(amount__gte=0) & Q(released__gte=0))
                | (Q(kind__in=(*PAYMENTS, Kind.RECOVERY)) & Q(amount__gt=0)),
                name="funds_entry_sign",
                violation_error_message=(
                    "Een betaling of terugvordering is meer dan nul, en een wijziging verandert "
                    "iets; vul dat bedrag in."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.SETTLEMENT) | Q(released=0, realised__isnull=True),
                name="funds_entry_settlement",
                violation_error_message=(
                    "Alleen een vaststelling noemt wat er gerealiseerd is en wat er vrijvalt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, kind__in=(*PAYMENTS, Kind.RECOVERY))
                | ~Q(reason=""),
                name="funds_entry_reason",
                violation_error_message=(
                    "Een wijziging, vaststelling of correctie heeft een reden nodig; vul die in."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=PAYMENTS, corrects__isnull=True) & ~Q(reference=""))
                | (~Q(kind__in=PAYMENTS, corrects__isnull=True) & Q(reference="")),
                name="funds_entry_reference",
                violation_error_message=(
                    "Een betaling heeft een betalingskenmerk nodig, en alleen een betaling."
                ),
            ),
            models.UniqueConstraint(
                fields=["fund", "reference"],
                condition=~Q(reference=""),
                name="funds_entry_once",
                violation_error_message=(
                    "In dit fonds staat al een betaling met dit betalingskenmerk; gebruik een "
                    "ander kenmerk, of betaal niet nog een keer."
                ),
            ),
        ]
        triggers = [
            append_only("entry_append_only", ENTRY_STANDS),
            entered(),
            counted(),
            in_round(),
            earmarked(),
            four_eyes(of_change=True),
            no_open_request(),
            Guard(
                name="within_grant",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                call="guard_grant_entry()",
                sentences=LIFE,
            ),
            Guard(
                name="within_instalment",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                call="guard_entry_instalment()",
                sentences=INSTALMENT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} op {self.grant.line}"


class EnvelopeCounter(models.Model):
    """The number behind the guard of an envelope: what there is and what is granted in
    all. Kept by the database alone and never shown; figures are sums over entries.

    Whoever enters something holds this row until the commit, so entries of one envelope
    take turns, at every isolation level.
    """

    envelope = models.OneToOneField(
        Envelope,
        verbose_name="ruimte",
        related_name="counter",
        primary_key=True,
        on_delete=models.CASCADE,
    )
    ceiling = models.DecimalField("plafond", max_digits=16, decimal_places=2, editable=False)
    committed = models.DecimalField("vastgelegd", max_digits=16, decimal_places=2, editable=False)
    entries = models.PositiveBigIntegerField("aantal boekingen", default=0, editable=False)

    class Meta:
        verbose_name = "teller van een ruimte"
        verbose_name_plural = "tellers van ruimtes"
        constraints = [
            models.CheckConstraint(
                condition=Q(committed__lte=F("ceiling")),
                name="funds_counter_ceiling",
                violation_error_message=(
                    "Zoveel is er niet meer beschikbaar; beschik hoogstens wat er nog is."
                ),
            )
        ]
        triggers = [counter_kept()]

    def __str__(self) -> str:
        return f"{self.envelope_id}: {self.committed} van {self.ceiling}"
