"""Steps of a fund manager: load, ask, bind, act, answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from funds.dated_forms import CloseForm, CorrectForm
from funds.ledger import close_years, correct
from funds.models import Application, Fund, GrantEntry
from funds.permissions import can_administer
from funds.steps import STEPS

FUNDS = ("Fondsen", "reports:fund_list")


def crumbs(fund: Fund) -> tuple[tuple[str, str], ...]:
    """The breadcrumbs of a page under a fund."""
    return (FUNDS, (fund.name, reverse("reports:fund_detail", args=[fund.slug])))


@require_http_methods(["GET", "HEAD", "POST"])
def application_step(request: HttpRequest, slug: str, number: int, step: str) -> HttpResponse:
    """Decide on an application, pay, settle: one step on as many lines as one likes."""
    if step not in STEPS:
        raise Http404
    applications = Application.objects.visible_to(request.user).select_related(
        "envelope__fund__owner", "envelope__region", "round"
    )
    application = get_object_or_404(applications, pk=number, envelope__fund__slug=slug)
    fund = application.envelope.fund
    can_administer(request.user, fund).require()
    form = STEPS[step](typed(request), application=application, on=localdate())
    if form.is_valid():
        try:
            done = form.act(request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            if done:
                messages.success(request, done)
                return redirect("reports:application_detail", slug, number)
    context = {"application": application, "fund": fund, "form": form, "breadcrumbs": crumbs(fund)}
    status = 422 if form.errors else 200
    return render(request, "funds/application_step.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_correct(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an entry back, with a reason."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    entry = get_object_or_404(
        GrantEntry.objects.select_related("grant__line__application__envelope__fund"),
        pk=number,
        fund=fund,
        grant__line__application__in=Application.objects.visible_to(request.user),
    )
    can_administer(request.user, fund).require()
    form = CorrectForm(typed(request), on=localdate())
    application = entry.grant.line.application
    if form.is_valid():
        try:
            correct(entry, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, "De boeking is teruggenomen; beide boekingen blijven staan.")
            return redirect("reports:application_detail", slug, application.pk)
    context = {
        "fund": fund,
        "application": application,
        "entry": entry,
        "form": form,
        "breadcrumbs": crumbs(fund),
    }
    status = 422 if form.errors else 200
    return render(request, "funds/entry_correct.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def fund_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the years of a fund up to a day."""
    fund = managed_fund(request, slug)
    form = CloseForm(typed(request), on=localdate())
    if form.is_valid():
        try:
            closed = close_years(fund, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            day = f"{closed.locked_until:%d-%m-%Y}"
            messages.success(request, f"Het fonds is afgesloten tot en met {day}.")
            return redirect("reports:fund_detail", slug)
    context = {"fund": fund, "form": form, "breadcrumbs": crumbs(fund)}
    status = 422 if form.errors else 200
    return render(request, "funds/fund_close.html", context, status=status)


def managed_fund(request: HttpRequest, slug: str) -> Fund:
    """The fund, for who may enter something in it."""
    funds = Fund.objects.visible_to(request.user).select_related("owner")
    fund = get_object_or_404(funds, slug=slug)
    can_administer(request.user, fund).require()
    return fund


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when every field is empty; None when nothing was."""
    return request.POST if request.method == "POST" else None
