"""Scenarios of a plan as tables: the list, the effect of one, two side by side, votes.
Asks the database nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Protocol

from django.template.defaultfilters import date as format_date
from django.urls import reverse

from funds.figure import Figure
from funds.notation import format_euro
from funds.scenario import Effect, Result, WhatIf
from reports.table import Amount, Cell, Column, Row, State, Table, Text
from workplans.majority import VOTES, Vote
from workplans.scenarios import NOBODY, Said, Scenarios, Standing

LIST = (
    Column("scenario", "Scenario", "text", 34),
    Column("na", "Na dit scenario", "amount", 16),
    Column("tekort", "Tekort of ruimte", "text", 22),
    Column("stemmen", "Stemmen", "text", 28),
)
LINES = (
    Column("regel", "Regel", "code", 9),
    Column("wat", "Wat", "text", 25),
    Column("gevraagd", "Gevraagd", "amount", 13),
    Column("na", "Na dit scenario", "amount", 13),
    Column("verschil", "Verschil", "amount", 13),
    Column("waarom", "Waarom", "text", 27),
)
GROUPS = (
    Column("wie", "Wie", "text", 46),
    Column("gevraagd", "Gevraagd", "amount", 18),
    Column("na", "Na dit scenario", "amount", 18),
    Column("verschil", "Verschil", "amount", 18),
)
DROPPED = (
    Column("regel", "Regel", "code", 10),
    Column("wat", "Wat", "text", 34),
    Column("gevraagd", "Gevraagd", "amount", 16),
    Column("waarom", "Waarom", "text", 40),
)
VOTED = (
    Column("lid", "Lid van de tafel", "text", 38),
    Column("stem", "Stem", "text", 22),
    Column("dag", "Gestemd op", "text", 20),
    Column("eerder", "Vastgelegd door", "text", 20),
)
ICONS = {Vote.FOR: "check", Vote.AGAINST: "fault", Vote.ABSTAINS: "info"}
NOT_YET = State("calendar", "Nog niet")
NOT_DIVIDED = "Niet over gemeenten verdeeld"


class Named(Protocol):
    """A scenario, of a plan or of a round."""

    @property
    def number(self) -> int: ...


class Numbered(Protocol):
    """A scenario with its outcome."""

    @property
    def scenario(self) -> Named: ...
    @property
    def outcome(self) -> WhatIf: ...


def deficit_words(outcome: WhatIf) -> str:
    """`tekort € 353.804,63`, `past precies`, or what room is left."""
    if outcome.deficit > 0:
        return f"Tekort {format_euro(outcome.deficit)}"
    if outcome.deficit < 0:
        return f"Ruimte {format_euro(-outcome.deficit)}"
    return "Past precies"


def scenario_table(found: Scenarios) -> Table:
    """A row per scenario, in the order of their numbers."""
    rows = tuple(_row(standing) for standing in found.standings)
    return Table("scenarios", "Scenario’s", LIST, rows)


def _row(standing: Standing) -> Row:
    scenario, outcome = standing.scenario, standing.outcome
    url = reverse("reports:scenario_detail", args=[scenario.plan.slug, scenario.number])
    note = "Gekozen" if standing.is_chosen else ""
    said = standing.count_text if standing.asks_votes else "Er wordt niet gestemd"
    return Row(
        f"scenario-{scenario.number}",
        (
            Text(str(scenario), url=url, note=note, is_header=True),
            Amount(outcome.total.now),
            Text(deficit_words(outcome)),
            Text(said),
        ),
    )


def line_table(outcome: WhatIf) -> Table:
    """What becomes of every line, and why."""
    rows = [
        Row(
            f"regel-{row.line.key}",
            (
                Text(row.line.key),
                Text(row.line.title, note=_who(row), is_header=True),
                *_amounts(Effect(row.line.figure, row.figure)),
                Text(_why(row)),
            ),
        )
        for row in outcome.results
    ]
    total = (Text("Totaal", is_header=True), Text("", empty=""), *_amounts(outcome.total))
    rows.append(Row("totaal", (*total, Text("", empty="")), kind="total"))
    return Table("regels", "Effect per regel", LINES, tuple(rows), notes=_notes(outcome))


def _who(row: Result) -> str:
    return "" if row.line.organisation == NOBODY else row.line.organisation


def _why(row: Result) -> str:
    said = "; ".join(row.steps)
    if row.is_protected:
        said = f"Beschermd; {said}" if said else "Beschermd"
    return f"{said} (voorlopig bedrag)".strip() if row.line.is_provisional else said


def _notes(outcome: WhatIf) -> tuple[str, ...]:
    if outcome.total.asked.is_complete:
        return ()
    return ("Wat niet bekend is, telt niet mee in het totaal en niet in het tekort.",)


def group_table(key: str, caption: str, effects: Mapping[str, Effect]) -> Table:
    """Asked and what is left, by organisation or municipality."""
    rows = tuple(
        Row(f"{key}-{number}", (Text(name, is_header=True), *_amounts(effect)))
        for number, (name, effect) in enumerate(effects.items(), 1)
    )
    return Table(key, caption, GROUPS, rows)


def dropped_table(outcome: WhatIf, caption: str = "Naar de ontwikkelagenda") -> Table:
    """What gets nothing; of a plan it goes to the development agenda when this is chosen."""
    rows = tuple(
        Row(
            f"vervallen-{row.line.key}",
            (
                Text(row.line.key),
                Text(row.line.title, is_header=True),
                Amount(row.line.figure),
                Text("; ".join(row.steps)),
            ),
        )
        for row in outcome.dropped
    )
    return Table("vervallen", caption, DROPPED, rows)


def vote_table(standing: Standing) -> Table:
    """What every member voted on this very outcome."""
    rows = tuple(_vote(number, said) for number, said in enumerate(standing.votes, 1))
    return Table("stemmen", "Stemmen van de leden", VOTED, rows)


def _vote(number: int, said: Said) -> Row:
    member = Text(said.member.name, is_header=True)
    cells: tuple[Cell, ...]
    if said.vote is not None:
        vote = Vote(said.vote.vote)
        cells = (
            State(ICONS[vote], VOTES[vote]),
            Text(format_date(said.vote.dated_on, "j F Y")),
            Text(said.vote.entered_by_name),
        )
    elif said.earlier is not None:
        word = VOTES[Vote(said.earlier.vote)].lower()
        cells = (NOT_YET, Text("", note=f"Eerder {word}, over een andere uitkomst"), Text(""))
    else:
        cells = (NOT_YET, Text(""), Text(""))
    return Row(f"lid-{number}", (member, *cells))


def side_by_side(one: Numbered, other: Numbered) -> Table:
    """Two scenarios, line by line: they are worked out from the same lines."""
    numbers = (one.scenario.number, other.scenario.number)
    columns = (
        Column("regel", "Regel", "code", 10),
        Column("wat", "Wat", "text", 30),
        Column("gevraagd", "Gevraagd", "amount", 15),
        *(Column(f"scenario-{n}", f"Scenario {n}", "amount", 15) for n in numbers),
        Column("verschil", "Verschil", "amount", 15),
    )
    pairs = zip(one.outcome.results, other.outcome.results, strict=True)
    rows = [
        _pair(
            f"regel-{a.line.key}", Text(a.line.key), a.line.title, a.line.figure, a.figure, b.figure
        )
        for a, b in pairs
    ]
    first, second = one.outcome, other.outcome
    totals = (first.total.asked, first.total.now, second.total.now)
    rows.append(_pair("totaal", Text("Totaal", is_header=True), "", *totals, kind="total"))
    before = first.total.asked.known - first.budget
    deficits = (Figure.of(amount) for amount in (before, first.deficit, second.deficit))
    name = Text("Tekort", is_header=True)
    rows.append(_pair("tekort", name, "Een bedrag onder nul is ruimte", *deficits, kind="total"))
    caption = f"Scenario {numbers[0]} naast scenario {numbers[1]}"
    return Table("naast", caption, columns, tuple(rows), notes=_notes(first))


def _pair(
    key: str,
    name: Text,
    title: str,
    asked: Figure,
    one: Figure,
    other: Figure,
    *,
    kind: str = "body",
) -> Row:
    is_total = kind == "total"
    difference = Figure.of(other.known - one.known)
    cells = (name, Text(title, empty=""), *(Amount(f) for f in (asked, one, other, difference)))
    return Row(key, cells, kind="total" if is_total else "body")


def _amounts(effect: Effect) -> Iterable[Amount]:
    difference = effect.now.known - effect.asked.known
    return (Amount(effect.asked), Amount(effect.now), Amount(_change(difference), text="–"))


def _change(difference: Decimal) -> Figure | None:
    """Nothing where nothing changed."""
    return Figure.of(difference) if difference else None
