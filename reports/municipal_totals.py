"""Totals per municipality in three views, each named and explained under the table."""

from __future__ import annotations

from funds.balance import percentage
from funds.figure import Figure
from reports.content import Content
from reports.plan_totals import PlanTotals
from reports.table import Amount, Cell, Column, Percentage, Places, Row, Table, Text

COLUMNS = (
    Column("gemeente", "Gemeente", "places", 28),
    Column("ontvanger", "Ontvangt", "amount", 19),
    Column("aandeel", "Deel van het totaal", "percentage", 15),
    Column("eigen", "Eigen acties", "amount", 19),
    Column("begunstigde", "Heeft er baat bij", "amount", 19),
)


def municipal_totals(content: Content, totals: PlanTotals) -> Table:
    """One row per municipality, then what is joint or not divided, then the total.

    Every amount column adds up to the total of the plan.
    """
    codes = dict.fromkeys(
        code for view in ("recipient", "beneficiary") for code in totals.by_municipality[view]
    )
    rows = [_municipality(code, content, totals) for code in codes]
    if totals.joint != Figure.zero():
        rows.append(_joint(totals))
    if totals.undivided != Figure.zero():
        rows.append(_rest("niet-verdeeld", "Niet verdeeld", totals.undivided))
    return Table(
        key="gemeenten",
        caption="Bedrag per gemeente in €, op drie manieren geteld",
        columns=COLUMNS,
        rows=(*rows, _total(totals)),
        notes=_notes(totals),
    )


def _municipality(code: str, content: Content, totals: PlanTotals) -> Row:
    place = content.place(code)
    views = totals.by_municipality
    recipient = views["recipient"].get(code, Figure.zero())
    return Row(
        code,
        (
            Places(place.name, places=(place,), is_header=True),
            Amount(recipient),
            Percentage(percentage(recipient.known, totals.total.known)),
            Amount(views["own"].get(code, Figure.zero())),
            Amount(views["beneficiary"].get(code, Figure.zero())),
        ),
    )


def _joint(totals: PlanTotals) -> Row:
    return Row(
        "gezamenlijk",
        (
            Text("Gezamenlijk", is_header=True),
            Amount(None, text="bij penvoerder"),
            Text("", empty=""),
            Amount(totals.joint),
            Amount(None, text="verdeeld"),
        ),
    )


def _rest(key: str, heading: str, figure: Figure) -> Row:
    cells: tuple[Cell, ...] = (Amount(figure), Text("", empty=""), Amount(figure), Amount(figure))
    return Row(key, (Text(heading, is_header=True), *cells))


def _total(totals: PlanTotals) -> Row:
    total = Amount(totals.total)
    return Row(
        "totaal",
        (
            Text("Totaal", is_header=True),
            total,
            Percentage(percentage(totals.total.known, totals.total.known)),
            total,
            total,
        ),
        kind="total",
    )


def _notes(totals: PlanTotals) -> tuple[str, ...]:
    notes = [
        "Ontvangt: het bedrag dat de gemeente krijgt en verantwoordt. Een gezamenlijke actie telt "
        "helemaal bij de penvoerder.",
        "Eigen acties: wat de gemeente ontvangt zonder de gezamenlijke acties.",
        "Heeft er baat bij: eigen acties, en van elke gezamenlijke actie een deel "
        f"({totals.joint_note} verdeeld).",
    ]
    if not totals.total.is_complete:
        notes.append(
            "Een bedrag dat nog niet bekend is, telt bij elke gemeente die eraan deelneemt. De "
            "aantallen per gemeente tellen daarom niet op tot het aantal onder het totaal."
        )
    if totals.undivided != Figure.zero():
        notes.append("Niet verdeeld: het plan zegt nog niet welke gemeente dit bedrag krijgt.")
    return tuple(notes)
