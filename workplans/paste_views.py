"""Pasting a table into a plan: a preview of what it would do, then storing it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from workplans.desk import page as desk
from workplans.desk.paste_form import PasteForm
from workplans.desk.pasting import SHOWN, Pasting, outlook, summary
from workplans.desk.together import who_removed
from workplans.desk_views import GONE, back, crumbs, of_editor
from workplans.editing import Gone, Impossible, on_the_line
from workplans.editing.parts import kind_of
from workplans.models import WorkPlan
from workplans.services.batches import change_in_batches
from workplans.services.editing import Clashed, Refusal, Refused

LIST_OF = {"line": "actions", "point": "actions", "block": "rows"}
OTHERWISE = "Het plan is intussen veranderd; kijk nog eens wat de tabel nu zou doen."
OVERTAKEN = "Iemand anders was u voor; kijk nog eens wat de tabel nu zou doen."


@require_http_methods(["GET", "HEAD", "POST"])
@of_editor
def part_paste(request: HttpRequest, plan: WorkPlan, handle: str) -> HttpResponse:
    """A table for the rows of a part. A POST shows what it would do; with `stap=bewaar`
    it is stored if that is what was seen. The editor itself stores by its own way: to it
    the answer says the changes."""
    given = request.POST if request.method == "POST" else request.GET
    name = given.get("lijst") or LIST_OF.get(kind_of(handle), "")
    shown = desk.sheet(plan)
    target = desk.target(shown, f"{handle}/{name}")
    if target is None:
        raise Http404
    if request.method != "POST":
        start = {key: given.get(key, "") for key in ("rij", "kolom")} | {"lijst": name}
        return _page(request, plan, PasteForm(target, shown.places, initial=start))
    form = PasteForm(target, shown.places, request.POST)
    step = request.POST.get("stap")
    if not form.is_valid():
        return _page(request, plan, form, status=422)
    if step == "tekst":
        first = form.cleaned_data | {"tekst": form.text(), "html": ""}
        return _page(request, plan, PasteForm(target, shown.places, initial=first))
    if step != "bewaar":
        return _page(request, plan, form.again(), form.pasting)
    sentences = [] if form.is_as_seen else [OTHERWISE]
    if not sentences and request.wants_fragment:  # type: ignore[attr-defined]
        done = {"changes": on_the_line(form.pasting.changes()), "says": _done(form.pasting)}
        return JsonResponse(done)
    sentences = sentences or _store(plan, form.pasting, request)
    if sentences:
        return _page(request, plan, form.again(), form.pasting, sentences, status=422)
    messages.success(request, _done(form.pasting))
    return redirect(back(plan, handle))


def _page(
    request: HttpRequest,
    plan: WorkPlan,
    form: PasteForm,
    pasting: Pasting | None = None,
    sentences: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form for a table, or the preview of one; a part of it for the editor."""
    owner = form.target.home.partition("/")[0]
    context = {
        "plan": plan,
        "form": form,
        "owner": owner,
        "target": form.target,
        "pasting": pasting,
        "says": outlook(pasting) if pasting else "",
        "changes": bool(pasting and pasting.changes()),
        "shown": SHOWN,
        "sentences": sentences or [],
        "back": back(plan, owner),
        "breadcrumbs": crumbs(plan),
    }
    template = "_paste" if request.wants_fragment else "paste"  # type: ignore[attr-defined]
    return render(request, f"workplans/desk/{template}.html", context, status=status)


def _done(pasting: Pasting) -> str:
    said = summary(pasting)
    left = pasting.left
    cells = "1 cel of rij is" if left == 1 else f"{left} cellen of rijen zijn"
    return f"{said}; {cells} niet opgeslagen" if left else said


def _store(plan: WorkPlan, pasting: Pasting, request: HttpRequest) -> list[str]:
    """Store a paste; says what stood in the way."""
    try:
        change_in_batches(plan, pasting.changes(), by=request.user)
    except Clashed:
        return [OVERTAKEN]
    except Gone as gone:
        return [GONE.format(who=who_removed(plan, gone.node, on=localdate()))]
    except Impossible as impossible:
        return [impossible.sentence]
    except Refused as refused:
        return [_placed(pasting, refusal) for refusal in refused.refusals]
    except ValidationError as refusal:
        return refusal.messages
    return []


def _placed(pasting: Pasting, refusal: Refusal) -> str:
    """A refusal with the row and column that it is about."""
    label = pasting.target.fields[refusal.key].label if refusal.key in pasting.target.fields else ""
    for row in pasting.rows:
        if refusal.node in (row.handle, f"new:{row.number}"):
            return f"Rij {row.number}{f', {label}' if label else ''}: {refusal.sentence}"
    return refusal.sentence
