"""A plan as one file: the tree that fixtures, exchange and the attachment in the PDF
share. Pure reading and writing, and the tree of a plan that is stored.

The law: load(dump(plan)) is that plan, and for a file as the writer lays it out
dump(load(file)) is that file, byte for byte. Storing a tree is a service.
"""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings

from funds.notation import AmountState, NotationError, read_amount
from municipalities import textfile
from workplans import lifecycle
from workplans.models import (
    Action,
    ActionLine,
    CostLine,
    PlanApplication,
    Section,
    WorkPlan,
)

Tree = dict[str, Any]

FORMAT = "1"
OUTSIDE_THE_LAW = ("base", "totals")
NATURES = {
    CostLine.Nature.INCIDENTAL: "incidenteel",
    CostLine.Nature.STRUCTURAL: "structureel",
    CostLine.Nature.MULTI_YEAR: "meerjarig",
}
NATURE_OF = {word: nature for nature, word in NATURES.items()}


@functools.cache
def schema() -> dict[str, Any]:
    """The published JSON Schema of the file, docs/planbestand.schema.json."""
    path = Path(settings.BASE_DIR) / "docs" / "planbestand.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def read(text: str) -> textfile.TextFile:
    """Read a plan file and hold it against the schema; `textfile.FileFaults` if wrong.

    What the words mean (an unknown region, an amount that cannot be read) is looked
    at when the tree is stored.
    """
    file = textfile.read(text)
    faults = textfile.check(file, schema())
    if faults:
        raise textfile.FileFaults(faults)
    return file


def normalised(tree: Tree) -> Tree:
    """The tree as the writer lays it out: keys in order, empty ones left out, nothing
    said twice. So every file that means one plan has one tree.

    An empty `amount` stays: it is a cell that somebody left empty.
    """
    ordered: Tree = _in_order(_plain(tree), schema())
    return {key: value for key, value in ordered.items() if key not in OUTSIDE_THE_LAW}


def digest(tree: Tree) -> str:
    """`sha256:` and the hash of the tree, the same for YAML and JSON and any layout."""
    canonical = json.dumps(
        normalised(tree), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def to_yaml(tree: Tree, *, base: str = "") -> str:
    """The file that a person edits; `base` is the digest it was exported from."""
    body = normalised(tree) | {"penvoerder": int(FORMAT)}
    return textfile.write_yaml(body | ({"base": base} if base else {}))


def to_json(tree: Tree, *, base: str = "", totals: Tree | None = None) -> str:
    """The same tree as canonical JSON, with the figures of an export beside it."""
    body = normalised(tree)
    if base:
        body["base"] = base
    if totals is not None:
        body["totals"] = totals
    return textfile.write_json(body)


def dump(plan: WorkPlan) -> Tree:
    """The tree of a stored plan. Six queries, unless its parts were prefetched."""
    return normalised(
        {
            "penvoerder": FORMAT,
            "plan": _plan(plan),
            "applications": [
                _application(row)
                for row in plan.applications.select_related("round__fund").order_by(
                    "position", "pk"
                )
            ],
            "sections": [_section(section) for section in plan.sections.order_by("position", "pk")],
            "lines": [
                _line(line)
                for line in plan.lines.order_by("position", "pk").prefetch_related(
                    "actions__cost_lines"
                )
            ],
        }
    )


def _plan(plan: WorkPlan) -> Tree:
    years = [str(plan.first_year), str(plan.last_year)]
    return {
        "slug": plan.slug,
        "title": plan.title,
        "kind": plan.kind,
        "region": plan.region.slug,
        "programme": plan.programme.slug if plan.programme else "",
        "period": "-".join(years if years[0] != years[1] else years[:1]),
        "status": plan.status,
        "as_of": plan.as_of.isoformat(),
        "joint": plan.joint_text,
    }


def _application(row: PlanApplication) -> Tree:
    return {
        "fund": row.round.fund.slug,
        "round": row.round.slug,
        "submitted_on": row.submitted_on.isoformat() if row.submitted_on else "",
    }


def _section(section: Section) -> Tree:
    return {"title": section.title, "text": section.text}


def _line(line: ActionLine) -> Tree:
    return {
        "code": line.code,
        "title": line.title,
        "kind": line.kind,
        "actions": [_action(action) for action in line.actions.all()],
    }


def _action(action: Action) -> Tree:
    tree: Tree = {
        "code": action.code,
        "title": action.title,
        "budget_title": action.budget_title,
        "description": action.description,
        "monitoring": action.monitoring,
        "planning": cell(action.planning_text, unread=action.planning_unread),
        "municipalities": cell(action.municipalities_text, unread=action.municipalities_unread),
    }
    for cost in action.cost_lines.all():
        tree["amount"] = cell(cost.text, unread=cost.state == AmountState.UNREAD)
        tree["nature"] = NATURES.get(cost.nature, "")
        tree["funding"] = cost.funding_text
    return tree


def cell(text: str, *, unread: bool) -> str | Tree:
    """A cell of the file: its text, or the text that could not be read."""
    return {"unread": text} if unread else text


def _plain(tree: Tree) -> Tree:
    """The tree with the status that goes without saying, a period of one year written
    once, and without what an amount says itself."""
    head = tree["plan"]
    return tree | {
        "plan": head
        | {
            "status": head.get("status") or lifecycle.Status.DRAFT.value,
            "period": "-".join(dict.fromkeys(head["period"].split("-"))),
        },
        "lines": [
            line | {"actions": [_said_once(action) for action in line.get("actions", [])]}
            for line in tree.get("lines", [])
        ],
    }


def _said_once(action: Tree) -> Tree:
    """An action without the nature and funding that stand in its amount already."""
    text = action.get("amount")
    if not isinstance(text, str) or not {"nature", "funding"} & action.keys():
        return action
    try:
        said = read_amount(text)
    except NotationError:
        return action
    repeated = {"nature": NATURES.get(said.nature), "funding": said.funding}
    return {key: value for key, value in action.items() if value != repeated.get(key, object())}


def _in_order(part: Any, shape: Tree) -> Any:
    """Lay one part out by its schema."""
    shape = schema()["$defs"][shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape
    if isinstance(part, list):
        return [_in_order(item, shape["items"]) for item in part]
    if not isinstance(part, dict) or "properties" not in shape:
        return part
    ordered = {
        key: _in_order(part[key], inner)
        for key, inner in shape["properties"].items()
        if key in part
    }
    return {key: value for key, value in ordered.items() if value or key == "amount"}
