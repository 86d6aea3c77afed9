"""Pages that show computed figures, and the files made from them. They change nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from funds.models import Fund
from funds.permissions import can_administer, regions_in_full
from funds.views import crumbs
from municipalities.days import read_day
from reports import rule_page
from reports import search as search_page
from reports import start as start_page
from reports.axes import AXES
from reports.checker.accepted import checked
from reports.checker.page import check_csv, check_page, count_text
from reports.checker.rulebook import RULES
from reports.content import fetch
from reports.files import Rendered
from reports.forms import OverviewFilterForm, PlanFilterForm
from reports.fund_page import fund_page
from reports.overview import Layout
from reports.overview_table import count_text as shown_text
from reports.overview_table import lines, overview_csv, overview_table
from reports.pdf import PdfBusyError, PdfError
from reports.plan_list import COLUMNS, plan_list
from reports.plan_order import PlanOrder
from reports.presence import presence
from reports.relations import relations
from reports.remarks import Remarks
from reports.rendering import FORMATS, report
from reports.rendering import render as render_plan
from reports.running_totals import running_totals
from workplans.models import WorkPlan
from workplans.permissions import (
    can_accept,
    can_comment,
    can_copy,
    can_edit,
    can_read_comments,
    can_start,
)
from workplans.stepping import offered

PLANS_PER_PAGE = 25
ROWS_PER_PAGE = 400


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where one arrives: what waits, own plans, what changed, what the funds have left."""
    page = start_page.start(request.user, at=now())
    context = {"page": page, "may_start": can_start(request.user)}
    return render(request, "reports/start.html", context)


@require_safe
def workplan_list(request: HttpRequest) -> HttpResponse:
    """The plans that the user may see, with their totals: filtered, sorted and in pages
    as the address asks."""
    form = PlanFilterForm(request.GET.dict(), WorkPlan.objects.visible_to(request.user))
    order = PlanOrder.read(request.GET.get("sorteer", ""))
    found = order.sorted(form.narrowed())
    page = Paginator(found, PLANS_PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "order": str(order),
        "page": page,
        "kept": QueryDict(urlencode(order.kept_with(form.kept))),
        "table": plan_list(page.object_list, order.headings(COLUMNS, form.kept)),
        "is_swapped": request.wants_fragment,
        "may_start": can_start(request.user),
    }
    template = "reports/_plans.html" if request.wants_fragment else "reports/workplan_list.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_safe
def workplan_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan as a document."""
    plan = _plan(request, slug)
    reported = report(plan)
    remarks = None
    if can_read_comments(request.user, plan):
        remarks = Remarks(reported.content, may_comment=bool(can_comment(request.user, plan)))
    context = {
        "plan": plan,
        "document": remarks.beside(reported.document) if remarks else reported.document,
        "remarks": remarks,
        "findings": count_text(len(checked(reported).open)),
        "formats": tuple(FORMATS),
        "steps": offered(request.user, plan),
        "may_edit": can_edit(request.user, plan),
        "relations": relations(plan, request.user),
        "may_copy": can_copy(request.user, plan),
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    return render(request, "reports/workplan_detail.html", context)


@require_safe
def workplan_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """The actions of a plan along one axis, filtered as the address asks."""
    layout = Layout(fetch(_plan(request, slug)))
    form = OverviewFilterForm(request.GET.dict(), layout)
    overview = layout.overview(form.asked)
    page = Paginator(lines(overview), ROWS_PER_PAGE).get_page(request.GET.get("pagina"))
    asked = urlencode({"per": form.axis} | form.kept)
    context = {
        "plan": layout.content.plan,
        "form": form,
        "overview": overview,
        "table": overview_table(overview, list(page.object_list)),
        "page": page,
        "kept": QueryDict(asked),
        "count": shown_text(len(overview.actions)),
        "tabs": _tabs(form),
        "query": asked,
        "clear": f"{request.path}?per={form.axis}",
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
        "is_swapped": request.wants_fragment,
    }
    template = (
        "reports/_overview.html" if request.wants_fragment else "reports/workplan_overview.html"
    )
    return render(request, template, context, status=422 if form.errors else 200)


@require_safe
def workplan_overview_download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same overview as a file; a field that cannot be read asks for nothing."""
    plan = _plan(request, slug)
    if form != "csv":
        raise Http404
    layout = Layout(fetch(plan))
    asked = OverviewFilterForm(request.GET.dict(), layout).asked
    return file_response(overview_csv(layout.overview(asked)))


