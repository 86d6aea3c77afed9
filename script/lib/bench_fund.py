"""Measure the page of a large fund: 342 regions, 10 years, 200,000 entries.

Works in one transaction that is rolled back. The entries are written past the guards, or
making them would take hours; sums do not look at those. The totals stand beside the same
sums in plain SQL, and the page beside its number of queries. Part of script/bench.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from bench_clock import TURNS, heading, line, side_by_side, took
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funds.balance import balances
from funds.models import Application, ApplicationLine, Envelope, Fund, Grant, GrantEntry, Round
from municipalities.models import Municipality, Region, RoleAssignment, User

TARGET = 1.50
REGIONS, YEARS, LINES = 342, range(2015, 2025), 20
ON = datetime.date(2024, 12, 31)
Kind = GrantEntry.Kind

PLAIN = """
WITH changed AS (
  SELECT envelope_id, sum(amount) AS total FROM funds_envelopemutation
  WHERE dated_on <= %(on)s AND condition = '' GROUP BY 1
), granted AS (
  SELECT a.envelope_id, sum(g.amount) AS total
  FROM funds_grant g
  JOIN funds_applicationline l ON l.id = g.line_id
  JOIN funds_application a ON a.id = l.application_id
  WHERE g.dated_on <= %(on)s GROUP BY 1
), moved AS (
  SELECT a.envelope_id,
    sum(m.amount) FILTER (WHERE m.kind = 'wijziging') AS changed,
    sum(m.amount) FILTER (WHERE m.kind IN ('voorschot', 'eindbetaling')) AS paid,
    sum(m.amount) FILTER (WHERE m.kind = 'terugvordering') AS recovered,
    sum(m.amount) FILTER (WHERE m.kind = 'vaststelling') AS settled,
    sum(m.released) AS released
  FROM funds_grantentry m
  JOIN funds_grant g ON g.id = m.grant_id
  JOIN funds_applicationline l ON l.id = g.line_id
  JOIN funds_application a ON a.id = l.application_id
  WHERE m.dated_on <= %(on)s GROUP BY 1
), asked AS (
  SELECT a.envelope_id, sum(l.amount) AS total, count(*) FILTER (WHERE l.amount IS NULL) AS open
  FROM funds_applicationline l
  JOIN funds_application a ON a.id = l.application_id
  LEFT JOIN funds_grant g ON g.line_id = l.id AND g.dated_on <= %(on)s
  LEFT JOIN funds_applicationwithdrawal w
    ON w.application_id = a.id AND w.dated_on <= %(on)s
  WHERE a.submitted_on <= %(on)s AND g.id IS NULL AND w.id IS NULL GROUP BY 1
)
SELECT e.id, e.amount, c.total, g.total, m.*, q.total, q.open
FROM funds_envelope e
LEFT JOIN changed c ON c.envelope_id = e.id
LEFT JOIN granted g ON g.envelope_id = e.id
LEFT JOIN moved m ON m.envelope_id = e.id
LEFT JOIN asked q ON q.envelope_id = e.id
WHERE e.fund_id = %(fund)s
"""


def report() -> None:
    """Fill, measure, roll back; prints as it goes."""
    with transaction.atomic():
        fund = fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        count = Grant.objects.count() + GrantEntry.objects.count()
        heading(f"Een fonds met {REGIONS} regio’s, {len(YEARS)} jaren en {count} boekingen")
        figures(fund)
        page(fund)
        transaction.set_rollback(True)


def figures(fund: Fund) -> None:
    """The balance of every envelope, against the same sums in one statement."""
    wanted = Envelope.objects.filter(fund=fund).order_by("pk")

    def plain() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, {"on": ON, "fund": fund.pk})
            return cursor.fetchall()

    granted = {row[0]: row[3] + (row[5] or 0) for row in plain() if row[3]}
    ours = {each.envelope.pk: each.granted.known for each in balances(wanted, ON)}
    assert granted
    assert all(ours[key] == total for key, total in granted.items())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    summed, bare = side_by_side(lambda: balances(wanted, ON), plain, TURNS, lambda: [server])
    line("alle cijfers van alle ruimtes", summed)
    line("dezelfde sommen in kale SQL", bare)
    shown = (summed.clock / bare.clock, summed.processor / bare.processor)
    line(
        f"verhouding, klok en processor (doel: hoogstens {TARGET:.2f})".replace(".", ","),
        "".join(f"{value:8.2f}" for value in shown).replace(".", ","),
    )


def page(fund: Fund) -> None:
    """The page of the fund, for who sees all of it."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(manager(fund))
    for name, url in (
        ("bladzijde van het fonds", reverse("reports:fund_detail", args=[fund.slug])),
        ("wat er veranderde", reverse("reports:fund_changes", args=[fund.slug])),
    ):
        client.get(url)  # what is asked once a process does not count
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
            asked = len(captured)
        line(name, f"{took(lambda url=url: client.get(url))}   {asked} vragen")


