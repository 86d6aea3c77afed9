"""The parts of two trees side by side: what was added, removed, moved and changed. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reports.comparison import nodes
from reports.comparison.matching import Pair, match
from reports.comparison.nodes import Field
from workplans import words
from workplans.models import full_code
from workplans.planfile import Tree, lines_of
from workplans.words import Words

Step = Literal["added", "removed", "changed", "moved", "renumbered"]
WORDS: dict[Step, str] = {
    "added": "Nieuw",
    "removed": "Vervallen",
    "changed": "Gewijzigd",
    "moved": "Verplaatst",
    "renumbered": "Hernummerd",
}
EMPTY: Tree = {}


@dataclass(frozen=True)
class Part:
    """One thing that differs. `marks` say in words what became of its place or code;
    `fields` what it says now and said before."""

    thing: str
    step: Step
    heading: str
    fields: tuple[Field, ...] = ()
    marks: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    anchor: str = ""

    @property
    def word(self) -> str:
        """What became of it, as a reader sees it."""
        return WORDS[self.step]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs after all."""
        return self.step == "changed" and not (self.fields or self.marks or self.parts)


@dataclass(frozen=True)
class Line:
    """An action line or a part of one, with the code of the line above it."""

    tree: Tree
    above: str


@dataclass(frozen=True)
class Action:
    """An action with where it stands: `line` is a code, `home` the line however it is
    called, `turn` its turn in that line as the plan file has it."""

    tree: Tree
    line: str
    home: str
    point: Tree
    turn: int

    @property
    def code(self) -> str:
        return full_code(self.line, self.point.get("code", ""), self.tree.get("code", ""))

    @property
    def name(self) -> tuple[str, int]:
        """What tells it from all other actions of its plan."""
        return self.line, self.turn

    @property
    def heading(self) -> str:
        return f"{self.code} {self.tree['title']}"

    @property
    def said(self) -> Tree:
        """Its tree, with the point that it stands under."""
        return self.tree | {"point": nodes.said("points", [self.point])}


LinePairs = list[Pair[Line]]
ActionPairs = list[Pair[Action]]


def pair_lines(old: Tree, new: Tree) -> LinePairs:
    """The lines of both plans: a line keeps its code or its title."""
    return match(
        _lines(old),
        _lines(new),
        lambda line: (line.tree["code"], line.tree["title"]),
        lambda line: line.tree["title"].casefold(),
        lambda line: line.tree["code"],
    )


def pair_actions(old: Tree, new: Tree, lines: LinePairs) -> ActionPairs:
    """The actions of both plans. What an action says goes before its code: who puts one
    in between gives all that follow another code, and those are still the same."""
    homes = {
        pair.new.tree["code"]: pair.old.tree["code"] for pair in lines if pair.old and pair.new
    }
    return match(
        _actions(old, {}),
        _actions(new, homes),
        lambda one: (one.home, _whole(one.tree)),
        lambda one: (one.home, _whole(one.tree | {"code": "", "after": []})),
        lambda one: (one.home, one.point.get("code"), one.tree.get("code"), one.tree["title"]),
        lambda one: (one.home, *_titles(one)),
        lambda one: (one.home, one.tree["title"].casefold()),
        _titles,
        lambda one: (
            (one.home, one.point.get("code"), one.tree["code"]) if one.tree.get("code") else None
        ),
        words=lambda one: f"{one.tree['title']} {one.tree.get('description', '')}",
    )


def _titles(one: Action) -> tuple[str, str]:
    return one.tree["title"].casefold(), one.tree.get("budget_title", "")


def line_parts(pair: Pair[Line], actions: Sequence[Pair[Action]]) -> Iterator[Part]:
    """The line itself where it differs, and then its actions."""
    if part := _line_part(pair):
        yield part
    for one in actions:
        if part := _action_part(one):
            yield part


def block_parts(old: Tree, new: Tree) -> Iterator[tuple[Pair[Tree], Part]]:
    """Every block that differs, with its rows."""
    pairs = match(
        old.get("blocks", []),
        new.get("blocks", []),
        _whole,
        lambda block: (block["kind"], block.get("title", "")),
        lambda block: (block["kind"], block["text"]) if block.get("text") else None,
        lambda block: None if block["kind"] in ("tekst", "citaat") else block["kind"],
        words=lambda block: f"{block.get('title', '')} {block.get('text', '')}",
    )
    for pair in pairs:
        there = pair.new or pair.old or EMPTY
        heading = there.get("title") or there["kind"].capitalize()
        part = _part("blok", pair, heading, words.BLOCK)
        part = replace(part, parts=tuple(_rows(pair.old or EMPTY, pair.new or EMPTY)))
        if not part.is_empty:
            yield pair, part


def listed_parts(old: Tree, new: Tree, key: str, thing: str, labels: Words) -> Iterator[Part]:
    """Rules, figures and printed figures that differ."""
    pairs = match(
        old.get(key, []),
        new.get(key, []),
        _whole,
        lambda row: row.get("code"),
        lambda row: row.get("title") or row.get("where"),
    )
    for pair in pairs:
        there = pair.new or pair.old or EMPTY
        named = filter(None, (there.get("code"), there.get("title") or there.get("where")))
        part = _part(thing, pair, " ".join(named), labels)
        if not part.is_empty:
            yield part


