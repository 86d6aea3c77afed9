"""Numbers and letters of points and actions: missing, double, or not there at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from reports.checker.finding import Found
from reports.checker.material import Material
from reports.moments import in_a_row
from workplans.models import Action, ActionLine


def _groups(line: ActionLine) -> Iterator[tuple[str, list[Action]]]:
    """Actions that are lettered together: those of a point, and those of the line itself;
    each with its name for a reader."""
    by_point: dict[int | None, list[Action]] = {}
    for action in line.actions.all():
        by_point.setdefault(action.point_id, []).append(action)
    for actions in by_point.values():
        point = actions[0].point
        if point is None:
            yield f"actielijn {line.code}", actions
        elif point.code:
            yield f"punt {point.code}", actions
        else:
            yield "het punt zonder nummer", actions


def missing_letters(material: Material) -> Iterator[Found]:
    """Letters or numbers that are skipped. A point may take one: 2a beside action b."""
    for line in material.content.lines:
        points = [point.code.removeprefix(line.code) for point in line.points.all()]
        for name, actions in _groups(line):
            taken = [action.code for action in actions]
            if actions[0].point_id is None:
                taken += points
            if skipped := _skipped(taken):
                many = "ontbreekt" if len(skipped) == 1 else "ontbreken"
                yield Found(
                    material.action(actions[0]),
                    f"Bij {name} {many} {in_a_row(skipped)}; nummer door, of zeg waar "
                    f"{'die' if len(skipped) > 1 else 'deze'} gebleven {_is(skipped)}.",
                )


def _is(skipped: list[str]) -> str:
    return "is" if len(skipped) == 1 else "zijn"


def _skipped(codes: list[str]) -> list[str]:
    """What is missing from A, B, C … or 1, 2, 3 … up to the last; nothing where the codes
    are something else."""
    if found := _letters(codes, "A") or _letters(codes, "a"):
        return found
    numbers = {int(code) for code in codes if code.isdecimal()}
    return [str(n) for n in range(1, max(numbers, default=0)) if n not in numbers]


def _letters(codes: list[str], first: str) -> list[str]:
    used = {ord(c) for c in codes if len(c) == 1 and 0 <= ord(c) - ord(first) < 26}
    return [chr(n) for n in range(ord(first), max(used, default=0)) if n not in used]


def double_letters(material: Material) -> Iterator[Found]:
    """Two actions with the same code; the second has the finding."""
    seen: Counter[str] = Counter()
    for action in material.content.actions:
        if not action.code:
            continue
        seen[action.full_code] += 1
        if seen[action.full_code] > 1:
            yield Found(
                material.action(action),
                f"De code {action.full_code} is al gebruikt; geef deze actie een andere.",
            )


def no_letters(material: Material) -> Iterator[Found]:
    """Several actions of one point without a letter: nobody can say which is meant."""
    for line in material.content.lines:
        for name, actions in _groups(line):
            bare = [action for action in actions if not action.code]
            if len(bare) > 1:
                yield Found(
                    material.action(bare[0]),
                    f"{len(bare)} acties van {name} hebben geen letter; geef ze er elk een.",
                )


def point_without_number(material: Material) -> Iterator[Found]:
    """A point without a number among points that have one."""
    points = [point for line in material.content.lines for point in line.points.all()]
    if not any(point.code for point in points):
        return
    for action in _firsts(material):
        if action.point and not action.point.code:
            yield Found(
                material.action(action),
                f"Het actiepunt “{action.point.title}” heeft geen nummer; geef het er een.",
            )


def _firsts(material: Material) -> Iterator[Action]:
    """The first action of each point."""
    for _, actions in groupby(material.content.actions, key=lambda action: action.point_id):
        yield next(actions)


def missing_points(material: Material) -> Iterator[Found]:
    """Numbers of points that the plan skips; one finding, for they may be another's."""
    numbers = {
        int(number)
        for line in material.content.lines
        for point in line.points.all()
        if re.fullmatch(r"\d+(?: ?\+ ?\d+)*", point.code)
        for number in re.findall(r"\d+", point.code)
    }
    skipped = [
        n for n in range(min(numbers, default=0), max(numbers, default=0)) if n not in numbers
    ]
    if skipped:
        yield Found(
            material.plan,
            f"De actiepunten {in_a_row(_runs(skipped))} komen niet voor; zeg waar ze gebleven "
            "zijn, of dat zij in een ander jaar vallen.",
        )


def _runs(numbers: list[int]) -> list[str]:
    """`21, 25` and `41 t/m 44`: three or more in a row as a range."""
    found: list[str] = []
    for _, several in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in several]
        found += [f"{run[0]} t/m {run[-1]}"] if len(run) > 2 else map(str, run)
    return found
