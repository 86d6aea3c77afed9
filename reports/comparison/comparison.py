"""Two plans as one document: only what differs, by chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reports.comparison import parts
from reports.comparison.matching import Pair
from reports.comparison.money import Money, money
from reports.comparison.parts import Action, ActionPairs, Line, Part
from reports.rendering import Reported
from workplans import lifecycle, words
from workplans.planfile import Tree

LISTS = (
    ("rules", "regel", "Regels", words.RULE),
    ("figures", "cijfer", "Cijfers", words.FIGURE),
    ("printed", "gedrukt cijfer", "Cijfers zoals gedrukt", words.PRINTED),
)


@dataclass(frozen=True)
class Group:
    """A chapter of the comparison: the plan, the texts, one line, or a list."""

    anchor: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Comparison:
    """What changed from one plan to another."""

    old: Reported
    new: Reported
    groups: tuple[Group, ...]
    money: Money

    @property
    def is_none(self) -> bool:
        return not self.groups and self.money.is_none

    def of(self, thing: str) -> list[Part]:
        """Every part of one sort: actie, actielijn, blok."""
        return [part for group in self.groups for part in group.parts if part.thing == thing]


def compare(old: Reported, new: Reported) -> Comparison:
    """Everything that differs. Asks the database nothing but the plan file of a plan as it
    is now, and what the plans around it are called."""
    lines = parts.pair_lines(old.tree, new.tree)
    actions = parts.pair_actions(old.tree, new.tree, lines)
    return Comparison(
        old,
        new,
        tuple(_anchored(_groups(old, new, lines, actions))),
        money((old.content, old.totals), (new.content, new.totals), actions),
    )


def _groups(
    old: Reported, new: Reported, lines: parts.LinePairs, actions: ActionPairs
) -> Iterator[Group]:
    yield Group("plan", "Het plan", tuple(_plan(old, new)))
    blocks = tuple(part for _, part in parts.block_parts(old.tree, new.tree))
    yield Group("teksten", "Teksten en tabellen", blocks)
    for pair in lines:
        yield _line(pair, actions)
    for key, thing, heading, labels in LISTS:
        found = tuple(parts.listed_parts(old.tree, new.tree, key, thing, labels))
        yield Group(key, heading, found)


def _plan(old: Reported, new: Reported) -> Iterator[Part]:
    yield from parts.head_parts(_head(old), _head(new))
    yield from parts.application_parts(_applications(old), _applications(new))


def _line(pair: Pair[Line], actions: ActionPairs) -> Group:
    """A line with its actions: where they stand now, and what is gone from it."""
    line = pair.new or pair.old
    assert line is not None
    code = line.tree["code"]
    mine = [one for one in actions if _stands_in(one, pair)]
    heading = f"{code} {line.tree['title']}"
    return Group(f"lijn-{code}".replace(" ", ""), heading, tuple(parts.line_parts(pair, mine)))


def _stands_in(one: Pair[Action], line: Pair[Line]) -> bool:
    if one.new is not None:
        return line.new is not None and one.new.line == line.new.tree["code"]
    assert one.old is not None
    return line.old is not None and one.old.line == line.old.tree["code"]


def _anchored(groups: Iterable[Group]) -> Iterator[Group]:
    """The groups that have anything, each part with an address of its own."""
    shown = [group for group in groups if group.parts]
    taken: dict[str, int] = {}
    for group in shown:
        turn = taken[group.anchor] = taken.get(group.anchor, 0) + 1
        anchor = group.anchor if turn == 1 else f"{group.anchor}-{turn}"
        numbered = (
            replace(part, anchor=f"{anchor}-w{n}") for n, part in enumerate(group.parts, start=1)
        )
        yield Group(anchor, group.heading, tuple(numbered))


def _head(reported: Reported) -> Tree:
    """The head of the plan, with names where the file has keys. Where the other plans
    are not at hand, one query for each."""
    plan = reported.content.plan
    head: Tree = reported.tree["plan"]
    return head | {
        "region": plan.region.name,
        "programme": plan.programme.title if plan.programme else "",
        "follows": plan.predecessor.title if plan.predecessor else "",
        "style": plan.get_style_display() if plan.style else "",
        "status": lifecycle.LABELS[lifecycle.Status(head["status"])],
    }


def _applications(reported: Reported) -> list[Tree]:
    funds = {
        (position.fund.slug, position.round.slug): (position.fund.name, position.round.name)
        for position in reported.positions
    }
    rows = []
    for row in reported.tree.get("applications", []):
        fund, round_name = funds[row["fund"], row["round"]]
        rows.append(row | {"fund": fund, "round": round_name})
    return rows
