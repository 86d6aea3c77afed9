"""What is asked in a search, and the funds that answer it.

The functions that fold, cut and stem a text are the database's (migration 0003), so a
question is read by what made the index.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from django.db import connection, models

from funds.models import Fund
from funds.spelling import forgiven
from municipalities.models import Region, RoleAssignment, User
from municipalities.permissions import READS_REGION

M = TypeVar("M", bound=models.Model)

MOST_CHARACTERS = 200
MOST_WORDS = 10
MOST_CANDIDATES = 40
MOST_COMPOUNDS = 30
PREFIX_FROM = 3
COMPOUND_FROM = 5


@dataclass(frozen=True)
class Term:
    """One word of a question, folded; `compounds` are longer words that hold it."""

    word: str
    stem: str
    is_typing: bool = False
    compounds: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether other words may be made of this one."""
        return len(self.word) >= COMPOUND_FROM and self.word.isalpha()

    @property
    def query(self) -> str:
        """The term as a `tsquery`: the word, its stem, what begins with it, its compounds.

        A word holds no quote and no operator: the database has cut those out.
        """
        is_beginning = self.is_typing and self.word.isalpha() and len(self.word) >= PREFIX_FROM
        word = f"'={self.word}':*" if is_beginning or self.is_long else f"'={self.word}'"
        forms = [word, f"'{self.stem}'", *(f"'={longer}'" for longer in self.compounds)]
        return f"({' | '.join(forms)})"


@dataclass(frozen=True)
class Question:
    """A question as it is searched for. Without terms there is nothing to look for.

    `code` is the whole question without spaces, as codes of actions are kept; `title`
    is the question as titles are kept. `is_cut` means that its end is left out.
    """

    code: str = ""
    title: str = ""
    terms: tuple[Term, ...] = ()
    is_cut: bool = False

    @property
    def all_of(self) -> str:
        """A `tsquery` for entries that hold every term."""
        return " & ".join(term.query for term in self.terms)

    @property
    def any_of(self) -> str:
        """A `tsquery` for entries that hold one of the terms."""
        return " | ".join(term.query for term in self.terms)

    @property
    def marks(self) -> tuple[str, str]:
        """What makes a printed word one to mark: the terms, or the code."""
        return self.any_of, self.code

    @property
    def starts(self) -> tuple[str, ...]:
        return tuple(sorted({term.word[:2] for term in self.terms} | {self.code} - {""}))

    @property
    def queries(self) -> dict[str, str]:
        """The `tsquery` of each term, by its word."""
        return {term.word: term.query for term in self.terms}


@dataclass(frozen=True)
class Found:
    """Keys of what was found, best first, as far as asked for, and how many there are;
    `is_more` means that there are more than were counted."""

    keys: tuple[int, ...]
    count: int
    is_more: bool = False


def read_question(typed: str) -> Question:
    """Read what somebody typed, whatever it is. One query.

    Words that are everywhere (de, van) and single letters are left out, and so is what
    comes after the first ten words.
    """
    text = typed.replace("\x00", " ").strip()
    rows = ask(
        "SELECT word, search_stem(word), search_code(%(text)s), "
        "array_to_string(search_words(%(text)s), ' ') "
        "FROM unnest(search_words(%(text)s)) WITH ORDINALITY AS cut(word, place) ORDER BY place",
        {"text": text[:MOST_CHARACTERS]},
    )
    if not rows:
        return Question()
    last = len(rows) - 1
    terms = {
        word: Term(word, stem, is_typing=place == last)
        for place, (word, stem, _, _) in enumerate(rows)
        if stem and not (len(word) == 1 and word.isalpha())
    }
    return Question(
        code=rows[0][2],
        title=rows[0][3],
        terms=tuple(terms.values())[:MOST_WORDS],
        is_cut=len(text) > MOST_CHARACTERS or len(terms) > MOST_WORDS,
    )


