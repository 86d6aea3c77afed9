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
    """A step that somebody can take with a plan: from these statuses to that one.

    `name` stands in the address of its page and in the trail. `conditions` names rules of
    `services.conditions`, in the order in which a person mends them; all must hold.
    `keeps` is the name of the version that is kept after it, if any.
    """

    name: str
    sources: frozenset[Status]
    target: Status
    label: str
    """On the button that leads to its page."""
    verb: str
    """On the button that takes it."""
    done: str
    """In the trail: `Ingediend`."""
    refusal: str
    """What only the role may do, after `Alleen de projectleider van …`."""
    consequence: str
    """What is different afterwards, and what is frozen then."""
    role: str = "projectleider"
    asks_reason: bool = False
    conditions: tuple[str, ...] = ()
    keeps: str = ""

    @property
    def is_forward(self) -> bool:
        """Whether it brings the plan nearer to its end."""
        order = list(Status)
        return all(order.index(self.target) > order.index(source) for source in self.sources)


PRESENT = Step(
    "voorleggen",
    frozenset({Status.DRAFT}),
    Status.UNDER_REVIEW,
    label="Leg voor",
    verb="Leg het plan voor",
    done="Voorgelegd",
    refusal="legt dit plan voor",
    consequence="De gemeenten weten dan dat het plan klaar is om af te stemmen. Iedereen die het "
    "nu bewerkt, kan dat blijven doen.",
)
BACK_TO_DRAFT = Step(
    "terug-naar-concept",
    frozenset({Status.UNDER_REVIEW}),
    Status.DRAFT,
    label="Neem terug",
    verb="Neem het plan terug",
    done="Teruggenomen",
    refusal="neemt dit plan terug",
    consequence="Het plan is dan weer een concept. Wat er staat, blijft staan.",
    asks_reason=True,
    conditions=("nothing_submitted",),
)
SUBMIT = Step(
    "indienen",
    UNSUBMITTED,
    Status.SUBMITTED,
    label="Dien in",
    verb="Dien het plan in",
    done="Ingediend",
    refusal="dient dit plan in",
    consequence="Na het indienen staat dit bedrag als aangevraagd in het fonds. De aanvraag "
    "verandert daarna niet meer, ook niet als u het plan nog wijzigt.",
    conditions=("ready_to_submit", "rules_kept"),
    keeps="Ingediend",
)
TAKE_BACK = Step(
    "terugnemen",
    frozenset({Status.SUBMITTED}),
    Status.UNDER_REVIEW,
    label="Neem terug",
    verb="Neem het plan terug",
    done="Teruggenomen",
    refusal="neemt dit plan terug",
    consequence="De aanvraag is dan ingetrokken en telt vanaf vandaag niet meer mee in het fonds; "
    "wat er was aangevraagd, blijft te lezen. De gemeenten kunnen het plan weer bewerken, en u "
    "kunt het daarna opnieuw indienen.",
    asks_reason=True,
    conditions=("nothing_granted",),
)
ADOPT = Step(
    "vaststellen",
    frozenset({Status.UNDER_REVIEW, Status.SUBMITTED}),
    Status.ADOPTED,
    label="Stel vast",
    verb="Stel het plan vast",
    done="Vastgesteld",
    refusal="stelt dit plan vast",
    consequence="Het plan verandert daarna niet meer: niemand kan het nog bewerken, ook een "
    "beheerder niet. Zoals het nu is, bewaren wij het als versie Vastgesteld. Wie daarna iets wil "
    "wijzigen, begint een nieuwe versie.",
    conditions=("all_read", "all_submitted", "rules_kept", "bodies_agreed"),
    keeps="Vastgesteld",
)
CLOSE = Step(
    "afsluiten",
    frozenset({Status.ADOPTED}),
    Status.CLOSED,
    label="Sluit af",
    verb="Sluit het plan af",
    done="Afgesloten",
    refusal="sluit dit plan af",
    consequence="Het plan is dan klaar en dat blijft zo: er kan geen nieuwe versie meer van worden "
    "begonnen.",
)
NEW_VERSION = Step(
    "nieuwe-versie",
    frozenset({Status.ADOPTED}),
    Status.UNDER_REVIEW,
    label="Begin een nieuwe versie",
    verb="Begin een nieuwe versie",
    done="Nieuwe versie begonnen",
    refusal="begint een nieuwe versie",
    consequence="Het plan kan dan weer worden bewerkt. Wat is vastgesteld, blijft als versie te "
    "lezen, en wat er in een fonds is aangevraagd, blijft staan zoals het is.",
    asks_reason=True,
)
STEPS = (PRESENT, SUBMIT, ADOPT, CLOSE, NEW_VERSION, TAKE_BACK, BACK_TO_DRAFT)
"""Every way from one status to another, in the order in which a page offers them. The
database knows no other (`PlanStep`)."""


@dataclass(frozen=True)
class Beginning:
    """How a plan came to be here: the first line of its trail."""

    name: str
    targets: frozenset[Status]
    done: str


BEGUN = Beginning("begonnen", frozenset({Status.DRAFT}), "Begonnen")
LOADED = Beginning("ingelezen", frozenset(Status), "Ingelezen")
BEGINNINGS = (BEGUN, LOADED)

DONE = {step.name: step.done for step in (*BEGINNINGS, *STEPS)}


def steps_from(status: Status) -> tuple[Step, ...]:
    """The steps that start at a status, in the order of `STEPS`."""
    return tuple(step for step in STEPS if status in step.sources)


def step_named(name: str) -> Step | None:
    """The step with that name, if there is one."""
    return next((step for step in STEPS if step.name == name), None)
