"""What every request shares: how htmx and Django shake hands, and a refusal by the
database that becomes a page, not a crash."""

from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.timezone import now
from django_htmx.http import HttpResponseClientRedirect

from municipalities.guard import violation
from municipalities.visits import note_visit


class FragmentMiddleware:
    """Says of each request whether it wants a part of the page (`wants_fragment`): htmx
    asked, not for a whole page, and not to restore one from the history of the browser.

    Stands inside `HtmxMiddleware` and around the one that sends to the sign-in: who lost
    the session must get that page whole, not inside a list.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        htmx = request.htmx  # type: ignore[attr-defined]
        request.wants_fragment = (  # type: ignore[attr-defined]
            bool(htmx) and not htmx.boosted and not htmx.history_restore_request
        )
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        if htmx and response.status_code == 302 and response["Location"].startswith(sign_in):
            back = htmx.current_url_abs_path or request.get_full_path()
            response = HttpResponseClientRedirect(f"{sign_in}?{urlencode({'next': back})}")
        patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
        return response


class RefusalMiddleware:
    """The net under everything: what a guard refuses at commit is answered with 409, and
    what a page does not take with a page that says so, not with nothing.

    Views catch refusals themselves and keep what was typed; this is for the path that
    nobody thought of.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, IntegrityError):
            return None
        refusal = violation(error)
        if refusal is None:
            return None
        return render(request, "409.html", {"reasons": refusal.messages}, status=409)


class VisitMiddleware:
    """Notes when somebody was here; the clock is read at this edge and handed on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            note_visit(request.user, at=now())
        return self.get_response(request)
