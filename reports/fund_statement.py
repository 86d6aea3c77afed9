"""What a fund has left: as a row per region, and from available to rest for one plan."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from funds.balance import Balance, balances
from funds.earmarks import earmark_standings, reserved
from funds.figure import Figure
from funds.models import Envelope, Fund
from reports.fund_entries import entries_url
from reports.fund_positions import FundPosition
from reports.table import Amount, Cell, Column, Percentage, Row, Table, Text

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
    """A fund on a day. `rows` in order of region; the total covers what all may see."""

    fund: Fund
    on: datetime.date
    rows: tuple[StatementRow, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the reader sees every region in full."""
        return all(row.in_full for row in self.rows)


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
        .select_related("region", "fund")
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
    rows = [_region(row) for row in statement.rows]
    if len(rows) > 1:
        rows.append(_region_total(statement))
    notes = list(DEFINITIONS.values())
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


def _region(row: StatementRow) -> Row:
    envelope = row.balance.envelope
    key = f"{envelope.region.slug}-{envelope.starts_on:%Y}"
    heading = Text(envelope.region.name, is_header=True, note=envelope.label)
    cells = _figures(row.balance, in_full=row.in_full, is_linked=True, kept=row.reserved)
    return Row(key, (heading, *cells))


def _region_total(statement: FundStatement) -> Row:
    first, *others = (row.balance for row in statement.rows)
    total = first
    for balance in others:
        total = total + balance
    heading = Text("Totaal", is_header=True)
    kept = sum((row.reserved for row in statement.rows), Figure.zero())
    cells = _figures(total, in_full=statement.is_complete, kept=kept)
    return Row("totaal", (heading, *cells), kind="total")


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
