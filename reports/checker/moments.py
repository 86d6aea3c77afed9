"""When things happen: order of actions, moments in text, and the period of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.checker.finding import Found
from reports.checker.material import Material
from workplans.models import Action, PlanningEntry
from workplans.notation.moments import Moment

Aspect = PlanningEntry.Aspect
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_RANGE = re.compile(rf"(?<!\d)({_YEAR})\s?(?:-|–|t/m|tot en met)\s?({_YEAR})(?!\d)")
_CUT_SHORT = re.compile(rf"(?<!\d){_YEAR}\s?[-–]\s?\d{{3}}(?!\d)")
_STATED = re.compile(
    rf"\b[Vv]an (?P<from>{_YEAR}) (?:t/m|tot en met) (?P<to>{_YEAR})\b"
    rf"|\b(?P<one>{_YEAR})\s?(?:/|of)\s?(?P<other>{_YEAR}) als moment\b"
)


def starts(entry: PlanningEntry) -> Moment | None:
    return Moment(entry.start_year, entry.start_quarter) if entry.start_year else None


def ends(entry: PlanningEntry) -> Moment | None:
    return Moment(entry.end_year, entry.end_quarter) if entry.end_year else None


def order(material: Material) -> Iterator[Found]:
    """An action that starts before one that must be ready first. A year alone is no
    fault while it can still be right; a sentence is never held to it."""
    for action in material.content.actions:
        for after in action.after.all():
            first = material.by_key.get(after.first_id) if after.first_id else None
            start = _start(action)
            end = _end(first) if first else None
            if first and start and end and end.first > start.last:
                yield Found(
                    material.action(action, "planning"),
                    f"{action.full_code} begint in {start}, maar {first.full_code} moet eerst "
                    f"klaar zijn en eindigt in {end}; schuif {action.full_code} naar achteren of "
                    f"{first.full_code} naar voren.",
                )


def _start(action: Action) -> Moment | None:
    """The moment at which it begins at the earliest, if its cells say so."""
    if action.planning_by_hand or action.start_by_hand:
        return None
    entries = action.planning_entries.all()
    found = [m for e in entries if e.aspect != Aspect.END and (m := starts(e))]
    return min(found, key=lambda moment: moment.first, default=None)


def _end(action: Action) -> Moment | None:
    """The moment at which it ends at the latest, if its cells say so."""
    if action.planning_by_hand or action.end_by_hand:
        return None
    entries = [e for e in action.planning_entries.all() if e.aspect != Aspect.START]
    found = [ends(entry) for entry in entries]
    if not found or any(moment is None for moment in found):
        return None
    return max((m for m in found if m), key=lambda moment: moment.last)


def backwards(material: Material) -> Iterator[Found]:
    """An end that lies before the start of the same municipalities."""
    for action in material.content.actions:
        if action.start_by_hand or action.end_by_hand:
            continue
        entries = list(action.planning_entries.all())
        for first in (e for e in entries if e.aspect == Aspect.START):
            for last in (e for e in entries if e.aspect == Aspect.END):
                start, end = starts(first), ends(last)
                if start and end and _same_group(first, last) and end.last < start.first:
                    yield Found(
                        material.action(action, "eind"),
                        f"Het eind ({end}) ligt voor het begin ({start}); draai de twee om of "
                        "verbeter er een.",
                    )


def _same_group(one: PlanningEntry, other: PlanningEntry) -> bool:
    groups = {entry.group.casefold().removesuffix("n") for entry in (one, other)}
    return len(groups - {""}) < 2


def contradicted(material: Material) -> Iterator[Found]:
    """Years that the description gives as its term or moment and that lie outside the
    planning. Other years in a text mean other things."""
    for action in material.content.actions:
        for match in _STATED.finditer(action.description):
            years = range(
                int(match["from"] or match["one"]), int(match["to"] or match["other"]) + 1
            )
            planned = _planned_years(action)
            outside = [year for year in years if year not in planned]
            if planned and outside:
                yield Found(
                    material.action(action, "planning"),
                    f"De omschrijving noemt “{match[0]}”, maar {outside[0]} ligt buiten de "
                    f"planning ({_planning(action)}); maak de twee gelijk.",
                )


def _planned_years(action: Action) -> set[int]:
    """The years that the planning covers; none where it is open or goes on."""
    found: set[int] = set()
    for entry in action.planning_entries.all():
        if entry.aspect == Aspect.PERIOD:
            start, end = starts(entry), ends(entry)
            if start is None or end is None:
                return set()
            found |= set(range(start.year, end.year + 1))
    return found


def _planning(action: Action) -> str:
    if action.planning_text:
        return action.planning_text
    return f"{action.start_text} tot en met {action.end_text}"


def title_period(material: Material) -> Iterator[Found]:
    """Years in the title of the plan that are not its period."""
    plan = material.content.plan
    match = _RANGE.search(plan.title)
    named = {int(year) for year in _YEARS.findall(plan.title)}
    is_wrong = (
        (int(match[1]), int(match[2])) != (plan.first_year, plan.last_year)
        if match
        else any(not plan.first_year <= year <= plan.last_year for year in named)
    )
    if is_wrong:
        yield Found(
            material.plan,
            f"De titel noemt {', '.join(map(str, sorted(named)))}, maar de periode is "
            f"{plan.period_text}; maak de twee gelijk.",
        )


def term(material: Material) -> Iterator[Found]:
    """A chapter on the term (looptijd) that names a later year than the period has."""
    plan = material.content.plan
    for block in material.content.blocks:
        if "looptijd" in block.title.casefold():
            late = [y for y in map(int, _YEARS.findall(block.text)) if y > plan.last_year]
            if late:
                yield Found(
                    material.block(block),
                    f"De looptijd noemt {max(late)}, maar de periode van het plan is "
                    f"{plan.period_text}; maak de twee gelijk.",
                )


def cut_short(material: Material) -> Iterator[Found]:
    """A period of which a digit is missing, such as 2018-202."""
    for written in material.texts:
        for match in _CUT_SHORT.finditer(written.text):
            yield Found(
                written.spot,
                f"“{match[0]}” mist een cijfer; schrijf beide jaren voluit, zoals 2018-2020.",
            )
