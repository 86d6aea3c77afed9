"""Storing what people change in the editor: a batch whole, or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db.models import Model

from municipalities import textfile
from municipalities.guard import guarded
from municipalities.models import User
from workplans import lifecycle, planfile
from workplans.editing import Change, Clash, Put, WayBack, apply, on_the_line, way_back
from workplans.editing.applying import CELLS, Applied
from workplans.editing.parts import BESIDE, LISTS, Parts, is_new, key_of, kind_of
from workplans.gazetteer import places_of
from workplans.models import (
    Action,
    ActionLine,
    ActionPoint,
    Block,
    BlockRow,
    IntendedResult,
    PlanChange,
    PlanFigure,
    PlanRevision,
    PlanRule,
    PrintedFigure,
    WorkPlan,
)
from workplans.models.guards import ADOPTED_STANDS
from workplans.planfile import KEY, Tree
from workplans.services.files import Meaning
from workplans.services.storing.actions import Actions
from workplans.services.storing.details import Details
from workplans.services.storing.source import PartOfPlan, Source
from workplans.services.turn import locked_plan

NAMED = {
    "plan": {"title": "Het plan heeft een titel; vul die in.", "as_of": "Vul de peildatum in."},
    "line": {
        "code": "Een actielijn heeft een code; vul die in.",
        "title": "Een actielijn heeft een titel; vul die in.",
    },
    "action": {"title": "Een actie heeft een titel; vul die in."},
    "result": {"text": "Een resultaat heeft een tekst; vul die in, of haal het resultaat weg."},
}
"""What a part cannot be without, and the sentence where it is."""


ROWS: dict[str, tuple[type[Model], str]] = {
    "line": (ActionLine, "plan"),
    "point": (ActionPoint, "line__plan"),
    "action": (Action, "line__plan"),
    "result": (IntendedResult, "line__plan"),
    "block": (Block, "plan"),
    "row": (BlockRow, "block__plan"),
    "rule": (PlanRule, "plan"),
    "figure": (PlanFigure, "plan"),
    "printed": (PrintedFigure, "plan"),
}
"""The rows of each kind of part, and how they find their plan."""
LIST_ORDER = [
    "blocks",
    "rows",
    "lines",
    "points",
    "actions",
    "results",
    "parts",
    "rules",
    "figures",
    "printed",
]


STEPPED = "Het plan is intussen {status}; kopieer uw tekst en laad de pagina opnieuw."


@dataclass(frozen=True)
class Refusal:
    """Why a value cannot be stored: the part, the key in it, and the Dutch sentence."""

    node: str
    key: str
    sentence: str


class Clashed(Exception):
    """Somebody was first; nothing was stored."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(len(clashes))
        self.clashes = tuple(clashes)


class Refused(Exception):
    """Something cannot be stored as it was typed; nothing was stored."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(len(refusals))
        self.refusals = tuple(refusals)


def change_plan(
    plan: WorkPlan,
    changes: Sequence[Change],
    *,
    key: uuid.UUID,
    by: User,
    again: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Store a batch of changes and say what became of the plan.

    The answer is `{"number": 81, "written": ["action:7"], "removed": [], "new":
    {"new:a": "action:9"}}`; `number` is that of the plan after it. A batch that was
    stored before gives the answer of that time. What cannot be read in a cell for an
    amount, planning or municipalities is stored unread. Raises `Clashed`, `Refused`,
    `editing.Gone`, `editing.Impossible`, and `ValidationError` for an adopted plan, or
    where the status is no longer that of `plan`: who may change it hangs on that.

    The way back goes into the journal with the batch. `again` names parts that come back
    with it under a new handle, by the one they had.

    Changes of cells of actions take some thirty queries, whatever the size of the plan;
    every other change lays out the whole plan again, but reads only the cells of actions
    that it writes.
    """
    asked_at = plan.status
    with pghistory.context(user=by.pk), guarded():
        plan = locked_plan(plan.pk)
        done = PlanChange.objects.filter(plan=plan, key=key).first()
        if done is not None:
            answer: dict[str, Any] = done.answer
            return answer
        _refuse_adopted(plan)
        if plan.status != asked_at:
            status = plan.get_status_display().lower()
            raise ValidationError(STEPPED.format(status=status), "status")
        before = plan.revision.number
        answer, back = _store(plan, changes)
        answer["number"] = PlanRevision.objects.values_list("number", flat=True).get(plan=plan)
        if answer["number"] > before:
            PlanChange.objects.create(
                plan=plan,
                key=key,
                before=before,
                after=answer["number"],
                by=by,
                by_name=str(by),
                changes=on_the_line(changes),
                answer=answer,
                back={"changes": on_the_line(back.changes), "again": dict(back.again)},
                renamed={
                    old: answer["new"][new]
                    for old, new in (again or {}).items()
                    if new in answer["new"]
                },
            )
    return answer


