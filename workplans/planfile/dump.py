"""The tree of a plan as it is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from funds.limits import rule_tree
from funds.notation import AmountState, Nature
from workplans.models import (
    Action,
    ActionLine,
    Block,
    BlockRow,
    CostLine,
    IntendedResult,
    PlanApplication,
    PlanFigure,
    PrintedFigure,
    WorkPlan,
)
from workplans.planfile.tree import FORMAT, KEY, NATURES, Tree, normalised


def dump(plan: WorkPlan, *, keys: bool = False) -> Tree:
    """The tree of a stored plan. Some twenty queries, whatever its size. With `keys` each
    part carries the key of its row, see `KEY`."""
    return normalised(
        {
            "penvoerder": FORMAT,
            "plan": _plan(plan),
            "applications": [
                _application(row)
                for row in plan.applications.select_related("round__fund").order_by(
                    "position", "pk"
                )
            ],
            "rules": [
                {KEY: rule.pk, **rule_tree(rule)} for rule in plan.rules.order_by("position", "pk")
            ],
            "figures": [_figure(figure) for figure in plan.figures.order_by("position", "pk")],
            "blocks": [_block(block) for block in _blocks(plan)],
            "lines": _lines(plan),
            "printed": [_printed(row) for row in plan.printed.order_by("position", "pk")],
        },
        keys=keys,
    )


def dump_actions(plan: WorkPlan, actions: Collection[int]) -> Tree:
    """The tree of a plan with only these actions of it, by key, each with its key, under
    their lines and points; without head, blocks and figures. Ten queries."""
    chosen = plan.lines.filter(actions__in=actions).distinct().order_by("position", "pk")
    only = Prefetch("actions", queryset=Action.objects.filter(pk__in=actions))
    lines = _with_actions(chosen.prefetch_related("points", only))
    return normalised(
        {"plan": _plan(plan), "lines": [_name(x) | _acts(x) for x in lines]}, keys=True
    )


def _plan(plan: WorkPlan) -> Tree:
    years = [str(plan.first_year), str(plan.last_year)]
    return {
        KEY: plan.pk,
        "slug": plan.slug,
        "title": plan.title,
        "kind": plan.kind,
        "style": plan.style,
        "region": plan.region.slug,
        "programme": plan.programme.slug if plan.programme else "",
        "follows": plan.predecessor.slug if plan.predecessor else "",
        "period": "-".join(years if years[0] != years[1] else years[:1]),
        "status": plan.status,
        "as_of": plan.as_of.isoformat(),
        "joint": plan.joint_text,
    }


def _application(row: PlanApplication) -> Tree:
    return {
        "fund": row.round.fund.slug,
        "round": row.round.slug,
        "submitted_on": row.submitted_on.isoformat() if row.submitted_on else "",
    }


def _figure(figure: PlanFigure) -> Tree:
    return {
        KEY: figure.pk,
        "code": figure.code,
        "title": figure.title,
        "amount": figure.amount_text,
        "sum": figure.sum_text,
        "share": figure.share_text,
        "source": figure.source,
    }


def _printed(row: PrintedFigure) -> Tree:
    return {
        KEY: row.pk,
        "where": row.place,
        "text": row.text,
        "figure": row.figure,
        "note": row.note,
    }


def _texts(rows: Any) -> list[str]:
    """The texts of prefetched parts, in their order."""
    return [row.text for row in rows.all()]


# ---- blocks


def _blocks(plan: WorkPlan) -> Iterable[Block]:
    rows = BlockRow.objects.select_related("line", "action__line", "action__point")
    return plan.blocks.order_by("position", "pk").prefetch_related(
        Prefetch("rows", queryset=rows.order_by("position", "pk")),
        "rows__partners",
        "rows__quantities",
    )


def _block(block: Block) -> Tree:
    return {
        KEY: block.pk,
        **block.options,
        "kind": block.kind,
        "title": block.title,
        "level": str(block.level),
        "text": block.text,
        "rows": [_row(row) for row in block.rows.all()],
    }


def _row(row: BlockRow) -> Tree:
    return {
        KEY: row.pk,
        "group": row.group,
        "code": row.code,
        "title": row.title,
        "line": row.line.code if row.line else "",
        "action": row.action.full_code if row.action else "",
        "text": row.text,
        "items": row.items,
        "note": row.note,
        "partners": _texts(row.partners),
        "target_group": row.target_group,
        "marks": row.marks,
        "status": row.status,
        "year": "" if row.year is None else str(row.year),
        "quantities": _texts(row.quantities),
    }


# ---- lines


def _lines(plan: WorkPlan) -> list[Tree]:
    results = IntendedResult.objects.order_by("position", "pk").prefetch_related("quantities")
    lines = _with_actions(
        plan.lines.order_by("position", "pk").prefetch_related(
            "predecessors", "goals", "points", Prefetch("results", queryset=results)
        )
    )
    trees = {line.pk: (line, _line(line)) for line in lines}
    for line, tree in trees.values():
        if line.parent_id is not None:
            trees[line.parent_id][1]["parts"].append(tree)
    return [tree for line, tree in trees.values() if line.parent_id is None]


def _with_actions(lines: QuerySet[ActionLine]) -> QuerySet[ActionLine]:
    return lines.prefetch_related(
        "actions__cost_lines",
        "actions__partners",
        "actions__quantities",
        "actions__results",
        "actions__after",
    )


def _line(line: ActionLine) -> Tree:
    return {
        **_name(line),
        "follows": _texts(line.predecessors),
        "general_goal": line.general_goal,
        "goals": _texts(line.goals),
        "results": _results(list(line.results.all())),
        "text": line.text,
        "columns": line.columns,
        "parts": [],
        **_acts(line),
    }


def _name(line: ActionLine) -> Tree:
    return {KEY: line.pk, "code": line.code, "title": line.title, "kind": line.kind}


def _acts(line: ActionLine) -> Tree:
    """The actions of a line: those under its points, and the others."""
    actions = list(line.actions.all())
    return {
        "points": [
            {
                KEY: point.pk,
                "code": point.code,
                "title": point.title,
                "actions": [_action(a) for a in actions if a.point_id == point.pk],
            }
            for point in line.points.all()
        ],
        "actions": [_action(action) for action in actions if action.point_id is None],
    }


def _results(results: list[IntendedResult], parent: int | None = None) -> list[Tree]:
    return [
        {
            KEY: result.pk,
            "code": result.code,
            "text": result.text,
            "due": result.due,
            "quantities": _texts(result.quantities),
            "results": _results(results, result.pk),
        }
        for result in results
        if result.parent_id == parent
    ]


# ---- actions


def _action(action: Action) -> Tree:
    return {
        KEY: action.pk,
        "code": action.code,
        "title": action.title,
        "budget_title": action.budget_title,
        "kind": action.kind,
        "status": action.status,
        "follows": action.predecessor_text,
        "description": action.description,
        "target_group": action.target_group,
        "partners": _texts(action.partners),
        "quantities": _texts(action.quantities),
        "results": _texts(action.results),
        **_costs(action),
        "monitoring": action.monitoring,
        "planning": cell(action.planning_text, unread=action.planning_unread),
        "start": cell(action.start_text, unread=action.start_unread),
        "end": cell(action.end_text, unread=action.end_unread),
        "after": _texts(action.after),
        "embed_in": action.embed_in,
        "embed_from": action.embed_from,
        "municipalities": cell(action.municipalities_text, unread=action.municipalities_unread),
        "note": action.note,
    }


def _costs(action: Action) -> Tree:
    """The costs of an action; the writer puts a single plain one in its own columns."""
    costs = list(action.cost_lines.all())
    return {"costs": [_cost(cost) for cost in costs]} if costs else {"funding": action.funding_text}


def _cost(cost: CostLine) -> Tree:
    return {
        "label": cost.label,
        "amount": cell(cost.text, unread=cost.state == AmountState.UNREAD),
        "nature": NATURES[Nature(cost.nature)] if cost.nature else "",
        "funding": cost.funding_text,
        "municipalities": cell(cost.municipalities_text, unread=cost.municipalities_unread),
    }


def cell(text: str, *, unread: bool) -> str | Tree:
    """A cell of the file: its text, or the text that could not be read."""
    return {"unread": text} if unread else text
