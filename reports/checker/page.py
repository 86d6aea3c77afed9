"""The findings of a plan as a page shows them, and as a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from reports.checker.finding import Severity
from reports.checker.rule import Finding
from reports.content import Content
from reports.files import CSV, Rendered, rows_as_csv
from reports.table import Column, Row, Table, Text

LABELS = {
    Severity.BLOCK: "Houdt indienen tegen",
    Severity.WARN: "Verdient aandacht",
    Severity.INFORM: "Ter informatie",
}
COLUMNS = (
    Column("plaats", "Waar", "text", 26),
    Column("bevinding", "Wat er staat en wat goed is", "text", 52),
    Column("regel", "Regel", "text", 22),
)
CSV_COLUMNS = ("ernst", "regel", "plaats", "zin", "adres")


@dataclass(frozen=True)
class CheckPage:
    """Findings by severity: a table for each that has any. `tabs` choose one severity;
    `count` is of all."""

    count: int
    tabs: tuple[tuple[str, str, bool], ...]
    tables: tuple[Table, ...]


def count_text(count: int) -> str:
    return "1 bevinding" if count == 1 else f"{count or 'geen'} bevindingen"


def check_page(findings: tuple[Finding, ...], chosen: str, address: str) -> CheckPage:
    """The page for one severity, or for all when `chosen` is none of them."""
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
    return CheckPage(
        count=len(findings),
        tabs=tuple(tabs),
        tables=tuple(
            _table(severity, [f for f in findings if f.severity == severity])
            for severity in Severity
            if counts[severity] and only in (None, severity)
        ),
    )


def _table(severity: Severity, findings: list[Finding]) -> Table:
    return Table(
        key=severity.value,
        caption=f"{LABELS[severity]}: {count_text(len(findings))}",
        columns=COLUMNS,
        rows=tuple(
            Row(
                f"{severity}-{n}",
                (
                    Text(finding.where, url=finding.url, is_header=True),
                    Text(finding.sentence),
                    Text(finding.rule.title),
                ),
            )
            for n, finding in enumerate(findings, start=1)
        ),
    )


def check_csv(findings: tuple[Finding, ...], content: Content) -> Rendered:
    """The findings as a file, in the order of the document."""
    rows = ((f.severity, f.rule.code, f.where, f.sentence, f.url) for f in findings)
    return Rendered(rows_as_csv(CSV_COLUMNS, rows), CSV, content.file_name("csv", "controle"))
