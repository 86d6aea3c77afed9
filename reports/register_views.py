"""The register of grants, without a sign-in, and the page that puts a fund in it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from funds.ledger import show_in_register
from funds.models import Fund
from funds.permissions import can_administer
from funds.views import crumbs
from reports.grant_register import (
    ABOUT,
    LICENSE,
    column_table,
    grant_register,
    register_csv,
    register_json,
    register_table,
)
from reports.register_form import RegisterForm
from reports.views import file_response

GRANTS_PER_PAGE = 200


@login_not_required
@require_safe
def register_detail(request: HttpRequest) -> HttpResponse:
    """What was granted from the funds that are in the register, as it stands today."""
    on = localdate()
    found = grant_register(on)
    page = Paginator(found, GRANTS_PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "on": on,
        "about": ABOUT,
        "license": LICENSE,
        "count": len(found),
        "page": page,
        "table": register_table(list(page.object_list)),
        "columns": column_table(),
    }
    return render(request, "reports/register_detail.html", context)


@login_not_required
@require_safe
@conditional_page
# A copy may be kept, but who shows it asks first: a fund may have left the register.
@cache_control(public=True, no_cache=True)
def register_download(request: HttpRequest, form: str) -> HttpResponse:
    """The register as a file."""
    if form not in ("csv", "json"):
        raise Http404
    on = localdate()
    found = grant_register(on)
    address = request.build_absolute_uri(reverse("reports:register_detail"))
    file = register_csv(found, on) if form == "csv" else register_json(found, on, address=address)
    response = file_response(file)
    response["Link"] = f'<{LICENSE}>; rel="license"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def fund_register(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a fund in the register or take it out, after seeing what everybody will read."""
    funds = Fund.objects.visible_to(request.user).select_related("owner")
    fund = get_object_or_404(funds, slug=slug)
    can_administer(request.user, fund).require()
    form = RegisterForm(request.POST if request.method == "POST" else None, fund=fund)
    if form.is_valid():
        shown = form.cleaned_data["shown"] == RegisterForm.SHOWN
        show_in_register(fund, shown=shown)
        messages.success(
            request,
            "Het fonds staat in het subsidieregister."
            if shown
            else "Het fonds staat niet in het subsidieregister.",
        )
        return redirect("reports:fund_detail", slug)
    context = {
        "fund": fund,
        "form": form,
        "table": register_table(grant_register(localdate(), fund=fund)),
        "breadcrumbs": crumbs(fund),
    }
    return render(
        request, "reports/fund_register.html", context, status=422 if form.errors else 200
    )
