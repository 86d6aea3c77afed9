"""The trail of a plan as a table, newest step first. Asks the database nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format

from reports.table import Column, Row, State, Table, Text
from workplans import lifecycle
from workplans.models import PlanStep

COLUMNS = (
    Column("stap", "Stap", "text", 24),
    Column("status", "Status daarna", "text", 20),
    Column("datum", "Datum", "text", 16),
    Column("door", "Door", "text", 21),
    Column("versie", "Versie", "text", 19),
)


def trail_table(steps: Iterable[PlanStep]) -> Table:
    """A row per step, in the order given; fetch plan and version along."""
    return Table("verloop", "Verloop", COLUMNS, tuple(_row(step) for step in steps))


def _row(step: PlanStep) -> Row:
    status = lifecycle.Status(step.target)
    version = step.version
    kept = Text("")
    if version is not None:
        url = reverse("reports:version_detail", args=[step.plan.slug, version.number])
        kept = Text(f"Versie {version.number}", url=url)
    return Row(
        f"stap-{step.number}",
        (
            Text(step.get_name_display(), note=step.reason, is_header=True),
            State(status.value, lifecycle.LABELS[status]),
            Text(date_format(step.taken_on, "j F Y"), order=step.taken_on.isoformat()),
            Text(step.by_name),
            kept,
        ),
    )
