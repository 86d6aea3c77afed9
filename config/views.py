"""Pages about the site itself: how it looks, its keys, its accessibility, its parts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from config import samples
from config.display import COOKIE, COOKIE_AGE, Display
from config.patterns import may_see


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """The look: a form, and the cookie that keeps what was chosen."""
    if request.method != "POST":
        return render(request, "config/display.html")
    chosen = Display.read(request.COOKIES.get(COOKIE, "")).changed(request.POST.dict())
    response = redirect(_way_back(request))
    response.set_cookie(
        COOKIE,
        chosen.written(),
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@require_safe
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The list of shortcuts, and the switch that turns them off."""
    return render(request, "config/shortcuts.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the law asks for."""
    return render(request, "config/accessibility.html", {"contact": settings.CONTACT_MAIL})


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Every component in its states; for who builds the pages, nobody else knows of it."""
    if not may_see(request.user):
        raise Http404
    found = samples.patterns(csrf_token=get_token(request))
    return render(request, "config/patterns.html", {"patterns": found})


def _way_back(request: HttpRequest) -> str:
    """The page that the form was sent from, as far as it is one of ours."""
    asked = request.POST.get("terug", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else request.path