@require_safe
def workplan_download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The plan as a file, under a name that says its date."""
    plan = _plan(request, slug)
    if form not in FORMATS:
        raise Http404
    is_wanted = presence(request.META.get("gunicorn.socket"))
    return download(request, lambda: render_plan(plan, form, is_wanted=is_wanted))


@require_safe
def workplan_check(request: HttpRequest, slug: str) -> HttpResponse:
    """What is wrong or missing in the plan, each with a link to the very place."""
    plan = _plan(request, slug)
    may_accept = can_accept(request.user, plan)
    accepting = reverse("workplans:finding_accept", args=[slug]) if may_accept else ""
    chosen = request.GET.get("ernst", "")
    context = {
        "plan": plan,
        "page": check_page(checked(report(plan)), chosen, request.path, accepting),
        "rules": RULES,
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    return render(request, "reports/workplan_check.html", context)


@require_safe
def workplan_check_download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The findings as a file for a spreadsheet."""
    plan = _plan(request, slug)
    if form != "csv":
        raise Http404
    reported = report(plan)
    return file_response(check_csv(checked(reported), reported.content))


@require_safe
def workplan_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules of the plan and of its funds, with where the plan stands."""
    plan = _plan(request, slug)
    context = {
        "name": plan.title,
        "url": plan.get_absolute_url(),
        "tables": rule_page.plan_rules(report(plan)),
        "empty": "Dit plan en zijn fondsen hebben nog geen regels.",
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    return render(request, "reports/rules.html", context)


@require_safe
def workplan_totals(request: HttpRequest, slug: str) -> HttpResponse:
    """The totals of a plan as it stands, for above the editor."""
    plan = _plan(request, slug)
    try:
        totals = running_totals(plan, request.user)
    except WorkPlan.DoesNotExist:
        raise Http404 from None
    context = {"plan": plan, "totals": totals}
    return render(request, "reports/_running_totals.html", context)


@require_safe
def fund_list(request: HttpRequest) -> HttpResponse:
    """The funds that the user may see, and what is left in each today."""
    page = start_page.funds(request.user, on=localdate())
    return render(request, "reports/fund_list.html", {"funds": page})


@require_safe
def fund_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a fund has left on a day, per region, with the entries behind it."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    on, fault = reference_date(request)
    context = {
        "fund": fund,
        "page": fund_page(fund, on=on, in_full=regions_in_full(request.user, fund)),
        "may_administer": can_administer(request.user, fund),
        "on": on,
        "fault": fault,
        "typed": request.GET.get("peildatum", on.isoformat()),
        "breadcrumbs": (("Fondsen", "reports:fund_list"),),
    }
    return render(request, "reports/fund_detail.html", context, status=422 if fault else 200)


@require_safe
def fund_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules of a fund, and where each region of the reader stands today."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    today = localdate()
    context = {
        "name": fund.name,
        "url": reverse("reports:fund_detail", args=[fund.slug]),
        "on": today,
        "tables": rule_page.fund_rules(fund, on=today, in_full=regions_in_full(request.user, fund)),
        "empty": "Dit fonds heeft nog geen regels.",
        "breadcrumbs": crumbs(fund),
    }
    return render(request, "reports/rules.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What plans, actions and funds answer the question in the address."""
    number = request.GET.get("pagina", "")
    page = search_page.search(
        request.user,
        request.GET.get("q", ""),
        only=request.GET.get("groep", ""),
        number=int(number[:4]) if number.isascii() and number.isdecimal() else 1,
    )
    return render(request, "reports/search.html", {"page": page})


def download(request: HttpRequest, make: Callable[[], Rendered]) -> HttpResponse:
    """A file that is made now, or the page that says why it cannot be."""
    try:
        rendered = make()
    except PdfError as error:
        return not_made(request, error)
    return file_response(rendered)


def not_made(request: HttpRequest, error: PdfError) -> HttpResponse:
    """The page that says why there is no PDF now."""
    if not isinstance(error, PdfBusyError):
        return render(request, "409.html", {"reasons": [str(error)]}, status=409)
    page = render(request, "503.html", {"reason": error}, status=503)
    page["Retry-After"] = "60"
    return page


def _plan(request: HttpRequest, slug: str) -> WorkPlan:
    plans = WorkPlan.objects.visible_to(request.user).select_related("region", "programme")
    return get_object_or_404(plans, slug=slug)


def file_response(rendered: Rendered) -> HttpResponse:
    response = HttpResponse(rendered.body, content_type=rendered.media_type)
    response["Content-Disposition"] = f'attachment; filename="{rendered.name}"'
    return response


def _tabs(form: OverviewFilterForm) -> list[tuple[str, str, bool]]:
    """An address per axis, with the filter in it."""
    return [
        (axis.label, f"?{urlencode({'per': key} | form.kept)}", key == form.axis)
        for key, axis in AXES.items()
    ]


def reference_date(request: HttpRequest) -> tuple[datetime.date, str]:
    """The day that the reader asks for, or today with a sentence that says what is wrong."""
    typed = request.GET.get("peildatum", "")
    try:
        return (read_day(typed) if typed else localdate()), ""
    except ValueError:
        return localdate(), (
            f"“{typed[:20]}” is geen dag; schrijf de peildatum als jaar-maand-dag, zoals "
            "2020-03-01. Hieronder staat de stand van vandaag."
        )
