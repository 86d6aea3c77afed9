"""Pages on which people talk about a plan: load, ask, bind, act, answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.models import User
from municipalities.permissions import Verdict
from workplans.comment_forms import AnswerForm, CommentFilterForm, CommentForm
from workplans.models import Comment, WorkPlan
from workplans.permissions import can_comment, can_read_comments, can_withdraw_comment
from workplans.services import (
    read_notices,
    reopen_comment,
    resolve_comment,
    withdraw_comment,
)
from workplans.spots import Spots

PER_PAGE = 25


@require_safe
def comment_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What is said about a plan: open, or as the filter asks."""
    plan = _plan(request, slug)
    can_read_comments(request.user, plan).require()
    spots = Spots(plan)
    form = CommentFilterForm(request.GET.dict(), plan, request.user, spots)
    found = form.narrowed().with_conversation()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "plan": plan,
        "form": form,
        "page": page,
        "kept": QueryDict(urlencode(form.kept)),
        "conversations": [(comment, spots.of(comment)) for comment in page.object_list],
        "may_comment": can_comment(request.user, plan),
        "here": request.get_full_path(),
        "is_swapped": request.wants_fragment,
        "breadcrumbs": _breadcrumbs(),
    }
    template = "_comments.html" if request.wants_fragment else "comment_list.html"
    return render(request, f"workplans/{template}", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Say something about the plan, or about the place that the address names."""
    plan = _plan(request, slug)
    can_comment(request.user, plan).require()
    typed = request.POST if request.method == "POST" else None
    form = CommentForm(typed, plan=plan, by=request.user, asked=request.GET.dict())
    if form.is_valid():
        try:
            comment = form.save()
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Uw opmerking staat bij {comment.where}.")
            spot = form.spots.of(comment)
            if spot is None:
                return redirect("workplans:comment_list", plan.slug)
            return redirect(f"{plan.get_absolute_url()}#{spot.anchor}")
    is_faulty = bool(form.errors or (typed is None and form.fault))
    context = {"plan": plan, "form": form, "breadcrumbs": _breadcrumbs()}
    return render(
        request, "workplans/comment_create.html", context, status=422 if is_faulty else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def comment_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One conversation, and a form to answer in it. Who opens it has read what there was
    to tell of it."""
    plan = _plan(request, slug)
    can_read_comments(request.user, plan).require()
    comment = get_object_or_404(plan.comments.opening().with_conversation(), pk=number)
    may_comment = can_comment(request.user, plan)
    form = AnswerForm(
        request.POST if request.method == "POST" else None, plan=plan, by=request.user
    )
    if request.method == "POST":
        may_comment.require()
        if form.is_valid():
            try:
                answer = form.save(comment)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, "Uw antwoord staat erbij.")
                return redirect(answer)
    elif request.method == "GET":
        read_notices(request.user, about=[comment, *comment.answers.all()])
    context = {
        "plan": plan,
        "comment": comment,
        "spot": Spots(plan).of(comment),
        "form": form if form.errors or (may_comment and not comment.is_settled) else None,
        "may_comment": may_comment,
        "breadcrumbs": _breadcrumbs(),
    }
    return render(
        request, "workplans/comment_detail.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def comment_step(request: HttpRequest, slug: str, number: int, step: str) -> HttpResponse:
    """Resolve a comment, open it again or withdraw it, after a page that names the
    consequence; a button elsewhere that names it itself sends straight to here."""
    plan = _plan(request, slug)
    can_read_comments(request.user, plan).require()
    if step not in STEPS:
        raise Http404
    comment = get_object_or_404(plan.comments.with_conversation(), pk=number)
    taken = STEPS[step]
    taken.may(request.user, comment).require()
    faults: list[str] = []
    if request.method == "POST":
        try:
            taken.take(comment, request.user)
        except ValidationError as refusal:
            faults = refusal.messages
        else:
            messages.success(request, taken.done)
            return redirect(_way_back(request) or comment.get_absolute_url())
    context = {
        "plan": plan,
        "comment": comment,
        "step": taken,
        "faults": faults,
        "breadcrumbs": _breadcrumbs(),
    }
    return render(request, "workplans/comment_step.html", context, status=422 if faults else 200)


@dataclass(frozen=True)
class Step:
    """A step with a comment: who may, what it does, and the words for it."""

    verb: str
    icon: str
    consequence: str
    done: str
    may: Callable[[User, Comment], Verdict]
    take: Callable[[Comment, User], Comment]


def _may_comment(user: User, comment: Comment) -> Verdict:
    return can_comment(user, comment.plan)


STEPS = {
    "afhandelen": Step(
        "Handel af",
        "check",
        "De opmerking gaat van de lijst met open opmerkingen af. U kunt haar later heropenen.",
        "De opmerking is afgehandeld.",
        _may_comment,
        lambda comment, by: resolve_comment(comment, by=by, at=now()),
    ),
    "heropenen": Step(
        "Heropen",
        "edit",
        "De opmerking komt terug op de lijst met open opmerkingen.",
        "De opmerking staat weer open.",
        _may_comment,
        lambda comment, by: reopen_comment(comment),
    ),
    "intrekken": Step(
        "Trek in",
        "close",
        "Niemand leest de tekst daarna nog, u ook niet. Dat hier een opmerking stond, blijft te "
        "zien. Intrekken kunt u niet ongedaan maken.",
        "De opmerking is ingetrokken.",
        can_withdraw_comment,
        lambda comment, by: withdraw_comment(comment, at=now()),
    ),
}


def _plan(request: HttpRequest, slug: str) -> WorkPlan:
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    return get_object_or_404(plans, slug=slug)


def _breadcrumbs() -> tuple[tuple[str, str], ...]:
    return (("Plannen", "reports:workplan_list"),)


def _way_back(request: HttpRequest) -> str:
    """The list that the button stood in, as far as it is one of ours."""
    asked = request.POST.get("terug", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else ""
