"""The page of the decisions about a plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from reports.adoption_tables import decision_table, standing_table
from reports.moments import day_in_words
from workplans.adoption import deliberation
from workplans.models import PlanVersion, WorkPlan
from workplans.permissions import can_publish, can_record_decision


@require_safe
def adoption_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Who decided what on which version, and on whom the plan waits."""
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    plan = get_object_or_404(plans, slug=slug)
    found, today = deliberation(plan), localdate()
    may_record = can_record_decision(request.user, plan)
    versions = PlanVersion.objects.visible_to(request.user).filter(plan=plan)
    seen = set(versions.values_list("number", flat=True))
    put_forward_on = found.adoption.put_forward_on
    context = {
        "plan": plan,
        "deliberation": found,
        "waits": found.waits,
        "since": day_in_words(put_forward_on, on=today) if put_forward_on else "",
        "sees_version": found.version is not None and found.version.number in seen,
        "bodies": standing_table(found, on=today, may_record=bool(may_record), seen=seen),
        "decisions": decision_table(found, on=today),
        "may_record": may_record,
        "may_publish": can_publish(request.user, plan),
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    return render(request, "reports/adoption_detail.html", context)
