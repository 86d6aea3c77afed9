"""The findings of a plan as a page shows them, and as a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.timezone import localtime

from reports.checker.accepted import Checked
from reports.checker.finding import Severity
from reports.checker.rule import Finding
from reports.content import Content
from reports.files import CSV, Rendered, rows_as_csv
from reports.table import Column, Row, Table, Text
from workplans.models import AcceptedFinding

LABELS = {
    Severity.BLOCK: "Houdt indienen tegen",
    Severity.WARN: "Verdient aandacht",
    Severity.INFORM: "Ter informatie",
}
COLUMNS = (
    Column("plaats", "Waar", "text", 24),
    Column("bevinding", "Wat er staat en wat goed is", "text", 42),
    Column("regel", "Regel", "text", 34),
)
STEP = Column("stap", "Stap", "text", 17)
CSV_COLUMNS = ("ernst", "regel", "plaats", "zin", "adres", "geaccepteerd")


@dataclass(frozen=True)
class CheckPage:
    """Open findings by severity, a table for each that has any, and below them those that
    are accepted. `tabs` choose one severity; `count` is of all, the accepted ones too."""

    count: int
    tabs: tuple[tuple[str, str, bool], ...]
    tables: tuple[Table, ...]


def count_text(count: int) -> str:
    return "1 bevinding" if count == 1 else f"{count or 'geen'} bevindingen"


def check_page(checked: Checked, chosen: str, address: str, accepting: str = "") -> CheckPage:
    """The page for one severity, or for all when `chosen` is none of them. `accepting` is
    where the reader accepts a finding and takes it back, empty for who may not."""
    findings = checked.open
    only = next((severity for severity in Severity if severity == chosen), None)
    counts = Counter(finding.severity for finding in findings)
    tabs = [(f"Alles ({len(findings)})", address, only is None)]
    tabs += [
        (
            f"{LABELS[severity]} ({counts[severity]})",
            f"{address}?ernst={severity}",
            severity == only,
        )
        for severity in Severity
    ]
    tables = [
        _table(
            severity.value,
            LABELS[severity],
            [(f, f.rule.title, "Accepteer") for f in findings if f.severity == severity],
            "" if severity is Severity.BLOCK else accepting,
        )
        for severity in Severity
        if counts[severity] and only in (None, severity)
    ]
    if checked.accepted and only is None:
        rows = [(f, _why(row), "Neem terug") for f, row in checked.accepted]
        tables.append(_table("geaccepteerd", "Geaccepteerd", rows, accepting, "Reden"))
    return CheckPage(len(findings) + len(checked.accepted), tuple(tabs), tuple(tables))


def _why(row: AcceptedFinding) -> str:
    day = date_format(localtime(row.entered_at), "j F Y")
    return f"{row.reason} ({row.user or 'onbekend'}, {day})"


def _table(
    key: str,
    title: str,
    findings: list[tuple[Finding, str, str]],
    accepting: str,
    heading: str = "Regel",
) -> Table:
    """A row for each finding, with what stands under `heading` and what one can do."""
    where, sentence, rule = COLUMNS
    last = replace(rule, heading=heading)
    columns: tuple[Column, ...] = (where, sentence, last)
    if accepting:  # out of the last one, so that the tables below each other stay in line
        columns = (where, sentence, replace(last, width=last.width - STEP.width), STEP)
    return Table(
        key=key,
        caption=f"{title}: {count_text(len(findings))}",
        columns=columns,
        rows=tuple(
            Row(
                f"{key}-{n}",
                (
                    Text(finding.where, url=finding.url, is_header=True),
                    Text(finding.sentence),
                    Text(text),
                    Text(step, url=f"{accepting}?{urlencode({'bevinding': finding.said.token})}"),
                )[: len(columns)],
            )
            for n, (finding, text, step) in enumerate(findings, start=1)
        ),
    )


def check_csv(checked: Checked, content: Content) -> Rendered:
    """The findings as a file: the open ones in the order of the document, then the
    accepted ones with the reason."""
    found = (*((f, "") for f in checked.open), *((f, _why(a)) for f, a in checked.accepted))
    rows = ((f.severity, f.rule.code, f.where, f.sentence, f.url, why) for f, why in found)
    return Rendered(rows_as_csv(CSV_COLUMNS, rows), CSV, content.file_name("csv", "controle"))
