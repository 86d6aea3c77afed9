"""The editor of a plan: its page, and what it sends and asks while somebody works."""

from __future__ import annotations

import json
import uuid
from functools import wraps
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from municipalities.characters import has_control
from workplans.desk import page as desk
from workplans.desk.fields import ACTION
from workplans.desk.saying import remedies, said
from workplans.desk.together import last_change, moment, news, others, show_up, who_removed
from workplans.editing import (
    Clash,
    Gone,
    Impossible,
    Unclear,
    WayBack,
    on_the_line,
    read_changes,
)
from workplans.editing.applying import seen
from workplans.editing.parts import kind_of
from workplans.gazetteer import places_of
from workplans.models import Action, PlanChange, PlanRevision, WorkPlan
from workplans.notation.richtext_html import to_html, to_text
from workplans.permissions import can_edit
from workplans.services.editing import Clashed, Refused, change_plan
from workplans.services.undoing import NothingToUndo, way_back_of

MOST_PASTED = 2_000_000
TOO_MUCH = "Dit is te veel om in één keer te plakken; plak het in delen."
UNREADABLE = "Dit verzoek is niet te lezen; laad de pagina opnieuw."
GONE = "{who} heeft dit intussen weggehaald; kopieer uw tekst en zet die elders neer."
NOTHING_TO_UNDO = "Dit is niet meer ongedaan te maken; wijzig het met de hand."


class _View(Protocol):
    def __call__(self, request: HttpRequest, plan: WorkPlan, **kwargs: Any) -> HttpResponse: ...


