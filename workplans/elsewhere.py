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


def action_at(text: str, fetched: dict[str, dict[str, Action]] | None = None) -> Action | None:
    """The action that a text names by its full code; like `line_at`. Of equal codes the
    first. Who asks more than once keeps what was fetched: one query a plan then."""
    named = _ELSEWHERE.fullmatch(text)
    if named is None:
        return None
    slug, code = named.groups()
    kept = {} if fetched is None else fetched
    if slug not in kept:
        kept[slug] = _by_code(slug)
    if code not in kept[slug]:
        raise _unknown(slug, "geen actie", code)
    return kept[slug][code]


def _by_code(slug: str) -> dict[str, Action]:
    actions = Action.objects.filter(line__plan__slug=slug).select_related("line", "point")
    found: dict[str, Action] = {}
    for action in actions.order_by("line__position", "position", "pk"):
        found.setdefault(action.full_code, action)
    return found


def _unknown(slug: str, lacks: str, code: str) -> NotationError:
    if WorkPlan.objects.filter(slug=slug).exists():
        return NotationError(f"Het plan {slug} heeft {lacks} {code}; kijk de code na.")
    return NotationError(
        f"Het plan {slug} kennen wij niet; laad dat eerst, of schrijf zonder schuine streep waar "
        "dit uit voortkomt."
    )
