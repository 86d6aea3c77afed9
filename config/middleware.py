"""What every request shares: a refusal by the database becomes a page, not a crash."""

from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from municipalities.guard import violation
from municipalities.visits import note_visit


class RefusalMiddleware:
    """The net under everything: what a guard refuses at commit is answered with 409.

    Views catch refusals themselves and keep what was typed; this is for the path that
    nobody thought of.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

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
