"""Pages on which the project leader says who decides and what was decided: load, ask,
bind, act, answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from workplans.adoption_forms import AdoptionForm, BodyForm, DecisionForm
from workplans.models import Adoption, DecisionBody, WorkPlan
from workplans.permissions import can_record_decision
from workplans.services import (
    change_body,
    name_body,
    propose_bodies,
    put_forward,
    record_decision,
    remove_body,
)

PROPOSALS = {"colleges": DecisionBody.Kind.EXECUTIVE, "raden": DecisionBody.Kind.COUNCIL}


@require_http_methods(["GET", "HEAD", "POST"])
def body_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Name who decides: all colleges or councils at once, or one body."""
    plan = _plan(request, slug)
    kind = PROPOSALS.get(request.POST.get("voorstel", ""))
    form = BodyForm(None if kind else _typed(request), plan=plan)
    if kind:
        return _propose(request, plan, form, kind)

    def act() -> str:
        return f"{name_body(plan, **form.cleaned_data).in_sentence} staat erbij."

    return _answer(request, plan, form, act, "body_create")


@require_http_methods(["GET", "HEAD", "POST"])
def body_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change one body, or take it away while it decided nothing."""
    plan = _plan(request, slug)
    body = get_object_or_404(plan.bodies, pk=number)
    if request.POST.get("weg"):
        form = BodyForm(plan=plan, instance=body)
        try:
            remove_body(body)
        except ValidationError as refusal:
            return _page(request, plan, form, "body_edit", {"body": body, "refusal": refusal})
        messages.success(request, f"{body.in_sentence} is weg.")
        return redirect("reports:adoption_detail", plan.slug)
    form = BodyForm(_typed(request), plan=plan, instance=body)

    def act() -> str:
        return f"{change_body(form.instance).in_sentence} is gewijzigd."

    return _answer(request, plan, form, act, "body_edit", {"body": body})


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a version forward, and choose the majority."""
    plan = _plan(request, slug)
    adoption = Adoption.objects.filter(plan=plan).first() or Adoption(plan=plan)
    form = AdoptionForm(_typed(request), plan=plan, instance=adoption)

    def act() -> str:
        said = form.cleaned_data
        done = put_forward(plan, said["version"], majority=said["majority"], on=localdate())
        if done.version is None:
            return "Er is nu geen versie voorgelegd."
        return f"Versie {done.version.number} is voorgelegd."

    return _answer(request, plan, form, act, "adoption_edit")


@require_http_methods(["GET", "HEAD", "POST"])
def decision_record(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down what a body decided."""
    plan = _plan(request, slug)
    adoption = Adoption.objects.filter(plan=plan).select_related("version").first()
    form = DecisionForm(
        _typed(request),
        plan=plan,
        asked=request.GET.get("orgaan", ""),
        version=adoption.version if adoption else None,
        on=localdate(),
    )

    def act() -> str:
        made = record_decision(**form.cleaned_data, on=localdate(), by=request.user)
        said = f"het besluit over versie {made.version.number} is vastgelegd"
        return f"{made.body.in_sentence}: {said}."

    more = {"has_bodies": plan.bodies.exists()}
    return _answer(request, plan, form, act, "decision_record", more)


def _propose(
    request: HttpRequest, plan: WorkPlan, form: BodyForm, kind: DecisionBody.Kind
) -> HttpResponse:
    try:
        made = propose_bodies(plan, kind)
    except ValidationError as refusal:
        return _page(request, plan, form, "body_create", {"refusal": refusal})
    count = f"{len(made)} organen staan" if len(made) != 1 else "Eén orgaan staat"
    messages.success(request, f"{count} erbij." if made else "Alle organen stonden er al.")
    return redirect("reports:adoption_detail", plan.slug)


def _answer(
    request: HttpRequest,
    plan: WorkPlan,
    form: forms.BaseForm,
    act: Callable[[], str],
    page: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Act on a form that is in order and go back to the decisions, or show the page."""
    if form.is_valid():
        try:
            said = act()
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, said)
            return redirect("reports:adoption_detail", plan.slug)
    return _page(request, plan, form, page, more or {})


def _page(
    request: HttpRequest, plan: WorkPlan, form: forms.BaseForm, page: str, more: dict[str, Any]
) -> HttpResponse:
    context = {"plan": plan, "form": form, "breadcrumbs": _breadcrumbs(plan), **more}
    status = 422 if form.errors or "refusal" in more else 200
    return render(request, f"workplans/{page}.html", context, status=status)


def _tell(form: forms.BaseForm, refusal: ValidationError) -> None:
    """A fault at its field where the form has that, and above the form otherwise."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, faults in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, ValidationError(faults))


def _plan(request: HttpRequest, slug: str) -> WorkPlan:
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    plan = get_object_or_404(plans, slug=slug)
    can_record_decision(request.user, plan).require()
    return plan


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _breadcrumbs(plan: WorkPlan) -> tuple[tuple[str, str], ...]:
    return (
        ("Plannen", "reports:workplan_list"),
        ("Besluiten", reverse("reports:adoption_detail", args=[plan.slug])),
    )
