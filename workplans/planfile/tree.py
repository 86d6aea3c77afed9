"""The tree of a plan file: read, laid out in one way, and written. Asks no database."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from funds.notation import Nature, NotationError, read_amount
from municipalities import textfile
from workplans import lifecycle

Tree = dict[str, Any]

FORMAT = "1"
OUTSIDE_THE_LAW = ("base", "totals")
NATURES = {
    Nature.INCIDENTAL: "incidenteel",
    Nature.STRUCTURAL: "structureel",
    Nature.MULTI_YEAR: "meerjarig",
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


KEY = "#"
"""Where a part of a tree carries the key of its row in the database; no file has it."""


def normalised(tree: Tree, *, keys: bool = False) -> Tree:
    """The tree as the writer lays it out: keys in order, empty ones left out, nothing
    said twice. So every file that means one plan has one tree.

    An empty `amount` stays: it is a cell that somebody left empty. With `keys` each part
    keeps the key of its row (`#`), as far as it has one.
    """
    ordered: Tree = _in_order(_plain(tree), schema(), keys)
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


def lines_of(tree: Tree) -> Iterator[tuple[textfile.Path, Tree, textfile.Path | None]]:
    """Every line of the tree with its path and that of the line it is a part of, each
    line before its parts."""
    for n, line in enumerate(tree.get("lines", [])):
        path: textfile.Path = ("lines", n)
        yield path, line, None
        for m, part in enumerate(line.get("parts", [])):
            yield (*path, "parts", m), part, path


def _plain(tree: Tree) -> Tree:
    """The tree without what goes without saying: the status of a draft, a period of one
    year twice, a heading at the first level, whole cents, and what an amount says itself."""
    head = tree["plan"]
    return tree | {
        "plan": head
        | {
            "status": head.get("status") or lifecycle.Status.DRAFT.value,
            "period": "-".join(dict.fromkeys(head["period"].split("-"))),
        },
        "blocks": [_plain_block(block) for block in tree.get("blocks", [])],
        "lines": [_plain_line(line) for line in tree.get("lines", [])],
    }


EMPTY_CELL = "#/$defs/short_cell"
COLUMNS_OF_COST = {"amount", "nature", "funding"}
UNSAID = {"level": "1", "unit": "cent"}


def _plain_block(block: Tree) -> Tree:
    return {key: value for key, value in block.items() if UNSAID.get(key) != value}


def _plain_line(line: Tree) -> Tree:
    plain = dict(line)
    if "parts" in line:
        plain["parts"] = [_plain_line(part) for part in line["parts"]]
    if "points" in line:
        plain["points"] = [
            point | {"actions": [_plain_action(action) for action in point.get("actions", [])]}
            for point in line["points"]
        ]
    plain["actions"] = [_plain_action(action) for action in line.get("actions", [])]
    return plain


def _plain_action(action: Tree) -> Tree:
    """An action with a single plain cost in columns of its own, and no cost that says
    something twice. What is listed under costs is a cost, also without an amount."""
    costs = [_said_once({"amount": ""} | cost) for cost in action.get("costs", [])]
    beside = COLUMNS_OF_COST & action.keys()
    if len(costs) == 1 and not beside and not {"label", "municipalities"} & _filled(costs[0]):
        plain = {key: value for key, value in costs[0].items() if key in COLUMNS_OF_COST}
        action = {key: value for key, value in action.items() if key != "costs"} | plain
        costs = []
    return _said_once(action) | ({"costs": costs} if costs else {})


def costs_of(costs: list[Tree]) -> Tree:
    """The keys of an action with these costs: `costs`, those of a single plain one, or none."""
    found = _plain_action({"costs": costs})
    return {key: value for key, value in found.items() if key != "costs" or value}


def _filled(cost: Tree) -> set[str]:
    return {key for key, value in cost.items() if value}


def _said_once(cost: Tree) -> Tree:
    """A cost without the nature and funding that stand in its amount already."""
    text = cost.get("amount")
    if not isinstance(text, str) or not {"nature", "funding"} & cost.keys():
        return cost
    try:
        said = read_amount(text)
    except NotationError:
        return cost
    repeated = {"nature": NATURES.get(Nature(said.nature)) if said.nature else None}
    repeated["funding"] = said.funding
    return {key: value for key, value in cost.items() if value != repeated.get(key, object())}


def _in_order(part: Any, shape: Tree, keys: bool) -> Any:
    """Lay one part out by its schema, without what is empty; an amount that may be empty
    is a cell that somebody left empty."""
    shape = schema()["$defs"][shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape
    if isinstance(part, list):
        return [_in_order(item, shape["items"], keys) for item in part]
    if not isinstance(part, dict) or "properties" not in shape:
        return part
    carried = {KEY: part[KEY]} if keys and KEY in part else {}
    return carried | {
        key: _in_order(part[key], inner, keys)
        for key, inner in shape["properties"].items()
        if key in part and (part[key] or (key == "amount" and inner["$ref"] == EMPTY_CELL))
    }
