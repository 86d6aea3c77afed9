"""How many must agree, and how many do: decisions on a version and votes on a scenario,
counted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a body decided about a version."""

    AGREED = "akkoord"
    CONDITIONAL = "voorwaarde"
    REFUSED = "niet_akkoord"
    POSTPONED = "aangehouden"
    NOTED = "kennisname"


OUTCOMES = {
    Outcome.AGREED: "Akkoord",
    Outcome.CONDITIONAL: "Akkoord onder voorwaarde",
    Outcome.REFUSED: "Niet akkoord",
    Outcome.POSTPONED: "Aangehouden",
    Outcome.NOTED: "Ter kennisname",
}

WAITING = frozenset({Outcome.CONDITIONAL, Outcome.POSTPONED})
"""Something is still to come of that body: a condition that is met, or a decision."""


class Majority(StrEnum):
    """How large a part of the bodies that decide must agree."""

    ALL = "allen"
    HALF = "meerderheid"
    TWO_THIRDS = "twee_derde"


MAJORITIES = {
    Majority.ALL: "allemaal",
    Majority.HALF: "meer dan de helft",
    Majority.TWO_THIRDS: "twee derde",
}


class Vote(StrEnum):
    """What a member of a table says about a scenario."""

    FOR = "voor"
    AGAINST = "tegen"
    ABSTAINS = "onthouding"


VOTES = {Vote.FOR: "Voor", Vote.AGAINST: "Tegen", Vote.ABSTAINS: "Onthouding"}
COUNTS_AS = {
    Vote.FOR: Outcome.AGREED,
    Vote.AGAINST: Outcome.REFUSED,
    Vote.ABSTAINS: Outcome.NOTED,
}


def needed(majority: Majority, voters: int) -> int:
    """How many of so many voters must agree, in whole numbers: 8 of 11 for two thirds."""
    match majority:
        case Majority.ALL:
            return voters
        case Majority.HALF:
            return voters // 2 + 1 if voters else 0
        case Majority.TWO_THIRDS:
            return -(-2 * voters // 3)


@dataclass(frozen=True)
class Count:
    """The votes of all bodies that decide on one version.

    Every one of them counts in `voters`, also who took note or has said nothing yet; an
    agreement under a condition is none until the condition is met.
    """

    majority: Majority
    voters: int
    agreed: int
    conditional: int
    refused: int
    noted: int

    @property
    def needed(self) -> int:
        return needed(self.majority, self.voters)

    @property
    def is_reached(self) -> bool:
        return self.agreed >= self.needed

    @property
    def is_out_of_reach(self) -> bool:
        """Whether those who can still agree are too few."""
        return self.voters - self.refused - self.noted < self.needed

    def said(self, word: str) -> str:
        """In words: `8 van 11 voor, nodig 8 (twee derde)`."""
        said = f"{self.agreed} van {self.voters} {word}, nodig {self.needed}"
        return f"{said} ({MAJORITIES[self.majority]})"

    def __str__(self) -> str:
        return self.said("akkoord")


def count(outcomes: Iterable[Outcome | None], majority: Majority) -> Count:
    """Count what each body that decides said last; None for who said nothing."""
    votes = Counter(outcomes)
    return Count(
        majority,
        votes.total(),
        votes[Outcome.AGREED],
        votes[Outcome.CONDITIONAL],
        votes[Outcome.REFUSED],
        votes[Outcome.NOTED],
    )


def tally(votes: Iterable[Vote | None], majority: Majority) -> Count:
    """Count what each member voted; None for who did not. Abstaining is not voting for,
    and the base is every member."""
    return count((COUNTS_AS[vote] if vote else None for vote in votes), majority)
