"""What everybody may read of plans, without a sign-in, and the page that makes a version
public.

A public page reads rows and computes nothing: docs/adr/0020-published-as-it-was-made.md.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from reports.pdf import PdfError
from reports.presence import presence
from reports.public_tables import public_table
from reports.publishing import DOWNLOADS, page_of, public_files
from workplans.models import Publication, PublishedFile, WorkPlan
from workplans.permissions import can_publish
from workplans.publication_forms import PublicationForm
from workplans.services import publish_version

CATEGORY = ("jaarplan of jaarverslag", "c_c6cd1213")
"""The information category of the Woo (article 3.3, 2g) and its code in TOOI."""


@login_not_required
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """The plans that everybody may read."""
    found = Publication.objects.in_force(localdate()).in_list_order()
    plans = list(found.select_related("version__plan__region").defer("version__tree"))
    context = {"table": public_table(plans) if plans else None}
    return render(request, "reports/public_list.html", context)


@login_not_required
@require_safe
def public_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A published version as a document, as it was made on that day."""
    publication = _newest(slug)
    if not publication.is_in_force(localdate()):
        return _gone(request, publication)
    page = get_object_or_404(publication.files, form=PublishedFile.Form.PAGE)
    context = {
        "publication": publication,
        "plan": publication.version.plan,
        "category": CATEGORY,
        # Our own template made it from escaped text; nobody can change the row.
        "document": mark_safe(page_of(page)),
        "forms": DOWNLOADS,
    }
    return render(request, "reports/public_detail.html", context)


@login_not_required
@require_safe
def public_download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """A file of a published version, the same bytes every time."""
    if form not in DOWNLOADS:
        raise Http404
    publication = _newest(slug)
    if not publication.is_in_force(localdate()):
        return _gone(request, publication)
    file = get_object_or_404(publication.files, form=form)
    response = HttpResponse(file.body, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["ETag"] = f'"{file.digest}"'
    # A copy may be kept, but who shows it asks first: it may have been withdrawn.
    response["Cache-Control"] = "public, no-cache"
    answer: HttpResponse = get_conditional_response(
        request, etag=response["ETag"], response=response
    )
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def publication_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a version public, after a page that says what everybody will read."""
    plans = WorkPlan.objects.visible_to(request.user).select_related("region")
    plan = get_object_or_404(plans, slug=slug)
    can_publish(request.user, plan).require()
    today = localdate()
    form = PublicationForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_valid() and (done := _publish(request, form)) is not None:
        messages.success(request, f"Versie {done.version.number} is nu openbaar.")
        return redirect("reports:public_detail", plan.slug)
    context = {
        "plan": plan,
        "form": form,
        "has_versions": form.fields["version"].queryset.exists(),
        "public": Publication.objects.in_force(today)
        .filter(version__plan=plan)
        .select_related("version")
        .first(),
        "breadcrumbs": (("Plannen", "reports:workplan_list"),),
    }
    status = 422 if form.errors else 200
    return render(request, "reports/publication_create.html", context, status=status)


def _publish(request: HttpRequest, form: PublicationForm) -> Publication | None:
    """Make the files and store them, or say on the form why not."""
    said, today = form.cleaned_data, localdate()
    try:
        files = public_files(
            said["version"], is_wanted=presence(request.META.get("gunicorn.socket"))
        )
        return publish_version(
            said["version"],
            files,
            title=said["title"],
            adopted_on=said["adopted_on"],
            retention_until=form.retention_until(today),
            on=today,
            by=request.user,
        )
    except PdfError as error:
        form.add_error(None, str(error))
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    return None


def _newest(slug: str) -> Publication:
    """The last publication of the plan at this address, or 404. One query."""
    found = Publication.objects.newest().select_related("version__plan__region", "withdrawal")
    return get_object_or_404(found.defer("version__tree"), version__plan__slug=slug)


def _gone(request: HttpRequest, publication: Publication) -> HttpResponse:
    context = {
        "publication": publication,
        "withdrawal": getattr(publication, "withdrawal", None),
    }
    return render(request, "reports/public_gone.html", context, status=410)
