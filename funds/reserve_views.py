"""Steps with distributions and the reserve that need no figures: taking back, and moving
the reserve. The pages that show figures are in reports."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from funds.dated_forms import CorrectForm
from funds.distributing import take_back
from funds.models import Fund
from funds.notation import format_euro
from funds.permissions import can_administer, regions_in_full
from funds.reserve_form import ReserveForm
from funds.reserving import correct_movement

FUNDS = ("Fondsen", "reports:fund_list")


@require_http_methods(["GET", "HEAD", "POST"])
def distribution_take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a distribution back, with a reason."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    shown = fund.distributions.filter(corrects=None, region__in=regions_in_full(request.user, fund))
    distribution = get_object_or_404(shown.select_related("fund", "region"), pk=number)
    can_administer(request.user, fund).require()
    page = {
        "heading": "Verdeling terugnemen",
        "facts": (
            ("Verdeling", distribution.title),
            ("Regio", distribution.region.name),
            ("Besloten op", f"{distribution.decided_on:%d-%m-%Y}"),
            ("Bedrag", format_euro(distribution.amount.amount)),
        ),
        "text": "De verdeling verdwijnt niet. Er komt een verdeling bij die haar precies "
        "terugneemt, met uw reden. Wat nog moest komen, komt dan niet meer.",
        "verb": "Neem de verdeling terug",
        "done": "De verdeling is teruggenomen; wat er stond, blijft te lezen.",
        "back": reverse("reports:distribution_detail", args=[slug, number]),
    }
    form = CorrectForm(_typed(request), on=localdate())
    return _step(request, fund, form, lambda said: take_back(distribution, **said), page)


@require_http_methods(["GET", "HEAD", "POST"])
def reserve_move(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring money into the reserve, or take it out."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    can_administer(request.user, fund).require()
    page = {
        "heading": "Boeken op de reserve",
        "text": "Een boeking staat vast. Klopt zij niet, dan neemt u haar terug met een nieuwe.",
        "verb": "Leg de boeking vast",
        "done": "De boeking op de reserve is vastgelegd.",
        "back": reverse("reports:reserve_detail", args=[slug]),
    }
    form = ReserveForm(_typed(request), fund=fund, on=localdate())
    return _step(request, fund, form, lambda said: form.act(request.user), page)


@require_http_methods(["GET", "HEAD", "POST"])
def reserve_correct(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a movement of the reserve back, with a reason."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    movement = get_object_or_404(fund.reserve_movements.filter(corrects=None), pk=number)
    can_administer(request.user, fund).require()
    page = {
        "heading": "Boeking op de reserve terugnemen",
        "facts": (
            ("Boeking", str(movement)),
            ("Datum", f"{movement.dated_on:%d-%m-%Y}"),
            ("Bedrag", format_euro(movement.amount.amount)),
        ),
        "text": "De boeking verdwijnt niet. Er komt een boeking bij die haar precies terugneemt, "
        "met uw reden.",
        "verb": "Neem de boeking terug",
        "done": "De boeking is teruggenomen; beide boekingen blijven staan.",
        "back": reverse("reports:reserve_detail", args=[slug]),
    }
    form = CorrectForm(_typed(request), on=localdate())
    return _step(request, fund, form, lambda said: correct_movement(movement, **said), page)


def _step(
    request: HttpRequest,
    fund: Fund,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    page: dict[str, Any],
) -> HttpResponse:
    """Act on a form that is right and go back, or show it with what is wrong."""
    if form.is_valid():
        try:
            done = act(form.cleaned_data | {"by": request.user})
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            # A form that shows first has done nothing the first time.
            if done is False:
                return _show(request, fund, form, page)
            messages.success(request, page["done"])
            return redirect(page["back"])
    return _show(request, fund, form, page)


def _show(request: HttpRequest, fund: Fund, form: forms.Form, page: dict[str, Any]) -> HttpResponse:
    own = (fund.name, reverse("reports:fund_detail", args=[fund.slug]))
    context = page | {"fund": fund, "form": form, "breadcrumbs": (FUNDS, own)}
    return render(request, "funds/reserve_step.html", context, status=422 if form.errors else 200)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when every field is empty; None when nothing was."""
    return request.POST if request.method == "POST" else None
