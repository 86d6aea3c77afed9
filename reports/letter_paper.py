"""A letter on paper: what it says, from the ledger as it was known when its last entry
was entered. So a later entry changes no letter: docs/adr/0026-letters-from-the-ledger.md."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from funds.balance import Standing, standings
from funds.figure import Figure
from funds.models import Fund, GrantEntry
from funds.notation import format_euro
from funds.provisions import provisions
from reports.application_page import OUTCOMES, decided_as, kept_answers
from reports.files import Rendered
from reports.letters import DECISION, PAYMENT, RECOVERY, SETTLEMENT, Letter
from reports.obligation_tables import obligations_on_paper
from reports.rendering import page_on_paper
from reports.settlement_paper import recovery, settlement
from reports.table import Amount, Cell, Column, Row, Table, Text

ONE_DAY = datetime.timedelta(days=1)
DECIDED = (
    Column("code", "Nr", "code", 9),
    Column("regel", "Regel", "text", 37),
    Column("uitkomst", "Uitkomst", "text", 20),
    Column("aangevraagd", "Aangevraagd", "amount", 17),
    Column("toegekend", "Toegekend", "amount", 17),
)
DEFERRED = (
    Column("code", "Nr", "code", 9),
    Column("regel", "Regel", "text", 70),
    Column("aangevraagd", "Aangevraagd", "amount", 21),
)
PAID = (
    Column("code", "Nr", "code", 9),
    Column("regel", "Regel", "text", 34),
    Column("soort", "Soort", "text", 18),
    Column("beschikt", "Beschikt", "amount", 13),
    Column("betalen", "Nu te betalen", "amount", 13),
    Column("rest", "Daarna nog", "amount", 13),
)
PM_NOTE = (
    "Van PM en andere woorden was het bedrag bij de aanvraag niet bekend; zij tellen in het totaal "
    "niet mee."
)


def letter_paper(letter: Letter, *, is_wanted: Callable[[], bool] = lambda: True) -> Rendered:
    """The letter as PDF/A-3a and PDF/UA-1. Raises `reports.pdf.PdfError`. At most ten
    queries."""
    say = SAYS[letter.kind]
    context = {
        "letter": letter,
        "application": letter.application,
        "fund": letter.application.envelope.fund,
        "region": letter.application.envelope.region,
    }
    template = f"reports/letter_{letter.kind}.html"
    body = page_on_paper(template, context | say(letter), is_wanted=is_wanted)
    return Rendered(body, "application/pdf", letter.file_name)


def decision(letter: Letter) -> dict[str, Any]:
    """What was decided on that day, and what was not yet."""
    lines = letter.application.lines.order_by("position")
    found = standings(lines, letter.on, known_at=letter.known_at)
    changes = _changes(letter)
    before = {
        each.line.pk: each.granted
        for each in standings(lines, letter.on - ONE_DAY, known_at=letter.known_at)
    }
    is_new = {each.line.pk: before[each.line.pk] is None for each in found}
    of_today = [
        each
        for each in found
        if each.is_decided and (is_new[each.line.pk] or each.line.pk in changes)
    ]
    deferred = [each for each in found if not each.is_decided]
    asked, granted = _asked(of_today), _granted(of_today)
    provided = [
        row for row in provisions(letter.application, letter.on) if row.dated_on == letter.on
    ]
    said = [each for row in provided for each in row.obligations.order_by("position")]
    return {
        "decided": _decided(of_today, before),
        "asked": asked,
        "granted": granted,
        "reasons": _reasons(of_today, is_new, changes),
        "deferred": _deferred(deferred) if deferred else None,
        "earlier": len(found) - len(of_today) - len(deferred),
        "periods": [row for row in provided if row.starts_on is not None],
        "obligations": obligations_on_paper(said),
        "answers": kept_answers([each for each in of_today if is_new[each.line.pk]]),
        "may_object": letter.application.envelope.fund.regime == Fund.Regime.GRANT,
    }


def payment(letter: Letter) -> dict[str, Any]:
    """What is paid with the reference, and what is left to pay after that day."""
    entries = list(
        GrantEntry.objects.filter(pk__in=letter.entries)
        .select_related("grant__line")
        .order_by("grant__line__position", "pk")
    )
    lines = letter.application.lines.filter(grant__in=[entry.grant_id for entry in entries])
    by_line = {each.line.pk: each for each in standings(lines, letter.on, known_at=letter.known_at)}
    rows = [_paid(entry, by_line[entry.grant.line_id]) for entry in entries]
    total = sum((entry.amount.amount for entry in entries), Decimal(0))
    if len(rows) > 1:
        payable = sum((each.payable for each in by_line.values()), Decimal(0))
        cells = (_granted(by_line.values()), Figure.of(total), Figure.of(payable))
        rows.append(_total("", *map(Amount, cells)))
    return {"total": total, "paid": _table("betalingen", "Te betalen, in €", PAID, rows)}


def _changes(letter: Letter) -> dict[int, list[GrantEntry]]:
    """What was changed on that day, by key of the line."""
    found: dict[int, list[GrantEntry]] = {}
    entries = GrantEntry.objects.filter(
        kind=GrantEntry.Kind.CHANGE,
        dated_on=letter.on,
        entered_at__lte=letter.known_at,
        grant__line__application=letter.application,
    )
    for entry in entries.select_related("grant").order_by("pk"):
        found.setdefault(entry.grant.line_id, []).append(entry)
    return found


def _decided(found: Sequence[Standing], before: dict[int, Decimal | None]) -> Table:
    rows = []
    for each in found:
        was = before[each.line.pk]
        _, label = OUTCOMES[decided_as(each)]
        note = "" if was is None else f"Gewijzigd, eerst {format_euro(was)}"
        cells = (Text(label, note=note), Amount(each.asked), Amount(_granted([each])))
        rows.append(_line(each, *cells))
    if len(rows) > 1:
        rows.append(_total("", Amount(_asked(found)), Amount(_granted(found))))
    notes = (PM_NOTE,) if _asked(found).gap_words else ()
    return _table("besluit", "Waarover wij besluiten, in €", DECIDED, rows, notes)


def _deferred(found: Sequence[Standing]) -> Table:
    rows = [_line(each, Amount(each.asked)) for each in found]
    if len(rows) > 1:
        rows.append(_total(Amount(_asked(found))))
    return _table("aangehouden", "Aangehouden, in €", DEFERRED, rows)


def _paid(entry: GrantEntry, standing: Standing) -> Row:
    return _line(
        standing,
        Text(entry.get_kind_display().capitalize()),
        Amount(_granted([standing])),
        Amount(Figure.of(entry.amount.amount)),
        Amount(Figure.of(standing.payable)),
        key=str(entry.pk),
    )


def _reasons(
    found: Iterable[Standing], is_new: dict[int, bool], changes: dict[int, list[GrantEntry]]
) -> list[tuple[str, str]]:
    """Which lines, and what was written down with the decision on them."""
    said: dict[str, list[str]] = {}
    for each in found:
        name = each.line.code or each.line.title
        texts = [
            "; ".join(filter(None, (entry.reason, entry.decision)))
            for entry in changes.get(each.line.pk, ())
        ]
        if is_new[each.line.pk] and each.grant is not None:
            texts.insert(0, each.grant.decision)
        written = " – ".join(filter(None, texts))
        if not written and not each.granted:
            written = "Afgewezen; een motivering is niet vastgelegd."
        if written:
            said.setdefault(written, []).append(name)
    return [(", ".join(names), text) for text, names in said.items()]


def _asked(found: Iterable[Standing]) -> Figure:
    return sum((each.asked for each in found), Figure.zero())


def _granted(found: Iterable[Standing]) -> Figure:
    return Figure.of(sum((each.granted or Decimal(0) for each in found), Decimal(0)))


def _line(standing: Standing, *cells: Cell, key: str = "") -> Row:
    line = standing.line
    return Row(key or str(line.pk), (Text(line.code), Text(line.title, is_header=True), *cells))


def _total(*cells: Cell | str) -> Row:
    blank = [Text(cell, empty="") if isinstance(cell, str) else cell for cell in cells]
    return Row("totaal", (Text("", empty=""), Text("Totaal", is_header=True), *blank), kind="total")


def _table(
    key: str, caption: str, columns: tuple[Column, ...], rows: Iterable[Row], notes: Any = ()
) -> Table:
    return Table(key=key, caption=caption, columns=columns, rows=tuple(rows), notes=notes)


SAYS: dict[str, Callable[[Letter], dict[str, Any]]] = {
    DECISION: decision,
    PAYMENT: payment,
    SETTLEMENT: settlement,
    RECOVERY: recovery,
}
"""What each kind of letter says."""
