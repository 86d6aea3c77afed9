"""Lines and actions of another plan, as a text names them: `plan/code`.

Any other text is a description, and names nothing that we know.
"""

from __future__ import annotations

import re

from funds.notation import NotationError
from workplans.models import Action, ActionLine, WorkPlan

_ELSEWHERE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)/(\S.{0,39})")


def line_at(text: str) -> ActionLine | None:
    """The line that a text names, none for a description; NotationError for a line that
    is not there. One query, two for a fault."""
    named = _ELSEWHERE.fullmatch(text)
    if named is None:
        return None
    found = ActionLine.objects.filter(plan__slug=named[1], code=named[2]).first()
    if found is None:
        raise _unknown(named[1], "geen actielijn", named[2])
    return found


def action_at(text: str) -> Action | None:
    """The action that a text names by its full code; like `line_at`. Of equal codes the
    first."""
    named = _ELSEWHERE.fullmatch(text)
    if named is None:
        return None
    actions = Action.objects.filter(line__plan__slug=named[1]).select_related("line", "point")
    for action in actions.order_by("line__position", "position", "pk"):
        if action.full_code == named[2]:
            return action
    raise _unknown(named[1], "geen actie", named[2])


def _unknown(slug: str, lacks: str, code: str) -> NotationError:
    if WorkPlan.objects.filter(slug=slug).exists():
        return NotationError(f"Het plan {slug} heeft {lacks} {code}; kijk de code na.")
    return NotationError(
        f"Het plan {slug} kennen wij niet; laad dat eerst, of schrijf zonder schuine streep waar "
        "dit uit voortkomt."
    )
