"""Pages of an application and of the entries of a fund. They change nothing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from funds.models import Application, Fund
from funds.permissions import can_administer, regions_in_full
from funds.views import crumbs
from reports.application_page import application_page
from reports.entry_forms import ChangeFilterForm, EntryFilterForm
from reports.entry_tables import entries_csv, entry_table
from reports.fund_entries import entries, entry_total
from reports.fund_history import changed_between
from reports.fund_room import fund_room as room_page
from reports.views import file_response, reference_date

ENTRIES_PER_PAGE = 200


@require_safe
def application_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An application with its lines, what the envelope has left, and the next steps."""
    applications = Application.objects.visible_to(request.user).select_related(
        "envelope__fund__owner", "envelope__region", "round"
    )
    application = get_object_or_404(applications, pk=number, envelope__fund__slug=slug)
    on, fault = reference_date(request)
    may_administer = can_administer(request.user, application.envelope.fund)
    context = {
        "page": application_page(application, on=on, may_administer=bool(may_administer)),
        "fund": application.envelope.fund,
        "on": on,
        "fault": fault,
        "typed": request.GET.get("peildatum", on.isoformat()),
        "breadcrumbs": crumbs(application.envelope.fund),
    }
    return render(request, "reports/application_detail.html", context, status=422 if fault else 200)


@require_safe
def fund_room(request: HttpRequest, slug: str) -> HttpResponse:
    """The room of a fund with what changed it, and its rounds."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    on, fault = reference_date(request)
    may_administer = can_administer(request.user, fund)
    page = room_page(
        fund,
        on=on,
        in_full=regions_in_full(request.user, fund),
        may_administer=bool(may_administer),
    )
    context = {
        "fund": fund,
        "page": page,
        "may_administer": may_administer,
        "on": on,
        "fault": fault,
        "typed": request.GET.get("peildatum", on.isoformat()),
        "breadcrumbs": crumbs(fund),
    }
    return render(request, "reports/fund_room.html", context, status=422 if fault else 200)


@require_safe
def fund_entries(request: HttpRequest, slug: str) -> HttpResponse:
    """The entries behind the figures of a fund, filtered as the address asks."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    in_full = regions_in_full(request.user, fund)
    form = EntryFilterForm(request.GET.dict(), fund, in_full)
    on = form.on(localdate())
    found = entries(fund, on, in_full, form.asked)
    page = Paginator(found, ENTRIES_PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "fund": fund,
        "form": form,
        "on": on,
        "count": len(found),
        "total": entry_total(found) if form.asked.figure else None,
        "page": page,
        "kept": QueryDict(urlencode(form.kept)),
        "query": urlencode(form.kept),
        "table": entry_table(page.object_list),
        "breadcrumbs": crumbs(fund),
        "is_swapped": request.wants_fragment,
    }
    template = "reports/_entries.html" if request.wants_fragment else "reports/fund_entries.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_safe
def fund_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in a fund between two days, of the regions that the reader sees."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    in_full = regions_in_full(request.user, fund)
    form = ChangeFilterForm(request.GET.dict(), fund, in_full, localdate())
    on = form.on(localdate())
    context = {
        "fund": fund,
        "form": form,
        "table": changed_between(fund, form.since(on), on, in_full, form.asked.region),
        "breadcrumbs": crumbs(fund),
        "is_swapped": request.wants_fragment,
    }
    name = "_fund_changes" if request.wants_fragment else "fund_changes"
    return render(request, f"reports/{name}.html", context, status=422 if form.errors else 200)


@require_safe
def fund_entries_download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same entries as a file; a field that cannot be read asks for nothing."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    if form != "csv":
        raise Http404
    in_full = regions_in_full(request.user, fund)
    asked = EntryFilterForm(request.GET.dict(), fund, in_full)
    on = asked.on(localdate())
    return file_response(entries_csv(fund, entries(fund, on, in_full, asked.asked), on))
