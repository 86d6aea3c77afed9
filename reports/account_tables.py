"""What recipients say of their grants, as tables: what was spent, and what should change."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.urls import reverse
from django.utils.timezone import localtime

from funds.balance import Standing
from funds.figure import Figure
from funds.models import Accountability, Application, ChangeRequest
from reports.table import Amount, Column, Row, State, Table, Text

ACCOUNTS = (
    Column("code", "Nr", "code", 7),
    Column("regel", "Regel", "text", 24),
    Column("beschikt", "Beschikt", "amount", 13),
    Column("verantwoord", "Verantwoord", "amount", 13),
    Column("verschil", "Verschil", "amount", 13),
    Column("waaraan", "Waaraan", "text", 30),
)
REQUESTS = (
    Column("code", "Nr", "code", 7),
    Column("regel", "Regel", "text", 26),
    Column("beschikt", "Beschikt", "amount", 13),
    Column("gevraagd", "Gevraagd", "amount", 13),
    Column("stand", "Stand", "text", 15),
    Column("reden", "Reden", "text", 26),
)
STATES = {"": ("info", "Wacht op antwoord"), "toegewezen": ("check", "Toegewezen")}
REFUSED = ("fault", "Afgewezen")


def account_table(
    found: Iterable[Standing], accounts: Mapping[int, Accountability]
) -> Table | None:
    """What stands of what was spent, beside what was granted; None without any."""
    said = [
        (each, accounts[each.grant.pk])
        for each in found
        if each.grant is not None and each.grant.pk in accounts
    ]
    if not said:
        return None
    rows = [_account(each, account) for each, account in said]
    if len(rows) > 1:
        granted = sum((each.granted or Decimal(0) for each, _ in said), Decimal(0))
        realised = sum((account.realised.amount for _, account in said), Decimal(0))
        amounts = (granted, realised, realised - granted)
        total = (
            Text("", empty=""),
            Text("Totaal", is_header=True),
            *(Amount(Figure.of(amount)) for amount in amounts),
            Text("", empty=""),
        )
        rows.append(Row("totaal", total, kind="total"))
    return Table(
        key="verantwoording",
        caption="Verantwoording van de ontvanger, per regel in €",
        columns=ACCOUNTS,
        rows=tuple(rows),
        notes=(
            "Alleen regels die zijn verantwoord, elk met de laatste verantwoording. Verschil: "
            "verantwoord min beschikt.",
        ),
    )


def request_table(
    application: Application, on: datetime.date, *, may_administer: bool
) -> Table | None:
    """Requests for a change up to and including that day, with what came of them by then;
    None without any. One query."""
    found = ChangeRequest.objects.filter(
        grant__line__application=application, dated_on__lte=on
    ).select_related("grant__line", "entered_by")
    slug = application.envelope.fund.slug
    rows = tuple(
        _request(each, on, slug if may_administer else "")
        for each in found.order_by("dated_on", "pk")
    )
    if not rows:
        return None
    return Table("verzoeken", "Wijzigingsverzoeken, in €", REQUESTS, rows)


def _account(standing: Standing, account: Accountability) -> Row:
    granted, realised = standing.granted or Decimal(0), account.realised.amount
    line = standing.line
    said = f"{account.dated_on:%d-%m-%Y}, {account.entered_by}"
    return Row(
        str(line.pk),
        (
            Text(line.code),
            Text(line.title, is_header=True),
            Amount(Figure.of(granted)),
            Amount(Figure.of(realised)),
            Amount(Figure.of(realised - granted)),
            Text(account.text, note=said),
        ),
    )


def _request(request: ChangeRequest, on: datetime.date, slug: str) -> Row:
    line = request.grant.line
    is_closed = request.closed_at is not None and localtime(request.closed_at).date() <= on
    url = reverse("funds:request_refuse", args=[slug, request.pk]) if slug else ""
    answer = f"Antwoord: {request.answer}" if is_closed else ""
    said = f"{request.dated_on:%d-%m-%Y}, {request.entered_by}"
    return Row(
        str(request.pk),
        (
            Text(line.code),
            Text(line.title, url=url, note=said, is_header=True),
            Amount(Figure.of(request.granted.amount)),
            Amount(Figure.of(request.requested.amount)),
            State(*STATES.get(request.outcome if is_closed else "", REFUSED)),
            Text(request.reason, note=answer),
        ),
    )
