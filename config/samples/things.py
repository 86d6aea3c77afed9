"""The values that samples share."""

from __future__ import annotations

from decimal import Decimal

from funds.figure import Figure
from funds.notation import AmountState
from reports.table import Amount, Column, Place, Row, State, Text, Titled

KEY_FIGURES = '<dl class="key-figures">{}</dl>'
KNOWN = Figure(Decimal("622800"), {})
WITH_GAPS = Figure(Decimal("622800"), {AmountState.PM: 3})
PLACES = (
    Place("GM0537", "Katwijk", "K", 1),
    Place("GM0575", "Noordwijk", "N", 2),
    Place("GM0553", "Lisse", "L", 3),
)
DIVIDED = (
    Place("GM0537", "Katwijk", "K", 1, "10.000"),
    Place("GM0553", "Lisse", "L", 3, "5.000"),
)
COLUMNS = (
    Column("nr", "Nr", "code", 20),
    Column("actie", "Actie", "text", 50),
    Column("bedrag", "Bedrag in €", "amount", 30),
)
ROWS = (
    Row(
        "A2",
        (Text("A2", is_header=True), Titled("Ontmoeten", "Een plek in elke kern."), Amount(KNOWN)),
    ),
    Row(
        "A10",
        (Text("A10", is_header=True), Titled("Leren", ""), Amount(Figure(Decimal("9000"), {}))),
    ),
    Row("A1", (Text("A1", is_header=True), State("concept", "Concept"), Amount(WITH_GAPS))),
)
TOTAL = Row(
    "totaal",
    (Text("", is_header=True, empty=""), Text("Totaal", is_header=True), Amount(KNOWN + KNOWN)),
    kind="total",
)
