"""The payment calendar of a fund: what is due, paid and overdue, per month; and as a file."""

from __future__ import annotations

import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from funds.calendar import Due, dues
from funds.models import Application, Fund
from funds.permissions import can_administer, regions_in_full
from funds.views import crumbs
from reports.entry_forms import CalendarFilterForm
from reports.payment_calendar import calendar_csv, due_table, month_table
from reports.views import file_response

DUES_PER_PAGE = 100


@require_safe
def fund_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """What is due, paid and overdue, narrowed as the address asks."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    form, found = _asked(request, fund)
    on = form.on(localdate())
    page = Paginator(found, DUES_PER_PAGE).get_page(request.GET.get("pagina"))
    may_pay = bool(can_administer(request.user, fund))
    orders = {name: value for name, value in form.kept.items() if name != "peildatum"}
    context = {
        "fund": fund,
        "form": form,
        "on": on,
        "count": len(found),
        "page": page,
        "months": month_table(fund, found, on, form.kept) if found else None,
        "table": due_table(fund, page.object_list, on, may_pay=may_pay),
        "kept": QueryDict(urlencode(form.kept)),
        "query": urlencode(form.kept),
        "orders": urlencode({"soort": "betaalopdracht"} | orders),
        "breadcrumbs": crumbs(fund),
        "is_swapped": request.wants_fragment,
    }
    name = "_calendar" if request.wants_fragment else "fund_calendar"
    return render(request, f"reports/{name}.html", context, status=422 if form.errors else 200)


@require_safe
def fund_calendar_download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same instalments as a file; a field that cannot be read asks for nothing."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    if form != "csv":
        raise Http404
    asked, found = _asked(request, fund)
    return file_response(calendar_csv(fund, found, asked.on(localdate())))


def _asked(request: HttpRequest, fund: Fund) -> tuple[CalendarFilterForm, list[Due]]:
    """The filter, and the instalments that it leaves of the regions that the reader sees."""
    in_full = regions_in_full(request.user, fund)
    form = CalendarFilterForm(request.GET.dict(), fund, in_full)
    applications = Application.objects.filter(
        envelope__fund=fund, envelope__region__in=form.chosen(in_full)
    )
    first = form.cleaned_data.get("van") or datetime.date.min
    last = form.cleaned_data.get("tot") or datetime.date.max
    found = dues(applications, form.on(localdate()))
    return form, [due for due in found if first <= due.day <= last]
