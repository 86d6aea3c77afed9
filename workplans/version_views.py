"""Steps with versions of a plan: load, ask, act, answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from workplans.models import PlanVersion, WorkPlan
from workplans.permissions import can_keep_version, can_restore_version
from workplans.services import keep_version, restore_version
from workplans.version_forms import RestoreForm, VersionForm


@require_http_methods(["GET", "HEAD", "POST"])
def version_keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the plan as it stands now, under a name."""
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    plan = get_object_or_404(plans, slug=slug)
    can_keep_version(request.user, plan).require()
    form = VersionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            kept = keep_version(plan, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Versie {kept.number} ({kept.name}) is bewaard.")
            return redirect("reports:version_list", plan.slug)
    context = {"plan": plan, "form": form, "breadcrumbs": (("Plannen", "reports:workplan_list"),)}
    status = 422 if form.errors else 200
    return render(request, "workplans/version_keep.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def version_restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make the plan what it was, after a page that names the consequence."""
    versions = PlanVersion.objects.visible_to(request.user).select_related("plan__region")
    version = get_object_or_404(versions, plan__slug=slug, number=number)
    can_restore_version(request.user, version.plan).require()
    form = RestoreForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            kept = restore_version(version, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            said = f"Het plan is weer zoals in versie {number}; dat is nu versie {kept.number}."
            messages.success(request, said)
            return redirect(version.plan)
    compare = reverse("reports:version_compare", args=[slug])
    context = {
        "version": version,
        "form": form,
        "changes": f"{compare}?van=nu&naar={number}",
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    status = 422 if form.errors else 200
    return render(request, "workplans/version_restore.html", context, status=status)