def _refuse_adopted(plan: WorkPlan) -> None:
    status = lifecycle.Status(plan.status)
    if status in lifecycle.UNCHANGING:
        said = ADOPTED_STANDS.format(plan=plan.title, status=plan.status)
        raise ValidationError(said, code="plan_adopted")


def _store(plan: WorkPlan, changes: Sequence[Change]) -> tuple[dict[str, Any], WayBack]:
    """The answer to a batch, and the way back."""
    cells = {part.node for part in changes if isinstance(part, Put) and part.key != "code"}
    in_place = len(cells) > 0 and all(
        isinstance(part, Put) and part.key != "code" and kind_of(part.node) == "action"
        for part in changes
    )
    if in_place:
        tree = planfile.dump_actions(plan, [key_of(node) for node in cells])
    else:
        tree = planfile.dump(plan, keys=True)
    applied = apply(tree, changes)
    if not isinstance(applied, Applied):
        raise Clashed(applied)
    if not applied.written:
        return {"written": [], "removed": [], "new": {}}, WayBack((), {})
    _refuse_shapes(applied)
    _read_again(applied)
    if in_place:
        _write_in_place(plan, applied)
    else:
        _write_whole(plan, applied, same_head=applied.tree["plan"] == tree["plan"])
    new = _new(plan, tree, applied)
    stored = Parts(planfile.dump(plan, keys=True)).found if new else {}
    answer = {
        "written": sorted(node for node in applied.written if not is_new(node)),
        "removed": sorted(applied.removed),
        "new": new,
    }
    return answer, way_back(changes, tree, new, stored)


# ---- what was typed


def _refuse_shapes(applied: Applied) -> None:
    """Hold each part that was written against the schema of the plan file."""
    grown = {applied.parts.places[node].into for node in applied.written if node != "plan"}
    refusals = [
        *(refusal for node in sorted(applied.written) for refusal in _misshapen(applied, node)),
        *(refusal for node in sorted(grown) for refusal in _too_long(applied, node)),
    ]
    if refusals:
        raise Refused(refusals)


def _misshapen(applied: Applied, node: str) -> list[Refusal]:
    part, kind = applied.parts.found[node], applied.parts.kind(node)
    missing = [
        Refusal(node, key, sentence)
        for key, sentence in NAMED.get(kind, {}).items()
        if not part.get(key)
    ]
    if missing:
        return missing
    own = {
        key: value for key, value in part.items() if key != KEY and key not in LISTS.get(kind, ())
    }
    shape = planfile.schema()
    inner: dict[str, Any] = {"$ref": f"#/$defs/{kind}"}
    if kind == "plan":
        inner = shape["properties"]["plan"]
        beside = {name: shape["properties"][name] for name in BESIDE if name in applied.tree}
        inner = inner | {"properties": inner["properties"] | beside}
        own |= {name: applied.tree[name] for name in beside}
    faults = textfile.check(textfile.TextFile(own), {"$defs": shape["$defs"]} | inner)
    known = (inner if kind == "plan" else shape["$defs"][kind])["properties"]
    strange = next((key for key in own if key not in known), "")
    return [Refusal(node, _key_at(fault.path) or strange, fault.sentence) for fault in faults]


def _key_at(path: textfile.Path) -> str:
    """The key that a path in a part begins with; of a cost line all of it: `costs.1.funding`."""
    return ".".join(map(str, path if path[:1] == ("costs",) else path[:1]))


def _too_long(applied: Applied, node: str) -> list[Refusal]:
    """A refusal for each list that holds more than a file of the plan may."""
    kind, shape = applied.parts.kind(node), planfile.schema()
    owner = applied.tree if kind == "plan" else applied.parts.found[node]
    lists = (shape if kind == "plan" else shape["$defs"][kind])["properties"]
    return [
        Refusal(node, name, f"Hier passen {most} onderdelen; haal er eerst een paar weg.")
        for name in LISTS.get(kind, {})
        if len(owner.get(name, [])) > (most := lists[name]["maxItems"])
    ]


def _read_again(applied: Applied) -> None:
    """Let every cell of what was written be read once more: one that could not be read
    beside the old value of another may be read beside the new one."""
    for node in applied.written:
        action = applied.parts.found[node]
        if applied.parts.kind(node) == "action":
            for part in (action, *action.get("costs", [])):
                for name in CELLS:
                    if isinstance(part.get(name), dict):
                        part[name] = part[name]["unread"]


