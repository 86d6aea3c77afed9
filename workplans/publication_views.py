"""Ending a publication: load, ask, bind, act, answer. Making one is in reports, which makes
the files."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from workplans.models import Publication, WorkPlan
from workplans.permissions import can_publish
from workplans.publication_forms import WithdrawalForm
from workplans.services import withdraw_publication


@require_http_methods(["GET", "HEAD", "POST"])
def publication_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """End what is public of a plan, with the reason that everybody reads."""
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    plan = get_object_or_404(plans, slug=slug)
    can_publish(request.user, plan).require()
    public = Publication.objects.in_force(localdate()).filter(version__plan=plan).first()
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if public is not None and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw_publication(public, reason=reason, on=localdate(), by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Het plan is niet meer openbaar.")
            return redirect("reports:publication_create", plan.slug)
    elif public is None and request.method == "POST":
        form.add_error(None, "Van dit plan is nu niets openbaar; er valt niets in te trekken.")
    context = {
        "plan": plan,
        "public": public,
        "form": form,
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    status = 422 if form.errors else 200
    return render(request, "workplans/publication_withdraw.html", context, status=status)
