"""Pages on which a fund manager makes scenarios of a round and chooses one: load, ask,
bind, act, answer. The pages that show one are in reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from funds.earmarks import earmark_standings
from funds.models import Fund, Round, RoundScenario
from funds.operation_form import HEADINGS, LEADS, OperationForm
from funds.proposal_views import CONFIRM, ProposalForm
from funds.round_choosing import (
    change_operations,
    change_scenario,
    choose,
    confirm_choice,
    make_scenario,
    put_in_earmarks,
    withdraw_choice,
)
from funds.round_deciding import decisions, proposed
from funds.round_scenarios import open_round
from funds.scenario import STEPS, Kind
from funds.scenario_forms import ChooseForm, NameForm, WithinForm
from funds.views import crumbs, managed_fund, typed

form_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Place:
    """The round that a page is about, and its scenario where it is about one."""

    fund: Fund
    round: Round
    scenario: RoundScenario | None = None

    @property
    def url(self) -> str:
        """The page that somebody came from and goes back to."""
        if self.scenario is None:
            return reverse("reports:round_scenario_list", args=[self.fund.slug, self.round.pk])
        key = (self.fund.slug, self.round.pk, self.scenario.number)
        return reverse("reports:round_scenario_detail", args=key)

    @property
    def name(self) -> str:
        """What the scenario is of, in a title."""
        return f"{self.round.name}, {self.fund.name}"

    @property
    def breadcrumbs(self) -> tuple[tuple[str, str], ...]:
        back = reverse("reports:round_scenario_list", args=[self.fund.slug, self.round.pk])
        return (*crumbs(self.fund), ("Scenario’s", back))


@form_page
def round_scenario_create(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Begin a scenario, empty or like another."""
    place = _place(request, slug, number)
    form = NameForm(typed(request), others=place.round.scenarios.all())

    def act() -> str:
        return f"{make_scenario(place.round, **form.cleaned_data)} is gemaakt."

    return _answer(request, place, form, act, "scenario_form", {"scenario": None})


@form_page
def round_scenario_edit(
    request: HttpRequest, slug: str, number: int, scenario: int
) -> HttpResponse:
    """Give a scenario another name or explanation."""
    place, found = _open(request, slug, number, scenario)
    others = place.round.scenarios.none()
    form = NameForm(typed(request), instance=found, others=others)

    def act() -> str:
        said = form.cleaned_data
        return f"{change_scenario(found, title=said['title'], text=said['text'])} is bewaard."

    return _answer(request, place, form, act, "scenario_form", {"scenario": found})


@form_page
def round_operation_add(
    request: HttpRequest, slug: str, number: int, scenario: int, kind: str
) -> HttpResponse:
    """Put an operation after the others of a scenario."""
    if kind not in set(Kind):
        raise Http404
    return _operation(request, _open(request, slug, number, scenario), Kind(kind), None)


@form_page
def round_operation_edit(
    request: HttpRequest, slug: str, number: int, scenario: int, place: int
) -> HttpResponse:
    """Change an operation, take it away, or bring it forward."""
    opened = _open(request, slug, number, scenario)
    there = opened[1].operations
    if not 1 <= place <= len(there):
        raise Http404
    return _operation(request, opened, there[place - 1].kind, place)


@form_page
def round_scenario_earmarks(
    request: HttpRequest, slug: str, number: int, scenario: int
) -> HttpResponse:
    """Say in which earmark lines would be granted."""
    place, held = _open(request, slug, number, scenario)
    today = localdate()
    found = open_round(place.round, today)
    earmarks = earmark_standings([each.envelope for each in found.balances], today)
    form = WithinForm(typed(request), scenario=held, found=found, earmarks=earmarks)

    def act() -> str:
        put_in_earmarks(held, form.within, seen=request.POST.get("seen", ""))
        return "De oormerken van dit scenario zijn bewaard."

    return _answer(request, place, form, act, "scenario_earmarks", {"scenario": held})


