"""Along what the actions of a plan can be laid out: line, municipality, organisation,
pot and year, quarter, result. One function per axis says in which groups an action is
and what it counts there; grouping and filtering both ask here, so they never differ.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from funds.figure import Figure
from funds.notation import AmountState, NotationError
from reports.content import Content, contribution, recipients, share_figure
from reports.costs import UNSTATED
from reports.figures.agenda import agenda
from reports.pots import of_action
from workplans.models import Action, ActionLine, IntendedResult, Partner
from workplans.notation.places import Places
from workplans.notation.richtext import plain_text
from workplans.notation.shares import read_shares

NONE = "zonder"
"""The key of the group of those that are in no other."""
LONGEST = 100  # signs of a result in a heading
REST = ("overige gemeente", "overige gemeenten", "overige")


@dataclass(frozen=True)
class Group:
    """What actions have in common. `key` stands in addresses; `order` is its place among
    the groups of its axis; `within` are keys and headings of what it is a part of, which
    can be asked for as well (a year, a group of municipalities)."""

    key: str
    heading: str
    order: tuple[int | str, ...]
    within: tuple[tuple[str, str], ...] = ()

    def answers(self, asked: str) -> bool:
        return asked in (self.key, *(key for key, _ in self.within))


@dataclass(frozen=True)
class Part:
    """That an action is in a group, and what it counts there; without a figure `note`
    can say why there is none."""

    group: Group
    figure: Figure | None
    note: str = ""


@dataclass(frozen=True)
class Axis:
    """One way to lay the actions out. On an axis that `divides`, the parts of an action
    are shares of its amount; otherwise each part counts the whole."""

    label: str
    everything: str
    parts: Callable[[Action, Content], Iterator[Part]]
    divides: bool = False


def whole(action: Action) -> Figure | None:
    """What an action costs in all; None where nothing is asked of anybody (no cost
    line, or n.v.t.)."""
    costs = [c for c in action.cost_lines.all() if c.state != AmountState.NOT_APPLICABLE]
    return sum(map(contribution, costs), Figure.zero()) if costs else None


# ---- line


def by_line(action: Action, content: Content) -> Iterator[Part]:
    """The action line, within the line that it is a part of."""
    yield Part(_line_group(action.line, content), whole(action))


def _line_group(line: ActionLine, content: Content) -> Group:
    above = tuple((up.code, str(up)) for up in content.lines if up.pk == line.parent_id)
    return Group(line.code, str(line), (0, line.position), above)


# ---- municipality


def by_municipality(action: Action, content: Content) -> Iterator[Part]:
    """What each municipality receives. Who takes part and receives nothing (the others
    of a joint action, who is only named) has a part without a figure."""
    received: dict[str, Figure] = {}
    undivided = None
    for cost in action.cost_lines.all():
        if cost.state == AmountState.NOT_APPLICABLE:
            continue
        shares = recipients(cost)
        for share in shares:
            code = share.municipality.code
            received[code] = received.get(code, Figure.zero()) + share_figure(share)
        if not shares:
            undivided = (undivided or Figure.zero()) + contribution(cost)
    note = f"via {action.lead.name}" if action.lead else ""
    named = [code for code in _concerned(action, content.places) if code not in received]
    for code, figure in received.items():
        yield Part(_municipality(code, content.places), figure)
    for code in named:
        yield Part(_municipality(code, content.places), None, note)
    if undivided is not None or not (received or named):
        yield Part(Group(NONE, "Niet verdeeld", (1,)), undivided)


def _concerned(action: Action, places: Places) -> dict[str, None]:
    """Who an action names: in its cells for municipalities, behind its planning, and
    before its pots."""
    found: dict[str, None] = {}
    for cell in (action, *action.cost_lines.all()):
        if cell.municipalities_text and not cell.municipalities_unread:
            found |= dict.fromkeys(_divided(cell.municipalities_text, places))
    groups = dict.fromkeys(e.group for e in action.planning_entries.all() if e.group)
    planned: dict[str, None] = {}
    for text in groups:
        if text.casefold() not in REST:
            planned |= dict.fromkeys(_named(text, places))
    if any(text.casefold() in REST for text in groups):
        planned |= dict.fromkeys(places.members)
    paying = [entry.municipality.code for entry in action.funding.all() if entry.municipality]
    return found | planned | dict.fromkeys(paying)


def _divided(text: str, places: Places) -> tuple[str, ...]:
    try:
        return read_shares(text, places).municipalities
    except NotationError:
        return ()  # Read when it was stored; the region has changed since.


def _named(text: str, places: Places) -> tuple[str, ...]:
    try:
        return places.group(text) or (places.municipality(text),)
    except NotationError:
        return ()


def _municipality(code: str, places: Places) -> Group:
    members = places.members
    order = (0, members.index(code)) if code in members else (0, len(members), code)
    groups = tuple(
        (name, f"{name} ({len(codes)} gemeenten)")
        for name, codes in places.groups.items()
        if code in codes and 1 < len(codes) < len(members)
    )
    return Group(code, places.name(code), order, groups)


# ---- organisation


def by_organisation(action: Action, content: Content) -> Iterator[Part]:
    """Each partner once, whatever the spelling; one that we do not know as it is typed."""
    groups = {group.key: group for group in map(_organisation, action.partners.all())}
    for group in groups.values():
        yield Part(group, whole(action))
    if not groups:
        yield Part(Group(NONE, "Zonder partner", (1,)), whole(action))


def _organisation(partner: Partner) -> Group:
    known = partner.organisation
    name = known.name if known else partner.text
    above = ((known.parent.name.casefold(), known.parent.name),) if known and known.parent else ()
    return Group(name.casefold(), name, (0, name.casefold()), above)


# ---- pot and year


def by_pot(action: Action, content: Content) -> Iterator[Part]:
    """What each pot pays in each year; no figure where only the pot is said."""
    found: dict[str, Part] = {}
    for paid in of_action(action):
        group = _pot(paid.pot, paid.year)
        before = found.get(group.key)
        figure = paid.figure
        if before and before.figure is not None:
            figure = before.figure + (figure or Figure.zero())
        note = "of een andere pot" if paid.is_alternative else ""
        found[group.key] = Part(group, figure, note)
    yield from found.values() or (Part(_pot(UNSTATED, None), None),)


def _pot(pot: str, year: int | None) -> Group:
    key, name = pot.casefold(), pot[:1].upper() + pot[1:]
    if key == UNSTATED:
        return Group(NONE, "Niet vermeld", (1,))
    if year is None:
        return Group(key, name, (0, key, 0))
    return Group(f"{key}, {year}", f"{name}, {year}", (0, key, year), ((key, name),))


# ---- quarter


def by_quarter(action: Action, content: Content) -> Iterator[Part]:
    """Each quarter of the plan's period in which it runs, as far as that is known."""
    read = agenda(content.plan, [("", action)])
    running = [quarter for quarters in read.running.values() for quarter in quarters]
    for year, quarter in running:
        key, name = f"{year}-{quarter}", f"Q{quarter} {year}"
        group = Group(key, name, (0, year, quarter), ((str(year), str(year)),))
        yield Part(group, whole(action))
    without = (
        (NONE, "Zonder planning", read.missing),
        ("geen-datum", "Nog geen datum", read.undated),
        ("eigen-woorden", "In eigen woorden gepland", read.by_hand),
        ("niet-gelezen", "Planning niet gelezen", read.unread),
        ("buiten", "Buiten de periode van het plan", read.outside and not running),
    )
    for position, (key, heading, found) in enumerate(without):
        if found:
            yield Part(Group(key, heading, (1, position)), whole(action))


