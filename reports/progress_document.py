"""The reports of a round as blocks to read, on the page and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.document import Block, Document
from reports.moments import in_a_row, number_in_words
from reports.progress import ActionRow, RoundProgress
from reports.progress_tables import missing_table, progress_table
from reports.table import State
from workplans.missing import WITHOUT
from workplans.models import ActionProgress
from workplans.notation.richtext import Mark, Piece, read_text

READS_AS_TEXT = (Mark.FIGURE, Mark.CROSS_REFERENCE)
"""What only the plan itself can fill in."""


def progress_document(found: RoundProgress) -> Document:
    """The whole round as a document of its own. Asks the database nothing."""
    plan, round = found.content.plan, found.round
    return Document(
        title=f"Voortgang {plan.title}, {round.half_year}",
        kind="voortgangsrapportage",
        status=State(*(("afgesloten", "Gesloten") if round.is_closed else ("concept", "Nog open"))),
        is_concept=not round.is_closed,
        region=plan.region.name,
        period=plan.period_text,
        as_of=round.ends_on,
        total=found.actual,
        members=found.content.members,
        blocks=tuple(_blocks(found)),
        unread=sum(row.report.is_unread for row in found.rows if row.report),
        facts=(
            ("Begroot", str(found.budget)),
            ("Gerealiseerd", str(found.actual)),
            ("Verschil", str(found.difference)),
        ),
    )


def _blocks(found: RoundProgress) -> Iterator[Block]:
    yield Block(
        kind="table",
        anchor="stand",
        heading="Voortgang per actie",
        pieces=read_text(summary(found)),
        tables=(progress_table(found),),
    )
    missing = missing_table(found)
    if missing:
        yield Block(kind="table", anchor="ontbreekt", heading=missing.caption, tables=(missing,))
    yield from report_blocks(found)


def summary(found: RoundProgress) -> str:
    """How many actions there are of each status, in a sentence."""
    words = [
        f"{number_in_words(found.counts[status]).lower()} {label}"
        for status, label in (*ActionProgress.Status.choices, (WITHOUT, "zonder verslag"))
        if found.counts[status]
    ]
    if not words:
        return ""
    actions = "actie" if len(found.rows) == 1 else "acties"
    return f"{number_in_words(len(found.rows))} {actions}: {in_a_row(words)}."


def report_blocks(found: RoundProgress) -> Iterator[Block]:
    """A chapter for each line with reports, and below it those of its actions."""
    line = None
    for row in found.rows:
        if row.report is None or not has_words(row.report):
            continue
        if row.action.line_id != line:
            line = row.action.line_id
            above = row.action.line
            yield Block(
                kind="text", anchor=f"lijn-{above.pk}", code=above.code, heading=above.title
            )
        yield _block(row, found)


def has_words(report: ActionProgress) -> bool:
    """Whether there is anything to read beside status and amount."""
    return bool(report.text or report.attention or report.measurements.all())


def _block(row: ActionRow, found: RoundProgress) -> Block:
    report = row.report
    assert report is not None
    measured = "\n".join(f"- {_one_line(str(m))}" for m in report.measurements.all())
    parts = [report.text]
    if measured:
        parts.append(f"### Metingen\n\n{measured}")
    if report.attention:
        parts.append(f"### Aandachtspunten\n\n{report.attention}")
    return Block(
        kind="text",
        anchor=f"verslag-{found.content.names[row.action.pk]}",
        code=row.action.full_code,
        heading=row.action.title,
        level=2,
        count_text=report.get_status_display().capitalize(),
        pieces=tuple(map(_plain, read_text("\n\n".join(filter(None, parts))))),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(piece: Piece) -> Piece:
    """What names a figure or a place of the plan stays as it was typed."""
    lines = tuple(
        tuple(
            replace(run, mark=Mark.PLAIN, target="") if run.mark in READS_AS_TEXT else run
            for run in line
        )
        for line in piece.lines
    )
    return replace(piece, lines=lines)
