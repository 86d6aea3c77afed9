"""What the rules of a fund said when money moved, as it was kept, in short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from funds.rules import LABELS, Verdict

QUIET = {LABELS[verdict] for verdict in (Verdict.KEPT, Verdict.AGREEMENT, Verdict.UNKNOWN)}


def answers_note(answers: Iterable[Mapping[str, str]]) -> str:
    """The rules that asked something then, in a sentence; empty where none did."""
    return "; ".join(
        f"{answer['code']} {answer['title']}: {answer['verdict'].lower()}"
        for answer in answers
        if answer["verdict"] not in QUIET
    )


def with_note(note: str, answers: Iterable[Mapping[str, str]]) -> str:
    """A note, and what the rules said after it."""
    return ". ".join(part for part in (note, answers_note(answers)) if part)
