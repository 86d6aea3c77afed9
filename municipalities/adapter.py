"""How people get in: an account is made by a beheerder, nobody makes one alone."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the public registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The name under which a try to sign in is counted, whatever its capitals: the one
    that is handed over with the password, or the one that was posted."""
    given = credentials or {}
    return str(given.get("email") or request.POST.get("login", "")).strip().lower()
