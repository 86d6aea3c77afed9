"""Pages of the scenarios of a plan: all of them, and one with its effect."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funds.notation import format_euro
from funds.operation_form import HEADINGS
from funds.scenario import Effect, Kind, WhatIf
from municipalities.models import Municipality
from reports.scenario_tables import (
    NOT_DIVIDED,
    Numbered,
    dropped_table,
    group_table,
    line_table,
    scenario_table,
    side_by_side,
    vote_table,
)
from workplans.models import WorkPlan
from workplans.permissions import can_choose_scenario, can_make_scenarios
from workplans.scenarios import Scenarios, Standing, scenarios_of


@require_safe
def scenario_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What was asked, what there is, and each way to bring the two together."""
    plan = _plan(request, slug)
    found = scenarios_of(plan)
    context = {
        "plan": plan,
        "found": found,
        "start": found.material.start if found else None,
        "scenarios": scenario_table(found) if found and found.standings else None,
        "may_make": can_make_scenarios(request.user, plan),
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    return render(request, "reports/scenario_list.html", context)


@require_safe
def scenario_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One scenario: its operations, what becomes of every line, and the votes; or, asked
    with `naast`, beside another."""
    plan = _plan(request, slug)
    found = scenarios_of(plan)
    if found is None or number not in found.by_number:
        raise Http404
    standing = found.by_number[number]
    other = found.by_number.get(asked_beside(request))
    may_make = can_make_scenarios(request.user, plan)
    context = {
        "plan": plan,
        "standing": standing,
        "scenario": standing.scenario,
        "outcome": standing.outcome,
        "meter": meter(standing.outcome),
        "tabs": _tabs(found, standing, other),
        "votes": standing.count if standing.asks_votes else None,
        **_steps(standing, bool(may_make) and standing.choice is None),
        "may_make": may_make,
        "may_choose": can_choose_scenario(request.user, plan, asks_votes=standing.asks_votes),
        "breadcrumbs": (
            ("Plannen", "reports:workplan_list"),
            ("Scenario’s", reverse("reports:scenario_list", args=[plan.slug])),
        ),
        **(_beside(standing, other) if other and other != standing else _tables(standing)),
    }
    return render(request, "reports/scenario_detail.html", context)


def _tables(standing: Standing) -> dict[str, Any]:
    outcome = standing.outcome
    found = [line_table(outcome)]
    if outcome.dropped:
        found.append(dropped_table(outcome))
    found.append(group_table("organisaties", "Effect per organisatie", outcome.by_organisation))
    if set(outcome.by_municipality) - {""}:
        found.append(group_table("gemeenten", "Effect per gemeente", _named(outcome)))
    if standing.asks_votes:
        found.append(vote_table(standing))
    return {"tables": found, "other": None}


def _beside(standing: Standing, other: Standing) -> dict[str, Any]:
    return {"tables": [side_by_side(standing, other)], "other": other.scenario}


def _named(outcome: WhatIf) -> dict[str, Effect]:
    """The effects under the names of the municipalities, what is not divided last."""
    effects = dict(outcome.by_municipality)
    rest = effects.pop("", None)
    rows = Municipality.objects.filter(code__in=effects).order_by("sort_name")
    named = {row.name: effects[row.code] for row in rows}
    return named | ({NOT_DIVIDED: rest} if rest else {})


def meter(outcome: WhatIf) -> dict[str, Any] | None:
    """How much of the deficit is gone; None where there was none."""
    start = outcome.total.asked.known - outcome.budget
    if start <= 0:
        return None
    gone = min(max(start - max(outcome.deficit, Decimal(0)), Decimal(0)), start)
    said = f"{format_euro(gone)} van {format_euro(start)}"
    return {"done": f"{gone:.2f}", "whole": f"{start:.2f}", "text": said}


def _tabs(found: Scenarios, standing: Standing, other: Standing | None) -> list[Any]:
    url = reverse(
        "reports:scenario_detail", args=[standing.scenario.plan.slug, standing.scenario.number]
    )
    return beside_tabs(url, standing, other, found.standings)


def beside_tabs(
    url: str, shown: Numbered, other: Numbered | None, every: Iterable[Numbered]
) -> list[tuple[str, str, bool]]:
    """The scenario alone, and beside each of the others."""
    own = shown.scenario.number
    others = [row.scenario.number for row in every if row.scenario.number != own]
    if not others:
        return []
    beside = other.scenario.number if other else own
    return [
        ("Alleen dit scenario", url, beside == own),
        *((f"Naast scenario {n}", f"{url}?naast={n}", n == beside) for n in others),
    ]


def asked_beside(request: HttpRequest) -> int:
    """The number of the scenario that the address asks for; zero where it asks for none."""
    asked = request.GET.get("naast", "")
    return int(asked) if asked.isascii() and asked.isdecimal() else 0


def _steps(standing: Standing, may_change: bool) -> dict[str, Any]:
    """The operations with the address of each, and those that can be added."""
    scenario = standing.scenario
    key = [scenario.plan.slug, scenario.number]
    places = enumerate(scenario.operations, 1)
    if not may_change:
        return {"operations": [(each, "") for _, each in places], "kinds": []}
    edit, add = "workplans:operation_edit", "workplans:operation_add"
    return {
        "operations": [(each, reverse(edit, args=[*key, place])) for place, each in places],
        "kinds": [(reverse(add, args=[*key, kind.value]), HEADINGS[kind]) for kind in Kind],
    }


def _plan(request: HttpRequest, slug: str) -> WorkPlan:
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    return get_object_or_404(plans, slug=slug)
