"""What was carried over from the envelopes of a fund, as a table for the page of its room."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.urls import reverse

from funds.figure import Figure
from funds.models import CarryOver, Envelope, Fund
from reports.table import Amount, Cell, Column, Row, Table, Text

STEP = Column("stap", "Stap", "text", 11)


def carried_table(fund: Fund, envelopes: Iterable[Envelope], on: datetime.date) -> Table:
    """What was carried over from these envelopes up to and including a day. One query."""
    found = CarryOver.objects.filter(
        source__envelope__in=[envelope.pk for envelope in envelopes],
        source__dated_on__lte=on,
        corrects=None,
    ).select_related("source__envelope__region", "target__envelope", "correction__source")
    return Table(
        key="overhevelingen",
        caption="Overhevelingen, in €",
        columns=(
            Column("datum", "Datum", "date", 14),
            Column("van", "Van", "text", 22),
            Column("naar", "Naar", "text", 20),
            Column("besluit", "Besluit", "text", 20),
            Column("bedrag", "Bedrag", "amount", 13),
            STEP,
        ),
        rows=tuple(_carry(fund, each, on) for each in found.order_by("source__dated_on", "pk")),
        notes=("Beide kanten staan ook bij de bijstellingen, of bij de reserve.",),
        may_sort=True,
    )


def _carry(fund: Fund, carry: CarryOver, on: datetime.date) -> Row:
    envelope, back = carry.source.envelope, getattr(carry, "correction", None)
    day = carry.source.dated_on
    is_back = back is not None and back.source.dated_on <= on
    cells: tuple[Cell, ...] = (
        Text(f"{day:%d-%m-%Y}", is_header=True, order=day.isoformat()),
        Text(envelope.region.name, note=envelope.period_text),
        Text(
            carry.target.envelope.period_text if carry.target else "De reserve",
            note=f"Teruggenomen op {back.source.dated_on:%d-%m-%Y}" if back and is_back else "",
        ),
        Text(carry.source.decision),
        Amount(Figure.of(-carry.source.amount.amount)),
        Text("", empty="")
        if back
        else Text(
            "Neem terug", url=reverse("funds:carry_over_take_back", args=[fund.slug, carry.pk])
        ),
    )
    return Row(str(carry.pk), cells)
