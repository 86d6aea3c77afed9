"""Pages on which people report on the progress of a plan: load, ask, bind, act, answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from workplans.gazetteer import places_of
from workplans.missing import missing_reports
from workplans.models import Action, ActionProgress, ProgressRound, WorkPlan
from workplans.permissions import can_open_progress, reporter
from workplans.progress_forms import DueForm, ProgressForm, RoundForm
from workplans.responsible import responsible
from workplans.services import close_round, read_actual, withdraw_round

NAMED = 12


@require_http_methods(["GET", "HEAD", "POST"])
def progress_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the writers of a plan how far they are."""
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    plan = get_object_or_404(plans, slug=slug)
    can_open_progress(request.user, plan).require()
    form = RoundForm(request.POST if request.method == "POST" else None, plan=plan, on=localdate())
    if form.is_valid():
        try:
            round = form.open(request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"De ronde is open: {round}. De schrijvers weten het.")
            return redirect(round)
    context = {"plan": plan, "round": None, "form": form, "breadcrumbs": _breadcrumbs(plan)}
    return _form_page(request, "progress_round", context)


@require_http_methods(["GET", "HEAD", "POST"])
def progress_due(request: HttpRequest, slug: str, year: int, half: int) -> HttpResponse:
    """Give the writers until another day."""
    round = _round(request, slug, year, half)
    can_open_progress(request.user, round.plan).require()
    typed = request.POST if request.method == "POST" else None
    form = DueForm(typed, initial={"due_on": round.due_on})
    if form.is_valid():
        try:
            round = form.save(round, on=localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"De verslagen zijn nu klaar op {round.due_on:%d-%m-%Y}.")
            return redirect(round)
    context = {
        "plan": round.plan,
        "round": round,
        "form": form,
        "breadcrumbs": _breadcrumbs(round.plan, round),
    }
    return _form_page(request, "progress_round", context)


@require_http_methods(["GET", "HEAD", "POST"])
def progress_step(request: HttpRequest, slug: str, year: int, half: int, step: str) -> HttpResponse:
    """Close a round or take it back, after a page that names the consequence."""
    round = _round(request, slug, year, half)
    can_open_progress(request.user, round.plan).require()
    if step not in STEPS:
        raise Http404
    taken, faults = STEPS[step], []
    if request.method == "POST":
        try:
            taken.take(round)
        except ValidationError as refusal:
            faults = refusal.messages
        else:
            messages.success(request, taken.done)
            return redirect(taken.after(round))
    missing = [action.full_code for action, _ in missing_reports(round)]
    context = {
        "plan": round.plan,
        "round": round,
        "step": taken,
        "faults": faults,
        "missing": missing[:NAMED],
        "more": len(missing) - NAMED,
        "count": len(missing),
        "breadcrumbs": _breadcrumbs(round.plan, round),
    }
    status = 422 if faults else 200
    return render(request, "workplans/progress_step.html", context, status=status)


@dataclass(frozen=True)
class Step:
    """A step with a round: the words for it, what it does and where one goes on."""

    verb: str
    icon: str
    consequence: str
    done: str
    names_missing: bool
    take: Callable[[ProgressRound], object]
    after: Callable[[ProgressRound], str]