def replaced(question: Question, words: dict[str, str]) -> Question:
    """The question with other words in the place of some. One query."""
    stems = dict(
        ask("SELECT word, search_stem(word) FROM unnest(%s::text[]) AS word", [[*words.values()]])
    )
    terms = tuple(
        Term(words[term.word], stems[words[term.word]]) if term.word in words else term
        for term in question.terms
    )
    title = " ".join(words.get(word, word) for word in question.title.split())
    return replace(question, title=title, terms=terms)


def with_compounds(question: Question, words: Collection[str]) -> Question:
    """The question that also finds `nachtopvang` for `opvang`, of the words given."""

    def widened(term: Term) -> Term:
        found = sorted(word for word in words if term.word in word[1:])
        return replace(term, compounds=tuple(found)) if term.is_long else term

    return replace(question, terms=tuple(widened(term) for term in question.terms))


def matching(words: Iterable[str], question: Question) -> frozenset[str]:
    """Those of the words, as they are printed, that answer the question. One query, and
    only about words that look alike: a text has thousands."""
    rows = ask(
        "SELECT word FROM unnest(%s::text[]) AS word "
        "WHERE search_vector(search_words(word)) @@ %s::tsquery OR search_code(word) = %s",
        [sorted(word for word in set(words) if _is_like(word, question)), *question.marks],
    )
    return frozenset(word for (word,) in rows)


def _is_like(word: str, question: Question) -> bool:
    """Cheaply, whether a word may answer: stems and beginnings share their first letters."""
    plain = unicodedata.normalize("NFKD", word).replace(".", "").lower()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return any(bare.startswith(start) for start in question.starts) or any(
        term.word in bare for term in question.terms
    )


class Vocabulary:
    """The words of an index. They come from everybody's texts: show none that the
    reader's own texts do not hold."""

    def __init__(self, table: str) -> None:
        self.table = table

    def similar(self, word: str) -> list[str]:
        """Words that share trigrams with this one, the most alike first. One query.

        It reads every word of about that length: most share a trigram with any other,
        so that the index of the trigrams would read as many and take four times as long.
        """
        rows = ask(
            f"SELECT word FROM (SELECT word, unnest(trigrams) AS trigram FROM {self.table} "
            "WHERE length(word) BETWEEN %(least)s AND %(most)s OFFSET 0) AS near "
            "JOIN unnest(search_trigrams(%(word)s)) AS wanted(trigram) USING (trigram) "
            "GROUP BY word ORDER BY count(*) DESC, word LIMIT %(limit)s",
            {
                "word": word,
                "least": len(word) - forgiven(word),
                "most": len(word) + forgiven(word),
                "limit": MOST_CANDIDATES,
            },
        )
        return [found for (found,) in rows]

    def compounds(self, question: Question) -> frozenset[str]:
        """Words that end in, or hold, a long word of the question, the shortest ones; what
        begins with it is found anyway. One query, none without a long word."""
        words = [term.word for term in question.terms if term.is_long]
        if not words:
            return frozenset()
        rows = ask(
            "SELECT DISTINCT longer.word FROM unnest(%s::text[]) AS asked(word), LATERAL ("
            f"SELECT word FROM {self.table} WHERE trigrams @> search_inner_trigrams(asked.word) "
            "AND strpos(word, asked.word) > 1 ORDER BY length(word), word LIMIT %s) AS longer",
            [words, MOST_COMPOUNDS],
        )
        return frozenset(word for (word,) in rows)


