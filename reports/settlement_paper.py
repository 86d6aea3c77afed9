"""What a letter of settlement and one of recovery say, from the ledger as it was known when
the last entry of the letter was entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q

from funds.balance import Standing, standings
from funds.figure import Figure
from funds.models import Fund, Grant, GrantEntry
from funds.notation import AmountState
from reports.letters import Letter
from reports.table import Amount, Cell, Column, Row, Table, Text

SETTLED = (
    Column("code", "Nr", "code", 9),
    Column("regel", "Regel", "text", 31),
    Column("toegekend", "Toegekend", "amount", 20),
    Column("besteed", "Besteed", "amount", 20),
    Column("vastgesteld", "Vastgesteld", "amount", 20),
)
RECOVERED = (
    Column("code", "Nr", "code", 9),
    Column("regel", "Regel", "text", 31),
    Column("ontvangen", "U ontving", "amount", 20),
    Column("vastgesteld", "Vastgesteld", "amount", 20),
    Column("terug", "Terug te betalen", "amount", 20),
)
NOTHING = Decimal(0)


def settlement(letter: Letter) -> dict[str, Any]:
    """What was settled on that day, and what is then still to be paid or was too much."""
    entries = _entries(letter)
    found = _standings(letter, entries)
    granted = sum((each.amount.amount + each.released.amount for each in entries), NOTHING)
    settled = sum((each.amount.amount for each in entries), NOTHING)
    rows = [
        _row(
            entry,
            Amount(Figure.of(entry.amount.amount + entry.released.amount)),
            Amount(_spent(entry)),
            Amount(Figure.of(entry.amount.amount)),
        )
        for entry in entries
    ]
    if len(rows) > 1:
        spent = sum(map(_spent, entries), Figure.zero())
        rows.append(_total(Figure.of(granted), spent, Figure.of(settled)))
    return _about(letter) | {
        "settled_lines": _table("vaststelling", "Wat wij vaststellen, in €", SETTLED, rows),
        "granted": granted,
        "settled": settled,
        "less": granted - settled,
        "paid": sum((each.moved.paid - each.moved.recovered for each in found), NOTHING),
        "payable": sum((each.payable for each in found), NOTHING),
        "recoverable": sum((each.recoverable for each in found), NOTHING),
        "grounds": _grounds(entries),
    }


def recovery(letter: Letter) -> dict[str, Any]:
    """What is asked back on that day, of what was received and settled."""
    entries = _entries(letter)
    by_grant = {each.grant: each for each in _standings(letter, entries)}
    total = sum((each.amount.amount for each in entries), NOTHING)
    asked: dict[Grant, list[GrantEntry]] = defaultdict(list)
    for entry in entries:
        asked[entry.grant].append(entry)
    rows = [_recovered(of_grant, by_grant[grant]) for grant, of_grant in asked.items()]
    if len(rows) > 1:
        paid = sum((each.moved.paid for each in by_grant.values()), NOTHING)
        settled = sum((each.moved.settled for each in by_grant.values()), NOTHING)
        rows.append(_total(Figure.of(paid), Figure.of(settled), Figure.of(total)))
    recovered = sum((each.moved.recovered for each in by_grant.values()), NOTHING)
    return _about(letter) | {
        "recovered_lines": _table("terugvordering", "Wat wij terugvragen, in €", RECOVERED, rows),
        "total": total,
        "earlier": recovered - total,
        "recoverable": sum((each.recoverable for each in by_grant.values()), NOTHING),
        "grounds": _grounds(entries),
    }


def _entries(letter: Letter) -> list[GrantEntry]:
    """Those of the letter, but for what was taken back by the time of its last entry."""
    taken_back = Q(correction__entered_at__lte=letter.known_at, correction__dated_on__lte=letter.on)
    entries = GrantEntry.objects.filter(pk__in=letter.entries).exclude(
        pk__in=GrantEntry.objects.filter(taken_back, pk__in=letter.entries).values("pk")
    )
    return list(entries.select_related("grant__line").order_by("grant__line__position", "pk"))


def _standings(letter: Letter, entries: Sequence[GrantEntry]) -> list[Standing]:
    lines = letter.application.lines.filter(grant__in=[entry.grant_id for entry in entries])
    return standings(lines.order_by("position"), letter.on, known_at=letter.known_at)


def _about(letter: Letter) -> dict[str, Any]:
    is_grant = letter.application.envelope.fund.regime == Fund.Regime.GRANT
    return {"names_articles": is_grant, "may_object": is_grant}


def _spent(entry: GrantEntry) -> Figure:
    """What was spent according to the accountability; a gap where it does not say."""
    if entry.realised is None:
        return Figure.gap(AmountState.BLANK)
    return Figure.of(entry.realised.amount)


def _grounds(entries: Sequence[GrantEntry]) -> list[tuple[str, str]]:
    """Which lines, and on what ground or by which decision."""
    said: dict[str, list[str]] = {}
    for entry in entries:
        text = "; ".join(filter(None, (entry.reason, entry.decision)))
        if text:
            said.setdefault(text, []).append(entry.grant.line.code or entry.grant.line.title)
    return [(", ".join(names), text) for text, names in said.items()]


def _recovered(entries: Sequence[GrantEntry], standing: Standing) -> Row:
    """What was asked back of one grant, in one entry or more."""
    return _row(
        entries[0],
        Amount(Figure.of(standing.moved.paid)),
        Amount(Figure.of(standing.moved.settled)),
        Amount(Figure.of(sum((each.amount.amount for each in entries), NOTHING))),
    )


def _row(entry: GrantEntry, *cells: Cell) -> Row:
    line = entry.grant.line
    return Row(str(entry.pk), (Text(line.code), Text(line.title, is_header=True), *cells))


def _total(*figures: Figure) -> Row:
    cells = map(Amount, figures)
    return Row("totaal", (Text("", empty=""), Text("Totaal", is_header=True), *cells), kind="total")


def _table(key: str, caption: str, columns: tuple[Column, ...], rows: Sequence[Row]) -> Table:
    return Table(key=key, caption=caption, columns=columns, rows=tuple(rows))
