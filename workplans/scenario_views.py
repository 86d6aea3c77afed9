"""Pages on which a table of partners makes scenarios, votes and chooses: load, ask, bind,
act, answer. The pages that show one are in reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from funds.operation_form import HEADINGS, LEADS, OperationForm
from funds.scenario import STEPS, Kind, Operation
from workplans.models import AllocationTable, WorkPlan
from workplans.permissions import can_choose_scenario, can_make_scenarios
from workplans.scenario_forms import ChooseForm, ScenarioForm, TableForm, VoteForm
from workplans.scenarios import Standing, scenarios_of
from workplans.services import (
    change_operations,
    change_scenario,
    choose_scenario,
    make_scenario,
    record_votes,
    set_table,
)

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def table_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Say out of which budget who divides, and by which majority."""
    plan = _plan(request, slug)
    can_make_scenarios(request.user, plan).require()
    table = AllocationTable.objects.filter(plan=plan).first()
    form = TableForm(_typed(request), plan=plan, table=table)

    def act() -> str:
        said = form.cleaned_data
        set_table(
            plan,
            budget=said["budget_code"],
            requested=said["requested_code"],
            majority=said["majority"],
            members=said["members"],
        )
        return "De tafel is bewaard."

    return _answer(request, plan, form, act, "workplans/table_edit")


@form_page
def scenario_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a scenario, empty or like another."""
    plan = _plan(request, slug)
    can_make_scenarios(request.user, plan).require()
    get_object_or_404(AllocationTable, plan=plan)
    form = ScenarioForm(_typed(request), plan=plan)

    def act() -> str:
        said = form.cleaned_data
        like = said["like"].operations if said["like"] else ()
        made = make_scenario(plan, title=said["title"], text=said["text"], operations=like)
        return f"{made} is gemaakt."

    return _answer(request, plan, form, act, "funds/scenario_form", {"scenario": None})


@form_page
def scenario_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a scenario another name or explanation."""
    plan = _plan(request, slug)
    standing = _standing(plan, number)
    can_make_scenarios(request.user, plan).require()
    scenario = standing.scenario
    form = ScenarioForm(_typed(request), plan=plan, instance=scenario)

    def act() -> str:
        said = form.cleaned_data
        return f"{change_scenario(scenario, title=said['title'], text=said['text'])} is bewaard."

    return _answer(request, plan, form, act, "funds/scenario_form", {"scenario": scenario})


@form_page
def operation_add(request: HttpRequest, slug: str, number: int, kind: str) -> HttpResponse:
    """Put an operation after the others of a scenario."""
    if kind not in set(Kind):
        raise Http404
    return _operation(request, slug, number, Kind(kind), None)


@form_page
def operation_edit(request: HttpRequest, slug: str, number: int, place: int) -> HttpResponse:
    """Change an operation, take it away, or bring it forward."""
    return _operation(request, slug, number, None, place)


