"""What came of an obligation: one page that shows it and takes the next entry."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from funds.dated_forms import OutcomeForm
from funds.models import Obligation, ObligationEntry
from funds.permissions import can_administer
from funds.provisions import record_outcome
from funds.views import crumbs, typed

Outcome = ObligationEntry.Outcome
CLOSING = [(Outcome.MET, "Voldaan"), (Outcome.WAIVED, "Vervallen: zij hoeft niet meer")]
OPENING = [(Outcome.REOPENED, "Toch weer open")]


@require_http_methods(["GET", "HEAD", "POST"])
def obligation_record(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an obligation and what came of it, and record that it was met or waived."""
    found = (
        Obligation.objects.standing()
        .visible_to(request.user)
        .select_related("provision__application__envelope__fund__owner")
    )
    obligation = get_object_or_404(
        found, pk=number, provision__application__envelope__fund__slug=slug
    )
    application = obligation.provision.application
    fund = application.envelope.fund
    can_administer(request.user, fund).require()
    entries = list(obligation.entries.select_related("entered_by").order_by("pk"))
    is_open = not entries or entries[-1].outcome == Outcome.REOPENED
    form = OutcomeForm(typed(request), choices=CLOSING if is_open else OPENING, on=localdate())
    if form.is_valid():
        try:
            record_outcome(obligation, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, "Vastgelegd wat er van de verplichting kwam.")
            return redirect("reports:application_detail", slug, application.pk)
    context = {
        "fund": fund,
        "application": application,
        "obligation": obligation,
        "entries": entries,
        "form": form,
        "breadcrumbs": crumbs(fund),
    }
    status = 422 if form.errors else 200
    return render(request, "funds/obligation_record.html", context, status=status)
