"""Pages of distributions and of the reserve of a fund, and the form that makes one: it
shows what it will do with the figures that are stored."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from funds.distributing import distribute, stored_division
from funds.distribution_form import DistributionForm
from funds.models import Distribution, Fund
from funds.moving import Move, distribution_move
from funds.permissions import can_administer, regions_in_full
from funds.views import crumbs
from municipalities.models import Region
from reports.distribution_document import (
    distribution_document,
    distribution_facts,
    taken_back,
)
from reports.distribution_tables import (
    distribution_list_table,
    division_csv,
    division_tables,
)
from reports.presence import presence
from reports.rendering import paper
from reports.reserve_page import reserve_page
from reports.views import download, file_response, reference_date


@require_safe
def distribution_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The distributions of a fund, and for which regions one can be made."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    found = list(_visible(request, fund).select_related("region", "correction"))
    may_administer = can_administer(request.user, fund)
    context = {
        "fund": fund,
        "table": distribution_list_table(fund, found) if found else None,
        "regions": Region.objects.filter(envelopes__fund=fund).distinct() if may_administer else (),
        "breadcrumbs": crumbs(fund),
    }
    return render(request, "reports/distribution_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def distribution_create(request: HttpRequest, slug: str, region: str) -> HttpResponse:
    """Divide an amount over the municipalities of a region: first shown, then stored as it
    was shown."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    regions = Region.objects.filter(pk__in=regions_in_full(request.user, fund))
    over = get_object_or_404(regions, slug=region)
    can_administer(request.user, fund).require()
    form = DistributionForm(
        request.POST if request.method == "POST" else None, region=over, on=localdate()
    )
    move = _move(fund, form)
    if move is not None and move.faults:
        form.add_error(None, move.faults)
    if move and form.is_valid() and form.cleaned_data["seen"] == _mark(form, move):
        try:
            made = distribute(fund, form.proposal, answers=move.answers, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, "De verdeling is vastgelegd, met haar bewijs.")
            return redirect("reports:distribution_detail", slug, made.pk)
    context = {"fund": fund, "region": over, "form": form, "breadcrumbs": crumbs(fund)}
    context |= _effect(fund, form, move)
    status = 422 if form.errors else 200
    return render(request, "reports/distribution_create.html", context, status=status)


def _move(fund: Fund, form: DistributionForm) -> Move | None:
    """What a form that is right would do to the fund, with its rules."""
    if not form.is_valid():
        return None
    proposal = form.proposal
    amount, drawn = proposal.division.amount, proposal.from_reserve
    return distribution_move(fund, amount, name=proposal.title, from_reserve=drawn)


def _mark(form: DistributionForm, move: Move) -> str:
    """The mark of the division and of what it does to the fund."""
    return f"{form.proposal.digest}{move.digest}"


def _effect(fund: Fund, form: DistributionForm, move: Move | None) -> dict[str, Any]:
    """What a form that is right would do; nothing before that."""
    if not form.is_bound or form.errors or move is None:
        return {}
    proposal = form.proposal
    return {
        "proposal": proposal,
        "tables": division_tables(proposal.division),
        "move": move,
        "mark": _mark(form, move),
        "has_changed_since": bool(form.cleaned_data["seen"]),
    }


@require_safe
def distribution_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A distribution with its proof."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    shown = _visible(request, fund).select_related("region", "correction", "entered_by")
    distribution = get_object_or_404(shown, pk=number)
    division = stored_division(distribution)
    context = {
        "fund": fund,
        "distribution": distribution,
        "back": taken_back(distribution),
        "facts": distribution_facts(distribution, division),
        "tables": division_tables(division),
        "may_administer": can_administer(request.user, fund),
        "breadcrumbs": crumbs(fund),
    }
    return render(request, "reports/distribution_detail.html", context)


@require_safe
def distribution_download(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """The same as a file."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    shown = _visible(request, fund).select_related("fund", "region", "correction", "entered_by")
    distribution = get_object_or_404(shown, pk=number)
    if form not in ("csv", "pdf"):
        raise Http404
    division = stored_division(distribution)
    if form == "csv":
        return file_response(division_csv(distribution, division))
    document = distribution_document(distribution, division)
    name = f"verdeling-{fund.slug}-{distribution.pk}.pdf"
    is_wanted = presence(request.META.get("gunicorn.socket"))
    return download(request, lambda: paper(document, name, is_wanted=is_wanted))


@require_safe
def reserve_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The reserve of a fund on a day, per year and per movement."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    may_administer = can_administer(request.user, fund)
    on, fault = reference_date(request)
    context = {
        "fund": fund,
        "page": reserve_page(fund, on=on, may_correct=bool(may_administer)),
        "may_administer": may_administer,
        "on": on,
        "fault": fault,
        "typed": request.GET.get("peildatum", on.isoformat()),
        "breadcrumbs": crumbs(fund),
    }
    return render(request, "reports/reserve_detail.html", context, status=422 if fault else 200)


def _visible(request: HttpRequest, fund: Fund) -> QuerySet[Distribution]:
    """Those over regions that the reader sees in full; a taking back has no page."""
    return fund.distributions.filter(corrects=None, region__in=regions_in_full(request.user, fund))
