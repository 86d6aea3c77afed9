"""Who changed what, when, old and new: recorded by the database for every write."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
import pgtrigger
from django.db.models import Index, Model

from municipalities.guard import append_only

M = TypeVar("M", bound=type[Model])


HISTORY = (
    "De geschiedenis van wijzigingen staat vast; maak de wijziging zelf ongedaan, dan komt dat er "
    "als nieuwe regel bij."
)


def tracked() -> Callable[[M], M]:
    """Record every insert, update and delete of the model, also bulk writes and SQL.

    Statement-level triggers: an import costs a third more, row level would triple it
    (measured, see docs/adr/0007-database-guards.md). A deletion is only recorded
    because it is named here. What is recorded is never changed or removed.

    News asks for events since a moment, hence the index; they come in that order, so
    each write puts its own at the end. A block index would know of new ones only after
    the next vacuum.
    """
    decorate: Callable[[M], M] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        level=pgtrigger.Statement,
        meta={
            "indexes": [Index(fields=["pgh_created_at"])],
            "triggers": [append_only("history_append_only", HISTORY)],
        },
    )
    return decorate
