"""The plans and actions that answer a question, among those that a user may see."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from funds.search import Found, Question, Vocabulary, ask, found, known, parameters, together
from municipalities.models import User
from workplans.models import WorkPlan

MOST_COUNTED = 1_000
FIRST_PLANS = 4

TIERS = (
    "(s.code = %(code)s OR s.title = %(title)s)",
    "s.title_words @@ %(all)s::tsquery",
    "s.words @@ %(all)s::tsquery",
)
"""What an action may have of a question, the best first."""


class _Match(NamedTuple):
    """An action that was found, and where it stands."""

    plan: int
    place: int
    key: int


class PlanSearch:
    """The plans that one user may find, with their texts and actions."""

    vocabulary = Vocabulary("workplans_search_word")

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def _plans(self) -> list[int]:
        """Keys of the visible plans in the order of the list. One query."""
        visible = WorkPlan.objects.visible_to(self.user).in_list_order()
        return list(visible.values_list("pk", flat=True))

    def actions(self, question: Question, *, first: int = 0, most: int = 10) -> Found:
        """Actions that hold every term: first those of that code or title, then by
        title, then by the rest of the text; in the order of the plans.

        Three queries that each read at most a thousand matches. A word that more have
        is everywhere, so that the first plans soon give the first results: then some
        queries more, each over twice as many plans.
        """
        asked = {**parameters(question), "plans": self._plans}
        tiers = [(condition, _matches(condition, asked)) for condition in TIERS]
        ordered = (key for tier in tiers for key in self._in_order(*tier, asked))
        keys = tuple(islice(_once(ordered), first, first + most))
        every = {row.key for _, rows in tiers for row in rows}
        return Found(keys, min(len(every), MOST_COUNTED), len(every) > MOST_COUNTED)

    def _in_order(self, condition: str, rows: list[_Match], asked: dict[str, Any]) -> Iterator[int]:
        """Keys of the actions that meet a condition, by plan and place in it."""
        if len(rows) <= MOST_COUNTED:
            places = {plan: place for place, plan in enumerate(self._plans)}
            yield from (row.key for row in sorted(rows, key=lambda r: (places[r.plan], *r[1:])))
            return
        size, at = FIRST_PLANS, 0
        while at < len(self._plans):
            yield from _all_matches(condition, {**asked, "plans": self._plans[at : at + size]})
            size, at = size * 2, at + size

    def plans(self, question: Question, *, first: int = 0, most: int = 10) -> Found:
        """Plans whose own texts (title, region, blocks, action lines) together hold
        every term, ordered like actions. One query."""
        if not question.terms:
            return Found((), 0)
        rows = ask(
            "SELECT s.plan_id, count(*) OVER () FROM workplans_search_text AS s "
            "JOIN unnest(%(plans)s::bigint[]) WITH ORDINALITY AS p(id, place) ON p.id = s.plan_id "
            "WHERE s.words @@ %(any)s::tsquery GROUP BY s.plan_id, p.place "
            f"HAVING {together(question)} "
            "ORDER BY min(CASE WHEN s.kind <> 'plan' THEN 3 WHEN s.title = %(title)s THEN 0 "
            "WHEN s.title_words @@ %(all)s::tsquery THEN 1 ELSE 2 END), p.place "
            "LIMIT %(most)s OFFSET %(first)s",
            self._asked(question, first, most),
        )
        return found(rows)

    def places(self, question: Question, plans: tuple[int, ...]) -> dict[int, tuple[str, int]]:
        """By plan, the text in it that holds the most terms: its kind (`plan`,
        `block` or `line`) and its key. The plan itself goes before its parts. One query."""
        rows = ask(
            "SELECT DISTINCT ON (s.plan_id) s.plan_id, s.kind, s.source_id "
            "FROM workplans_search_text AS s "
            "CROSS JOIN LATERAL (SELECT count(*) AS held FROM unnest(%(queries)s::text[]) AS q "
            "WHERE s.words @@ q::tsquery) AS terms "
            "WHERE s.plan_id = ANY(%(found)s::bigint[]) AND s.words @@ %(any)s::tsquery "
            "ORDER BY s.plan_id, held DESC, s.kind <> 'plan', s.title_words @@ %(any)s::tsquery "
            "DESC, s.kind, s.source_id",
            {
                "found": list(plans),
                "any": question.any_of,
                "queries": [*question.queries.values()],
            },
        )
        return {plan: (kind, key) for plan, kind, key in rows}

    def known(self, queries: dict[str, str]) -> frozenset[str]:
        """The names of those queries that find something this user sees. Two queries."""
        if not self._plans:
            return frozenset()
        scope = {"plans": self._plans}
        texts, actions = (
            known(queries, table, "s.plan_id = ANY(%(plans)s::bigint[])", scope)
            for table in ("workplans_search_text", "workplans_search_action")
        )
        return texts | actions

    def _asked(self, question: Question, first: int, most: int) -> dict[str, Any]:
        return {**parameters(question), "plans": self._plans, "first": first, "most": most}


def _matches(condition: str, asked: dict[str, Any]) -> list[_Match]:
    """Actions of visible plans that meet a condition, one more than is counted. One query."""
    rows = ask(
        "SELECT s.plan_id, s.place, s.action_id FROM workplans_search_action AS s "
        f"WHERE {condition} AND s.plan_id = ANY(%(plans)s::bigint[]) LIMIT %(most)s",
        {**asked, "most": MOST_COUNTED + 1},
    )
    return [_Match(*row) for row in rows]


def _all_matches(condition: str, asked: dict[str, Any]) -> Iterator[int]:
    """Every action of these few plans that meets a condition, in order. One query.

    `OFFSET 0` keeps the planner from fetching all that match in the other plans too.
    """
    rows = ask(
        "SELECT s.action_id FROM (SELECT * FROM workplans_search_action "
        "WHERE plan_id = ANY(%(plans)s::bigint[]) OFFSET 0) AS s "
        "JOIN unnest(%(plans)s::bigint[]) WITH ORDINALITY AS p(id, place) ON p.id = s.plan_id "
        f"WHERE {condition} ORDER BY p.place, s.place, s.action_id",
        asked,
    )
    return (key for (key,) in rows)


def _once(keys: Iterator[int]) -> Iterator[int]:
    """Each key the first time it comes."""
    seen: set[int] = set()
    for key in keys:
        if key not in seen:
            seen.add(key)
            yield key
