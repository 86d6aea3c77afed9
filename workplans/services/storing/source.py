"""The file that is being stored: its tree, its faults, and the names it may use."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from typing import TypeVar

from django.db.models import QuerySet

from funds.notation import NotationError
from municipalities import textfile
from municipalities.days import read_day
from municipalities.models import Organisation
from workplans import planfile
from workplans.models import Action, IntendedResult, full_code
from workplans.notation.partners import names_of
from workplans.planfile import Tree
from workplans.services.rows import Names

Path = textfile.Path
T = TypeVar("T")


class Source:
    """A file that `planfile.read` accepted, read for its meaning.

    `tree` is laid out in one way, for values; faults name the place in the file as it
    was written. Everything that is wrong is collected in `faults`. With `touched` only
    the actions with these keys, and new ones, differ from what is stored.
    """

    def __init__(self, file: textfile.TextFile, *, touched: Collection[int] | None = None) -> None:
        self.file, self.touched = file, touched
        self.raw: Tree = file.tree
        self.tree: Tree = planfile.normalised(file.tree, keys=True)
        self.slug: str = self.raw["plan"]["slug"]
        self.names = Names(keyed=planfile.KEY in self.raw["plan"])
        self.faults: list[textfile.Fault] = []

    def fault(self, path: Path, sentence: str) -> None:
        self.faults.append(self.file.fault(path, sentence))

    def understand(self, path: Path, text: str, read: Callable[[str], T]) -> T | None:
        """What a reader makes of a text, or a fault there. Nothing of an empty text."""
        if not text:
            return None
        try:
            return read(text)
        except NotationError as fault:
            self.fault(path, fault.sentence)
            return None

    def day(self, text: str | None, path: Path) -> datetime.date | None:
        if not text:
            return None
        try:
            return read_day(text)
        except ValueError:
            self.fault(path, f"De dag {text} bestaat niet; kijk het na.")
            return None

    def refuse_doubles(self, path: Path, rows: list[Tree], what: str) -> None:
        """A fault for each row whose code stands there already."""
        seen: set[str] = set()
        for n, row in enumerate(rows):
            if row["code"] in seen:
                self.fault(
                    (*path, n, "code"),
                    f"{what} {row['code']} staat er twee keer; geef elk een eigen code.",
                )
            seen.add(row["code"])

    # ---- names in the file

    def lines(self) -> Iterator[tuple[Path, Tree, Path | None]]:
        """Every line as written, with its path and that of the line it is a part of."""
        return planfile.lines_of(self.raw)

    def actions(self) -> Iterator[tuple[Path, Tree, Tree, int | None]]:
        """Every action as written, in the order of its line: path, line, action, and the
        number of its point."""
        for path, line, _ in self.lines():
            for n, point in enumerate(line.get("points", [])):
                for m, action in enumerate(point.get("actions", [])):
                    yield (*path, "points", n, "actions", m), line, action, n
            for m, action in enumerate(line.get("actions", [])):
                yield (*path, "actions", m), line, action, None

    @staticmethod
    def code_of(line: Tree, action: Tree, point: int | None) -> str:
        """The full code of an action."""
        above = "" if point is None else line["points"][point].get("code", "")
        return full_code(line["code"], above, action.get("code", ""))

    @cached_property
    def line_codes(self) -> frozenset[str]:
        return frozenset(line["code"] for _, line, _ in self.lines())

    @cached_property
    def action_codes(self) -> frozenset[str]:
        return frozenset(self.code_of(line, tree, point) for _, line, tree, point in self.actions())

    def check_line(self, path: Path, code: str) -> None:
        if code and code not in self.line_codes:
            known = ", ".join(sorted(self.line_codes)) or "geen"
            self.fault(path, f"Het plan heeft geen actielijn {code}; bekend zijn: {known}.")

    def check_action(self, path: Path, code: str) -> None:
        if code and code not in self.action_codes:
            self.fault(
                path,
                f"Het plan heeft geen actie {code}; noem de volle code, zoals "
                f"{min(self.action_codes, default='A1')}.",
            )

    @cached_property
    def results_here(self) -> list[tuple[str, str, str]]:
        """Line, code, and code with that of the line, of every result of the file."""
        return [
            (line["code"], code, f"{line['code']}{code}")
            for _, line, _ in self.lines()
            for result in line.get("results", [])
            for code in [
                result.get("code", ""),
                *(part.get("code", "") for part in result.get("results", [])),
            ]
            if code
        ]

    # ---- what is stored already

    def stored_actions(self) -> QuerySet[Action]:
        """The actions that the file is to replace."""
        actions = Action.objects.filter(line__plan__slug=self.slug)
        return actions.select_related("line", "point")

    def is_touched(self, action: Tree) -> bool:
        """Whether the cells of an action are to be read."""
        return (
            self.touched is None
            or planfile.KEY not in action
            or action[planfile.KEY] in self.touched
        )

    def touched_actions(self) -> QuerySet[Action]:
        """The stored actions whose cells are to be read."""
        stored = self.stored_actions()
        return stored if self.touched is None else stored.filter(pk__in=self.touched)

    # ---- names elsewhere

    @cached_property
    def organisations(self) -> tuple[dict[str, str], dict[str, int]]:
        """Spellings to names, and names to keys. One query."""
        rows = list(Organisation.objects.values_list("pk", "name", "aliases").order_by("name"))
        names = names_of((name, aliases) for _, name, aliases in rows)
        return names, {name: key for key, name, _ in rows}

    @cached_property
    def results_of_programme(self) -> dict[str, list[int]]:
        """Results of the programme that the plan carries out, by each of their codes.
        One query."""
        slug = self.raw["plan"].get("programme", "")
        rows = IntendedResult.objects.filter(line__plan__slug=slug).exclude(code="")
        found: dict[str, list[int]] = {}
        for key, line, code in rows.values_list("pk", "line__code", "code").order_by("pk"):
            for name in {code, f"{line}{code}"}:
                found.setdefault(name, []).append(key)
        return found


class PartOfPlan(Source):
    """Some actions of a stored plan, for changing them where they stand: what else they
    may name is in the database."""

    def __init__(self, file: textfile.TextFile) -> None:
        super().__init__(file)
        self.actions_here = {tree[planfile.KEY] for _, _, tree, _ in self.actions()}

    @cached_property
    def keys_of_actions(self) -> dict[str, int]:
        """Keys of all actions of the plan by full code, of equal codes the first. One
        query."""
        found: dict[str, int] = {}
        actions = super().stored_actions().order_by("line__position", "position", "pk")
        for action in actions:
            found.setdefault(action.full_code, action.pk)
        return found

    @cached_property
    def action_codes(self) -> frozenset[str]:
        return frozenset(self.keys_of_actions)

    @cached_property
    def results_here(self) -> list[tuple[str, str, str]]:
        results = IntendedResult.objects.filter(line__plan__slug=self.slug).exclude(code="")
        return [
            (line, code, line + code) for line, code in results.values_list("line__code", "code")
        ]

    def stored_actions(self) -> QuerySet[Action]:
        return super().stored_actions().filter(pk__in=self.actions_here)
