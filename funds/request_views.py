"""A request for a change: one page that shows it and refuses it. It is granted by a change."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from funds.dated_forms import RefuseForm
from funds.models import Application, ChangeRequest
from funds.permissions import can_administer
from funds.requesting import refuse_request
from funds.views import crumbs, typed


@require_http_methods(["GET", "HEAD", "POST"])
def request_refuse(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Refuse a request for a change, with a reason."""
    asked = get_object_or_404(
        ChangeRequest.objects.select_related(
            "grant__line__application__envelope__fund__owner", "entered_by", "closed_by"
        ),
        pk=number,
        grant__line__application__in=Application.objects.visible_to(request.user),
        grant__line__application__envelope__fund__slug=slug,
    )
    application = asked.grant.line.application
    fund = application.envelope.fund
    can_administer(request.user, fund).require()
    form = RefuseForm(typed(request))
    if form.is_valid():
        try:
            refuse_request(asked, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, "Het verzoek is afgewezen; de beschikking blijft gelijk.")
            return redirect("reports:application_detail", slug, application.pk)
    context = {
        "fund": fund,
        "application": application,
        "asked": asked,
        "form": form,
        "breadcrumbs": crumbs(fund),
    }
    status = 422 if form.errors else 200
    return render(request, "funds/request_refuse.html", context, status=status)
