"""What a plan aims at, as a tree: per action line its goals and intended results."""

from __future__ import annotations

from dataclasses import dataclass

from reports.prose import Prose
from workplans.models import ActionLine, IntendedResult
from workplans.notation.richtext import Piece


@dataclass(frozen=True)
class Result:
    """An intended result, when it is to be reached, and the results below it."""

    code: str
    pieces: tuple[Piece, ...]
    due: str
    quantities: tuple[str, ...]
    results: tuple[Result, ...] = ()


@dataclass(frozen=True)
class LineGoals:
    """One action line with its general goal, goals, results and parts."""

    code: str
    title: str
    kind: str
    general_goal: tuple[Piece, ...]
    goals: tuple[tuple[Piece, ...], ...]
    results: tuple[Result, ...]
    origins: tuple[str, ...]
    parts: tuple[LineGoals, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.general_goal or self.goals or self.results or self.parts)


def line_goals(line: ActionLine, parts: list[ActionLine], prose: Prose) -> LineGoals:
    """The goals of a line and of its parts; asks the database nothing."""
    below = tuple(line_goals(part, [], prose) for part in parts)
    return LineGoals(
        code=line.code,
        title=line.title,
        kind=line.get_kind_display(),
        general_goal=prose.read(line.general_goal),
        goals=tuple(prose.read(goal.text) for goal in line.goals.all()),
        results=_results(list(line.results.all()), None, prose),
        origins=tuple(origin.text for origin in line.predecessors.all()),
        parts=tuple(part for part in below if not part.is_empty),
    )


def _results(results: list[IntendedResult], parent: int | None, prose: Prose) -> tuple[Result, ...]:
    return tuple(
        Result(
            code=result.code,
            pieces=prose.read(result.text),
            due=result.due,
            quantities=tuple(quantity.text for quantity in result.quantities.all()),
            results=_results(results, result.pk, prose),
        )
        for result in results
        if result.parent_id == parent
    )
