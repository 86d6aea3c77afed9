"""Action lines with their parts, origins, goals, results and points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from workplans.columns import COLUMNS, column_key
from workplans.elsewhere import line_at
from workplans.models import (
    ActionLine,
    ActionPoint,
    Goal,
    IntendedResult,
    LinePredecessor,
    WorkPlan,
)
from workplans.planfile import KEY, Tree
from workplans.services.rows import Later, Names, sync
from workplans.services.storing.details import Details
from workplans.services.storing.source import Path, Source

FIELDS = ("general_goal", "text")
UNNAMED = "Een actiepunt heeft een code of een titel; vul een van de twee in."
TWO_DEEP = "Een onderdeel heeft zelf geen onderdelen; zet ze een laag hoger."
RESULTS_TWO_DEEP = "Een deelresultaat heeft zelf geen deelresultaten; zet ze een laag hoger."


class Lines:
    """What `lines` of a file mean, without their actions."""

    def __init__(self, source: Source, details: Details) -> None:
        self.source, self.details = source, details
        self.trees = list(source.lines())
        self.origins: dict[tuple[str, int], int | None] = {}
        self._check()

    def _check(self) -> None:
        seen: set[str] = set()
        for path, line, parent in self.trees:
            code = line["code"]
            if code in seen:
                self.source.fault(
                    (*path, "code"),
                    f"De actielijn {code} staat er twee keer; geef elke lijn een eigen code.",
                )
            seen.add(code)
            if parent is not None and line.get("parts"):
                self.source.fault((*path, "parts"), TWO_DEEP)
            for n, text in enumerate(line.get("follows", [])):
                found = self.source.understand((*path, "follows", n), text, line_at)
                self.origins[code, n] = found.pk if found else None
            for n, point in enumerate(line.get("points", [])):
                if not point.get("code") and not point.get("title"):
                    self.source.fault((*path, "points", n), UNNAMED)
            check_columns(self.source, (*path, "columns"), line.get("columns", []))
            self._check_results((*path, "results"), line.get("results", []))

    def _check_results(self, path: Path, results: list[Tree]) -> None:
        for n, result in enumerate(results):
            self.details.check((*path, n), result)
            for m, part in enumerate(result.get("results", [])):
                self.details.check((*path, n, "results", m), part)
                if part.get("results"):
                    self.source.fault((*path, n, "results", m, "results"), RESULTS_TWO_DEEP)

    def write(self, plan: WorkPlan, later: Later) -> dict[str, ActionLine]:
        """Bring the lines up to the file; returns them by code."""
        lines = self._write_lines(plan, later)
        self._write_texts(LinePredecessor, "follows", lines, predecessor_id=self.origins)
        self._write_texts(Goal, "goals", lines)
        return lines

    def _write_lines(self, plan: WorkPlan, later: Later) -> dict[str, ActionLine]:
        """Lines before parts, so that a part knows the key of its line; a line that
        becomes a part, or the other way round, keeps its own."""
        names = self.source.names
        name_of = names.known(lambda line: line.code)
        name_at = {path: names.of(tree, tree["code"]) for path, tree, _ in self.trees}
        of_parts = {name_at[path] for path, _, parent in self.trees if parent is not None}
        existing = list(plan.lines.all())
        found: dict[Hashable, ActionLine] = {}
        for are_parts in (False, True):
            wanted: dict[Hashable, dict[str, Any]] = {}
            for position, (path, tree, parent) in enumerate(self.trees):
                if (parent is not None) == are_parts:
                    over = found[name_at[parent]].pk if parent is not None else None
                    wanted[name_at[path]] = _line_row(plan, tree, position, over)
            rows = (row for row in existing if (name_of(row) in of_parts) == are_parts)
            found |= sync(ActionLine, rows, wanted, name_of, later)
        return {line.code: line for line in found.values()}

    def _write_texts(
        self, model: Any, name: str, lines: dict[str, ActionLine], **read: dict[Any, Any]
    ) -> None:
        """Bring the texts that stand under `name` at each line up to the file; `read` has
        what else a row holds, by code of the line and number."""
        sync(
            model,
            model.objects.filter(line__in=[line.pk for line in lines.values()]),
            {
                (lines[tree["code"]].pk, n): {
                    "line_id": lines[tree["code"]].pk,
                    "position": n,
                    "text": text,
                    **{field: values[tree["code"], n] for field, values in read.items()},
                }
                for _, tree, _ in self.trees
                for n, text in enumerate(tree.get(name, []))
            },
            lambda row: (row.line_id, row.position),
        )

    def write_results(
        self, plan: WorkPlan, lines: dict[str, ActionLine], later: Later
    ) -> list[tuple[IntendedResult, list[str]]]:
        """Bring the results up to the file, those of the first level before their parts;
        each with its quantities as typed."""
        names = self.source.names
        results = IntendedResult.objects.filter(line__plan=plan).order_by("position", "pk")
        existing, of_parts = list(results), self._parts_of_results()

        def is_part(row: IntendedResult) -> bool:
            return row.pk in of_parts if names.keyed else row.parent_id is not None

        keys, wanted = self._results(names, lines)
        tops = sync(
            IntendedResult,
            [row for row in existing if not is_part(row)],
            wanted,
            names.known(_turns(lambda row: (row.line_id, None))),
            later,
        )
        parents = {place: tops[name] for name, place in keys.items()}
        _, wanted = self._results(names, lines, parents)
        parts = sync(
            IntendedResult,
            [row for row in existing if is_part(row)],
            wanted,
            names.known(_turns(lambda row: (row.line_id, row.parent_id))),
            later,
        )
        texts = {
            (lines[tree["code"]].pk, position): result.get("quantities", [])
            for _, tree, _ in self.trees
            for position, _, result in _flat(tree.get("results", []))
        }
        rows = [*tops.values(), *parts.values()]
        return [(row, texts[row.line_id, row.position]) for row in rows]

    def _parts_of_results(self) -> set[int]:
        """The keys of the results that are a part of one in the file."""
        return {
            result[KEY]
            for _, tree, _ in self.trees
            for _, above, result in _flat(tree.get("results", []))
            if above is not None and KEY in result
        }

    def _results(
        self,
        names: Names,
        lines: dict[str, ActionLine],
        parents: dict[tuple[int, int], IntendedResult] | None = None,
    ) -> tuple[dict[Hashable, tuple[int, int]], dict[Hashable, dict[str, Any]]]:
        """The wanted results of the first level, or those below `parents`, by name; and
        of each name the line and the turn there."""
        turns: Counter[tuple[int, int | None]] = Counter()
        places: dict[Hashable, tuple[int, int]] = {}
        wanted: dict[Hashable, dict[str, Any]] = {}
        for _, tree, _ in self.trees:
            line = lines[tree["code"]].pk
            for position, above, result in _flat(tree.get("results", [])):
                if (above is None) == (parents is not None):
                    continue
                parent = parents[line, above].pk if parents and above is not None else None
                turn = turns[line, parent]
                turns[line, parent] += 1
                name = names.of(result, (line, parent, turn))
                places[name] = (line, turn)
                wanted[name] = {
                    "line_id": line,
                    "parent_id": parent,
                    "position": position,
                    "code": result.get("code", ""),
                    "text": result["text"],
                    "due": result.get("due", ""),
                }
        return places, wanted

    def write_points(
        self, plan: WorkPlan, lines: dict[str, ActionLine], later: Later
    ) -> dict[tuple[str, int], ActionPoint]:
        """Bring the points up to the file; returns them by code of the line and number."""
        names = self.source.names
        keys: dict[tuple[str, int], Hashable] = {}
        wanted: dict[Hashable, dict[str, Any]] = {}
        for _, tree, _ in self.trees:
            line = lines[tree["code"]].pk
            turns: Counter[str] = Counter()
            for n, point in enumerate(tree.get("points", [])):
                code, title = point.get("code", ""), point.get("title", "")
                key = names.of(point, (line, code or title, turns[code or title]))
                turns[code or title] += 1
                keys[tree["code"], n] = key
                wanted[key] = {"line_id": line, "position": n, "code": code, "title": title}
        rows = sync(
            ActionPoint,
            ActionPoint.objects.filter(line__plan=plan).order_by("position", "pk"),
            wanted,
            names.known(_turns(lambda row: (row.line_id, row.code or row.title))),
            later,
        )
        return {place: rows[key] for place, key in keys.items()}


def check_columns(source: Source, path: Path, columns: Iterable[str]) -> None:
    """A fault for each column that a table of actions cannot have."""
    for n, column in enumerate(columns):
        if column_key(column) not in COLUMNS:
            source.fault(
                (*path, n),
                f"De kolom {column_key(column)} kennen wij niet; kies uit: {', '.join(COLUMNS)}.",
            )


def _line_row(plan: WorkPlan, tree: Tree, position: int, parent: int | None) -> dict[str, Any]:
    return {
        "plan_id": plan.pk,
        "parent_id": parent,
        "position": position,
        **{name: tree[name] for name in ("code", "title", "kind")},
        **{name: tree.get(name, "") for name in FIELDS},
        "columns": tree.get("columns", []),
    }


def _flat(results: list[Tree]) -> Iterator[tuple[int, int | None, Tree]]:
    """Results with their position, each before its parts, and for a part the number of
    the result it is a part of."""
    position = 0
    for n, result in enumerate(results):
        yield position, None, result
        position += 1
        for part in result.get("results", []):
            yield position, n, part
            position += 1


def _turns(key_of: Any) -> Any:
    """A key for rows that come in order: equal keys are told apart by their turn."""
    seen: Counter[Any] = Counter()
    known: dict[int, Any] = {}

    def turn_of(row: Any) -> Any:
        if row.pk not in known:
            key = key_of(row)
            known[row.pk] = (*key, seen[key])
            seen[key] += 1
        return known[row.pk]

    return turn_of
