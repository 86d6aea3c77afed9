"""Pages of versions: the list, one as it was, and what changed between two."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from reports.comparison import compare, compare_csv, summary
from reports.moments import moment_in_words
from reports.presence import presence
from reports.rendering import FORMATS, Reported, render_version, report, report_version
from reports.trail import trail_table
from reports.version_list import version_table
from reports.views import download
from workplans.models import PlanStep, PlanVersion, WorkPlan
from workplans.permissions import can_keep_version, can_restore_version
from workplans.version_forms import VersionForm

NOW = "nu"
PLANS = (("Plannen", "reports:workplan_list"),)


@require_safe
def version_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The versions of a plan and its trail, with forms to keep one and to compare two."""
    plan = _plan(request, slug)
    versions = list(_versions(request, slug).in_list_order().defer("tree"))
    steps = PlanStep.objects.visible_to(request.user).filter(plan=plan).order_by("-number")
    may_keep = can_keep_version(request.user, plan)
    context = {
        "plan": plan,
        "table": version_table(versions, on=localdate()) if versions else None,
        "choices": _choices(versions),
        "asked": (str(versions[0].number) if versions else "", NOW),
        "trail": trail_table(steps.select_related("plan", "version").defer("version__tree")),
        "form": VersionForm() if may_keep else None,
        "breadcrumbs": PLANS,
    }
    return render(request, "reports/version_list.html", context)


@require_safe
def version_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The plan as it was, as a document."""
    version = get_object_or_404(_versions(request, slug), number=number)
    try:
        reported = report_version(version)
    except ValidationError as refusal:
        return _unreadable(request, refusal)
    context = {
        "version": version,
        "here": f"Versie {number}",
        "banner": _banner(version),
        "document": reported.document,
        "formats": tuple(FORMATS),
        "may_restore": can_restore_version(request.user, version.plan),
        "breadcrumbs": PLANS,
    }
    return render(request, "reports/version_detail.html", context)


@require_safe
def version_download(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """A version as a file, under a name that says its number and date."""
    version = get_object_or_404(_versions(request, slug), number=number)
    if form not in FORMATS:
        raise Http404
    is_wanted = presence(request.META.get("gunicorn.socket"))
    try:
        return download(request, lambda: render_version(version, form, is_wanted=is_wanted))
    except ValidationError as refusal:
        return _unreadable(request, refusal)


@require_safe
def version_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed from one version to another, or to the plan as it is now."""
    plan = _plan(request, slug)
    versions = list(_versions(request, slug).in_list_order().defer("tree"))
    asked = _asked(request, versions)
    try:
        sides = [_side(plan, versions, name) for name in asked]
    except ValidationError as refusal:
        return _unreadable(request, refusal)
    found = compare(sides[0].reported, sides[1].reported)
    context = {
        "plan": plan,
        "sides": sides,
        "asked": asked,
        "choices": _choices(versions),
        "comparison": found,
        "summary": summary(found),
        "breadcrumbs": PLANS,
    }
    return render(request, "reports/version_compare.html", context)


@require_safe
def version_compare_download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The differences in money as a file for a spreadsheet."""
    plan = _plan(request, slug)
    if form != "csv":
        raise Http404
    versions = list(_versions(request, slug).in_list_order().defer("tree"))
    van, naar = _asked(request, versions)
    try:
        found = compare(*(_side(plan, versions, name).reported for name in (van, naar)))
    except ValidationError as refusal:
        return _unreadable(request, refusal)
    return download(request, lambda: compare_csv(found, f"{plan.slug}-verschil-{van}-{naar}"))


def _banner(version: PlanVersion) -> str:
    """Which version this is, and what one cannot do with it."""
    kept = moment_in_words(version.kept_at, on=localdate())
    by = f" door {version.kept_by_name}" if version.kept_by_name else ""
    reason = f" Reden: {version.reason.rstrip('.')}." if version.reason else ""
    return (
        f"U leest versie {version.number}, “{version.name}”, {kept} bewaard{by}.{reason} "
        "Deze versie kan niet worden bewerkt; u bewerkt het plan zoals het nu is."
    )


@dataclass(frozen=True)
class _Side:
    """One of the two that are compared; `version` is None for the plan as it is now."""

    reported: Reported
    version: PlanVersion | None

    @property
    def label(self) -> str:
        if self.version is None:
            return "het plan zoals het nu is"
        return f"versie {self.version.number} (“{self.version.name}”)"

    @property
    def short(self) -> str:
        return f"versie {self.version.number}" if self.version else NOW


def _side(plan: WorkPlan, versions: list[PlanVersion], name: str) -> _Side:
    if name == NOW:
        return _Side(report(plan), None)
    version = next(version for version in versions if str(version.number) == name)
    return _Side(report_version(version), version)


def _asked(request: HttpRequest, versions: list[PlanVersion]) -> tuple[str, str]:
    """Which two to compare: the newest version and now where the address does not say."""
    if not versions:
        raise Http404
    asked = request.GET.get("van") or str(versions[0].number), request.GET.get("naar") or NOW
    known = {NOW, *(str(version.number) for version in versions)}
    if not known.issuperset(asked):
        raise Http404
    return asked


def _choices(versions: list[PlanVersion]) -> list[tuple[str, str]]:
    return [(NOW, "Zoals het nu is"), *((str(v.number), str(v)) for v in versions)]


def _plan(request: HttpRequest, slug: str) -> WorkPlan:
    plans = WorkPlan.objects.visible_to(request.user)
    return get_object_or_404(plans.select_related("region", "programme", "predecessor"), slug=slug)


def _versions(request: HttpRequest, slug: str) -> QuerySet[PlanVersion]:
    plans = PlanVersion.objects.visible_to(request.user).filter(plan__slug=slug)
    return plans.select_related("plan__region")


def _unreadable(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    reasons = ["Deze versie noemt iets dat niet meer bestaat.", *refusal.messages]
    return render(request, "409.html", {"reasons": reasons}, status=409)
