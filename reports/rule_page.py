"""The rules of a plan and of a fund on a page of their own: value, limit, room, how
much it weighs and where it stands."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from django.db.models import Prefetch, prefetch_related_objects

from funds.balance import Balance
from funds.models import Fund, FundRule
from funds.notation import NotationError
from funds.rules import EnvelopeFigures, Value
from reports.fund_statement import fund_statement
from reports.rendering import Reported
from reports.rules import ICONS, LABELS, Outcome, outcome, outcomes
from reports.table import Amount, Cell, Column, Row, State, Table, Text


def plan_rules(reported: Reported) -> tuple[Table, ...]:
    """The rules of a plan, then those of each fund that it asks money of, held against
    the figures of the plan. Only tables with a rule. One query, for the rules of funds."""
    content = reported.content
    figures = reported.figures
    found = [_table("plan", "Regels van het plan", outcomes(content, figures))]
    funds = [position.fund for position in reported.positions]
    _fetch_rules(funds)
    for fund in {fund.pk: fund for fund in funds}.values():
        rules = tuple(outcome(rule, content, figures) for rule in fund.rules.all())
        found.append(_table(fund.slug, f"Regels van {fund.name}", rules))
    return tuple(table for table in found if table.rows)


def fund_rules(fund: Fund, *, on: datetime.date, in_full: Collection[int]) -> tuple[Table, ...]:
    """The rules of a fund on a day: a table per region that the reader sees in full, and
    without any the rules as they are. No table without rules. Eight queries."""
    _fetch_rules([fund])
    rules = list(fund.rules.all())
    statement = fund_statement(fund, on=on, in_full=in_full)
    full = [row.balance for row in statement.rows if row.in_full]
    if not rules:
        return ()
    if not full:
        bare = tuple(outcome(rule, None, _Nothing()) for rule in rules)
        return (_table(fund.slug, f"Regels van {fund.name}", bare),)
    return tuple(_of_envelope(balance, rules) for balance in full)


class _Nothing:
    """Figures for who may see none."""

    def value(self, text: str) -> Value:
        raise NotationError("Dit cijfer mag u niet zien.", code="no_figure")


def _of_envelope(balance: Balance, rules: list[FundRule]) -> Table:
    envelope = balance.envelope
    figures = EnvelopeFigures(balance)
    found = tuple(outcome(rule, None, figures) for rule in rules)
    caption = (
        f"Regels voor {envelope.region.name}, {envelope.starts_on:%Y} t/m {envelope.ends_on:%Y}"
    )
    return _table(f"{envelope.region.slug}-{envelope.pk}", caption, found)


def _fetch_rules(funds: list[Fund]) -> None:
    ordered = Prefetch("rules", queryset=FundRule.objects.order_by("position", "pk"))
    prefetch_related_objects(funds, ordered)


def _table(key: str, caption: str, found: tuple[Outcome, ...]) -> Table:
    return Table(
        key=f"regels-{key}",
        caption=caption,
        columns=(
            Column("code", "Nr", "code", 7),
            Column("regel", "Regel", "text", 26),
            Column("stand", "Stand", "text", 13),
            Column("grens", "Grens", "text", 13),
            Column("ruimte", "Ruimte in €", "amount", 9),
            Column("oordeel", "Uitkomst", "text", 11),
            Column("ernst", "Ernst", "text", 11),
            Column("bron", "Waar het staat", "text", 10),
        ),
        rows=tuple(Row(each.rule.code, tuple(_cells(each))) for each in found),
    )


def _cells(found: Outcome) -> Iterator[Cell]:
    rule = found.rule
    yield Text(rule.code, is_header=True)
    yield Text(rule.title, note=rule.text)
    yield Text(found.value)
    yield Text(found.limit)
    yield Amount(found.room, text="–")
    yield State(ICONS[found.verdict], LABELS[found.verdict])
    yield Text(rule.severity.capitalize())
    yield Text(rule.source)
