"""The plan of the years after, made from the tree of a plan: pure, tree to tree.

Line by line the new plan follows the old one; of each action somebody chose what
becomes of it. Storing the new tree is a service.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workplans.models import Action, Block, full_code
from workplans.planfile.look_back import ActionName, Told, actions_of, look_back, topics
from workplans.planfile.tree import FORMAT, Tree, lines_of, normalised


class Choice(StrEnum):
    """What becomes of an action in the next plan; the values stand in the form."""

    CONTINUE = "voortzetten"
    FINISH = "afronden"
    RESHAPE = "omvormen"
    PARK = "ontwikkelagenda"


STATUS = {
    Choice.CONTINUE: Action.Status.CONTINUED.value,
    Choice.RESHAPE: Action.Status.RESHAPED.value,
}
"""The choices with which an action goes along, and its status then."""

TO_FILL_IN = ("planning", "start", "end")
ON_AN_AGENDA = ("title", "partners", "target_group", "quantities", "note")
OWN_WORDS = ("title", "text", "items", "note")
WITHOUT_HEADING = (Block.Kind.TEXT, Block.Kind.QUOTE)


@dataclass(frozen=True)
class NextPlan:
    """What somebody typed for the new plan; years are inclusive."""

    slug: str
    title: str
    first_year: int
    last_year: int
    as_of: datetime.date


def next_year(
    tree: Tree,
    head: NextPlan,
    choices: Mapping[ActionName, Choice],
    told: Mapping[ActionName, Told] | None = None,
) -> Tree:
    """The tree of the next plan: a concept that follows this one, line by line, and looks
    back on what was told of its actions.

    What was asked, and what a source printed, belongs to the old plan and stays there.
    Cells are as typed; whether they can be read in the new years, storing finds out.
    `choices` has every action.
    """
    return _Next(tree, head, choices, told or {}).tree()


class _Next:
    def __init__(
        self,
        tree: Tree,
        head: NextPlan,
        choices: Mapping[ActionName, Choice],
        told: Mapping[ActionName, Told],
    ) -> None:
        self.old, self.head, self.choices, self.told = tree, head, choices, told
        self.going: set[str] = set()
        self.finished: list[ActionName] = []
        self.parked: list[tuple[tuple[str, ...], Tree]] = []
        above = {path: line["code"] for path, line, _ in lines_of(tree)}
        for _, line, parent in lines_of(tree):
            for turn, (code, action) in enumerate(actions_of(line)):
                choice = choices[line["code"], turn]
                if choice in STATUS:
                    self.going.add(code)
                elif choice is Choice.FINISH:
                    self.finished.append((line["code"], turn))
                else:
                    codes = (line["code"], *([above[parent]] if parent is not None else []))
                    self.parked.append((codes, action))

    def tree(self) -> Tree:
        kept: Tree = {key: self.old[key] for key in ("rules", "figures") if key in self.old}
        return normalised(
            {
                "penvoerder": FORMAT,
                "plan": self._plan(),
                **kept,
                "blocks": self._blocks(),
                "lines": [self._line(line) for line in self.old.get("lines", [])],
            }
        )

    def _plan(self) -> Tree:
        head, old = self.head, self.old["plan"]
        same = {key: value for key, value in old.items() if key != "status"}
        return same | {
            "slug": head.slug,
            "title": head.title,
            "follows": old["slug"],
            "period": f"{head.first_year}-{head.last_year}",
            "as_of": head.as_of.isoformat(),
        }

    # ---- lines

    def _line(self, line: Tree) -> Tree:
        turns = itertools.count()
        points = [
            point | {"actions": self._going(line, point, turns)} for point in line.get("points", [])
        ]
        return line | {
            "follows": [self._origin(line["code"])],
            "points": points,
            "actions": self._going(line, line, turns),
            "parts": [self._line(part) for part in line.get("parts", [])],
        }

    def _going(self, line: Tree, place: Tree, turns: Iterator[int]) -> list[Tree]:
        """The actions of a point, or of the line itself, that go along."""
        point = "" if place is line else place.get("code", "")
        chosen = [
            (action, self.choices[line["code"], next(turns)]) for action in place.get("actions", [])
        ]
        return [
            self._action(full_code(line["code"], point, action.get("code", "")), action, choice)
            for action, choice in chosen
            if choice in STATUS
        ]

    def _action(self, code: str, action: Tree, choice: Choice) -> Tree:
        after = [first for first in action.get("after", []) if first in self.going]
        same = action | {"status": STATUS[choice], "follows": self._origin(code), "after": after}
        return same if choice is Choice.CONTINUE else _to_fill_in(same)

    def _origin(self, code: str) -> str:
        return f"{self.old['plan']['slug']}/{code}"

    # ---- blocks

    def _blocks(self) -> list[Tree]:
        """The blocks in their order. A new look back stands where the old one stood, or
        as the second chapter: the old one is about the years before."""
        old = self.old.get("blocks", [])
        backs = [n for n, block in enumerate(old) if block["kind"] == Block.Kind.LOOK_BACK]
        at = backs[0] if backs else _second_chapter(old)
        rows = topics(self.old, self.told, self.finished)
        new = look_back(self.old["plan"]["period"], rows, old[backs[0]] if backs else None)
        blocks = [
            *(self._block(block) for n, block in enumerate(old) if n < at and n not in backs),
            *new,
            *(self._block(block) for n, block in enumerate(old) if n >= at and n not in backs),
        ]
        for codes, action in self.parked:
            _agenda(blocks, codes)["rows"].append(self._parked(codes[0], action))
        return blocks

    def _block(self, block: Tree) -> Tree:
        rows = (self._row(row) for row in block.get("rows", []))
        return block | {"rows": [row for row in rows if row is not None]}

    def _row(self, row: Tree) -> Tree | None:
        """A row without its link to an action that stays behind. Without words of its own
        it was about that action only, and stays behind too."""
        if row.get("action", "") in self.going or "action" not in row:
            return row
        left = {key: value for key, value in row.items() if key != "action"}
        return left if any(key in left for key in OWN_WORDS) else None

    def _parked(self, line: str, action: Tree) -> Tree:
        return {
            **{key: action[key] for key in ON_AN_AGENDA if key in action},
            "line": line,
            "text": action.get("description", ""),
            "status": "open",
            "year": str(self.head.first_year),
        }


def _to_fill_in(action: Tree) -> Tree:
    """An action without planning, its amounts left empty; one without costs has none."""
    left = {key: value for key, value in action.items() if key not in TO_FILL_IN}
    if "amount" in left:
        left["amount"] = ""
    if "costs" in left:
        left["costs"] = [cost | {"amount": ""} for cost in left["costs"]]
    return left


def _second_chapter(blocks: list[Tree]) -> int:
    """Where the second heading of the first level stands, or the end."""
    heads = [
        n
        for n, block in enumerate(blocks)
        if block.get("level", "1") == "1"
        and (block.get("title") or block["kind"] not in WITHOUT_HEADING)
    ]
    return heads[1] if len(heads) > 1 else len(blocks)


def _agenda(blocks: list[Tree], codes: tuple[str, ...]) -> Tree:
    """The development agenda of a line, or of all lines; a new one at the end, before
    the signatures."""
    for block in blocks:
        lines = block.get("lines")
        if block["kind"] == Block.Kind.DEVELOPMENT_AGENDA and (
            not lines or any(code in lines for code in codes)
        ):
            return block
    new: dict[str, Any] = {"kind": Block.Kind.DEVELOPMENT_AGENDA.value, "rows": []}
    is_signed = bool(blocks) and blocks[-1]["kind"] == Block.Kind.SIGNATURES
    blocks.insert(len(blocks) - is_signed, new)
    return new
