"""Scenarios of a round as tables: the list, and what each leaves in the envelopes. Asks
the database nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from funds.figure import Figure
from funds.models import Fund
from funds.round_scenarios import OpenRound, RoundPosition
from funds.scenario import WhatIf
from reports.scenario_tables import deficit_words
from reports.table import Amount, Column, Row, State, Table, Text

LIST = (
    Column("scenario", "Scenario", "text", 40),
    Column("na", "Na dit scenario", "amount", 18),
    Column("tekort", "Tekort of ruimte", "text", 24),
    Column("stand", "Stand", "text", 18),
)
ENVELOPES = (
    Column("regio", "Regio", "text", 32),
    Column("over", "Nu nog beschikbaar", "amount", 17),
    Column("gevraagd", "Gevraagd", "amount", 17),
    Column("na", "Na dit scenario", "amount", 17),
    Column("daarna", "Daarna nog beschikbaar", "amount", 17),
)


def round_scenario_table(fund: Fund, positions: Iterable[RoundPosition]) -> Table:
    """A row per scenario, in the order of their numbers."""
    rows = tuple(_row(fund, each) for each in positions)
    return Table("scenarios", "Scenario’s", LIST, rows)


def _row(fund: Fund, position: RoundPosition) -> Row:
    scenario, outcome = position.scenario, position.outcome
    key = (fund.slug, scenario.round_id, scenario.number)
    return Row(
        f"scenario-{scenario.number}",
        (
            Text(str(scenario), url=reverse("reports:round_scenario_detail", args=key)),
            Amount(outcome.total.now),
            Text(deficit_words(outcome)),
            _state(position),
        ),
    )


def _state(position: RoundPosition) -> State:
    if not position.is_closed:
        return State("edit", "Open")
    choice = position.scenario.choice
    if choice is None or not position.scenario.is_chosen:
        return State("close", "Gesloten")
    if choice.is_withdrawn:
        return State("close", "Ingetrokken")
    return State("send", "Voorgesteld") if choice.waits else State("check", "Gekozen")


def envelope_table(found: OpenRound, outcome: WhatIf) -> Table:
    """What the scenario takes of each envelope, which has to fit in it by itself."""
    envelopes = {key: each.line.application.envelope_id for key, each in found.lines.items()}
    rows = []
    for balance in found.balances:
        own = [row for row in outcome.results if envelopes[row.line.key] == balance.envelope.pk]
        asked = sum((row.line.figure for row in own), Figure.zero())
        now = sum((row.figure for row in own), Figure.zero())
        left = Figure.of(balance.remaining.known - now.known)
        note = "Te veel voor deze regio" if left.known < 0 else ""
        name = Text(balance.envelope.region.name, note=balance.envelope.label, is_header=True)
        amounts = (Amount(balance.remaining), Amount(asked), Amount(now), Amount(left, note=note))
        rows.append(Row(f"ruimte-{balance.envelope.pk}", (name, *amounts)))
    note = "Elke regio put uit haar eigen ruimte: wat past in het geheel, moet ook daar passen."
    return Table("ruimten", "Wat er per regio overblijft", ENVELOPES, tuple(rows), notes=(note,))
