"""A mail server for tests."""

from django.core.mail.backends.base import BaseEmailBackend


class Away(BaseEmailBackend):
    """Does not answer."""

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("De mailserver is er niet.")
