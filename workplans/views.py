"""Steps with a plan: load, ask, act, answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from workplans.accept_form import AcceptForm
from workplans.copy_form import CopyForm, summary, warning
from workplans.lifecycle import SUBMIT, Step, step_named
from workplans.models import WorkPlan
from workplans.new_form import NewPlanForm
from workplans.permissions import can_accept, can_copy, can_start, can_take
from workplans.services import Said, accept_finding, reopen_finding
from workplans.step_form import StepForm
from workplans.stepping import NotTaken, Shown, shown, take_as_shown


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Submit a plan to its funds: a step with an address of its own."""
    return _take(request, slug, SUBMIT)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_step(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Any other step with a plan."""
    step = step_named(name)
    if step is None or step is SUBMIT:
        raise Http404
    return _take(request, slug, step)


def _take(request: HttpRequest, slug: str, step: Step) -> HttpResponse:
    """Take a step, after a page that names the consequence: what was seen there is what
    it is taken with."""
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    plan = get_object_or_404(plans, slug=slug)
    can_take(request.user, plan, step).require()
    form = StepForm(request.POST if request.method == "POST" else None, step=step)
    if not form.is_valid():
        return _page(request, shown(plan, step, on=localdate()), form)
    try:
        done = take_as_shown(
            plan,
            step,
            digest=request.POST.get("plan", ""),
            asks=request.POST.get("gevraagd", ""),
            reason=form.cleaned_data.get("reason", ""),
            on=localdate(),
            by=request.user,
        )
    except NotTaken as refusal:
        return _page(request, refusal.page, form)
    messages.success(request, done)
    return redirect(plan)


def _page(request: HttpRequest, page: Shown, form: StepForm) -> HttpResponse:
    """Whoever sent something and sees the page again, was refused."""
    context = {
        "page": page,
        "form": form,
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    status = 422 if form.is_bound else 200
    return render(request, "workplans/plan_step.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_new(request: HttpRequest) -> HttpResponse:
    """Start a plan from nothing, and go on to its editor."""
    can_start(request.user).require()
    typed = request.POST if request.method == "POST" else None
    form = NewPlanForm(typed, user=request.user, on=localdate())
    if form.is_valid() and (plan := form.start()) is not None:
        messages.success(request, f"Het plan {plan.title} is gemaakt als concept.")
        return redirect("workplans:plan_edit", plan.slug)
    context = {"form": form, "breadcrumbs": (("Plannen", "reports:workplan_list"),)}
    return render(
        request, "workplans/workplan_new.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_copy(request: HttpRequest, slug: str) -> HttpResponse:
    """Start the plan of the years after, with a choice for each action."""
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    plan = get_object_or_404(plans, slug=slug)
    can_copy(request.user, plan).require()
    form = CopyForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_valid():
        try:
            copied = form.copy(by=request.user)
        except ValidationError as refusal:
            form = form.again(refusal)
        else:
            messages.success(request, summary(copied))
            if copied.unread:
                messages.warning(request, warning(copied))
            return redirect(copied.plan)
    context = {
        "plan": plan,
        "form": form,
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    return render(
        request, "workplans/workplan_copy.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def finding_accept(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept the finding that the address carries, with a reason, or take that back."""
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    plan = get_object_or_404(plans, slug=slug)
    can_accept(request.user, plan).require()
    try:
        said = Said.of_token(request.GET.get("bevinding", ""))
    except BadSignature:
        raise Http404 from None
    accepted = plan.accepted_findings.select_related("user").filter(key=said.key).first()
    if request.method == "POST" and "heropen" in request.POST:
        if accepted is not None:
            reopen_finding(accepted)
        messages.success(request, f"De bevinding bij {said.place} is weer open.")
        return redirect("reports:workplan_check", slug)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            accept_finding(plan, said, reason=form.cleaned_data["reason"], user=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"De bevinding bij {said.place} is geaccepteerd.")
            return redirect("reports:workplan_check", slug)
    context = {
        "plan": plan,
        "said": said,
        "accepted": accepted,
        "form": form,
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    return render(
        request, "workplans/finding_accept.html", context, status=422 if form.errors else 200
    )
