"""Carrying over what is left, by the fund manager: load, ask, bind, act, answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from funds.carry_form import CarryForm
from funds.carrying import called, take_carry_back
from funds.dated_forms import CorrectForm
from funds.models import CarryOver
from funds.notation import format_euro
from funds.views import crumbs, managed_fund, typed

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
def carry_over_make(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Bring what is left of an envelope to a later one or to the reserve: first shown."""
    fund = managed_fund(request, slug)
    envelope = get_object_or_404(fund.envelopes.select_related("region", "fund"), pk=number)
    form = CarryForm(typed(request), envelope=envelope, on=localdate())
    if form.is_valid():
        try:
            made = form.act(request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            if made:
                messages.success(request, "Het bedrag is overgeheveld, aan beide kanten.")
                return redirect("reports:fund_room", slug)
    context = {
        "fund": fund,
        "about": called(envelope),
        "form": form,
        "breadcrumbs": crumbs(fund),
    }
    status = 422 if form.errors else 200
    return render(request, "funds/carry_over_make.html", context, status=status)


@METHODS
def carry_over_take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a carrying over back on both sides, with a reason."""
    fund = managed_fund(request, slug)
    found = CarryOver.objects.filter(source__envelope__fund=fund, corrects=None)
    carry = get_object_or_404(
        found.select_related(
            "source__envelope__region", "target__envelope__region", "movement__fund"
        ),
        pk=number,
    )
    form = CorrectForm(typed(request), on=localdate())
    if form.is_valid():
        try:
            take_carry_back(carry, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, "De overheveling is aan beide kanten teruggenomen.")
            return redirect("reports:fund_room", slug)
    source = carry.source
    target = carry.target.envelope if carry.target else None
    context = {
        "fund": fund,
        "form": form,
        "heading": "Overheveling terugnemen",
        "facts": (
            ("Van", called(source.envelope)),
            ("Naar", called(target)),
            ("Bedrag", format_euro(-source.amount.amount)),
        ),
        "text": "De boekingen verdwijnen niet. Er komen er aan beide kanten een bij die ze precies "
        "terugnemen, met uw reden.",
        "verb": "Neem de overheveling terug",
        "back": reverse("reports:fund_room", args=[slug]),
        "breadcrumbs": crumbs(fund),
    }
    status = 422 if form.errors else 200
    return render(request, "funds/reserve_step.html", context, status=status)