# ---- result


def by_result(action: Action, content: Content) -> Iterator[Part]:
    """Each intended result that it serves: those it names, or else the line that it
    stands in where that is one (`resultaat`)."""
    groups = {group.key: group for group in _results(action, content)}
    for group in groups.values():
        yield Part(group, whole(action))
    if not groups:
        yield Part(Group(NONE, "Zonder resultaat", (2,)), whole(action))


def _results(action: Action, content: Content) -> Iterator[Group]:
    named = list(action.results.all())
    for row in named:
        if row.result is None:
            yield Group(row.text.casefold(), row.text, (1, row.text.casefold()))
        else:
            yield _result(row.result)
    if not named and action.line.kind == ActionLine.Kind.RESULT:
        yield _line_group(action.line, content)


def _result(result: IntendedResult) -> Group:
    """A result in the order of its plan, below the result that it is a part of."""
    above = result.parent
    order = (0, result.line.position, (above or result).position, above is not None)
    within = ((_result_key(above), _result_text(above)),) if above else ()
    return Group(_result_key(result), _result_text(result), (*order, result.position), within)


def _result_key(result: IntendedResult) -> str:
    return result.code or f"r{result.pk}"


def _result_text(result: IntendedResult) -> str:
    text = f"{result.code} {plain_text(result.text)}"
    return textwrap.shorten(text, LONGEST, placeholder="…")


AXES: dict[str, Axis] = {
    "lijn": Axis("Actielijn", "Alle lijnen", by_line),
    "gemeente": Axis("Gemeente", "Alle gemeenten", by_municipality, divides=True),
    "organisatie": Axis("Organisatie", "Alle organisaties", by_organisation),
    "dekking": Axis("Dekking", "Alle potten", by_pot, divides=True),
    "kwartaal": Axis("Kwartaal", "Alle kwartalen", by_quarter),
    "resultaat": Axis("Resultaat", "Alle resultaten", by_result),
}
