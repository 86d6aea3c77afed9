"""The actions of a plan along one axis, as far as a reader asks for them: groups with
their sums, and the whole counted once. Page and file read this; nothing adds up again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from funds.figure import Figure
from reports.axes import AXES, NONE, Group, Part, whole
from reports.content import Content
from workplans.models import Action

USUAL = "lijn"


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: the axis, and per field what must hold; all at once.

    `keys` goes by axis: a group, or what groups are within. `NONE` as kind or status
    asks for those without.
    """

    axis: str = USUAL
    keys: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    status: str = ""
    words: str = ""


@dataclass(frozen=True)
class Entry:
    """One action in one group, and what it counts there."""

    action: Action
    part: Part


@dataclass(frozen=True)
class Section:
    """A group with its actions in the order of the plan, and what they count there; no
    figure where no amount is stated."""

    group: Group
    entries: tuple[Entry, ...]
    figure: Figure | None


@dataclass(frozen=True)
class Overview:
    """What is shown: `total` counts each of the `actions` once."""

    content: Content
    asked: Asked
    sections: tuple[Section, ...]
    actions: tuple[Action, ...]
    total: Figure

    @property
    def has_amounts(self) -> bool:
        """Whether any of them has costs."""
        return any(action.cost_lines.all() for action in self.actions)

    @property
    def is_repeated(self) -> bool:
        """Whether an action stands in more than one group."""
        return sum(len(section.entries) for section in self.sections) > len(self.actions)


class Layout:
    """Every action of a plan along every axis, laid out once; the filter knows from here
    what can be asked for. Asks the database nothing."""

    def __init__(self, content: Content) -> None:
        self.content = content

    @cached_property
    def parts(self) -> dict[str, dict[int, tuple[Part, ...]]]:
        """The parts of each action by its key, by axis."""
        return {
            key: {a.pk: tuple(axis.parts(a, self.content)) for a in self.content.actions}
            for key, axis in AXES.items()
        }

    def groups(self, axis: str) -> list[Group]:
        """The groups that have actions, in order; equal keys are one group."""
        found: dict[str, Group] = {}
        for parts in self.parts[axis].values():
            for part in parts:
                found.setdefault(part.group.key, part.group)
        return sorted(found.values(), key=lambda group: group.order)

    def choices(self, axis: str) -> list[tuple[str, str]]:
        """What can be asked for on an axis; the wider before what is within it."""
        found: dict[str, str] = {}
        for group in self.groups(axis):
            for key, heading in (*group.within, (group.key, group.heading)):
                found.setdefault(key, heading)
        return list(found.items())

    def overview(self, asked: Asked) -> Overview:
        """The actions for which everything holds that is asked, in their groups.

        Asking on the axis that is shown also leaves out the other groups. The total has
        the whole of an action, or its parts that are shown where it is divided and not
        all of them are.
        """
        shown = {
            action.pk: self._shown(action, asked)
            for action in self.content.actions
            if self._is_asked(action, asked)
        }
        actions = tuple(a for a in self.content.actions if shown.get(a.pk))
        return Overview(
            content=self.content,
            asked=asked,
            sections=tuple(self._sections(asked.axis, actions, shown)),
            actions=actions,
            total=_sum(self._once(asked.axis, a, shown[a.pk]) for a in actions),
        )

    def _is_asked(self, action: Action, asked: Asked) -> bool:
        return (
            asked.kind in ("", action.kind or NONE)
            and asked.status in ("", action.status or NONE)
            and all(word in _said(action) for word in asked.words.casefold().split())
            and all(
                any(part.group.answers(key) for part in self.parts[axis][action.pk])
                for axis, key in asked.keys.items()
            )
        )

    def _shown(self, action: Action, asked: Asked) -> tuple[Part, ...]:
        parts = self.parts[asked.axis][action.pk]
        key = asked.keys.get(asked.axis)
        return tuple(part for part in parts if key is None or part.group.answers(key))

    def _sections(
        self, axis: str, actions: tuple[Action, ...], shown: Mapping[int, tuple[Part, ...]]
    ) -> Iterator[Section]:
        entries: dict[str, list[Entry]] = defaultdict(list)
        for action in actions:
            for part in shown[action.pk]:
                entries[part.group.key].append(Entry(action, part))
        for group in self.groups(axis):
            if found := entries[group.key]:
                figures = [e.part.figure for e in found if e.part.figure is not None]
                yield Section(group, tuple(found), _sum(figures) if figures else None)

    def _once(self, axis: str, action: Action, shown: tuple[Part, ...]) -> Figure:
        if AXES[axis].divides and len(shown) < len(self.parts[axis][action.pk]):
            return _sum(part.figure for part in shown)
        return whole(action) or Figure.zero()


def _sum(figures: Iterable[Figure | None]) -> Figure:
    return sum((figure for figure in figures if figure is not None), Figure.zero())


def _said(action: Action) -> str:
    """Where words are looked for, in small letters."""
    texts = (
        action.full_code,
        action.title,
        action.budget_title,
        action.description,
        action.target_group,
        action.monitoring,
        action.note,
        str(action.point or ""),
        *(partner.text for partner in action.partners.all()),
    )
    return " ".join(texts).casefold()
