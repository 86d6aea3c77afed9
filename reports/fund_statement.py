"""What a fund has left: as a row per region, and from available to rest for one plan."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from funds.balance import Balance, balances
from funds.earmarks import earmark_standings, reserved
from funds.figure import Figure
from funds.models import Envelope, Fund
from municipalities.models import Region
from reports.fund_entries import entries_url
from reports.fund_positions import FundPosition
from reports.table import Amount, Cell, Column, Percentage, Row, RowKind, Table, Text

DEFINITIONS = {
    "available": "Beschikbaar: de ruimte van de regio met alle bijstellingen waarover besloten is.",
    "granted": "Beschikt: wat op aanvragen is toegekend.",
    "remaining": "Nog beschikbaar: beschikbaar min beschikt, en wat vrijviel er weer bij.",
    "requested": "Aangevraagd: ingediend en nog geen besluit.",
    "remaining_if_granted": "Resteert na toekenning: wat overblijft als alles wat is aangevraagd, "
    "wordt toegekend.",
}


@dataclass(frozen=True)
class StatementRow:
    """One region: the balance, whether the reader may see what was asked there, and what
    earmarks keep free of what is left."""

    balance: Balance
    in_full: bool
    reserved: Figure = field(default_factory=Figure.zero)


@dataclass(frozen=True)
class FundStatement:
    """A fund on a day. `rows` in order of region and period; the total covers what all
    may see of the periods that run."""

    fund: Fund
    on: datetime.date
    rows: tuple[StatementRow, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the reader sees every region in full."""
        return all(row.in_full for row in self.rows)

    @property
    def current(self) -> tuple[StatementRow, ...]:
        """Without the periods that are over, where a later one of the region has begun."""
        begun: dict[int, datetime.date] = {}
        for row in self.rows:
            envelope = row.balance.envelope
            if envelope.starts_on <= self.on:
                last = begun.get(envelope.region_id, envelope.starts_on)
                begun[envelope.region_id] = max(last, envelope.starts_on)
        return tuple(row for row in self.rows if not self._is_over(row.balance.envelope, begun))

    def _is_over(self, envelope: Envelope, begun: Mapping[int, datetime.date]) -> bool:
        later = begun.get(envelope.region_id, envelope.starts_on)
        return envelope.ends_on < self.on and envelope.starts_on < later


def fund_statement(fund: Fund, *, on: datetime.date, in_full: Collection[int]) -> FundStatement:
    """The statement of a fund on a day; `in_full` holds the keys of the regions of which
    the reader may see what was asked. As many queries as for several."""
    return fund_statements([fund], on=on, in_full={fund.pk: in_full})[0]


def fund_statements(
    funds: Sequence[Fund], *, on: datetime.date, in_full: Mapping[int, Collection[int]]
) -> tuple[FundStatement, ...]:
    """The statement of each fund, in the order given; `in_full` is by key of the fund.
    Seven queries for any number of funds, and two more where there are earmarks."""
    envelopes = (
        Envelope.objects.filter(fund__in=funds)
        .select_related("region__parent", "fund")
        .order_by("region__name", "starts_on", "pk")
    )
    rows: dict[int, list[StatementRow]] = {fund.pk: [] for fund in funds}
    held = balances(envelopes, on)
    earmarks = earmark_standings([balance.envelope for balance in held], on)
    for balance in held:
        envelope = balance.envelope
        is_full = envelope.region_id in in_full[envelope.fund_id]
        kept = reserved(earmarks[envelope.pk]) if is_full else Figure.zero()
        rows[envelope.fund_id].append(StatementRow(balance, is_full, kept))
    return tuple(FundStatement(fund, on, tuple(rows[fund.pk])) for fund in funds)


REGION_COLUMNS = (
    Column("regio", "Regio", "text", 22),
    Column("beschikbaar", "Beschikbaar", "amount", 13),
    Column("beschikt", "Beschikt", "amount", 13),
    Column("nog-beschikbaar", "Nog beschikbaar", "amount", 13),
    Column("aangevraagd", "Aangevraagd", "amount", 13),
    Column("resteert", "Resteert na toekenning", "amount", 14),
    Column("gebruikt", "Gebruikt na toekenning", "percentage", 12),
)


def region_table(statement: FundStatement) -> Table:
    """A row per region and period; with several, the total of what everybody sees."""
    shown = statement.current
    rows = list(_by_larger_region(shown))
    if len(shown) > 1:
        rows.append(total_row("totaal", "Totaal", shown))
    notes = list(DEFINITIONS.values())
    if len(shown) < len(statement.rows):
        notes.append("Perioden die voorbij zijn, staan hieronder en tellen hier niet mee.")
    if not statement.is_complete:
        notes.append("Wat andere regio’s hebben aangevraagd, ziet alleen de fondsbeheerder.")
    return Table(
        key=f"fonds-{statement.fund.slug}",
        caption=f"Wat er overblijft op {statement.on:%d-%m-%Y}, per regio in €",
        columns=REGION_COLUMNS,
        rows=tuple(rows),
        notes=tuple(notes),
        may_sort=True,
    )


def _by_larger_region(shown: Sequence[StatementRow]) -> Iterator[Row]:
    """The rows of the regions, below the larger region that they are a part of; with
    more than one of those, its own total comes first."""
    by: dict[Region | None, list[StatementRow]] = {}
    for row in shown:
        by.setdefault(row.balance.envelope.region.parent, []).append(row)
    for larger, rows in sorted(by.items(), key=lambda item: item[0].name if item[0] else ""):
        if larger is not None and len(by) > 1:
            yield total_row(larger.slug, larger.name, rows, kind="group")
        yield from map(_region, rows)


