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
    ("Start", "reports:start", frozenset({"start"})),
    (
        "Plannen",
        "reports:workplan_list",
        frozenset(
            {
                "workplan_list",
                "workplan_detail",
                "workplan_overview",
                "workplan_submit",
                "plan_step",
                "version_list",
                "version_detail",
                "version_compare",
                "version_keep",
                "version_restore",
                "adoption_detail",
                "adoption_edit",
                "body_create",
                "body_edit",
                "decision_record",
                "publication_create",
                "publication_withdraw",
                "comment_list",
                "comment_create",
                "comment_detail",
                "comment_step",
            }
        ),
    ),
    (
        "Fondsen",
        "reports:fund_list",
        frozenset(
            {
                "fund_list",
                "fund_detail",
                "fund_entries",
                "fund_close",
                "application_detail",
                "application_step",
                "entry_correct",
            }
        ),
    ),
)


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
    match = request.resolver_match
    here = match.url_name if match else ""
    places = [(label, reverse(route), here in names) for label, route, names in PLACES]
    if user.is_staff:
        places.append(("Beheer", reverse("admin:index"), False))
    return tuple(places)


def _unread(request: HttpRequest) -> int:
    """For a whole page of who is signed in; a part of one has no header."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or getattr(request, "wants_fragment", False):
        return 0
    return Notice.objects.of(user).unread().count()
