"""What the frame of each page shows: where one can go, where one is, and how its reader
wants to see it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from config.display import COOKIE, Display
from config.patterns import may_see
from config.shortcuts import SHORTCUTS
from municipalities.models import User
from workplans.models import Notice

PLACES = (
    ("Start", "reports:start"),
    ("Plannen", "reports:workplan_list"),
    ("Fondsen", "reports:fund_list"),
)
"""The entries of the menu; all that stands below the address of one belongs to it."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation entries `(label, url, is_current)`, empty for who is not signed in; the
    look that was chosen; the shortcuts; whether the patterns may be seen; how many
    notices are new, which costs a query on a whole page."""
    return {
        "navigation": _navigation(request),
        "unread_notices": _unread(request),
        "display": Display.read(request.COOKIES.get(COOKIE, "")),
        "shortcuts": SHORTCUTS,
        "sees_patterns": may_see(getattr(request, "user", None)),
    }


def _navigation(request: HttpRequest) -> tuple[tuple[str, str, bool], ...]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ()
    places = [(label, reverse(route)) for label, route in PLACES]
    if user.is_staff:
        places.append(("Beheer", reverse("admin:index")))
    start = reverse("reports:start")
    here = request.path
    return tuple(
        (label, url, here == url or (url != start and here.startswith(url)))
        for label, url in places
    )


def _unread(request: HttpRequest) -> int:
    """For a whole page of who is signed in; a part of one has no header."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or getattr(request, "wants_fragment", False):
        return 0
    return Notice.objects.of(user).unread().count()