class FundSearch:
    """The funds that one user may find, and in each what that user may see of it."""

    vocabulary = Vocabulary("funds_search_word")

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def _scope(self) -> dict[str, Any]:
        """Visible funds by name, those seen in full, and regions seen in full. Three queries."""
        managed = RoleAssignment.objects.filter(
            user=self.user.pk, role=RoleAssignment.Role.FUND_MANAGER
        ).values_list("municipality", flat=True)
        funds = Fund.objects.visible_to(self.user).order_by("name", "pk")
        owners = set(managed)
        rows = list(funds.values_list("pk", "owner"))
        return {
            "funds": [fund for fund, _ in rows],
            "managed": [fund for fund, owner in rows if owner in owners],
            "regions": list(
                Region.objects.with_role(self.user, *READS_REGION).values_list("pk", flat=True)
            ),
        }

    def in_full(self, rows: models.QuerySet[M], region: str) -> models.QuerySet[M]:
        """Those rows of a fund that the user sees; `region` is the path to their region."""
        fund = f"{region.removesuffix('region')}fund"
        return rows.filter(
            models.Q(**{f"{fund}__in": self._scope["managed"]})
            | models.Q(**{f"{region}__in": self._scope["regions"]})
        )

    _SEEN = (
        "s.fund_id = ANY(%(funds)s::bigint[]) AND (s.region_id IS NULL "
        "OR s.fund_id = ANY(%(managed)s::bigint[]) "
        "OR s.region_id = ANY(%(regions)s::bigint[]))"
    )

    def find(self, question: Question, *, first: int = 0, most: int = 10) -> Found:
        """Funds of which the entries that the user sees hold every term together. One
        query, none for who sees no fund."""
        if not question.terms or not self._scope["funds"]:
            return Found((), 0)
        rows = ask(
            "SELECT s.fund_id, count(*) OVER () FROM funds_search AS s "
            "JOIN unnest(%(funds)s::bigint[]) WITH ORDINALITY AS f(id, place) ON f.id = s.fund_id "
            f"WHERE {self._SEEN} AND s.words @@ %(any)s::tsquery "
            "GROUP BY s.fund_id, f.place "
            f"HAVING {together(question)} "
            "ORDER BY min(CASE WHEN s.title = %(title)s THEN 0 WHEN s.kind = 'fund' THEN 1 "
            "ELSE 2 END), f.place LIMIT %(most)s OFFSET %(first)s",
            {
                **self._scope,
                **parameters(question),
                "first": first,
                "most": most,
            },
        )
        return found(rows)

    def known(self, queries: dict[str, str]) -> frozenset[str]:
        """The names of those queries that find something this user sees. One query."""
        if not self._scope["funds"]:
            return frozenset()
        return known(queries, "funds_search", self._SEEN, self._scope)


def known(queries: dict[str, str], table: str, seen: str, scope: dict[str, Any]) -> frozenset[str]:
    """The names of those queries that find an entry `s` of a table that is `seen`. One query.

    Each query is a literal that stands by itself, so that the planner sees whether its
    word is rare (the index) or everywhere (the first rows), and stops at the first hit.
    """
    if not queries:
        return frozenset()
    sql = " UNION ALL ".join(
        f"(WITH s AS MATERIALIZED (SELECT * FROM {table} WHERE words @@ %(query_{n})s::tsquery) "
        f"SELECT %(name_{n})s WHERE EXISTS (SELECT 1 FROM s WHERE {seen}))"
        for n in range(len(queries))
    )
    said = {f"name_{n}": name for n, name in enumerate(queries)}
    said |= {f"query_{n}": query for n, query in enumerate(queries.values())}
    return frozenset(name for (name,) in ask(sql, {**scope, **said}))


def parameters(question: Question) -> dict[str, Any]:
    """What a query about a question may name: `all`, `any`, `code`, `title`, `term_0` …"""
    terms = {f"term_{n}": term.query for n, term in enumerate(question.terms)}
    return {
        "all": question.all_of,
        "any": question.any_of,
        "code": question.code,
        "title": question.title,
        **terms,
    }


def together(question: Question) -> str:
    """SQL for a group of entries `s`: each term stands in one of them."""
    return " AND ".join(
        f"bool_or(s.words @@ %(term_{n})s::tsquery)" for n in range(len(question.terms))
    )


def found(rows: list[tuple[int, int]]) -> Found:
    """Rows of a key and the number of all rows, as one."""
    return Found(tuple(key for key, _ in rows), rows[0][1] if rows else 0)


def ask(sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    """The rows that a query of the index answers with."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
