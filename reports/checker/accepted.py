"""Findings set against what somebody accepted of the plan."""

from __future__ import annotations

from dataclasses import dataclass

from reports.checker.finding import Severity
from reports.checker.rule import Finding
from reports.checker.rulebook import check
from reports.rendering import Reported
from workplans.models import AcceptedFinding


@dataclass(frozen=True)
class Checked:
    """Findings that are open, and those that are accepted with who accepted them and why;
    both in the order of the document."""

    open: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, AcceptedFinding], ...]


def checked(reported: Reported) -> Checked:
    """The findings of a plan. Two queries. What blocks is never accepted."""
    rows = {row.key: row for row in reported.content.plan.accepted_findings.select_related("user")}
    findings = check(reported)
    found = [
        (finding, row)
        for finding in findings
        if finding.severity is not Severity.BLOCK and (row := rows.get(finding.said.key))
    ]
    closed = {id(finding) for finding, _ in found}
    return Checked(tuple(f for f in findings if id(f) not in closed), tuple(found))