def of_editor(view: _View) -> Any:
    """A view of a plan that the user sees and may change now."""

    @wraps(view)
    def asked(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        plans = WorkPlan.objects.visible_to(request.user).select_related("region")
        plan = get_object_or_404(plans, slug=slug)
        can_edit(request.user, plan).require()
        return view(request, plan, **kwargs)

    return asked


@require_safe
@of_editor
def plan_edit(request: HttpRequest, plan: WorkPlan) -> HttpResponse:
    """The plan to type in, in the order of its document."""
    number = PlanRevision.objects.values_list("number", flat=True).get(plan=plan)
    sheet = desk.sheet(plan)
    sections = list(sheet.sections())
    context = {
        "plan": plan,
        "number": number,
        "sections": sections,
        "lists": list(sheet.lists()),
        "has_lines": any(section.is_line for section in sections),
        "statuses": Action.Status.choices,
        "breadcrumbs": (
            ("Plannen", "reports:workplan_list"),
            (plan.title, plan.get_absolute_url()),
        ),
    }
    return render(request, "workplans/desk/plan_edit.html", context)


@require_POST
@of_editor
def plan_change(request: HttpRequest, plan: WorkPlan) -> JsonResponse:
    """Store a batch of changes, or what undoes an earlier one (`undo`, by its key); the
    answer says what became of the rows.

    200: stored. 409: somebody was first, with what stands there now. 410: what was
    changed is gone. 422: it cannot be stored as it was typed. Nothing of a batch that
    was refused is stored. To who undoes it also says which `changes` that takes.
    """
    try:
        sent = _sent(request)
        key = _key(sent.get("key"))
        if "undo" in sent:
            back = way_back_of(plan, _key(sent["undo"]), by=request.user)
        else:
            back = WayBack(read_changes(_as_text(sent.get("changes"))), {})
    except Unclear as fault:
        return JsonResponse({"sentence": str(fault)}, status=400)
    except NothingToUndo:
        return JsonResponse({"sentence": NOTHING_TO_UNDO}, status=410)
    undone = {"changes": on_the_line(back.changes)} if "undo" in sent else {}
    try:
        answer = change_plan(plan, back.changes, key=key, by=request.user, again=back.again)
    except Clashed as clashed:
        clashes = [_clash(plan, clash) for clash in clashed.clashes]
        return JsonResponse(undone | {"clashes": clashes}, status=409)
    except Gone as gone:
        sentence = GONE.format(who=who_removed(plan, gone.node, on=localdate()))
        return JsonResponse(undone | {"node": gone.node, "sentence": sentence}, status=410)
    except Impossible as impossible:
        return JsonResponse({"sentence": impossible.sentence}, status=422)
    except Refused as refused:
        return JsonResponse({"refusals": [vars(part) for part in refused.refusals]}, status=422)
    except ValidationError as refusal:
        return JsonResponse({"sentence": " ".join(refusal.messages)}, status=422)
    stored = PlanChange.objects.filter(plan=plan, key=key).values_list("before", flat=True)
    before = stored.first() or answer["number"]
    return JsonResponse(
        answer | undone | {"before": before, "rows": _rows(plan, answer["written"])}
    )


@require_POST
@of_editor
def plan_state(request: HttpRequest, plan: WorkPlan) -> JsonResponse:
    """Say that the user is here; the answer says who else is, and what changed since the
    number that the page knows."""
    try:
        sent = _sent(request)
        since, place = sent.get("since"), sent.get("place", "")
        if not isinstance(since, int) or not isinstance(place, str) or has_control(place):
            raise Unclear(UNREADABLE)
    except Unclear as fault:
        return JsonResponse({"sentence": str(fault)}, status=400)
    at = now()
    show_up(plan, request.user, place, at=at)
    found = news(plan, since)
    return JsonResponse(
        {
            "number": found.number,
            "rows": _rows(plan, found.written),
            "reload": found.is_partial,
            "people": others(plan, request.user, at=at),
        }
    )


@require_POST
@of_editor
def plan_read(request: HttpRequest, plan: WorkPlan) -> JsonResponse:
    """How cells of an action would be read, without storing them."""
    try:
        cells = _sent(request).get("cells")
    except Unclear as fault:
        return JsonResponse({"sentence": str(fault)}, status=400)
    if not isinstance(cells, dict) or not all(
        key in ACTION and isinstance(text, str) and len(text) <= 20_000
        for key, text in cells.items()
    ):
        return JsonResponse({"sentence": "Deze cellen kennen wij niet."}, status=400)
    places = places_of(plan.region, plan.starts_on)
    heard = said(cells, places)
    return JsonResponse(
        {
            "says": heard.says,
            "faults": heard.faults,
            "remedies": {
                key: [vars(remedy) for remedy in found]
                for key, found in remedies(cells, places).items()
            },
        }
    )


@require_POST
@of_editor
def text_read(request: HttpRequest, plan: WorkPlan) -> JsonResponse:
    """What is made of HTML or text that somebody pastes: the text that can be stored, and
    the HTML of that for the editor."""
    try:
        sent = _sent(request)
    except Unclear as fault:
        return JsonResponse({"sentence": str(fault)}, status=400)
    given = sent.get("html", sent.get("text"))
    if not isinstance(given, str) or len(given) > MOST_PASTED:
        return JsonResponse({"sentence": TOO_MUCH}, status=400)
    text = to_text(given) if "html" in sent else given
    return JsonResponse({"text": text, "html": to_html(text)})


@require_safe
@of_editor
def part_tree(request: HttpRequest, plan: WorkPlan, handle: str) -> JsonResponse:
    """A part with all that is in it, to take it away or to make another like it."""
    found = desk.part(plan, handle)
    if found is None:
        raise Http404
    return JsonResponse({"tree": seen(found.tree)})


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What a page sends. Raises `Unclear`."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise Unclear(UNREADABLE)
    return sent


def _as_text(sent: Any) -> Any:
    """Changes with running text as text: the editor on the page has it as HTML."""
    for part in sent if isinstance(sent, list) else ():
        for name in ("was", "now"):
            value = part.get(name) if isinstance(part, dict) else None
            html = value.get("html") if isinstance(value, dict) and len(value) == 1 else None
            if isinstance(html, str) and len(html) <= MOST_PASTED and part.get("do") == "put":
                part[name] = to_text(html)
    return sent


def _key(sent: object) -> uuid.UUID:
    try:
        return uuid.UUID(str(sent))
    except ValueError:
        raise Unclear(UNREADABLE) from None


def _clash(plan: WorkPlan, clash: Clash) -> dict[str, Any]:
    who, at = last_change(plan, clash.node, clash.key)
    return vars(clash) | {"who": who, "at": moment(at, on=localdate())}


def _rows(plan: WorkPlan, handles: Any) -> dict[str, str]:
    """The rows of actions that were written, as the page has them."""
    wanted = [handle for handle in handles if kind_of(handle) == "action"]
    if not wanted:
        return {}
    return {
        row.handle: render_to_string("workplans/desk/_row.html", {"row": row, "plan": plan})
        for row in desk.rows(plan, wanted)
    }


def back(plan: WorkPlan, handle: str) -> str:
    return f"{reverse('workplans:plan_edit', args=[plan.slug])}#{handle.replace(':', '-')}"


def crumbs(plan: WorkPlan) -> tuple[tuple[str, str], ...]:
    return (
        ("Plannen", "reports:workplan_list"),
        (plan.title, plan.get_absolute_url()),
        ("Bewerken", reverse("workplans:plan_edit", args=[plan.slug])),
    )
