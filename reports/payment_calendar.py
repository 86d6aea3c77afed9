"""Instalments of a fund as tables: per month, one by one, of one application; and a file."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.http import urlencode

from funds.calendar import Due
from funds.figure import Figure
from funds.models import Application, Fund, Instalment, PaymentSchedule
from reports.files import CSV, Rendered, rows_as_csv
from reports.table import Amount, Cell, Column, Row, State, Table, Text

STEP = Column("stap", "Stap", "text", 10)
NOTES = (
    "Gepland is wat van de termijnen is betaald en nog betaald wordt. Een betaling van een termijn "
    "staat bij de dag van die termijn, ook als zij later was.",
    "Wat buiten een betaalschema is betaald, staat bij de dag van de betaling en telt alleen in "
    "betaald.",
)


@dataclass(frozen=True)
class Sums:
    """What instalments come to together, in euros."""

    planned: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    open: Decimal = Decimal(0)
    late: Decimal = Decimal(0)

    @classmethod
    def of(cls, found: Iterable[Due], on: datetime.date) -> Sums:
        rows = list(found)
        return cls(
            sum((due.planned for due in rows), Decimal(0)),
            sum((due.paid for due in rows), Decimal(0)),
            sum((due.open for due in rows), Decimal(0)),
            sum((due.late(on) for due in rows), Decimal(0)),
        )

    @property
    def cells(self) -> tuple[Cell, ...]:
        amounts = (self.planned, self.paid, self.open, self.late)
        return tuple(Amount(Figure.of(amount)) for amount in amounts)


def month_table(fund: Fund, found: Sequence[Due], on: datetime.date, kept: dict[str, str]) -> Table:
    """What is planned, paid and open per month, and in all; each month leads to its own
    instalments, with what of the filter was `kept`."""
    months: dict[tuple[int, int], list[Due]] = {}
    for due in found:
        months.setdefault((due.day.year, due.day.month), []).append(due)
    rows = [
        Row(
            f"{year}-{month:02}",
            (
                Text(
                    f"{MONTHS[month]} {year}",
                    is_header=True,
                    url=calendar_url(fund, kept | _month(year, month)),
                ),
                *Sums.of(part, on).cells,
            ),
        )
        for (year, month), part in sorted(months.items())
    ]
    total = Row("totaal", (Text("Totaal", is_header=True), *Sums.of(found, on).cells), kind="total")
    return Table(
        key="maanden",
        caption="Per maand, in €",
        columns=(
            Column("maand", "Maand", "text", 28),
            Column("gepland", "Gepland", "amount", 18),
            Column("betaald", "Betaald", "amount", 18),
            Column("open", "Nog te betalen", "amount", 18),
            Column("te-laat", "Waarvan te laat", "amount", 18),
        ),
        rows=(*rows, total),
        notes=NOTES,
    )


def due_table(fund: Fund, found: Iterable[Due], on: datetime.date, *, may_pay: bool) -> Table:
    """The instalments one by one, for who may with a step."""
    columns = (
        Column("dag", "Dag", "date", 13),
        Column("aanvraag", "Aanvraag", "text", 27),
        Column("stand", "Stand", "text", 17),
        Column("gepland", "Gepland", "amount", 14),
        Column("betaald", "Betaald", "amount", 14),
        Column("open", "Nog te betalen", "amount", 15),
    )
    rows = tuple(
        Row(
            str(place),
            (
                _day(due),
                Text(
                    due.application.title,
                    url=reverse("reports:application_detail", args=[fund.slug, due.application.pk]),
                    note=f"{due.application.envelope.region.name}, {_kind(due)}",
                ),
                State(*_state(due, on)),
                Amount(Figure.of(due.planned) if due.parts else None, text="–"),
                Amount(Figure.of(due.paid)),
                Amount(Figure.of(due.open) if due.parts else None, text="–"),
                *((_step(fund, due),) if may_pay else ()),
            ),
        )
        for place, due in enumerate(found, start=1)
    )
    return Table(
        key="kalender",
        caption="Termijnen en betalingen, de eerste dag bovenaan, in €",
        columns=(*columns, STEP) if may_pay else columns,
        rows=rows,
        may_sort=True,
    )


def schedule_table(
    fund: Fund, found: Sequence[Due], on: datetime.date, *, may_pay: bool
) -> Table | None:
    """The schedule of one application that holds on the day; None without one."""
    shown = [due for due in found if due.schedule is not None]
    last = max((due.schedule.number for due in shown if due.schedule), default=0)
    shown = [due for due in shown if due.schedule and due.schedule.number == last]
    if not shown:
        return None
    rows = [
        Row(
            due.key,
            (
                _day(due),
                Text(_kind(due).capitalize()),
                State(*_state(due, on)),
                Amount(Figure.of(due.stated)),
                Amount(Figure.of(due.paid)),
                Amount(Figure.of(due.open)),
                *((_step(fund, due),) if may_pay else ()),
            ),
        )
        for due in shown
    ]
    sums = Sums.of(shown, on)
    stated = sum((due.stated for due in shown), Decimal(0))
    amounts = tuple(Amount(Figure.of(each)) for each in (stated, sums.paid, sums.open))
    empty = Text("", empty="")
    tail = (empty,) if may_pay else ()
    rows.append(
        Row(
            "totaal",
            (Text("Totaal", is_header=True), empty, empty, *amounts, *tail),
            kind="total",
        )
    )
    columns = (
        Column("dag", "Dag", "date", 14),
        Column("soort", "Soort", "text", 16),
        Column("stand", "Stand", "text", 18),
        Column("schema", "Volgens schema", "amount", 14),
        Column("betaald", "Betaald", "amount", 14),
        Column("open", "Nog te betalen", "amount", 14),
    )
    return Table(
        key="betaalschema",
        caption="Betaalschema, in €",
        columns=(*columns, STEP) if may_pay else columns,
        rows=tuple(rows),
        notes=(
            "Is er minder beschikt of vastgesteld, of is er buiten het schema betaald, dan gaat "
            "dat van de laatste termijnen af.",
        ),
    )


def earlier_table(application: Application, on: datetime.date) -> Table | None:
    """The schedules that were replaced, as they were typed; None without any. Two
    queries."""
    schedules = list(application.schedules.filter(dated_on__lte=on).order_by("-number"))[1:]
    if not schedules:
        return None
    paid = dict(
        Instalment.objects.filter(schedule__in=schedules, entries__dated_on__lte=on)
        .values_list("schedule")
        .annotate(total=Sum("entries__amount"))
        .order_by()
    )
    return Table(
        key="eerdere-schemas",
        caption="Eerdere betaalschema’s, in €",
        columns=(
            Column("van", "Van", "date", 14),
            Column("termijnen", "Termijnen", "text", 54),
            Column("gepland", "Gepland", "amount", 16),
            Column("betaald", "Daarvan betaald", "amount", 16),
        ),
        rows=tuple(_earlier(each, paid.get(each.pk, Decimal(0))) for each in schedules),
    )


def calendar_csv(fund: Fund, found: Iterable[Due], on: datetime.date) -> Rendered:
    """The instalments as a file, amounts as numbers."""
    rows = (
        (
            due.day.isoformat(),
            due.application.envelope.region.name,
            due.application.title,
            due.kind,
            "ja" if due.parts else "nee",
            *(f"{each:.2f}" for each in (due.planned, due.paid, due.open, due.late(on))),
        )
        for due in found
    )
    headings = (
        *("Dag", "Regio", "Aanvraag", "Soort", "In betaalschema"),
        *("Gepland", "Betaald", "Nog te betalen", "Te laat"),
    )
    name = f"betaalkalender-{fund.slug}-peildatum-{on.isoformat()}.csv"
    return Rendered(rows_as_csv(headings, rows), CSV, name)


def calendar_url(fund: Fund, asked: dict[str, str]) -> str:
    """Where the calendar stands, as far as it is asked for."""
    url = reverse("reports:fund_calendar", args=[fund.slug])
    return f"{url}?{urlencode(asked)}" if asked else url


def pay_url(fund: Fund, due: Due) -> str:
    """Where an instalment is paid."""
    step = reverse("funds:application_step", args=[fund.slug, due.application.pk, "betalen"])
    return f"{step}?{urlencode({'termijn': due.key})}"


def _month(year: int, month: int) -> dict[str, str]:
    last = calendar.monthrange(year, month)[1]
    return {"van": f"{year}-{month:02}-01", "tot": f"{year}-{month:02}-{last}"}


def _earlier(schedule: PaymentSchedule, paid: Decimal) -> Row:
    cells: tuple[Cell, ...] = (
        Text(f"{schedule.dated_on:%d-%m-%Y}", is_header=True),
        Text("; ".join(schedule.typed.splitlines()), note=schedule.reason),
        Amount(Figure.of(schedule.amount.amount)),
        Amount(Figure.of(paid)),
    )
    return Row(str(schedule.number), cells)


def _day(due: Due) -> Text:
    return Text(f"{due.day:%d-%m-%Y}", is_header=True, order=due.day.isoformat())


def _kind(due: Due) -> str:
    return due.kind if due.parts else f"{due.kind} buiten een betaalschema"


def _state(due: Due, on: datetime.date) -> tuple[str, str]:
    """How an instalment stands, as a shape and a word."""
    if not due.open:
        return ("check", "Betaald") if due.paid else ("close", "Vervallen")
    if due.late(on):
        return "fault", "Te laat"
    return "info", "Vandaag" if due.day == on else "Komt nog"


def _step(fund: Fund, due: Due) -> Text:
    return Text("Betaal", url=pay_url(fund, due)) if due.open else Text("", empty="")