@form_page
def scenario_vote(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write down what the members voted on the outcome of a scenario."""
    plan = _plan(request, slug)
    standing = _standing(plan, number)
    can_make_scenarios(request.user, plan).require()
    digest, today = standing.outcome.digest, localdate()
    form = VoteForm(_typed(request), votes=standing.votes, digest=digest, on=today)

    def act() -> str:
        said = form.cleaned_data
        made = record_votes(
            standing.scenario,
            form.votes,
            digest=said["digest"],
            dated_on=said["dated_on"],
            on=today,
            by=request.user,
        )
        return (
            f"{len(made)} stemmen zijn vastgelegd." if len(made) > 1 else "De stem is vastgelegd."
        )

    return _answer(request, plan, form, act, "workplans/scenario_vote", {"standing": standing})


@form_page
def scenario_choose(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Divide the money by a scenario, after showing what that does."""
    plan = _plan(request, slug)
    standing = _standing(plan, number)
    can_choose_scenario(request.user, plan, asks_votes=standing.asks_votes).require()
    seen = {"digest": standing.outcome.digest, "dated_on": localdate()}
    form = ChooseForm(_typed(request), initial=seen)

    def act() -> str:
        said = form.cleaned_data
        made = choose_scenario(standing.scenario, **said, on=localdate(), by=request.user)
        return f"{made.scenario} is gekozen; het plan heeft nu deze bedragen."

    return _answer(request, plan, form, act, "workplans/scenario_choose", {"standing": standing})


def _operation(
    request: HttpRequest, slug: str, number: int, kind: Kind | None, place: int | None
) -> HttpResponse:
    plan = _plan(request, slug)
    standing = _standing(plan, number)
    can_make_scenarios(request.user, plan).require()
    scenario, there = standing.scenario, list(standing.scenario.operations)
    if place is not None and not 1 <= place <= len(there):
        raise Http404
    now = there[place - 1] if place is not None else None
    kind = now.kind if now is not None else kind
    assert kind is not None
    lines = [row.line for row in standing.outcome.results]
    step = STEPS.get(request.POST.get("stap", "")) if place is not None else None
    typed = None if step else _typed(request)
    form = OperationForm(typed, kind=kind, lines=lines, mark=scenario.mark, operation=now)
    if place is not None and step is not None:
        return _step(request, plan, standing, form, place, step(there, place - 1))

    def act() -> str:
        changed = [*there, form.operation] if place is None else there
        if place is not None:
            changed[place - 1] = form.operation
        change_operations(scenario, changed, seen=form.cleaned_data["mark"])
        return "De bewerking is bewaard."

    more = _more(standing, kind, place)
    return _answer(request, plan, form, act, "funds/operation", more)


def _step(
    request: HttpRequest,
    plan: WorkPlan,
    standing: Standing,
    form: OperationForm,
    place: int,
    changed: list[Operation],
) -> HttpResponse:
    """Take an operation away or bring it forward; asks nothing of what is typed."""
    try:
        change_operations(standing.scenario, changed, seen=request.POST.get("mark", ""))
    except ValidationError as refusal:
        more = _more(standing, form.kind, place) | {"refusal": refusal}
        return _page(request, plan, form, "funds/operation", more)
    messages.success(request, "De bewerkingen zijn bewaard.")
    return redirect("reports:scenario_detail", plan.slug, standing.scenario.number)


def _more(standing: Standing, kind: Kind, place: int | None) -> dict[str, Any]:
    return {
        "standing": standing,
        "scenario": standing.scenario,
        "heading": HEADINGS[kind],
        "lead": LEADS[kind],
        "place": place,
    }


def _answer(
    request: HttpRequest,
    plan: WorkPlan,
    form: forms.BaseForm,
    act: Callable[[], str],
    page: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Act on a form that is in order and go back to where one came from, or show the page."""
    more = more or {}
    if form.is_valid():
        try:
            said = act()
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, said)
            return redirect(_back(plan, more))
    return _page(request, plan, form, page, more)


def _page(
    request: HttpRequest, plan: WorkPlan, form: forms.BaseForm, page: str, more: dict[str, Any]
) -> HttpResponse:
    context = {
        "plan": plan,
        "of": plan.title,
        "form": form,
        "back": _back(plan, more),
        "breadcrumbs": (
            ("Plannen", "reports:workplan_list"),
            ("Scenario’s", reverse("reports:scenario_list", args=[plan.slug])),
        ),
        **more,
    }
    status = 422 if form.errors or "refusal" in more else 200
    return render(request, f"{page}.html", context, status=status)


def _back(plan: WorkPlan, more: dict[str, Any]) -> str:
    standing = more.get("standing")
    scenario = standing.scenario if standing else more.get("scenario")
    if scenario is None:
        return reverse("reports:scenario_list", args=[plan.slug])
    return reverse("reports:scenario_detail", args=[plan.slug, scenario.number])


def _tell(form: forms.BaseForm, refusal: ValidationError) -> None:
    """A fault at its field where the form has that, and above the form otherwise."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, faults in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, ValidationError(faults))


def _plan(request: HttpRequest, slug: str) -> WorkPlan:
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    return get_object_or_404(plans, slug=slug)


def _standing(plan: WorkPlan, number: int) -> Standing:
    found = scenarios_of(plan)
    if found is None or number not in found.by_number:
        raise Http404
    return found.by_number[number]


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
