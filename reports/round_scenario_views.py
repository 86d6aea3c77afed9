"""Pages of the scenarios of a round: all of them, and one with its effect."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from funds.models import Fund, RoundChoice, RoundScenario
from funds.operation_form import HEADINGS
from funds.round_scenarios import OpenRound, RoundPosition, open_round, positions
from funds.scenario import Kind, WhatIf
from funds.views import crumbs, managed_fund
from reports.round_scenario_tables import envelope_table, round_scenario_table
from reports.scenario_tables import dropped_table, group_table, line_table, side_by_side
from reports.scenario_views import asked_beside, beside_tabs, meter
from reports.table import Table


@require_safe
def round_scenario_list(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What is asked and not decided in a round, what is left for it, and each way to bring
    the two together."""
    fund = managed_fund(request, slug)
    found, every = _all(fund, number)
    context = {
        "fund": fund,
        "round": found.round.round,
        "found": found,
        "start": found.material.start,
        "scenarios": round_scenario_table(fund, every) if every else None,
        "breadcrumbs": _breadcrumbs(fund),
    }
    return render(request, "reports/round_scenario_list.html", context)


@require_safe
def round_scenario_detail(
    request: HttpRequest, slug: str, number: int, scenario: int
) -> HttpResponse:
    """One scenario of a round: its operations and what becomes of every line; or, asked
    with `naast`, beside another that is worked out from the same lines."""
    fund = managed_fund(request, slug)
    found, every = _all(fund, number)
    shown = _numbered(every, scenario)
    if shown is None:
        raise Http404
    alike = [each for each in every if each.scenario.choice_id == shown.scenario.choice_id]
    other = _numbered(alike, asked_beside(request))
    other = None if other is shown else other
    url = reverse("reports:round_scenario_detail", args=[slug, number, scenario])
    choice = shown.scenario.choice
    context = {
        "fund": fund,
        "round": found.round.round,
        "scenario": shown.scenario,
        "outcome": shown.outcome,
        "other": other.scenario if other else None,
        "meter": meter(shown.outcome),
        "tabs": beside_tabs(url, shown, other, alike),
        "tables": [side_by_side(shown, other)] if other else _tables(found, shown),
        "said": _said(shown.scenario, choice),
        "waits": choice is not None
        and shown.scenario.is_chosen
        and choice.proposals.open().exists(),
        **_steps(fund, shown.scenario),
        "breadcrumbs": (
            *_breadcrumbs(fund),
            ("Scenario’s", reverse("reports:round_scenario_list", args=[slug, number])),
        ),
    }
    return render(request, "reports/round_scenario_detail.html", context)


def _all(fund: Fund, number: int) -> tuple[OpenRound, list[RoundPosition]]:
    """What is open in a round today, and its scenarios. Fifteen queries."""
    row = get_object_or_404(fund.rounds.select_related("fund"), pk=number)
    found = open_round(row, localdate())
    scenarios = row.scenarios.select_related("choice").prefetch_related("choice__proposals")
    return found, positions(scenarios.order_by("number"), found.material)


def _numbered(every: list[RoundPosition], number: int) -> RoundPosition | None:
    return next((each for each in every if each.scenario.number == number), None)


def _tables(found: OpenRound, shown: RoundPosition) -> list[Table]:
    outcome = shown.outcome
    lines = line_table(outcome)
    tables = [replace(lines, notes=(*lines.notes, *_new(outcome)))]
    if outcome.dropped:
        tables.append(dropped_table(outcome, "Wat afvalt"))
    if not shown.is_closed:
        tables.append(envelope_table(found, outcome))
    else:
        tables.append(group_table("regio-s", "Effect per regio", outcome.by_organisation))
    return tables


def _new(outcome: WhatIf) -> tuple[str, ...]:
    keys = [row.line.key for row in outcome.results if row.line.is_new]
    if not keys:
        return ()
    new = "alle regels" if len(keys) == len(outcome.results) else ", ".join(keys)
    return (
        f"Nieuw: {new}. Daarvoor is in een andere ronde van dit fonds nog niets beschikt aan "
        "de regio, onder dezelfde omschrijving.",
    )


def _said(scenario: RoundScenario, choice: RoundChoice | None) -> str:
    """What became of the scenarios of the round since, in a sentence."""
    if choice is None:
        return ""
    cited = f" ({choice.decision})" if choice.decision else ""
    day = f"op {choice.dated_on:%d-%m-%Y}{cited}"
    if choice.is_withdrawn:
        return (
            f"Scenario {choice.number} is voorgesteld {day}, en daarna ingetrokken: er is niets "
            "beschikt. Hieronder staat wat er toen uit dit scenario kwam."
        )
    if choice.waits:
        return (
            f"Scenario {choice.number} is voorgesteld {day}. Er is nog niets beschikt: een andere "
            "fondsbeheerder moet dit bevestigen. Hieronder staat wat er uit dit scenario kwam."
        )
    if scenario.is_chosen:
        return f"Dit scenario is gekozen {day}. Hieronder staat wat er toen uitkwam."
    return (
        f"Scenario {choice.number} is gekozen {day}. Hieronder staat wat er toen uit dit scenario "
        "kwam; het verandert niet meer."
    )


def _steps(fund: Fund, scenario: RoundScenario) -> dict[str, Any]:
    """The operations with the address of each, and those that can be added."""
    key = (fund.slug, scenario.round_id, scenario.number)
    if scenario.is_closed:
        return {"operations": [(each, "") for each in scenario.operations], "kinds": []}
    edit, add = "funds:round_operation_edit", "funds:round_operation_add"
    return {
        "operations": [
            (each, reverse(edit, args=[*key, place]))
            for place, each in enumerate(scenario.operations, 1)
        ],
        "kinds": [(reverse(add, args=[*key, kind.value]), HEADINGS[kind]) for kind in Kind],
    }


def _breadcrumbs(fund: Fund) -> tuple[tuple[str, str], ...]:
    room = reverse("reports:fund_room", args=[fund.slug])
    return (*crumbs(fund), ("Ruimte en rondes", room))
