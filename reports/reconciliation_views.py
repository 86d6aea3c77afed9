"""The page that lays the payments of a fund beside those of the financial system. It
stores nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from funds.models import Fund
from funds.permissions import can_administer
from funds.views import crumbs
from reports.reconciliation import Agreement, pair_csv, pair_table, reconcile
from reports.reconciliation_form import ReconciliationForm
from reports.views import file_response


@require_http_methods(["GET", "HEAD", "POST"])
def fund_reconcile(request: HttpRequest, slug: str) -> HttpResponse:
    """Compare what was sent with the payments of the fund, as a page or as a file."""
    funds = Fund.objects.visible_to(request.user).select_related("owner")
    fund = get_object_or_404(funds, slug=slug)
    can_administer(request.user, fund).require()
    is_sent = request.method == "POST"
    form = ReconciliationForm(*((request.POST, request.FILES) if is_sent else ()))
    context = {"fund": fund, "form": form, "breadcrumbs": crumbs(fund)}
    if form.is_valid():
        said, on = form.cleaned_data, localdate()
        pairs = reconcile(fund, said["rows"], first=said["first"], last=said["last"])
        if "csv" in request.POST:
            return file_response(pair_csv(fund, pairs, on))
        context["table"] = pair_table(fund, pairs, on)
        context["count"] = len(pairs)
        context["differing"] = sum(pair.outcome != Agreement.SAME for pair in pairs)
    status = 422 if form.errors else 200
    return render(request, "reports/fund_reconcile.html", context, status=status)
