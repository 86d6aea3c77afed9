"""Two sessions at one plan: who writes second waits until the first has committed."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from tests.sessions import waiting_for


def in_turn(first: Callable[[], object], second: Callable[[], object]) -> str:
    """The first writes and holds; the second writes, waits, and goes on after the commit.

    Gives the name of the constraint that refused the second, or `stored`.
    """

    def run() -> str:
        try:
            with transaction.atomic():
                second()
        except IntegrityError as error:
            return str(error.__cause__.diag.constraint_name)
        return "stored"

    return str(waiting_for(first, run))
