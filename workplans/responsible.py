"""Which municipality an action is of, for who reports on it."""

from __future__ import annotations

from funds.notation import NotationError
from workplans.models import Action, Share
from workplans.notation.places import Places
from workplans.notation.shares import read_shares


def responsible(action: Action, places: Places) -> tuple[str, ...]:
    """The CBS codes of who carries the action out: the lead of a joint one, else who
    receives for it, else whom its cell names; none where it is of all members.

    Follows `lead` and `cost_lines__shares__municipality`.
    """
    if action.lead is not None:
        return (action.lead.code,)
    received = [
        share.municipality.code
        for cost in action.cost_lines.all()
        for share in cost.shares.all()
        if share.capacity == Share.Capacity.RECIPIENT
    ]
    codes = tuple(dict.fromkeys(received or _named(action, places)))
    return () if set(codes) >= set(places.members) else codes


def _named(action: Action, places: Places) -> tuple[str, ...]:
    if not action.municipalities_text or action.municipalities_unread:
        return ()
    try:
        return read_shares(action.municipalities_text, places).municipalities
    except NotationError:
        return ()  # Read when it was stored; the region has changed since.
