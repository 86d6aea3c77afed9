"""How people get in: an account is made by a beheerder, nobody makes one alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the public registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
