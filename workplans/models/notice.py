"""What somebody is told about a plan, until it is read and mailed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.template.defaultfilters import date as format_date

from municipalities.models import Region, User
from municipalities.permissions import READS_REGION
from workplans import lifecycle
from workplans.models.comment import Comment
from workplans.models.plan import WorkPlan
from workplans.models.progress import ProgressRound


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, as far as their reader may still know what they say."""

    def of(self, user: User) -> NoticeQuerySet:
        """Those for the user about plans that the user still reads, without those about a
        comment that was withdrawn."""
        return self.filter(
            user=user.pk,
            plan__region__in=Region.objects.with_role(user, *READS_REGION),
            comment__withdrawn_at__isnull=True,
        )

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def personal(self) -> NoticeQuerySet:
        """Those in which one colleague asks something of another."""
        return self.filter(comment__isnull=False)

    def with_subject(self) -> NoticeQuerySet:
        """With all that the sentence and the address ask for, newest first."""
        return self.select_related(
            "by",
            "plan",
            "round__plan",
            "comment__plan",
            "comment__block",
            "comment__line",
            "comment__action__line",
            "comment__action__point",
        ).order_by("-at", "-pk")


class Notice(models.Model):
    """Something that one person is told (melding): named, answered, or a plan that moved.

    Not in the history: it is made by the program, and tells of what stands there already.
    """

    class Kind(models.TextChoices):
        MENTION = "genoemd", "genoemd"
        ANSWER = "antwoord", "antwoord"
        STATUS = "status", "status"
        ROUND = "voortgang", "voortgang"
        SOON = "herinnering", "herinnering"
        DUE = "vandaag", "vandaag"

    user = models.ForeignKey(
        User, verbose_name="gebruiker", related_name="notices", on_delete=models.CASCADE
    )
    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="notices", on_delete=models.CASCADE
    )
    kind = models.CharField("soort", max_length=12, choices=Kind)
    comment = models.ForeignKey(
        Comment,
        verbose_name="opmerking",
        related_name="notices",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    round = models.ForeignKey(
        ProgressRound,
        verbose_name="voortgangsronde",
        related_name="notices",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    status = models.CharField("status", max_length=16, choices=lifecycle.CHOICES, blank=True)
    by = models.ForeignKey(
        User,
        verbose_name="door",
        related_name="caused_notices",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    at = models.DateTimeField("op", db_default=Now())
    read_at = models.DateTimeField("gelezen op", null=True, blank=True)
    mailed_at = models.DateTimeField("gemaild op", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ["user", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="status", comment__isnull=True, round__isnull=True)
                | Q(kind__in=["genoemd", "antwoord"], comment__isnull=False, round__isnull=True)
                | Q(
                    kind__in=["voortgang", "herinnering", "vandaag"],
                    comment__isnull=True,
                    round__isnull=False,
                ),
                name="workplans_notice_subject",
                violation_error_message=(
                    "Een melding gaat over een opmerking, over een status of over de voortgang."
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "comment"],
                name="workplans_notice_once",
                violation_error_message="Deze persoon weet al van deze opmerking.",
            ),
            models.UniqueConstraint(
                fields=["user", "round", "kind"],
                name="workplans_notice_round_once",
                violation_error_message="Deze persoon weet al van deze voortgangsronde.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user"],
                condition=Q(read_at__isnull=True),
                name="workplans_notice_unread",
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        """Where one reads more. Follows `plan`, `round__plan` and `comment__plan`."""
        return (self.comment or self.round or self.plan).get_absolute_url()

    @property
    def sentence(self) -> str:
        """What happened, in one sentence without its full stop."""
        who = str(self.by) if self.by else "Systeembeheer"
        if self.kind == self.Kind.STATUS:
            if self.status == lifecycle.Status.SUBMITTED:
                return f"{who} heeft {self.plan} ingediend"
            status = lifecycle.LABELS[lifecycle.Status(self.status)].lower()
            return f"{self.plan} is nu {status}, door {who}"
        if self.round is not None:
            return self._of_round(self.round)
        assert self.comment is not None
        if self.kind == self.Kind.ANSWER:
            return f"{who} antwoordt op uw opmerking bij {self.comment.where}"
        return f"{who} noemt u in een opmerking bij {self.comment.where}"

    def _of_round(self, round: ProgressRound) -> str:
        day = format_date(round.due_on, "j F Y")
        what = f"de voortgang over het {round.half_year} van {self.plan}"
        if self.kind == self.Kind.ROUND:
            who = str(self.by) if self.by else "Systeembeheer"
            return f"{who} vraagt {what}, klaar op {day}"
        missing = "er ontbreekt nog een verslag van een van uw acties"
        if self.kind == self.Kind.SOON:
            return f"Op {day} is {what} klaar, en {missing}"
        return f"{what[0].upper()}{what[1:]} hoort klaar te zijn ({day}), en {missing}"