def _region(row: StatementRow) -> Row:
    envelope = row.balance.envelope
    key = f"{envelope.region.slug}-{envelope.starts_on:%Y}"
    heading = Text(envelope.region.name, is_header=True, note=envelope.label)
    cells = _figures(row.balance, in_full=row.in_full, is_linked=True, kept=row.reserved)
    return Row(key, (heading, *cells))


def total_row(key: str, name: str, rows: Sequence[StatementRow], kind: RowKind = "total") -> Row:
    """Several regions or periods as one; of what not all may see, nothing."""
    in_full = all(row.in_full for row in rows)
    total = added_up(row.balance for row in rows)
    kept = sum((row.reserved for row in rows), Figure.zero())
    cells = _figures(total, in_full=in_full, kept=kept)
    return Row(key, (Text(name, is_header=True), *cells), kind=kind)


def added_up(found: Iterable[Balance]) -> Balance:
    """Balances, of which there is at least one, as one."""
    return reduce(operator.add, found)


def earmarked_note(kept: Figure) -> str:
    """What of an amount is earmarked, as stands under it; nothing where none is."""
    return f"waarvan {kept} geoormerkt" if kept.known else ""


def _figures(
    balance: Balance, *, in_full: bool, is_linked: bool = False, kept: Figure | None = None
) -> tuple[Cell, ...]:
    """What is seen in full leads to its entries, but for a total of several regions; of
    what is left, `kept` is earmarked."""
    hidden = Amount(None, text="–")

    def url(figure: str) -> str:
        envelope = balance.envelope
        if not (in_full and is_linked):
            return ""
        return entries_url(envelope.fund, figure, balance.on, envelope.region)

    return (
        Amount(balance.available, url=url("beschikbaar")),
        Amount(balance.granted, url=url("beschikt")),
        Amount(balance.remaining, note=earmarked_note(kept or Figure.zero())),
        Amount(balance.requested, url=url("aangevraagd")) if in_full else hidden,
        Amount(balance.remaining_if_granted) if in_full else hidden,
        Percentage(balance.used_if_granted if in_full else None),
    )


STEP_COLUMNS = (
    Column("stap", "Stand van het fonds", "text", 68),
    Column("bedrag", "Bedrag in €", "amount", 32),
)


def position_table(position: FundPosition) -> Table:
    """From what is available to what is left, for the plan that draws on it."""
    return Table(
        key=f"fonds-{position.fund.slug}",
        caption=f"{position.fund.name}: stand op {position.on:%d-%m-%Y}",
        columns=STEP_COLUMNS,
        rows=tuple(_steps(position)),
        notes=_position_notes(position),
    )


def _steps(position: FundPosition) -> list[Row]:
    balance = position.balance
    if balance is None:
        return [_step("geen-ruimte", "Er is nog geen ruimte voor deze regio", None)]
    label = balance.envelope.label or "Beschikbaar"
    others = position.requested_elsewhere
    steps = [
        _step("beschikbaar", label, balance.available),
        _step("beschikt", "Beschikt op eerdere aanvragen", balance.granted, minus=True),
        *_released(balance),
        _step("nog-beschikbaar", "Nog beschikbaar", balance.remaining, kind="group"),
    ]
    if position.requested_here != Figure.zero():
        asked = f"Aangevraagd met dit plan ({position.round.name.lower()})"
        steps.append(_step("dit-plan", asked, position.requested_here, minus=True))
    if others != Figure.zero():
        steps.append(_step("andere-plannen", "Aangevraagd met andere plannen", others, minus=True))
    steps.append(
        _step("resteert", "Resteert na toekenning", balance.remaining_if_granted, kind="total")
    )
    if position.draft != Figure.zero():
        steps += [
            _step(
                "concept", "Dit plan als concept, nog niet ingediend", position.draft, minus=True
            ),
            _step(
                "resteert-met-concept",
                "Resteert als ook dit concept wordt toegekend",
                position.remaining_with_draft,
                kind="total",
            ),
        ]
    used = balance.used_if_granted
    if used is not None:
        cells = (Text("Gebruikt na toekenning", is_header=True), Percentage(used))
        steps.append(Row("gebruikt", cells))
    return steps


def _released(balance: Balance) -> tuple[Row, ...]:
    if not balance.released.known:
        return ()
    return (_step("vrijgevallen", "Vrijgevallen bij de vaststelling", balance.released),)


def _step(
    key: str, heading: str, figure: Figure | None, *, minus: bool = False, kind: str = "body"
) -> Row:
    """One step; what is taken off shows a minus."""
    shown = Figure.zero() - figure if minus and figure is not None else figure
    return Row(key, (Text(heading, is_header=True), Amount(shown, text="–")), kind=kind)  # type: ignore[arg-type]


def _position_notes(position: FundPosition) -> tuple[str, ...]:
    notes = []
    if position.has_changed:
        notes.append(
            f"Het plan is veranderd na het indienen: ingediend is {position.submitted}, nu staat "
            f"er {position.asked_now}. Voor het fonds telt wat is ingediend."
        )
    if position.balance is not None:
        found = position.balance.envelope.mutations.all()
        known = [mutation for mutation in found if mutation.dated_on <= position.on]
        concluded = {mutation.concludes_id for mutation in known}
        notes += [
            f"Telt niet mee: {mutation.reason.lower()}. {mutation.condition}."
            for mutation in known
            if mutation.condition and mutation.pk not in concluded
        ]
    return tuple(notes)
