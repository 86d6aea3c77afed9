"""Letters of a fund: one at a time, or those of a span of days in parts of a zip each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from funds.models import Application, Fund
from funds.permissions import regions_in_full
from funds.views import crumbs
from reports.entry_forms import LetterFilterForm
from reports.files import Rendered, zipped
from reports.letter_paper import letter_paper
from reports.letters import Letter, find_letter, letter_table, letters
from reports.pdf import PdfAbandonedError, PdfError
from reports.presence import presence
from reports.views import download, not_made

LETTERS_PER_PART = 25
"""So many letters are one zip, and one page of the list: some ten seconds of work."""


@require_safe
def letter_download(
    request: HttpRequest, slug: str, number: int, kind: str, key: str
) -> HttpResponse:
    """One letter as a PDF, the same bytes every time."""
    applications = Application.objects.visible_to(request.user).select_related(
        "envelope__fund__owner", "envelope__region", "round"
    )
    application = get_object_or_404(applications, pk=number, envelope__fund__slug=slug)
    letter = find_letter(kind, application, key)
    if letter is None:
        raise Http404
    is_wanted = _presence(request)
    return download(request, lambda: letter_paper(letter, is_wanted=is_wanted))


@require_safe
def letter_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters of a span of days, and the zip of each part of them."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    form, found = _asked(request, fund)
    parts = Paginator([letter for letter in found if not letter.is_void], LETTERS_PER_PART)
    page = parts.get_page(request.GET.get("pagina"))
    context = {
        "fund": fund,
        "form": form,
        "parts": parts,
        "page": page,
        "void": letter_table(
            [letter for letter in found if letter.is_void], "Teruggenomen: niet uitvoeren"
        ),
        "table": letter_table(page.object_list, "Brieven, de oudste eerst"),
        "kept": QueryDict(urlencode(form.kept)),
        "query": urlencode(form.kept),
        "breadcrumbs": crumbs(fund),
        "is_swapped": request.wants_fragment,
    }
    name = "_letters" if request.wants_fragment else "letter_list"
    return render(request, f"reports/{name}.html", context, status=422 if form.errors else 200)


@require_safe
def letter_batch_download(request: HttpRequest, slug: str, part: int) -> HttpResponseBase:
    """The letters of one part as a zip that is sent while it is made."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user), slug=slug)
    form, found = _asked(request, fund)
    parts = Paginator([letter for letter in found if not letter.is_void], LETTERS_PER_PART)
    if form.errors or not parts.count or part not in parts.page_range:
        raise Http404
    made = _made(parts.page(part).object_list, _presence(request))
    try:
        # Before the answer begins, while it can still be a page that says why not.
        first = next(made)
    except PdfError as error:
        return not_made(request, error)
    response = StreamingHttpResponse(zipped(chain([first], made)), content_type="application/zip")
    name = f"brieven-{form.kind}-{fund.slug}-deel-{part}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: HttpRequest, fund: Fund) -> tuple[LetterFilterForm, list[Letter]]:
    """The filter, and the letters that it leaves of the regions that the reader sees."""
    in_full = regions_in_full(request.user, fund)
    form = LetterFilterForm(request.GET.dict(), fund, in_full)
    applications = Application.objects.filter(
        envelope__fund=fund, envelope__region__in=form.chosen(in_full)
    ).select_related("envelope__fund__owner", "envelope__region", "round")
    said = form.cleaned_data
    return form, letters(form.kind, applications, said.get("van"), said.get("tot"))


def _made(found: Sequence[Letter], is_wanted: Callable[[], bool]) -> Iterator[Rendered]:
    """Each letter when its turn comes. When one cannot be made, a text in its place says
    so, and that is the last; a fault in the first one is raised."""
    for place, letter in enumerate(found):
        try:
            yield letter_paper(letter, is_wanted=is_wanted)
        except PdfError as fault:
            if place == 0:
                raise
            if isinstance(fault, PdfAbandonedError):
                return
            text = (
                f"Dit deel is niet compleet: {place} van {len(found)} brieven zitten erin. "
                f"{letter.file_name} is niet gemaakt: {fault} Haal dit deel opnieuw op."
            )
            yield Rendered(text.encode(), "text/plain", "LEES-MIJ-niet-compleet.txt")
            return


def _presence(request: HttpRequest) -> Callable[[], bool]:
    return presence(request.META.get("gunicorn.socket"))
