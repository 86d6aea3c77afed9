"""What can be done with a part of a plan, each on a page of its own: for who works without
JavaScript, and for what does not fit in a row."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from workplans.desk import page as desk
from workplans.desk.cost_form import ASKED, ActionForm, rearranged
from workplans.desk.forms import MoveForm, PartForm, as_seen
from workplans.desk.head_form import HeadForm
from workplans.desk.together import last_change, moment, who_removed
from workplans.desk_views import GONE, back, crumbs, of_editor
from workplans.editing import Add, Clash, Gone, Impossible, Remove
from workplans.editing.applying import seen
from workplans.editing.change import END
from workplans.editing.parts import LISTS, kind_of
from workplans.models import WorkPlan
from workplans.services.editing import Clashed, Refused, change_plan


@require_http_methods(["GET", "HEAD", "POST"])
@of_editor
def part_edit(request: HttpRequest, plan: WorkPlan, handle: str) -> HttpResponse:
    """One part of the plan as a form."""
    found = desk.part(plan, handle)
    if found is None:
        raise Http404
    form = _form(request, plan, found)
    is_valid = form.is_bound and form.is_valid()
    if is_valid and _store(plan, form, form.changes(), request):
        return redirect(back(plan, handle))
    context = {
        "plan": plan,
        "part": found,
        "form": form,
        "back": back(plan, handle),
        "may_move": handle != "plan",
        "breadcrumbs": crumbs(plan),
    }
    status = 422 if form.errors else 200
    return render(request, "workplans/desk/part_edit.html", context, status=status)


def _form(request: HttpRequest, plan: WorkPlan, found: desk.Part) -> PartForm:
    """The form of a part, with what was typed. A button for the cost lines of an action
    stores nothing: the form comes back, with one line more or less."""
    data = request.POST if request.method == "POST" else None
    if found.handle == "plan":
        top, user = found.parts.tree, request.user
        return HeadForm(plan, found.columns, top, data, user=user, on=localdate())
    if kind_of(found.handle) != "action":
        return PartForm(found.columns, found.tree, found.handle, data)
    if data and ASKED in data:
        typed = rearranged(data.dict())
        return ActionForm(found.columns, found.tree, found.handle, typed=typed)
    return ActionForm(found.columns, found.tree, found.handle, data)


@require_http_methods(["GET", "HEAD", "POST"])
@of_editor
def part_add(request: HttpRequest, plan: WorkPlan, handle: str, name: str) -> HttpResponse:
    """A new part in a list of a part: asks what it must have, and goes on to its form.
    `na` in the address names the part that it comes after; empty is first."""
    lists = LISTS.get(kind_of(handle), {})
    if name not in lists or (handle != "plan" and desk.part(plan, handle) is None):
        raise Http404
    columns = tuple(field for field in desk.OF_KIND[lists[name]] if field.key in NEEDED[name])
    data = request.POST if request.method == "POST" else None
    form = PartForm(columns, {}, "new:1", data, kind=lists[name])
    if request.method == "POST" and form.is_valid():
        tree = {
            key: value
            for key, value in form.cleaned_data.items()
            if value and key in {field.key for field in columns}
        }
        after = request.GET.get("na", END)
        stored = _store(plan, form, [Add("new:1", handle, name, after, tree)], request)
        if stored:
            return redirect(
                reverse("workplans:part_edit", args=[plan.slug, stored["new"]["new:1"]])
            )
    context = {
        "plan": plan,
        "word": desk.WORDS[lists[name]],
        "form": form,
        "back": back(plan, handle),
        "breadcrumbs": crumbs(plan),
    }
    status = 422 if form.errors else 200
    return render(request, "workplans/desk/part_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@of_editor
def part_move(request: HttpRequest, plan: WorkPlan, handle: str) -> HttpResponse:
    """Bring a part to another place."""
    found = desk.part(plan, handle)
    if found is None or handle == "plan":
        raise Http404
    form = MoveForm(found.parts, handle, request.POST if request.method == "POST" else None)
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and _store(plan, form, [form.change()], request):
        return redirect(back(plan, handle))
    context = {
        "plan": plan,
        "part": found,
        "form": form,
        "back": back(plan, handle),
        "breadcrumbs": crumbs(plan),
    }
    status = 422 if form.errors else 200
    return render(request, "workplans/desk/part_move.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@of_editor
def part_remove(request: HttpRequest, plan: WorkPlan, handle: str) -> HttpResponse:
    """Take a part away, after a page that says what goes with it."""
    found = desk.part(plan, handle)
    if found is None or handle == "plan":
        raise Http404
    sentence = ""
    if request.method == "POST":
        try:
            was = as_seen(request.POST.get("gezien", ""))
            change_plan(plan, [Remove(handle, was)], key=uuid.uuid4(), by=request.user)
        except Clashed as clashed:
            whom = _by_whom(plan, clashed.clashes[0], "dit")
            sentence = f"{whom} gewijzigd; kijk of het nog weg mag."
        except Gone as gone:
            sentence = GONE.format(who=who_removed(plan, gone.node, on=localdate()))
        except Refused as refused:
            sentence = " ".join(part.sentence for part in refused.refusals)
        except ValidationError as refusal:
            sentence = " ".join(refusal.messages)
        else:
            return redirect(reverse("workplans:plan_edit", args=[plan.slug]))
    context = {
        "plan": plan,
        "part": found,
        "sentence": sentence,
        "hidden": (("gezien", json.dumps(seen(found.tree), ensure_ascii=False)),),
        "back": back(plan, handle),
        "breadcrumbs": crumbs(plan),
    }
    status = 422 if sentence else 200
    return render(request, "workplans/desk/part_remove.html", context, status=status)


NEEDED = {
    "actions": ("title",),
    "rows": ("title", "text"),
    "points": ("code", "title"),
    "results": ("code", "text"),
    "parts": ("code", "title", "kind"),
    "lines": ("code", "title", "kind"),
    "blocks": ("kind", "title"),
    "rules": ("code", "kind", "title"),
    "figures": ("code", "title", "amount"),
    "printed": ("where", "text"),
}
"""What a new part of a list is asked for at once."""


def _store(
    plan: WorkPlan, form: MoveForm | PartForm, changes: list[Any], request: HttpRequest
) -> dict[str, Any] | None:
    """Store what a form asks; what stands in the way is told at its fields."""
    if not changes:
        return {"new": {}}
    try:
        return change_plan(plan, changes, key=uuid.uuid4(), by=request.user)
    except Clashed as clashed:
        if isinstance(form, PartForm):
            form.tell(clashed.clashes, lambda clash: _by_whom(plan, clash, "hier"))
    except Gone as gone:
        form.add_error(None, GONE.format(who=who_removed(plan, gone.node, on=localdate())))
    except Impossible as impossible:
        form.add_error(None, impossible.sentence)
    except Refused as refused:
        for part in refused.refusals:
            form.add_error(part.key if part.key in form.fields else None, part.sentence)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return None


def _by_whom(plan: WorkPlan, clash: Clash, what: str) -> str:
    """`Els heeft hier om 14:03`: who was first, to go on from."""
    who, at = last_change(plan, clash.node, clash.key)
    return f"{who} heeft {what} {moment(at, on=localdate()) or 'intussen'}"
