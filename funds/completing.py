"""Ask to complete an application, and write down that it was; the term to decide stands still."""

from __future__ import annotations

import datetime

from funds.models import Application, CompletionRequest
from municipalities.guard import guarded
from municipalities.models import User


def ask_completion(
    application: Application, *, text: str, due_on: datetime.date, on: datetime.date, by: User
) -> CompletionRequest:
    """Ask to complete an application by a day; until then the term to decide stands still."""
    with guarded():
        asked = CompletionRequest(
            application=application, text=text, dated_on=on, due_on=due_on, entered_by=by
        )
        asked.full_clean()
        asked.save()
    return asked


def answer_completion(
    asked: CompletionRequest, *, on: datetime.date, by: User
) -> CompletionRequest:
    """Write down on which day the application was completed."""
    with guarded():
        held = CompletionRequest.objects.select_for_update(no_key=True).get(pk=asked.pk)
        held.answered_on, held.closed_by = on, by
        held.full_clean()
        held.save()
    return held
