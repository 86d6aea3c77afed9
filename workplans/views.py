"""Steps with a plan: load, ask, act, answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from workplans.asking import asked
from workplans.models import WorkPlan
from workplans.permissions import can_submit
from workplans.services import submit_workplan


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Submit a plan to its funds, after a page that names the consequence."""
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    plan = get_object_or_404(plans, slug=slug)
    can_submit(request.user, plan).require()
    faults: list[str] = []
    if request.method == "POST":
        try:
            submit_workplan(plan, on=localdate())
        except ValidationError as refusal:
            faults = refusal.messages
        else:
            messages.success(request, f"Het plan {plan.title} is ingediend.")
            return redirect(plan)
    context = {
        "plan": plan,
        "asked": asked(plan),
        "faults": faults,
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    return render(request, "workplans/workplan_submit.html", context, status=422 if faults else 200)
