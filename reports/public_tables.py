"""What everybody may read, as a table. Asks the database nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.template.defaultfilters import date as format_date
from django.urls import reverse

from reports.table import Column, Row, Table, Text
from workplans.models import Publication

COLUMNS = (
    Column("plan", "Plan", "text", 28),
    Column("regio", "Regio", "text", 18),
    Column("periode", "Periode", "text", 16),
    Column("vastgesteld", "Vastgesteld op", "text", 18),
    Column("openbaar", "Openbaar sinds", "text", 20),
)


def public_table(publications: Iterable[Publication]) -> Table:
    """A row per plan, in the order given; fetch version, plan and region along."""
    rows = tuple(map(_row, publications))
    return Table("openbaar", "Openbare plannen", COLUMNS, rows, may_sort=True)


def _row(publication: Publication) -> Row:
    plan = publication.version.plan
    adopted = publication.adopted_on
    return Row(
        plan.slug,
        (
            Text(
                publication.title,
                url=reverse("reports:public_detail", args=[plan.slug]),
                is_header=True,
            ),
            Text(plan.region.name),
            Text(plan.period_text),
            Text(
                format_date(adopted, "j F Y") if adopted else "",
                empty="nog niet",
                order=adopted.isoformat() if adopted else "",
            ),
            Text(
                format_date(publication.published_on, "j F Y"),
                order=publication.published_on.isoformat(),
            ),
        ),
    )
