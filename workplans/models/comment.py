"""What people say about a plan: beside it, never in it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from municipalities.history import tracked
from municipalities.models import Region, User
from municipalities.permissions import READS_REGION
from municipalities.written import Written
from workplans import words
from workplans.models.action import Action
from workplans.models.block import Block
from workplans.models.guards import comment_guards
from workplans.models.line import ActionLine
from workplans.models.plan import WorkPlan

LONGEST_COMMENT = 5_000
WHOLE_PLAN = "het hele plan"


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, as far as somebody may read them."""

    def visible_to(self, user: User) -> CommentQuerySet:
        """Those about plans of regions that the user reads; a fund manager sees the plan
        and not what its writers say about it."""
        return self.filter(plan__region__in=Region.objects.with_role(user, *READS_REGION))

    def opening(self) -> CommentQuerySet:
        """The first of each conversation."""
        return self.filter(answer_to__isnull=True)

    def unsettled(self) -> CommentQuerySet:
        """Conversations in which somebody still has to do something."""
        return self.opening().filter(resolved_at__isnull=True, withdrawn_at__isnull=True)

    def with_conversation(self) -> CommentQuerySet:
        """With people, places and answers, oldest answer first. One more query."""
        answers = Comment.objects.select_related("author").order_by("written_at", "pk")
        return self.select_related(
            "author", "resolved_by", "block", "line", "action__line", "action__point"
        ).prefetch_related(models.Prefetch("answers", queryset=answers))


@tracked()
class Comment(Written):
    """What somebody says about a plan, or about a place in it (opmerking).

    It is no part of the plan file. At most one of `block`, `line` and `action` is set;
    when that is removed the comment stays with the plan, and `place` says where it
    stood. The text never changes; its author can withdraw it, which hides it. Answers
    are one deep, and only the first of a conversation is resolved.
    """

    class Cell(models.TextChoices):
        """Keys of an action in the plan file."""

        TITLE = "title", words.ACTION["title"].lower()
        DESCRIPTION = "description", words.ACTION["description"].lower()
        TARGET_GROUP = "target_group", words.ACTION["target_group"].lower()
        PARTNERS = "partners", words.ACTION["partners"].lower()
        PLANNING = "planning", words.ACTION["planning"].lower()
        START = "start", words.ACTION["start"].lower()
        END = "end", words.ACTION["end"].lower()
        AMOUNT = "amount", words.ACTION["amount"].lower()
        FUNDING = "funding", words.ACTION["funding"].lower()
        MUNICIPALITIES = "municipalities", words.ACTION["municipalities"].lower()
        MONITORING = "monitoring", words.ACTION["monitoring"].lower()
        QUANTITIES = "quantities", words.ACTION["quantities"].lower()
        STATUS = "status", words.ACTION["status"].lower()
        NOTE = "note", words.ACTION["note"].lower()

    plan = models.ForeignKey(
        WorkPlan, verbose_name="werkplan", related_name="comments", on_delete=models.CASCADE
    )
    block = models.ForeignKey(
        Block,
        verbose_name="blok",
        related_name="comments",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    line = models.ForeignKey(
        ActionLine,
        verbose_name="actielijn",
        related_name="comments",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    action = models.ForeignKey(
        Action,
        verbose_name="actie",
        related_name="comments",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    place = models.CharField("plaats", max_length=500, blank=True)
    cell = models.CharField("cel", max_length=20, choices=Cell, blank=True)
    answer_to = models.ForeignKey(
        "self",
        verbose_name="antwoord op",
        related_name="answers",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    text = models.TextField("tekst")
    author = models.ForeignKey(
        User, verbose_name="schrijver", related_name="comments", on_delete=models.PROTECT
    )
    written_at = models.DateTimeField("geschreven op", db_default=Now())
    resolved_by = models.ForeignKey(
        User,
        verbose_name="afgehandeld door",
        related_name="resolved_comments",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    resolved_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["plan", "-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(block__isnull=True, line__isnull=True)
                | Q(line__isnull=True, action__isnull=True)
                | Q(block__isnull=True, action__isnull=True),
                name="workplans_comment_place",
                violation_error_message="Een opmerking staat bij één plaats; kies er een.",
            ),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(
                    resolved_by__isnull=False,
                    resolved_at__isnull=False,
                    answer_to__isnull=True,
                ),
                name="workplans_comment_resolved",
                violation_error_message=(
                    "Een antwoord wordt afgehandeld met de opmerking waar het bij staat."
                ),
            ),
        ]
        triggers = comment_guards()

    def __str__(self) -> str:
        return f"Opmerking bij {self.where}"

    def get_absolute_url(self) -> str:
        """The conversation, at this comment. Follows `plan`."""
        first = self.answer_to_id or self.pk
        page = reverse("workplans:comment_detail", args=[self.plan.slug, first])
        return f"{page}#opmerking-{self.pk}"

    def clean(self) -> None:
        """Refuse a text that nobody would read to the end, or that says nothing."""
        super().clean()
        if not self.text.strip():
            raise _fault("Schrijf eerst wat u wilt zeggen.", code="empty")
        if (length := len(self.text)) > LONGEST_COMMENT:
            raise _fault(
                f"Een opmerking is hoogstens {_number(LONGEST_COMMENT)} tekens en deze heeft er "
                f"{_number(length)}; maak haar korter.",
                code="too_long",
            )

    @property
    def spot(self) -> Block | ActionLine | Action | None:
        """The place in the plan, if it is still there and not the whole plan."""
        return self.action or self.line or self.block

    @property
    def lost_place(self) -> bool:
        """Whether it stood at something that is no longer in the plan."""
        return bool(self.place) and self.spot is None

    @property
    def where(self) -> str:
        """Where it stands or stood, in words: `A3 Titel, planning`."""
        now = str(self.spot) if self.spot else self.place
        return ", ".join(filter(None, [now or WHOLE_PLAN, self.get_cell_display()]))

    @property
    def is_settled(self) -> bool:
        return self.resolved_at is not None or self.withdrawn_at is not None


@tracked()
class Mention(models.Model):
    """Somebody who is to know of a comment (vermelding), by `@naam` or by choice."""

    comment = models.ForeignKey(
        Comment, verbose_name="opmerking", related_name="mentions", on_delete=models.CASCADE
    )
    user = models.ForeignKey(
        User, verbose_name="gebruiker", related_name="mentions", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = "vermelding"
        verbose_name_plural = "vermeldingen"
        ordering = ["comment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "user"],
                name="workplans_mention_once",
                violation_error_message="Deze persoon is in deze opmerking al genoemd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.comment}"


def _fault(sentence: str, *, code: str) -> ValidationError:
    return ValidationError({"text": ValidationError(sentence, code=code)})


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