def application_parts(old: Sequence[Tree], new: Sequence[Tree]) -> Iterator[Part]:
    """Rounds in which the plan applies that differ."""
    for pair in match(old, new, lambda row: (row["fund"], row["round"])):
        there = pair.new or pair.old or EMPTY
        heading = f"Aanvraag bij {there['fund']}, {there['round']}"
        part = _part("aanvraag", pair, heading, words.APPLICATION)
        if not part.is_empty:
            yield part


def head_parts(old: Tree, new: Tree) -> Iterator[Part]:
    """The plan itself, where what stands on its cover differs."""
    changed = nodes.fields(old, new, words.PLAN)
    if changed:
        yield Part("plan", "changed", "Gegevens van het plan", changed)


# ---- one part


def _part(thing: str, pair: Pair[Tree], heading: str, labels: Words, leaving: str = "") -> Part:
    """A pair as a part; one that stayed the same comes out empty."""
    old, new = pair.old or EMPTY, pair.new or EMPTY
    step: Step = "changed"
    if pair.old is None or pair.new is None:
        step = "added" if pair.old is None else "removed"
    said = nodes.fields(old, new, labels, leaving=leaving)
    marks = ("staat op een andere plaats",) if pair.moved else ()
    if step == "changed" and marks and not said:
        step = "moved"
    return Part(thing, step, heading, said, marks)


def _line_part(pair: Pair[Line]) -> Part | None:
    old = pair.old.tree if pair.old else None
    new = pair.new.tree if pair.new else None
    there = new or old or EMPTY
    heading = f"Actielijn {there['code']} {there['title']}"
    plain = Pair(_with_points(old), _with_points(new), pair.moved)
    part = _part("actielijn", plain, heading, words.LINE)
    if pair.old and pair.new and pair.old.above != pair.new.above:
        above = (
            f"is nu onderdeel van {pair.new.above}" if pair.new.above else "staat nu op zichzelf"
        )
        part = replace(part, marks=(*part.marks, above))
    return None if part.is_empty else part


def _with_points(line: Tree | None) -> Tree | None:
    """A line without its actions, which are parts of their own."""
    if line is None:
        return None
    points = [{k: p[k] for k in ("code", "title") if k in p} for p in line.get("points", [])]
    return line | {"points": points}


def _action_part(pair: Pair[Action]) -> Part | None:
    there = pair.new or pair.old
    assert there is not None
    leaving = "code" if pair.old and pair.new else "code title"
    if pair.old is None or pair.new is None:
        plain = Pair(pair.old.said if pair.old else None, pair.new.said if pair.new else None)
        return _part("actie", plain, there.heading, words.ACTION, leaving)
    old, new = pair.old, pair.new
    places = _places(old, new, is_moved=pair.moved)
    codes = [f"had code {old.code}, nu {new.code}"] if old.code != new.code else []
    said = nodes.fields(old.said, new.said, words.ACTION, leaving=leaving)
    if not said and not places and not codes:
        return None
    step: Step = "changed" if said else "moved" if places else "renumbered"
    return Part("actie", step, new.heading, said, (*codes, *places))


def _places(old: Action, new: Action, *, is_moved: bool) -> list[str]:
    if old.home != new.home:
        return [f"ging van actielijn {old.line} naar {new.line}"]
    return ["staat op een andere plaats"] if is_moved else []


def _rows(old: Tree, new: Tree) -> Iterator[Part]:
    pairs = match(
        old.get("rows", []),
        new.get("rows", []),
        _whole,
        lambda row: _named(row, "code", "title", "line", "action", "year"),
        lambda row: _named(row, "title"),
        lambda row: _named(row, "code"),
        words=lambda row: f"{row.get('text', '')} {' '.join(row.get('items', []))}",
    )
    for pair in pairs:
        there = pair.new or pair.old or EMPTY
        named = (there.get("code"), there.get("title") or there.get("action") or there.get("line"))
        part = _part("rij", pair, " ".join(filter(None, named)) or "Rij zonder titel", words.ROW)
        if not part.is_empty:
            yield part


def _named(row: Tree, *keys: str) -> tuple[str, ...] | None:
    found = tuple(row.get(key, "") for key in keys)
    return found if any(found) else None


def _whole(tree: Tree) -> str:
    return json.dumps(tree, sort_keys=True)


# ---- what is paired


def _lines(tree: Tree) -> list[Line]:
    codes = {path: line["code"] for path, line, _ in lines_of(tree)}
    return [
        Line(line, codes[parent] if parent is not None else "")
        for _, line, parent in lines_of(tree)
    ]


def _actions(tree: Tree, homes: Mapping[str, str]) -> list[Action]:
    """Every action, those under points first, as the plan file has them."""
    found = []
    for _, line, _ in lines_of(tree):
        places = [
            (point, one) for point in line.get("points", []) for one in point.get("actions", [])
        ]
        places += [(EMPTY, one) for one in line.get("actions", [])]
        code = line["code"]
        for turn, (point, one) in enumerate(places):
            found.append(Action(one, code, homes.get(code, code), point, turn))
    return found
