"""The room of a fund on a day: what each region got, what changed it, and the rounds.

Who manages the fund finds a step in the last column of each table.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.urls import reverse

from funds.balance import Balance, balances
from funds.earmarks import EarmarkStanding, earmark_standings, reserved
from funds.figure import Figure
from funds.models import Envelope, EnvelopeMutation, Fund
from funds.rounds import RoundStanding, round_standings
from reports.carry_table import STEP, carried_table
from reports.fund_entries import entries_url
from reports.fund_statement import earmarked_note
from reports.kept_answers import with_note
from reports.table import Amount, Cell, Column, Row, State, Table, Text

Earmarks = Mapping[int, list[EarmarkStanding]]
"""The earmarks by key of their envelope; none is an empty list."""
CARRY = Column("overhevelen", "Overhevelen", "text", 11)


@dataclass(frozen=True)
class FundRoom:
    """What the page of the room of a fund shows; a table without rows is None."""

    envelopes: Table | None
    mutations: Table | None
    carried: Table | None
    conditional: Table | None
    earmarks: Table | None
    rounds: Table | None


def fund_room(
    fund: Fund, *, on: datetime.date, in_full: Collection[int], may_administer: bool
) -> FundRoom:
    """The room of the regions that the reader sees in full, and every round. Eleven
    queries, and two more where there are earmarks."""
    envelopes = Envelope.objects.filter(fund=fund, region__in=in_full, dated_on__lte=on)
    held = balances(
        envelopes.select_related("region", "fund").order_by("region__name", "starts_on", "pk"), on
    )
    mutations = _mutations(held, on)
    earmarks = earmark_standings([balance.envelope for balance in held], on)
    rounds = round_standings(fund.rounds.filter(dated_on__lte=on).order_by("dated_on", "pk"), on)
    return FundRoom(
        _table(_envelopes(fund, held, earmarks), may_administer),
        _table(_counting(mutations.filter(condition="")), False),
        _table(carried_table(fund, [each.envelope for each in held], on), may_administer),
        _table(_conditional(fund, mutations.exclude(condition=""), on), may_administer),
        _table(_earmarks(fund, held, earmarks), may_administer),
        _table(_rounds(fund, rounds, may_administer), may_administer),
    )


def _mutations(held: Iterable[Balance], on: datetime.date) -> QuerySet[EnvelopeMutation]:
    """All that were known on the day, of these envelopes, oldest first."""
    found = EnvelopeMutation.objects.filter(
        Q(envelope__in=[balance.envelope.pk for balance in held]), dated_on__lte=on
    )
    return found.select_related("envelope__region", "conclusion", "concludes").order_by(
        "dated_on", "pk"
    )


def _table(table: Table, has_steps: bool) -> Table | None:
    """The table, without its steps for who may take none; None where it has no rows."""
    if not table.rows:
        return None
    columns = [column for column in table.columns if column not in (STEP, CARRY)]
    steps = len(table.columns) - len(columns)
    if has_steps or not steps:
        return table
    widest = 2 if columns[0].kind == "date" else 1
    wider = columns[widest].width + steps * STEP.width
    columns[widest] = replace(columns[widest], width=wider)
    return Table(
        table.key,
        table.caption,
        tuple(columns),
        tuple(Row(row.key, row.cells[:-steps]) for row in table.rows),
        table.notes,
        table.may_sort,
    )


def _envelopes(fund: Fund, held: Iterable[Balance], earmarks: Earmarks) -> Table:
    return Table(
        key="ruimtes",
        caption="Ruimte per regio, in €",
        columns=(
            Column("regio", "Regio", "text", 16),
            Column("periode", "Periode", "text", 18),
            Column("ruimte", "Beginbedrag", "amount", 11),
            Column("bijgesteld", "Bijgesteld", "amount", 11),
            Column("beschikbaar", "Beschikbaar", "amount", 11),
            Column("nog-beschikbaar", "Nog beschikbaar", "amount", 11),
            STEP,
            CARRY,
        ),
        rows=tuple(_envelope(fund, balance, earmarks[balance.envelope.pk]) for balance in held),
        notes=("Beschikbaar: wat er eerst was, met alle bijstellingen waarover besloten is.",),
        may_sort=True,
    )


def _envelope(fund: Fund, balance: Balance, earmarks: list[EarmarkStanding]) -> Row:
    envelope = balance.envelope
    url = entries_url(fund, "beschikbaar", balance.on, envelope.region)
    cells: tuple[Cell, ...] = (
        Text(envelope.region.name, is_header=True, note=envelope.label),
        Text(envelope.period_text, note=envelope.decision, order=envelope.starts_on.isoformat()),
        Amount(balance.available - balance.mutations),
        Amount(balance.mutations),
        Amount(balance.available, url=url),
        Amount(balance.remaining, note=earmarked_note(reserved(earmarks))),
        _step("Stel bij", "mutation_add", fund, envelope.pk),
        _step("Hevel over", "carry_over_make", fund, envelope.pk)
        if balance.remaining.known > 0
        else Text("", empty=""),
    )
    return Row(f"{envelope.region.slug}-{envelope.starts_on:%Y-%m-%d}", cells)


def _counting(mutations: Iterable[EnvelopeMutation]) -> Table:
    return Table(
        key="bijstellingen",
        caption="Bijstellingen die meetellen, in €",
        columns=(
            Column("datum", "Datum", "date", 14),
            Column("regio", "Regio", "text", 22),
            Column("reden", "Reden", "text", 29),
            Column("besluit", "Besluit", "text", 21),
            Column("bedrag", "Bedrag", "amount", 14),
        ),
        rows=tuple(_mutation(mutation) for mutation in mutations),
        may_sort=True,
    )


def _mutation(mutation: EnvelopeMutation) -> Row:
    concluded = mutation.concludes
    note = f"Handelt af: {concluded.reason}" if concluded is not None else ""
    note = with_note(note, mutation.answers)
    cells: tuple[Cell, ...] = (
        _day(mutation),
        Text(mutation.envelope.region.name, note=mutation.envelope.label),
        Text(mutation.reason, note=note),
        Text(mutation.decision),
        Amount(_amount(mutation)),
    )
    return Row(str(mutation.pk), cells)


def _conditional(fund: Fund, mutations: Iterable[EnvelopeMutation], on: datetime.date) -> Table:
    return Table(
        key="voorwaardelijk",
        caption="Bijstellingen onder voorwaarde, in €",
        columns=(
            Column("datum", "Datum", "date", 14),
            Column("regio", "Regio", "text", 18),
            Column("reden", "Reden", "text", 20),
            Column("voorwaarde", "Voorwaarde", "text", 15),
            Column("bedrag", "Bedrag", "amount", 10),
            Column("stand", "Stand", "text", 12),
            STEP,
        ),
        rows=tuple(_awaited(fund, mutation, on) for mutation in mutations),
        notes=(
            "Wat wacht, telt in geen enkel bedrag mee. Wat er van een voorwaarde kwam, staat bij "
            "de bijstellingen die meetellen.",
        ),
        may_sort=True,
    )


def _awaited(fund: Fund, mutation: EnvelopeMutation, on: datetime.date) -> Row:
    conclusion = getattr(mutation, "conclusion", None)
    step = _step("Handel af", "mutation_conclude", fund, mutation.pk)
    cells: tuple[Cell, ...] = (
        _day(mutation),
        Text(mutation.envelope.region.name, note=mutation.envelope.label),
        Text(mutation.reason, note=mutation.decision),
        Text(mutation.condition),
        Amount(_amount(mutation), text="n.t.b."),
        State(*_outcome(None if mutation.waits_on(on) else conclusion)),
        step if conclusion is None else Text("", empty=""),
    )
    return Row(str(mutation.pk), cells)


def _outcome(conclusion: EnvelopeMutation | None) -> tuple[str, str]:
    """What came of a condition, as a shape and a word."""
    if conclusion is None:
        return "info", "Wacht"
    figure = _amount(conclusion)
    return ("check", "Telt mee") if figure and figure.known else ("close", "Vervallen")


def _earmarks(fund: Fund, held: Iterable[Balance], earmarks: Earmarks) -> Table:
    return Table(
        key="oormerken",
        caption="Oormerken, in €",
        columns=(
            Column("oormerk", "Oormerk", "text", 22),
            Column("regio", "Regio", "text", 19),
            Column("minimum", "Minimum", "amount", 12),
            Column("maximum", "Maximum", "amount", 12),
            Column("beschikt", "Beschikt", "amount", 12),
            Column("vrij", "Blijft vrij", "amount", 12),
            STEP,
        ),
        rows=tuple(
            _earmark(fund, balance.envelope, standing)
            for balance in held
            for standing in earmarks[balance.envelope.pk]
        ),
        notes=(
            "Beschikt: wat binnen het oormerk is beschikt en niet vrijviel. Blijft vrij: wat van "
            "het minimum nog niet is beschikt; dat zit in nog beschikbaar.",
        ),
        may_sort=True,
    )


def _earmark(fund: Fund, envelope: Envelope, standing: EarmarkStanding) -> Row:
    row = standing.earmark
    since = f"Vanaf {row.dated_on:%d-%m-%Y}"
    cells: tuple[Cell, ...] = (
        Text(row.name, is_header=True, note=f"{since}. {row.decision}" if row.decision else since),
        Text(envelope.region.name, note=envelope.label),
        Amount(Figure.of(standing.minimum)),
        Amount(None if row.maximum is None else Figure.of(row.maximum.amount), text="geen"),
        Amount(Figure.of(standing.held)),
        Amount(reserved([standing])),
        _step("Wijzig", "earmark_change", fund, row.pk),
    )
    return Row(str(row.pk), cells)


def _rounds(fund: Fund, found: Iterable[RoundStanding], may_administer: bool) -> Table:
    return Table(
        key="rondes",
        caption="Aanvraagrondes, in €",
        columns=(
            Column("ronde", "Ronde", "text", 29),
            Column("open", "Open", "text", 19),
            Column("pm", "PM", "text", 11),
            Column("plafond", "Plafond", "amount", 10),
            Column("beschikt", "Beschikt", "amount", 10),
            Column("over", "Nog te beschikken", "amount", 10),
            STEP,
        ),
        rows=tuple(_round(fund, standing, may_administer) for standing in found),
        notes=(
            "Plafond: hoogstens zoveel wordt er in de ronde beschikt. PM: of een aanvraag bedragen "
            "mag hebben die nog niet bekend zijn.",
        ),
        may_sort=True,
    )


def _round(fund: Fund, standing: RoundStanding, may_administer: bool) -> Row:
    """Its name opens its scenarios, for who makes those."""
    row = standing.round
    scenarios = reverse("reports:round_scenario_list", args=[fund.slug, row.pk])
    ceiling = None if row.ceiling is None else Figure.of(row.ceiling.amount)
    first = row.opens_on or row.dated_on
    cells: tuple[Cell, ...] = (
        Text(
            row.name,
            is_header=True,
            note=row.requires,
            url=scenarios if may_administer else "",
        ),
        Text(_span(row.opens_on, row.closes_on), order=first.isoformat()),
        Text("Mag" if row.accepts_unknown else "Mag niet"),
        Amount(ceiling, text="geen"),
        Amount(standing.granted),
        Amount(standing.left, text="–"),
        _step("Wijzig", "round_change", fund, row.pk),
    )
    return Row(row.slug, cells)


def _span(first: datetime.date | None, last: datetime.date | None) -> str:
    """From when until when, in the words of the page."""
    if first and last:
        return f"{first:%d-%m-%Y} t/m {last:%d-%m-%Y}"
    if first:
        return f"Vanaf {first:%d-%m-%Y}"
    return f"Tot en met {last:%d-%m-%Y}" if last else "Altijd"


def _step(word: str, name: str, fund: Fund, key: int) -> Text:
    return Text(word, url=reverse(f"funds:{name}", args=[fund.slug, key]))


def _day(mutation: EnvelopeMutation) -> Text:
    day = mutation.dated_on
    return Text(f"{day:%d-%m-%Y}", is_header=True, order=day.isoformat())


def _amount(mutation: EnvelopeMutation) -> Figure | None:
    return None if mutation.amount is None else Figure.of(mutation.amount.amount)
