"""A small plan, and what the checker says of it."""

from __future__ import annotations

from typing import Any

from reports.checker.finding import Severity
from reports.checker.rule import Finding
from reports.checker.rulebook import check
from reports.rendering import report
from tests.factories import ActionFactory, ActionLineFactory, BlockFactory, WorkPlanFactory, euro
from workplans.models import (
    ActionLine,
    ActionPoint,
    Block,
    BlockRow,
    PlanFigure,
    PlanRule,
    PrintedFigure,
    WorkPlan,
)

WHOLE = {"monitoring": "Elk halfjaar", "municipalities": "A"}
"""What an action needs for nothing to be missing."""


def findings(plan: WorkPlan) -> tuple[Finding, ...]:
    return check(report(WorkPlan.objects.select_related("region", "programme").get(pk=plan.pk)))


def found(plan: WorkPlan, code: str) -> list[Finding]:
    """What one rule finds, in order."""
    return [finding for finding in findings(plan) if finding.rule.code == code]


def places(plan: WorkPlan, code: str) -> list[str]:
    return [finding.where for finding in found(plan, code)]


def sentence(plan: WorkPlan, code: str) -> str:
    """The one finding of a rule."""
    (finding,) = found(plan, code)
    return finding.sentence


def severities(plan: WorkPlan, code: str) -> list[Severity]:
    return [finding.severity for finding in found(plan, code)]


def line(plan: WorkPlan | None = None, code: str = "A", **fields: Any) -> ActionLine:
    """An action line of a plan, which it makes when it gets none."""
    return ActionLineFactory(plan=plan or WorkPlanFactory(), code=code, **fields)


def action(of: ActionLine, code: str = "1", **fields: Any) -> Any:
    """An action with nothing missing, but for what is given."""
    return ActionFactory(line=of, code=code, **(WHOLE | fields))


def point(of: ActionLine, code: str, **fields: Any) -> ActionPoint:
    position = of.points.count()
    return ActionPoint.objects.create(line=of, code=code, position=position, **fields)


def block(plan: WorkPlan, kind: str = "tekst", text: str = "", **fields: Any) -> Block:
    return BlockFactory(plan=plan, kind=kind, text=text, **fields)


def row(of: Block, **fields: Any) -> BlockRow:
    return BlockRow.objects.create(block=of, position=of.rows.count(), **fields)


def rule(plan: WorkPlan, kind: str, **fields: Any) -> PlanRule:
    """A rule; `amount` and `maximum` are euros."""
    for name in ("amount", "maximum"):
        if name in fields:
            fields[f"{name}_text"] = f"€ {fields[name]}"
            fields[name] = euro(fields[name])
    state = "known" if "amount" in fields else "not_applicable"
    title = fields.pop("title", "Een regel")
    return PlanRule.objects.create(
        plan=plan, code=f"R{plan.rules.count() + 1}", kind=kind, title=title, state=state, **fields
    )


def figure(plan: WorkPlan, code: str, amount: str) -> PlanFigure:
    return PlanFigure.objects.create(
        plan=plan,
        position=plan.figures.count(),
        code=code,
        title=code,
        amount_text=f"€ {amount}",
        state="known",
        amount=euro(amount),
    )


def printed(plan: WorkPlan, text: str, of: str = "", amount: str | None = None) -> PrintedFigure:
    """A printed figure; `amount` is how it was read, if it was."""
    position = plan.printed.count()
    return PrintedFigure.objects.create(
        plan=plan,
        position=position,
        place=f"tabel {position + 1}",
        text=text,
        state="unread" if amount is None else "known",
        amount=None if amount is None else euro(amount),
        figure=of,
    )
