"""Two sessions at one plan: who writes second waits until the first has committed."""

import threading
from collections.abc import Callable

from django.db import IntegrityError, connection, transaction

WAITING = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted "
    "AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
)


def until_somebody_waits() -> None:
    """Ask the database until another connection waits for a lock of this one."""
    for _ in range(20_000):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits for this transaction")


def in_turn(first: Callable[[], object], second: Callable[[], object]) -> str:
    """The first writes and holds; the second writes, waits, and goes on after the commit.

    Gives the name of the constraint that refused the second, or `stored`.
    """
    outcome: list[str] = []

    def run() -> None:
        try:
            with transaction.atomic():
                second()
            outcome.append("stored")
        except IntegrityError as error:
            outcome.append(error.__cause__.diag.constraint_name)
        finally:
            connection.close()

    session = threading.Thread(target=run)
    with transaction.atomic():
        first()
        session.start()
        until_somebody_waits()
    session.join(timeout=60)
    return outcome[0]