@form_page
def round_scenario_choose(
    request: HttpRequest, slug: str, number: int, scenario: int
) -> HttpResponse:
    """Decide as a scenario says, after showing what that does."""
    place, held = _open(request, slug, number, scenario)
    today = localdate()
    form = ChooseForm(typed(request), today=today)

    def act() -> str:
        choose(held, **form.cleaned_data, today=today, by=request.user)
        if place.fund.four_eyes:
            return f"{held} is voorgesteld; een andere fondsbeheerder kan het bevestigen."
        return f"{held} is gekozen; er is nu zo beschikt."

    # Read before acting: what was shown must still be so.
    on = form.cleaned_data["on"] if form.is_valid() else today
    shown = decisions(held, open_round(place.round, today), on=on)
    return _answer(request, place, form, act, "scenario_choose", {"shown": shown})


@form_page
def round_choice_confirm(
    request: HttpRequest, slug: str, number: int, scenario: int
) -> HttpResponse:
    """Show what a chosen scenario would decide now, and confirm or withdraw it."""
    place = _place(request, slug, number, scenario)
    assert place.scenario is not None
    choice = place.scenario.choice
    if choice is None or not place.scenario.is_chosen or not choice.proposals.open().exists():
        raise Http404
    form = ProposalForm(typed(request))

    def act() -> str:
        if form.cleaned_data["step"] == CONFIRM:
            confirm_choice(choice, by=request.user)
            return f"{place.scenario} is bevestigd; er is nu zo beschikt."
        withdraw_choice(choice, by=request.user)
        return "De keuze is ingetrokken; er is niets beschikt."

    shown = proposed(choice)
    more = {
        "choice": choice,
        "shown": shown,
        "is_void": shown.digest != choice.digest,
        "is_own": choice.entered_by_id == request.user.pk,
    }
    return _answer(request, place, form, act, "scenario_confirm", more)


def _operation(
    request: HttpRequest, opened: tuple[Place, RoundScenario], kind: Kind, at: int | None
) -> HttpResponse:
    place, scenario = opened
    there = list(scenario.operations)
    now = there[at - 1] if at is not None else None
    lines = open_round(place.round, localdate()).material.lines
    step = STEPS.get(request.POST.get("stap", "")) if at is not None else None
    data = None if step else typed(request)
    form = OperationForm(data, kind=kind, lines=lines, mark=scenario.mark, operation=now)
    more = {"scenario": scenario, "heading": HEADINGS[kind], "lead": LEADS[kind], "place": at}
    if step is not None and at is not None:
        try:
            change_operations(scenario, step(there, at - 1), seen=request.POST.get("mark", ""))
        except ValidationError as refusal:
            return _page(request, place, form, "operation", more | {"refusal": refusal})
        messages.success(request, "De bewerkingen zijn bewaard.")
        return redirect(place.url)

    def act() -> str:
        changed = [*there, form.operation]
        if at is not None:
            changed = [*there[: at - 1], form.operation, *there[at:]]
        change_operations(scenario, changed, seen=form.cleaned_data["mark"])
        return "De bewerking is bewaard."

    return _answer(request, place, form, act, "operation", more)


def _answer(
    request: HttpRequest,
    place: Place,
    form: forms.BaseForm,
    act: Callable[[], str],
    page: str,
    more: dict[str, Any],
) -> HttpResponse:
    """Act on a form that is in order and go back to where one came from, or show the page."""
    if form.is_valid():
        try:
            said = act()
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, said)
            return redirect(place.url)
    return _page(request, place, form, page, more)


def _page(
    request: HttpRequest, place: Place, form: forms.BaseForm, page: str, more: dict[str, Any]
) -> HttpResponse:
    context = {
        "fund": place.fund,
        "round": place.round,
        "of": place.name,
        "scenario": place.scenario,
        "form": form,
        "back": place.url,
        "breadcrumbs": place.breadcrumbs,
        **more,
    }
    status = 422 if form.errors or "refusal" in more else 200
    return render(request, f"funds/{page}.html", context, status=status)


def _place(request: HttpRequest, slug: str, number: int, scenario: int | None = None) -> Place:
    fund = managed_fund(request, slug)
    found = get_object_or_404(fund.rounds.select_related("fund"), pk=number)
    if scenario is None:
        return Place(fund, found)
    rows = found.scenarios.select_related("round__fund", "choice__round__fund")
    return Place(fund, found, get_object_or_404(rows, number=scenario))


def _open(
    request: HttpRequest, slug: str, number: int, scenario: int
) -> tuple[Place, RoundScenario]:
    """A scenario that can still change; a closed one has no such page."""
    place = _place(request, slug, number, scenario)
    if place.scenario is None or place.scenario.is_closed:
        raise Http404
    return place, place.scenario
