"""The versions of a plan as a table, newest first. Asks the database nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.urls import reverse

from reports.moments import moment_in_words
from reports.table import Amount, Column, Row, State, Table, Text
from workplans import lifecycle
from workplans.models import PlanVersion

COLUMNS = (
    Column("nummer", "Nr", "code", 5),
    Column("naam", "Versie", "text", 28),
    Column("bewaard", "Bewaard", "text", 17),
    Column("door", "Door", "text", 16),
    Column("status", "Status toen", "text", 14),
    Column("totaal", "Totaal in €", "amount", 11),
    Column("kenmerk", "Inhoud", "code", 9),
)
NOTE = (
    "Onder Inhoud staan acht tekens die bij de inhoud horen: versies met dezelfde tekens zijn "
    "gelijk."
)


def version_table(versions: Iterable[PlanVersion], *, on: datetime.date) -> Table:
    """A row per version, in the order given; fetch the plan along."""
    return Table(
        "versies",
        "Bewaarde versies",
        COLUMNS,
        tuple(_row(version, on) for version in versions),
        (NOTE,),
    )


def _row(version: PlanVersion, on: datetime.date) -> Row:
    status = lifecycle.Status(version.status)
    url = reverse("reports:version_detail", args=[version.plan.slug, version.number])
    return Row(
        f"versie-{version.number}",
        (
            Text(str(version.number)),
            Text(version.name, url=url, note=version.reason, is_header=True),
            Text(moment_in_words(version.kept_at, on=on), order=version.kept_at.isoformat()),
            Text(version.kept_by_name),
            State(status.value, lifecycle.LABELS[status]),
            Amount(version.figure),
            Text(version.short_digest),
        ),
    )