# ---- the data


def fill() -> Fund:
    """One fund in which every line was granted, paid and in four years out of five settled."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    owner = Municipality.objects.order_by("pk")[0]
    fund = Fund.objects.create(slug="meting", name="Meting", owner=owner, regime=Fund.Regime.OWN)
    turn = Round.objects.create(
        fund=fund, slug="r", name="Ronde", dated_on=datetime.date(2015, 1, 1)
    )
    regions = many(
        Region(slug=f"meting-{n}", name=f"Meting {n}", kind=Region.Kind.REGION)
        for n in range(REGIONS)
    )
    envelopes = many(envelope(fund, region, year) for region in regions for year in YEARS)
    applications = many(
        Application(
            envelope=each,
            round=turn,
            title=f"Plan {each.starts_on.year}",
            submitted_on=each.starts_on,
            line_count=LINES,
        )
        for each in envelopes
    )
    lines = many(
        ApplicationLine(
            application=each, position=n, title=f"Actie {n}", state="known", amount=Decimal(1000)
        )
        for each in applications
        for n in range(1, LINES + 1)
    )
    grants = many(Grant(line=each, amount=Decimal(900), dated_on=day(each, 3)) for each in lines)
    many(entry for n, grant in enumerate(grants) for entry in life(fund, grant, n))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
    return fund


def envelope(fund: Fund, region: Region, year: int) -> Envelope:
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    amount = Decimal(100_000)
    return Envelope(
        fund=fund, region=region, starts_on=first, ends_on=last, dated_on=first, amount=amount
    )


def life(fund: Fund, grant: Grant, number: int) -> Iterable[GrantEntry]:
    """An advance, and mostly a settlement that releases a hundred."""
    both = {"grant": grant, "fund": fund}
    yield GrantEntry(
        kind=Kind.ADVANCE,
        amount=Decimal(800),
        dated_on=day(grant.line, 6),
        reference=f"M{number}",
        **both,
    )
    if number % 10:
        yield GrantEntry(
            kind=Kind.SETTLEMENT,
            amount=Decimal(800),
            released=Decimal(100),
            realised=Decimal(790),
            dated_on=day(grant.line, 12),
            reason="Verantwoording",
            **both,
        )


def day(line: ApplicationLine, month: int) -> datetime.date:
    return datetime.date(line.application.submitted_on.year, month, 1)


def many(rows: Iterable[Any]) -> list[Any]:
    found = list(rows)
    made: list[Any] = type(found[0]).objects.bulk_create(found, batch_size=5_000)
    return made


def manager(fund: Fund) -> User:
    user = User.objects.create_user("fondsmeting@penvoerder.test", display_name="Meting")
    RoleAssignment.objects.create(
        user=user, role=RoleAssignment.Role.FUND_MANAGER, municipality=fund.owner
    )
    return user
