"""Statuses of a plan and the steps between them, as data."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a plan stands on its way to adoption; the values stand in plan files."""

    DRAFT = "concept"
    UNDER_REVIEW = "in_afstemming"
    SUBMITTED = "aangeboden"
    ADOPTED = "vastgesteld"
    CLOSED = "afgesloten"


LABELS = {
    Status.DRAFT: "Concept",
    Status.UNDER_REVIEW: "In afstemming",
    Status.SUBMITTED: "Aangeboden",
    Status.ADOPTED: "Vastgesteld",
    Status.CLOSED: "Afgesloten",
}
CHOICES = [(status.value, label) for status, label in LABELS.items()]

UNSUBMITTED = frozenset({Status.DRAFT, Status.UNDER_REVIEW})
"""The plan is still its writers' own: documents carry CONCEPT, no fund manager sees it."""

SUBMITTED = frozenset({Status.SUBMITTED, Status.ADOPTED, Status.CLOSED})
"""The plan was offered: its applications exist and never change."""

UNCHANGING = frozenset({Status.ADOPTED, Status.CLOSED})
"""Nothing in the plan changes any more; the database refuses it (`touch_plan()`)."""

REPORTED = frozenset({Status.SUBMITTED, Status.ADOPTED})
"""The plan is being carried out: its writers report how far its actions are."""


@dataclass(frozen=True)
class Step:
    """A step that somebody can take: from these statuses to that one."""

    name: str
    sources: frozenset[Status]
    target: Status
    label: str


SUBMIT = Step("submit", UNSUBMITTED, Status.SUBMITTED, "Dien in")
STEPS = (SUBMIT,)
