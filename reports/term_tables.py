"""The terms of an application, and what was asked to complete it, as tables."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.urls import reverse

from funds.deadlines import Deadline
from funds.models import CompletionRequest
from reports.table import Column, Row, State, Table, Text

TERMS = (
    Column("wat", "Wat", "text", 40),
    Column("artikel", "Awb", "text", 12),
    Column("uiterlijk", "Uiterlijk", "text", 18),
    Column("stand", "Stand", "text", 30),
)
COMPLETIONS = (
    Column("wat", "Wat er ontbreekt", "text", 44),
    Column("gevraagd", "Gevraagd op", "text", 16),
    Column("uiterlijk", "Uiterlijk", "text", 16),
    Column("stand", "Stand", "text", 24),
)
NOTES = (
    "Een termijn van weken die eindigt op een zaterdag, zondag of feestdag, loopt tot en met de "
    "eerste werkdag daarna. De termijn om te besluiten staat stil zolang een aanvulling is "
    "gevraagd. Betalen mag later als het besluit dat zegt. De termijnen van 4:60 en 4:74 zijn "
    "die van een subsidie per boekjaar.",
)


def term_table(found: Sequence[Deadline], on: datetime.date) -> Table | None:
    """By which day what has to be done, and whether it was; None where no term runs."""
    if not found:
        return None
    rows = tuple(_term(number, each, on) for number, each in enumerate(found))
    return Table("termijnen", "Termijnen", TERMS, rows, NOTES)


def completion_table(
    found: Iterable[CompletionRequest], slug: str, on: datetime.date, *, may_administer: bool
) -> Table | None:
    """What was asked to complete the application up to that day; None when nothing was."""
    rows = tuple(_completion(each, slug if may_administer else "", on) for each in found)
    if not rows:
        return None
    return Table("aanvullingen", "Gevraagde aanvullingen", COMPLETIONS, rows)


def _term(number: int, deadline: Deadline, on: datetime.date) -> Row:
    term = deadline.term
    return Row(
        f"{term.article}-{number}",
        (
            Text(term.what, note=_length(deadline), is_header=True),
            Text(term.article),
            Text(f"{deadline.day:%d-%m-%Y}"),
            State(*_state(deadline.day, deadline.done_on, on)),
        ),
    )


def _length(deadline: Deadline) -> str:
    """How long the term is, as a person says it."""
    term = deadline.term
    if term.weeks:
        return f"{abs(term.weeks)} weken {term.since}"
    if term.months:
        years, months = divmod(term.months, 12)
        return f"{months} maanden {term.since}" if months else f"{years} jaar {term.since}"
    return term.since.capitalize()


def _state(day: datetime.date, done_on: datetime.date | None, on: datetime.date) -> tuple[str, str]:
    if done_on is not None:
        in_time = done_on <= day
        return ("check", "Op tijd") if in_time else ("warning", f"Te laat, op {done_on:%d-%m-%Y}")
    left = (day - on).days
    if left < 0:
        return "warning", "Voorbij"
    return "info", "Vandaag" if not left else "Nog 1 dag" if left == 1 else f"Nog {left} dagen"


def _completion(asked: CompletionRequest, slug: str, on: datetime.date) -> Row:
    is_answered = asked.answered_on is not None and asked.answered_on <= on
    url = reverse("funds:completion_answer", args=[slug, asked.pk]) if slug else ""
    state = ("info", "Wacht op aanvulling")
    if is_answered:
        state = ("check", f"Aangevuld op {asked.answered_on:%d-%m-%Y}")
    elif asked.due_on < on:
        state = ("warning", "Niet aangevuld")
    return Row(
        str(asked.pk),
        (
            Text(asked.text, url=url, is_header=True),
            Text(f"{asked.dated_on:%d-%m-%Y}"),
            Text(f"{asked.due_on:%d-%m-%Y}"),
            State(*state),
        ),
    )