STEPS = {
    "sluiten": Step(
        "Sluit de ronde",
        "afgesloten",
        "De verslagen staan daarna vast, en wie het plan bij het fonds leest, ziet ze ook. Een "
        "gesloten ronde gaat niet meer open.",
        "De ronde is gesloten; de verslagen staan vast.",
        True,
        lambda round: close_round(round, on=localdate()),
        lambda round: round.get_absolute_url(),
    ),
    "intrekken": Step(
        "Trek de ronde in",
        "close",
        "De ronde verdwijnt, met de meldingen daarover. Dat kan alleen zolang er geen verslag in "
        "staat.",
        "De ronde is ingetrokken.",
        False,
        withdraw_round,
        lambda round: reverse("reports:progress_detail", args=[round.plan.slug]),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def progress_write(
    request: HttpRequest, slug: str, year: int, half: int, number: int
) -> HttpResponse:
    """Report on one action, with what was reported before beside it."""
    round = _round(request, slug, year, half)
    actions = Action.objects.filter(line__plan=round.plan_id).select_related(
        "line__plan", "point", "lead"
    )
    action = get_object_or_404(
        actions.prefetch_related(
            "cost_lines__shares__municipality", "quantities", "results__result__quantities"
        ),
        pk=number,
    )
    places = places_of(round.plan.region, round.plan.starts_on)
    reporter(request.user, round.plan).may_write(responsible(action, places)).require()
    reports = ActionProgress.objects.prefetch_related("measurements").select_related("round")
    report = reports.filter(round=round, action=action).first()
    before = _before(round, action)
    form = ProgressForm(
        request.POST if request.method == "POST" else None,
        round=round,
        action=action,
        report=report,
        before=before,
    )
    if form.is_valid():
        try:
            written = form.save(by=request.user, at=now())
        except ValidationError as refusal:
            form.tell(refusal)
        else:
            return redirect(_after(request, written, action))
    context = {
        "plan": round.plan,
        "round": round,
        "action": action,
        "costs": [cost.text for cost in action.cost_lines.all() if cost.text],
        "report": form.report,
        "before": before,
        "form": form if form.is_bound or not round.is_closed else None,
        "is_overtaken": form.has_error("__all__", "overtaken"),
        "breadcrumbs": _breadcrumbs(round.plan, round),
    }
    return _form_page(request, "progress_write", context)


def _after(request: HttpRequest, written: ActionProgress, action: Action) -> str:
    """Where one goes on: the round, or the next action that waits for this person."""
    round = written.round
    if written.is_unread:
        fault = read_actual(written.actual_text)[2]
        messages.warning(
            request,
            f"Het verslag van {action.full_code} is bewaard. Het bedrag kunnen wij niet lezen en "
            f"telt nog niet mee: {fault}",
        )
    else:
        messages.success(request, f"Het verslag van {action.full_code} is bewaard.")
    if "volgende" in request.POST:
        writer = reporter(request.user, round.plan)
        for following, codes in missing_reports(round):
            if writer.may_write(codes):
                return _address(round, following)
        messages.info(request, "Al uw acties hebben nu een verslag.")
    return round.get_absolute_url()


def _address(round: ProgressRound, action: Action) -> str:
    arguments = [round.plan.slug, round.year, round.half, action.pk]
    return reverse("workplans:progress_write", args=arguments)


def _before(round: ProgressRound, action: Action) -> ActionProgress | None:
    """The newest report of the action in a round over an earlier half year."""
    rows = action.progress.select_related("round").prefetch_related("measurements")
    earlier = rows.filter(round__year__lt=round.year) | rows.filter(
        round__year=round.year, round__half__lt=round.half
    )
    return earlier.order_by("-round__year", "-round__half").first()


def _round(request: HttpRequest, slug: str, year: int, half: int) -> ProgressRound:
    rounds = ProgressRound.objects.visible_to(request.user).select_related("plan__region")
    return get_object_or_404(rounds, plan__slug=slug, year=year, half=half)


def _form_page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    form = context["form"]
    status = 422 if form is not None and form.errors else 200  # type: ignore[attr-defined]
    return render(request, f"workplans/{name}.html", context, status=status)


def _breadcrumbs(plan: WorkPlan, round: ProgressRound | None = None) -> tuple[tuple[str, str], ...]:
    page = reverse("reports:progress_detail", args=[plan.slug])
    return (
        ("Plannen", "reports:workplan_list"),
        (plan.title, plan.get_absolute_url()),
        ("Voortgang", round.get_absolute_url() if round else page),
    )
