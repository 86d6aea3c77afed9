"""Actions with their cells and with all that they mention."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet

from workplans import cells, planfile
from workplans.cells import Reading, Typed
from workplans.elsewhere import action_at
from workplans.models import (
    Action,
    ActionLine,
    ActionOrder,
    ActionPoint,
    ActionResult,
    IntendedResult,
    WorkPlan,
)
from workplans.notation.places import Places
from workplans.planfile import Tree
from workplans.services.parts import Read, municipality_keys, values_of, write_parts
from workplans.services.rows import sync
from workplans.services.storing.details import Details
from workplans.services.storing.source import Path, Source

TEXTS = (
    "budget_title",
    "kind",
    "status",
    "description",
    "target_group",
    "monitoring",
    "embed_in",
    "embed_from",
    "note",
)
NAMELESS = (
    "Deze actie heeft geen code en staat niet onder een actiepunt met een code; geef haar een code."
)
COSTS_TWICE = "De kosten staan onder costs; haal {name} hier weg of zet het daarbij."


@dataclass(frozen=True)
class _Meant:
    """An action as written, and what it says; `reading` is None where nothing changed."""

    path: Path
    line: Tree
    tree: Tree
    point: int | None
    code: str
    typed: Typed
    reading: Reading | None
    predecessor: int | None


class Actions:
    """What the actions of a file mean; asks the places that cells may name."""

    def __init__(self, source: Source, places: Places, details: Details) -> None:
        self.source, self.places, self.details = source, places, details
        self.kept = _kept_keys(source.touched_actions())
        self._elsewhere = partial(action_at, fetched={})
        self.meant = [self._meant(*found) for found in source.actions()]

    def _meant(self, path: Path, line: Tree, tree: Tree, point: int | None) -> _Meant:
        source = self.source
        above = line["points"][point] if point is not None else {}
        if not tree.get("code") and not above.get("code"):
            source.fault(path, NAMELESS)
        code = source.code_of(line, tree, point)
        typed = self._typed(path, line, tree, code)
        reading = cells.read_cells(typed, self.places) if source.is_touched(tree) else None
        for place, sentence in reading.faults.items() if reading else ():
            source.fault((*path, *place), sentence)
        for n, first in enumerate(tree.get("after", [])):
            source.check_action((*path, "after", n), first)
            if first == code:
                source.fault((*path, "after", n), "Een actie kan niet op zichzelf wachten.")
        self._check_results(path, line, tree)
        self.details.check(path, tree)
        follows = tree.get("follows", "") if reading else ""
        found = source.understand((*path, "follows"), follows, self._elsewhere)
        predecessor = found.pk if found else None
        return _Meant(path, line, tree, point, code, typed, reading, predecessor)

    def _typed(self, path: Path, line: Tree, tree: Tree, code: str) -> Typed:
        for key in planfile.COST_KEYS:
            if "costs" in tree and key in tree:
                self.source.fault((*path, key), COSTS_TWICE.format(name=key))
        if "nature" in tree and "costs" not in tree and "amount" not in tree:
            self.source.fault(
                (*path, "nature"),
                "nature hoort bij een bedrag; zet er amount bij, dat mag leeg zijn.",
            )
        name = _name(tree, line["code"], code)
        return planfile.typed_cells(tree, lambda text: self.kept.get((name, text)))

    def _check_results(self, path: Path, line: Tree, tree: Tree) -> None:
        """Every result that an action names is one of this plan or its programme."""
        for n, code in enumerate(tree.get("results", [])):
            here = [found for found in self.source.results_here if code in found[1:]]
            own = [found for found in here if found[0] == line["code"]]
            found = own or here or self.source.results_of_programme.get(code, [])
            if not found:
                sentence = f"Het resultaat {code} staat niet in dit plan of zijn programma; "
                self.source.fault((*path, "results", n), sentence + "kijk de code na.")
            elif len(found) > 1:
                sentence = f"Er is meer dan één resultaat {code}; zet de code van de actielijn "
                self.source.fault((*path, "results", n), sentence + "ervoor.")

    # ---- writing

    def write(
        self,
        plan: WorkPlan,
        lines: Mapping[str, ActionLine],
        points: Mapping[tuple[str, int], ActionPoint],
    ) -> dict[str, Action]:
        """Bring the actions up to the file; returns them by full code, of equal codes the
        first. Rows are known by key, or by line and code, the second of a double code by
        its turn."""
        existing = self.source.stored_actions().order_by("line__position", "position", "pk")
        names = self.source.names
        turns: Counter[Any] = Counter()
        known: dict[int, Any] = {}
        for action in existing:
            name = (action.line_id, action.full_code)
            known[action.pk] = (*name, turns[name])
            turns[name] += 1
        wanted: dict[Hashable, dict[str, Any]] = {}
        seen: Counter[Any] = Counter()
        positions: Counter[str] = Counter()
        keys = municipality_keys()
        for meant in self.meant:
            line = lines[meant.line["code"]]
            name = (line.pk, meant.code)
            point = points[line.code, meant.point].pk if meant.point is not None else None
            wanted[names.of(meant.tree, (*name, seen[name]))] = {
                "line_id": line.pk,
                "point_id": point,
                "position": positions[line.code],
                **self._row(meant, keys),
            }
            seen[name] += 1
            positions[line.code] += 1
        name_of = names.known(lambda action: known[action.pk])
        rows = list(sync(Action, existing, wanted, name_of).values())
        by_code: dict[str, Action] = {}
        for action, meant in zip(rows, self.meant, strict=True):
            by_code.setdefault(meant.code, action)
        self._write_parts(rows, keys, lambda code: by_code[code].pk)
        return by_code

    def write_in_place(self, key_of: Callable[[str], int]) -> None:
        """Bring actions that are stored up to the file, where they stand; `key_of` gives
        the key of any action of the plan by its full code."""
        keys = municipality_keys()
        names = self.source.names
        wanted = {names.of(meant.tree, None): self._row(meant, keys) for meant in self.meant}
        found = sync(Action, self.source.stored_actions(), wanted, names.known(lambda _: None))
        self._write_parts(list(found.values()), keys, key_of)

    def _write_parts(
        self, rows: list[Action], keys: Mapping[str, int], key_of: Callable[[str], int]
    ) -> None:
        """Everything below these actions; `key_of` gives the key for a full code."""
        read = [
            Read(action, meant.typed, meant.reading)
            for action, meant in zip(rows, self.meant, strict=True)
            if meant.reading is not None
        ]
        write_parts(read, keys)
        for action, meant in zip(rows, self.meant, strict=True):
            self.details.note("action", action.pk, meant.tree)
        self._write_order(rows, key_of)
        self._write_results(rows)

    def _row(self, meant: _Meant, keys: Mapping[str, int]) -> dict[str, Any]:
        tree = meant.tree
        if meant.reading is None:
            return {}
        return {
            "code": tree.get("code", ""),
            "title": tree["title"],
            **{name: tree.get(name, "") for name in TEXTS},
            "predecessor_text": tree.get("follows", ""),
            "predecessor_id": meant.predecessor,
            **values_of(cells.action_values(meant.typed, meant.reading), keys),
        }

    def _write_order(self, rows: list[Action], key_of: Callable[[str], int]) -> None:
        sync(
            ActionOrder,
            ActionOrder.objects.filter(action__in=[action.pk for action in rows]),
            {
                (action.pk, n): {
                    "action_id": action.pk,
                    "position": n,
                    "text": code,
                    "first_id": key_of(code),
                }
                for action, meant in zip(rows, self.meant, strict=True)
                for n, code in enumerate(meant.tree.get("after", []))
            },
            lambda row: (row.action_id, row.position),
        )

    def _write_results(self, rows: list[Action]) -> None:
        here: dict[str, list[tuple[str, int]]] = defaultdict(list)
        results = IntendedResult.objects.filter(line__plan__slug=self.source.slug)
        results = results.exclude(code="")
        for key, line, code in results.values_list("pk", "line__code", "code").order_by("pk"):
            for name in {code, f"{line}{code}"}:
                here[name].append((line, key))
        wanted: dict[tuple[int, int], dict[str, Any]] = {}
        for action, meant in zip(rows, self.meant, strict=True):
            for n, code in enumerate(meant.tree.get("results", [])):
                found = here.get(code, [])
                own = [key for line, key in found if line == meant.line["code"]]
                keys = own or [key for _, key in found] or self.source.results_of_programme[code]
                wanted[action.pk, n] = {
                    "action_id": action.pk,
                    "position": n,
                    "text": code,
                    "result_id": keys[0],
                }
        sync(
            ActionResult,
            ActionResult.objects.filter(action__in=[action.pk for action in rows]),
            wanted,
            lambda row: (row.action_id, row.position),
        )


Name = int | tuple[str, str]


def _name(tree: Tree, line: str, code: str) -> Name:
    """What an action is known by: its key, or in a file its line and full code."""
    name: Name = tree.get(planfile.KEY, (line, code))
    return name


def _kept_keys(actions: QuerySet[Action]) -> dict[tuple[Name, str], datetime.date]:
    """Reference dates that were chosen before, by action and unchanged text."""
    kept: dict[tuple[Name, str], datetime.date] = {}
    for action in actions.prefetch_related("cost_lines"):
        for cell in (action, *action.cost_lines.all()):
            if cell.key_date is not None:
                for name in (action.pk, (action.line.code, action.full_code)):
                    kept[name, cell.municipalities_text] = cell.key_date
    return kept
