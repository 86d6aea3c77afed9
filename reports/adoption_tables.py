"""The decisions about a plan as tables: where each body stands, and all there were. Asks
the database nothing."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils.http import urlencode

from reports.moments import day_in_words, moment_in_words
from reports.table import Cell, Column, Row, State, Table, Text
from workplans.adoption import BodyStanding, Deliberation
from workplans.majority import OUTCOMES, Outcome
from workplans.models import BodyDecision, PlanVersion

STANDINGS = (
    Column("orgaan", "Orgaan", "text", 24),
    Column("versie", "Over", "text", 17),
    Column("uitkomst", "Uitkomst", "text", 19),
    Column("dag", "Besloten op", "text", 13),
    Column("voorwaarde", "Voorwaarde", "text", 14),
    Column("wacht", "Wacht", "text", 13),
)
DECISIONS = (
    Column("dag", "Besloten op", "text", 14),
    Column("orgaan", "Orgaan", "text", 22),
    Column("versie", "Over", "text", 10),
    Column("uitkomst", "Uitkomst", "text", 19),
    Column("voorwaarde", "Voorwaarde", "text", 17),
    Column("ingevoerd", "Vastgelegd", "text", 18),
)
ICONS = {
    Outcome.AGREED: "check",
    Outcome.CONDITIONAL: "warning",
    Outcome.REFUSED: "fault",
    Outcome.POSTPONED: "calendar",
    Outcome.NOTED: "info",
}
NOT_YET = State("calendar", "Nog niet")


def standing_table(
    found: Deliberation, *, on: datetime.date, may_record: bool, seen: Collection[int]
) -> Table:
    """A row per body. `seen` are the numbers of the versions that the reader may see."""
    rows = tuple(_standing(row, on, may_record, seen) for row in found.standings)
    return Table("organen", "Wie besluit over dit plan", STANDINGS, rows)


def decision_table(found: Deliberation, *, on: datetime.date) -> Table:
    """Every decision there was, newest first."""
    rows = tuple(_decision(decision, on) for decision in found.decisions)
    return Table("besluiten", "Alle besluiten", DECISIONS, rows)


def _standing(
    standing: BodyStanding, on: datetime.date, may_record: bool, seen: Collection[int]
) -> Row:
    body, slug = standing.body, standing.body.plan.slug
    edit = reverse("workplans:body_edit", args=[slug, body.pk]) if may_record else ""
    name = Text(
        body.in_sentence, url=edit, note="" if body.decides else "Geeft advies", is_header=True
    )
    cells: tuple[Cell, ...]
    if (decision := standing.decision) is not None:
        outcome = Outcome(decision.outcome)
        cells = (
            _version(slug, decision.version, seen),
            State(ICONS[outcome], OUTCOMES[outcome]),
            Text(format_date(decision.dated_on, "j F Y"), note=decision.reference),
            Text(decision.condition),
        )
    else:
        cells = (_earlier(standing, slug, seen), NOT_YET, Text(""), Text(""))
    return Row(f"orgaan-{body.pk}", (name, *cells, _waits(standing, on, may_record)))


def _version(slug: str, version: PlanVersion, seen: Collection[int]) -> Text:
    is_seen = version.number in seen
    url = reverse("reports:version_detail", args=[slug, version.number]) if is_seen else ""
    return Text(f"Versie {version.number}", url=url)


def _earlier(standing: BodyStanding, slug: str, seen: Collection[int]) -> Text:
    """The decision on another version, with the way to what changed since."""
    last, now = standing.earlier, standing.version
    if last is None:
        return Text("")
    said = f"Eerder versie {last.version.number}: {OUTCOMES[Outcome(last.outcome)].lower()}"
    if now is None or not {last.version.number, now.number} <= set(seen):
        return Text(said)
    asked = urlencode({"van": last.version.number, "naar": now.number})
    url = f"{reverse('reports:version_compare', args=[slug])}?{asked}"
    return Text("Wat er veranderde", url=url, note=said)


def _waits(standing: BodyStanding, on: datetime.date, may_record: bool) -> Text:
    if not standing.waits:
        return Text("")
    body, since = standing.body, ""
    if body.due_on:
        day = day_in_words(body.due_on, on=on)
        since = f"Te laat: was {day}" if standing.is_late(on) else f"Uiterlijk {day}"
    if not may_record:
        return Text(since or "Ja")
    asked = urlencode({"orgaan": body.pk})
    url = f"{reverse('workplans:decision_record', args=[body.plan.slug])}?{asked}"
    return Text("Leg vast", url=url, note=since)


def _decision(decision: BodyDecision, on: datetime.date) -> Row:
    outcome = Outcome(decision.outcome)
    entered = moment_in_words(decision.entered_at, on=on)
    return Row(
        f"besluit-{decision.pk}",
        (
            Text(format_date(decision.dated_on, "j F Y"), note=decision.reference),
            Text(decision.body.in_sentence, is_header=True),
            Text(f"Versie {decision.version.number}"),
            State(ICONS[outcome], OUTCOMES[outcome]),
            Text(decision.condition),
            Text(entered.capitalize(), note=decision.entered_by_name),
        ),
    )
