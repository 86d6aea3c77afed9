"""Two sessions with the database, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each came to, each on a connection of its own, started together."""
    start, results = threading.Barrier(len(acts), timeout=20), [None] * len(acts)

    def run(n: int) -> None:
        try:
            start.wait()
            results[n] = acts[n]()
        except Exception as error:
            results[n] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def waiting_for(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What the second came to, which started after the first did its work and before
    that was committed, and had to wait."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(second())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        until_somebody_waits()
    thread.join(timeout=60)
    return results[0]


def until_somebody_waits() -> None:
    """Ask the database until another connection waits for a lock of this one."""
    waiting = (
        "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted "
        "AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
    )
    for _ in range(20_000):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits for this transaction")


def until_nobody_else_works() -> None:
    """Ask the database until no other connection is in the middle of something."""
    working = (
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND xact_start IS NOT NULL)"
    )
    for _ in range(20_000):
        with connection.cursor() as cursor:
            cursor.execute(working)
            if not cursor.fetchone()[0]:
                return
    raise AssertionError("somebody is still at work")
