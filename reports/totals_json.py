"""The figures of a plan as data: the key `totals` of an export (shared plan-file format)."""

from __future__ import annotations

from typing import Any

from funds.figure import Figure
from reports.fund_positions import FundPosition
from reports.plan_totals import PlanTotals


def totals_json(totals: PlanTotals, positions: tuple[FundPosition, ...]) -> dict[str, Any]:
    """Plain dicts and text; amounts with a point and two decimals."""
    return {
        "total": figure_json(totals.total),
        "by_line": _each(totals.by_line),
        "by_nature": _each(totals.by_nature),
        "by_municipality": {
            view: _each(figures) for view, figures in totals.by_municipality.items()
        },
        "joint": figure_json(totals.joint),
        "undivided": figure_json(totals.undivided),
        "funds": [_position(position) for position in positions if position.balance],
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """`{"known": "1282500.00", "gaps": {"pm": 3}}`."""
    gaps = {state.value: count for state, count in figure.gaps.items()}
    return {"known": f"{figure.known:.2f}", "gaps": gaps}


def _each(figures: dict[str, Figure]) -> dict[str, Any]:
    return {key: figure_json(figure) for key, figure in figures.items()}


def _position(position: FundPosition) -> dict[str, Any]:
    balance = position.balance
    assert balance is not None
    used = balance.used_if_granted
    return {
        "fund": position.fund.slug,
        "region": position.region.slug,
        "on": position.on.isoformat(),
        "available": figure_json(balance.available),
        "granted": figure_json(balance.granted),
        "remaining": figure_json(balance.remaining),
        "requested": figure_json(balance.requested),
        "requested_here": figure_json(position.requested_here),
        "draft": figure_json(position.draft),
        "remaining_if_granted": figure_json(balance.remaining_if_granted),
        "used_if_granted": None if used is None else f"{used:.2f}",
    }
