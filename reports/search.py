"""The answer to a question: plans, actions and funds that the reader may see, grouped,
and what was made of a word that nothing has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from funds.search import (
    Found,
    FundSearch,
    Question,
    read_question,
    replaced,
    with_compounds,
)
from funds.spelling import forgiven, nearest
from municipalities.models import User
from reports.search_hits import Hit, action_hits, fund_hits, plan_hits
from workplans.search import MOST_COUNTED, PlanSearch

GROUPS = {"plannen": "Plannen", "acties": "Acties", "fondsen": "Fondsen"}
MOST_IN_GROUP = 10
MOST_ON_PAGE = 50
LAST_PAGE = MOST_COUNTED // MOST_ON_PAGE
MOST_CORRECTED = 3
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Group:
    """Things of one kind that were found: `hits` are some of `count`, from `first` on.
    With `is_more` there are more than were counted."""

    key: str
    label: str
    count: int
    hits: tuple[Hit, ...]
    first: int = 0
    is_more: bool = False

    @property
    def start(self) -> int:
        """The number of the first of `hits`, counted from one."""
        return self.first + 1

    @property
    def has_more(self) -> bool:
        return self.first + len(self.hits) < self.count


@dataclass(frozen=True)
class SearchPage:
    """What the page shows. Without `is_asked` it explains itself.

    `corrections` are pairs of a typed word that nothing has and the word that was
    searched for; `words` are words that are found, but not together. `only` is the key
    of the one group that is shown, and `number` which page of it.
    """

    typed: str
    is_asked: bool = False
    is_cut: bool = False
    groups: tuple[Group, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    only: str = ""
    number: int = 1

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def sentence(self) -> str:
        """How much was found, for the reader who does not see the page too."""
        if not self.count:
            return f"Niets gevonden voor ‘{self.typed.strip()[:60]}’."
        more = "meer dan " if any(group.is_more for group in self.groups) else ""
        return f"{more}{self.count} gevonden".capitalize()

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def found(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.hits)

    @property
    def has_more(self) -> bool:
        """Whether there is a next page of the one group that is shown."""
        return bool(self.only) and any(group.has_more for group in self.groups)


def search(user: User, typed: str, *, only: str = "", number: int = 1) -> SearchPage:
    """Search for what somebody typed: the first ten of each group, or page `number` of
    the group `only`. About 25 queries, of which those of the index grow with what is found.

    A word that nothing has is replaced by the nearest word that the reader's own plans
    and funds do have, and never by another: a suggestion would tell what others write.
    """
    question = read_question(typed)
    if not (question.terms or question.code):
        return SearchPage(typed, is_asked=bool(typed.strip()))
    only = only if only in GROUPS else ""
    seeker = _Seeker(user, only, min(max(number, 1), LAST_PAGE) if only else 1)
    question = seeker.widened(question)
    groups = seeker.groups(question)
    corrections: dict[str, str] = {}
    words: tuple[str, ...] = ()
    if not any(group.count for group in groups):
        corrections = seeker.corrections(question)
        if corrections:
            question = seeker.widened(replaced(question, corrections))
            groups = seeker.groups(question)
        if not any(group.count for group in groups):
            words = seeker.known_words(question)
            corrections = {}
    return SearchPage(
        typed,
        is_asked=True,
        is_cut=question.is_cut,
        groups=groups,
        corrections=tuple(corrections.items()),
        words=words,
        only=only,
        number=seeker.number,
    )


class _Seeker:
    """One reader's search in all indexes."""

    def __init__(self, user: User, only: str, number: int) -> None:
        self.plans = PlanSearch(user)
        self.funds = FundSearch(user)
        self.only = only
        self.number = number

    def groups(self, question: Question) -> tuple[Group, ...]:
        """The groups that are shown, found or not."""
        shown = [self.only] if self.only else GROUPS
        return tuple(self._group(key, question) for key in shown)

    def widened(self, question: Question) -> Question:
        """The question that finds compounds too, such as nachtopvang for opvang."""
        searches = (self.plans, self.funds)
        longer = frozenset[str]().union(*(s.vocabulary.compounds(question) for s in searches))
        return with_compounds(question, longer)

    def _group(self, key: str, question: Question) -> Group:
        most = MOST_ON_PAGE if self.only else MOST_IN_GROUP
        first = (self.number - 1) * most
        if key == "plannen":
            found = self.plans.plans(question, first=first, most=most)
            hits = plan_hits(found.keys, question, self.plans) if found.keys else ()
        elif key == "acties":
            found = self.plans.actions(question, first=first, most=most)
            hits = action_hits(found.keys, question) if found.keys else ()
        else:
            found = self.funds.find(question, first=first, most=most)
            hits = fund_hits(found.keys, question, self.funds) if found.keys else ()
        return _group(key, found, hits, first)

    def known_words(self, question: Question) -> tuple[str, ...]:
        """The words of the question that find something that the reader may see."""
        known = self._known(question.queries)
        return tuple(term.word for term in question.terms if term.word in known)

    def corrections(self, question: Question) -> dict[str, str]:
        """For words that nothing has, the nearest word of the reader's own texts."""
        known = self.known_words(question)
        unknown = [term.word for term in question.terms if term.word not in known]
        found = {word: self._nearest(word) for word in unknown[:MOST_CORRECTED]}
        return {word: better for word, better in found.items() if better}

    def _nearest(self, word: str) -> str:
        if not forgiven(word):
            return ""
        searches: Iterable[PlanSearch | FundSearch] = (self.plans, self.funds)
        candidates = dict.fromkeys(c for s in searches for c in s.vocabulary.similar(word))
        near = nearest(word, candidates)[:MOST_CANDIDATES]
        visible = self._known({candidate: f"'={candidate}'" for candidate in near})
        return next((candidate for candidate in near if candidate in visible), "")

    def _known(self, queries: dict[str, str]) -> frozenset[str]:
        return self.plans.known(queries) | self.funds.known(queries)


def _group(key: str, found: Found, hits: tuple[Hit, ...], first: int) -> Group:
    return Group(key, GROUPS[key], found.count, hits, first, found.is_more)
