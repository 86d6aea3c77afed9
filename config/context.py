"""What the frame of each page shows: where one can go, and where one is."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

PLACES = (
    ("Start", "reports:start", frozenset({"start"})),
    (
        "Plannen",
        "reports:workplan_list",
        frozenset({"workplan_list", "workplan_detail", "workplan_submit"}),
    ),
    ("Fondsen", "reports:fund_list", frozenset({"fund_list", "fund_detail"})),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation entries `(label, url, is_current)`; empty for who is not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": ()}
    match = request.resolver_match
    here = match.url_name if match else ""
    places = [(label, reverse(route), here in names) for label, route, names in PLACES]
    if user.is_staff:
        places.append(("Beheer", reverse("admin:index"), False))
    return {"navigation": tuple(places)}
