"""Pages and files of the progress of a plan; writing it is in workplans."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from reports.forms import ProgressFilterForm
from reports.presence import presence
from reports.progress import ActionRow, RoundProgress, round_progress
from reports.progress_document import progress_document, report_blocks, summary
from reports.progress_tables import missing_table, progress_csv, progress_table
from reports.rendering import paper
from reports.views import download
from workplans.models import ProgressRound, WorkPlan
from workplans.permissions import Reporter, can_open_progress, reporter


@require_safe
def progress_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the actions of a plan are in the round that the address names, or in the
    newest; narrowed as it asks."""
    plan = _plan(request, slug)
    rounds = _rounds(request, plan)
    context = {
        "plan": plan,
        "round": None,
        "may_open": can_open_progress(request.user, plan),
        "breadcrumbs": (
            ("Plannen", "reports:workplan_list"),
            (plan.title, plan.get_absolute_url()),
        ),
    }
    if not rounds:
        return render(request, "reports/progress_detail.html", context)
    round = _asked(request, rounds)
    found = round_progress(round)
    form = ProgressFilterForm(request.GET.dict(), found)
    shown = found.narrowed(**form.asked)
    writer = reporter(request.user, plan)
    context |= {
        "round": round,
        "form": form,
        "found": found,
        "shown": shown,
        "table": progress_table(shown, lambda row: _address(row, found, writer)),
        "missing": missing_table(found),
        "blocks": list(report_blocks(shown)),
        "summary": summary(shown),
        "tabs": _tabs(rounds, round, form),
        "query": urlencode({"ronde": round.moment} | form.kept),
        "clear": f"{request.path}?ronde={round.moment}",
        "is_swapped": request.wants_fragment,
    }
    name = "_progress" if request.wants_fragment else "progress_detail"
    status = 422 if form.errors else 200
    return render(request, f"reports/{name}.html", context, status=status)


@require_safe
def progress_download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The round as a table for a spreadsheet, as it was narrowed; or whole on paper."""
    plan = _plan(request, slug)
    if form not in ("csv", "pdf"):
        raise Http404
    rounds = _rounds(request, plan)
    if not rounds:
        raise Http404
    found = round_progress(_asked(request, rounds))
    if form == "csv":
        asked = ProgressFilterForm(request.GET.dict(), found).asked
        return download(request, lambda: progress_csv(found.narrowed(**asked)))
    name = f"{plan.slug}-voortgang-{found.round.moment}.pdf"
    is_wanted = presence(request.META.get("gunicorn.socket"))
    return download(request, lambda: paper(progress_document(found), name, is_wanted=is_wanted))


def _address(row: ActionRow, found: RoundProgress, writer: Reporter) -> str:
    """Where an action is written, for who may; else where it is read."""
    round = found.round
    if not round.is_closed and writer.may_write(row.codes):
        arguments = [round.plan.slug, round.year, round.half, row.action.pk]
        return reverse("workplans:progress_write", args=arguments)
    return f"{found.content.plan.get_absolute_url()}#actie-{found.content.names[row.action.pk]}"


def _tabs(
    rounds: Sequence[ProgressRound], current: ProgressRound, form: ProgressFilterForm
) -> list[tuple[str, str, bool]]:
    """An address per round, oldest first, with the filter in it."""
    return [
        (
            f"{round.get_half_display().capitalize()} {round.year}",
            f"?{urlencode({'ronde': round.moment} | form.kept)}",
            round == current,
        )
        for round in reversed(rounds)
    ]


def _plan(request: HttpRequest, slug: str) -> WorkPlan:
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    return get_object_or_404(plans, slug=slug)


def _rounds(request: HttpRequest, plan: WorkPlan) -> list[ProgressRound]:
    rounds = ProgressRound.objects.visible_to(request.user).filter(plan=plan)
    found = list(rounds.in_list_order())
    for round in found:
        round.plan = plan
    return found


def _asked(request: HttpRequest, rounds: Sequence[ProgressRound]) -> ProgressRound:
    """The round that the address names, else the newest."""
    asked = request.GET.get("ronde", "")
    if not asked:
        return rounds[0]
    for round in rounds:
        if round.moment == asked:
            return round
    raise Http404
