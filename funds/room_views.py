"""The room of a fund by its manager: load, ask, bind, act, answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from funds.models import Earmark, Envelope, EnvelopeMutation, Fund, Round
from funds.room_forms import (
    ConcludeForm,
    EarmarkChangeForm,
    EarmarkForm,
    EnvelopeForm,
    MutationForm,
    RoundChangeForm,
    RoundForm,
)
from funds.views import crumbs, managed_fund, typed

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
def envelope_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a region room in the fund."""
    fund = managed_fund(request, slug)
    form = EnvelopeForm(typed(request), fund=fund, on=localdate())
    return _answer(request, fund, form)


@METHODS
def mutation_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Bring an envelope up or down."""
    fund = managed_fund(request, slug)
    envelopes = fund.envelopes.select_related("region")
    envelope = get_object_or_404(envelopes, pk=number)
    form = MutationForm(typed(request), envelope=envelope, on=localdate())
    return _answer(request, fund, form, about=_of(envelope))


@METHODS
def mutation_conclude(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write down what came of a conditional mutation."""
    fund = managed_fund(request, slug)
    waiting = EnvelopeMutation.objects.filter(envelope__fund=fund, conclusion=None)
    mutation = get_object_or_404(
        waiting.exclude(condition="").select_related("envelope__region", "envelope__fund"),
        pk=number,
    )
    form = ConcludeForm(typed(request), mutation=mutation, on=localdate())
    about = f"{_of(mutation.envelope)}: {mutation.reason}. {mutation.condition}"
    return _answer(request, fund, form, about=about)


@METHODS
def earmark_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a part of an envelope for something."""
    fund = managed_fund(request, slug)
    return _answer(request, fund, EarmarkForm(typed(request), fund=fund, on=localdate()))


@METHODS
def earmark_change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say what holds for an earmark from a later day on."""
    fund = managed_fund(request, slug)
    earmarks = Earmark.objects.filter(envelope__fund=fund).select_related("envelope__region")
    earmark = get_object_or_404(earmarks, pk=number)
    form = EarmarkChangeForm(typed(request), earmark=earmark, on=localdate())
    return _answer(request, fund, form, about=f"{earmark}: {_of(earmark.envelope)}")


@METHODS
def round_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a round in which regions may apply."""
    fund = managed_fund(request, slug)
    new = Round(fund=fund, dated_on=localdate())
    return _answer(request, fund, RoundForm(typed(request), instance=new))


@METHODS
def round_change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change the days, the ceiling or what is asked of a round."""
    fund = managed_fund(request, slug)
    found = get_object_or_404(fund.rounds, pk=number)
    name = found.name
    return _answer(request, fund, RoundChangeForm(typed(request), instance=found), about=name)


def _of(envelope: Envelope) -> str:
    """How an envelope is called on a form about it."""
    return f"{envelope.region.name}, {envelope.period_text}"


def _answer(request: HttpRequest, fund: Fund, form: Any, *, about: str = "") -> HttpResponse:
    """Act on a form that was filled in well, and show it again otherwise; `about` says
    which row of the fund it is about."""
    if form.is_valid():
        try:
            done = form.act()
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            if done:
                messages.success(request, form.done)
                return redirect("reports:fund_room", fund.slug)
    context = {"fund": fund, "form": form, "about": about, "breadcrumbs": crumbs(fund)}
    status = 422 if form.errors else 200
    return render(request, "funds/room_form.html", context, status=status)
