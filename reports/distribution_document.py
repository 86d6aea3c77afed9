"""A distribution with its proof as a document of its own, and its facts for page and
paper."""

from __future__ import annotations

from funds.division import Division
from funds.figure import Figure
from funds.models import Distribution
from funds.notation import format_euro
from reports.distribution_tables import division_tables, key_words
from reports.document import Block, Document
from reports.kept_answers import answers_note
from reports.table import State
from workplans.notation.richtext import read_text

Facts = tuple[tuple[str, str], ...]


def distribution_facts(distribution: Distribution, division: Division) -> Facts:
    """What was decided, by which key, and that the key gives the same again."""
    decided = f"{distribution.decided_on:%d-%m-%Y}"
    if distribution.decision:
        decided += f", {distribution.decision}"
    note = answers_note(distribution.answers)
    entered = f"{distribution.entered_at:%d-%m-%Y}"
    if distribution.entered_by:
        entered += f" door {distribution.entered_by}"
    return (
        ("Bedrag", format_euro(division.amount)),
        ("Sleutel", key_words(division.key, division.day)),
        ("Afgerond op", distribution.get_unit_display()),
        ("Besloten op", decided),
        ("Uit de reserve", "ja" if distribution.from_reserve else "nee"),
        ("Vastgelegd op", entered),
        *((("Regels van het fonds", note),) if note else ()),
        (
            "Nagerekend",
            "opnieuw verdeeld met deze sleutel komt elk bedrag er weer uit"
            if division.is_proven
            else "opnieuw verdeeld met deze sleutel komt er iets anders uit",
        ),
    )


def taken_back(distribution: Distribution) -> str:
    """Why and when it was taken back, in a sentence; empty where it was not."""
    back = getattr(distribution, "correction", None)
    return f"Teruggenomen op {back.decided_on:%d-%m-%Y}: {back.reason}" if back else ""


def distribution_document(distribution: Distribution, division: Division) -> Document:
    """The proof on paper. Asks the database nothing that was not fetched."""
    back = taken_back(distribution)
    years = sorted({tranche.day.year for tranche in division.tranches})
    return Document(
        title=distribution.title,
        kind="verdeling",
        status=State(*(("afgesloten", "Teruggenomen") if back else ("vastgesteld", "Vastgelegd"))),
        is_concept=False,
        region=distribution.region.name,
        period="-".join(str(year) for year in sorted({years[0], years[-1]})),
        as_of=distribution.decided_on,
        total=Figure.of(division.amount),
        members=(),
        blocks=(
            Block(
                kind="table",
                anchor="verdeling",
                heading="Verdeling",
                pieces=read_text(back),
                tables=tuple(division_tables(division)),
            ),
        ),
        unread=0,
        facts=distribution_facts(distribution, division),
    )
