"""The rules of a plan held against its figures, and the table of them.

How a rule comes out is said by `funds.rules`; here it gets the figures and payments of
a plan.
"""

from __future__ import annotations

from funds import rules
from funds.models import Rule
from funds.rules import ICONS, LABELS, Figures, Outcome, Verdict
from reports.content import Content
from reports.named_figures import NamedFigures
from reports.pots import paid
from reports.table import Column, Row, State, Table, Text

__all__ = ["ICONS", "LABELS", "Outcome", "Verdict", "outcome", "outcomes", "rule_table"]


def outcomes(content: Content, figures: NamedFigures) -> tuple[Outcome, ...]:
    """Every rule of the plan, in its order. Asks the database nothing."""
    return tuple(outcome(rule, content, figures) for rule in content.rules)


def outcome(rule: Rule, content: Content | None, figures: Figures) -> Outcome:
    """One rule held against figures; without a plan no payment is held to a threshold."""
    return rules.outcome(rule, figures, None if content is None else paid(content))


def rule_table(key: str, content: Content, figures: NamedFigures) -> Table | None:
    """The rules of a plan with limit, value, room and verdict; None when it has none."""
    found = outcomes(content, figures)
    if not found:
        return None
    return Table(
        key=key,
        caption="Regels van het plan",
        columns=(
            Column("code", "Nr", "code", 7),
            Column("regel", "Regel", "text", 40),
            Column("grens", "Grens", "text", 14),
            Column("waarde", "Stand", "text", 14),
            Column("oordeel", "Uitkomst", "text", 12),
            Column("bron", "Waar het staat", "text", 13),
        ),
        rows=tuple(_row(each) for each in found),
    )


def _row(found: Outcome) -> Row:
    room = f"ruimte {found.room}" if found.room is not None else ""
    return Row(
        found.rule.code,
        (
            Text(found.rule.code, is_header=True),
            Text(found.rule.title, note=found.rule.text),
            Text(found.limit),
            Text(found.value, note=room),
            State(ICONS[found.verdict], LABELS[found.verdict]),
            Text(found.rule.source),
        ),
    )