def _settle(applied: Applied, read: Callable[[], Any]) -> Any:
    """Read until nothing is wrong; a cell that cannot be read is left unread, anything
    else is refused. `read` gives something with a `source` that collects faults."""
    while True:
        meaning = read()
        refusals = []
        for fault in meaning.source.faults:
            if not _left_unread(applied.tree, fault.path):
                refusals.append(_refusal(applied, fault))
        if refusals:
            raise Refused(refusals)
        if not meaning.source.faults:
            return meaning


def _left_unread(tree: Tree, path: textfile.Path) -> bool:
    """Leave the cell at a path unread. Says whether there is such a cell."""
    above: Any = tree
    for step in path[:-1]:
        above = above[step]
    name = path[-1] if path else ""
    if "lines" not in path[:1] or name not in CELLS or not isinstance(above.get(name), str):
        return False
    above[name] = {"unread": above[name]}
    return True


def _refusal(applied: Applied, fault: textfile.Fault) -> Refusal:
    """A fault by the innermost part that it lies in."""
    node, key, here = "plan", "", applied.tree
    rest = fault.path[1:] if fault.path[:1] == ("plan",) else fault.path
    found: Any = here["plan"] if fault.path[:1] == ("plan",) else here
    handles = {id(part): handle for handle, part in applied.parts.found.items()}
    for turn, step in enumerate(rest):
        try:
            found = found[step]
        except (KeyError, IndexError):
            key = key or _key_at(rest[turn:])
            break
        if id(found) in handles:
            node, key = handles[id(found)], ""
        elif isinstance(step, str) and step not in LISTS.get(applied.parts.kind(node), ()):
            key = key or _key_at(rest[turn:])
    return Refusal(node, key, fault.sentence)


# ---- writing


@dataclass
class _PartMeaning:
    source: Source
    details: Details
    actions: Actions


def _write_in_place(plan: WorkPlan, applied: Applied) -> None:
    places = places_of(plan.region, plan.starts_on)

    def read() -> _PartMeaning:
        source = PartOfPlan(textfile.TextFile(applied.tree))
        details = Details(source)
        return _PartMeaning(source, details, Actions(source, places, details))

    meaning = _settle(applied, read)
    meaning.actions.write_in_place(lambda code: meaning.source.keys_of_actions[code])
    meaning.details.write_of_actions(meaning.source.actions_here)


def _write_whole(plan: WorkPlan, applied: Applied, *, same_head: bool) -> None:
    """Cells of actions that nobody wrote stay as they were read, but for a new period or
    region of the plan."""
    written = [node for node in applied.written if kind_of(node) == "action"]
    touched = frozenset(map(key_of, written)) if same_head else None
    file = textfile.TextFile(applied.tree)
    meaning = _settle(applied, lambda: Meaning(file, touched=touched))
    meaning.write(plan, loaded=plan.loaded_digest)


def _new(plan: WorkPlan, before: Tree, applied: Applied) -> dict[str, str]:
    """The handles that new parts got. Rows get their keys in the order of the tree, a
    line or result before its parts."""
    new = [(applied.parts.kind(node), node) for node in applied.parts.found if is_new(node)]
    old = Parts(before).found
    found: dict[str, str] = {}
    for kind, (model, path) in ROWS.items():
        nodes = [node for of, node in new if of == kind]
        if not nodes:
            continue
        known = [key_of(node) for node in old if kind_of(node) == kind]
        rows = model._default_manager.filter(**{path: plan}).exclude(pk__in=known)
        nodes.sort(key=lambda node: _order(applied, node, kind))
        keys = rows.order_by("pk").values_list("pk", flat=True)
        found |= {node: f"{kind}:{key}" for node, key in zip(nodes, keys, strict=True)}
    return found


def _order(applied: Applied, node: str, kind: str) -> tuple[bool, list[int]]:
    """Where a part stands: whether in one of its own kind, and its turns from the top."""
    turns: list[int] = []
    place = applied.parts.places.get(node)
    inside_own = place is not None and applied.parts.kind(place.into) == kind
    while place is not None:
        siblings = applied.parts.list_of(place)
        part = applied.parts.found[node]
        turns.insert(0, next(n for n, other in enumerate(siblings) if other is part))
        # Actions under points come before the others of their line.
        turns.insert(0, LIST_ORDER.index(place.name))
        node, place = place.into, applied.parts.places.get(place.into)
    return inside_own, turns
