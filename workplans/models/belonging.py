"""The guards that a row and what it names belong to the same whole."""

from __future__ import annotations

from collections.abc import Mapping

import pgtrigger

from municipalities.guard import Guard


def belongs_guard(name: str, call: str, operation: object, sentences: Mapping[str, str]) -> Guard:
    """A deferred guard on a row that names another row of the same plan or line.

    The functions stand in migration `belonging`; each asks about one row, by its key.
    """
    return Guard(
        name=name,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=operation,
        call=call,
        sentences=sentences,
    )
