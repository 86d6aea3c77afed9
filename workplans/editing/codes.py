"""Codes: what follows when one changes, and which one comes next."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from workplans.editing.parts import LISTS, Parts
from workplans.models import full_code
from workplans.planfile import KEY, Tree, lines_of

REFERENCE = re.compile(
    r"(\[\[(?:(?P<what>lijn|punt) )?|\{\{(?P<figure>totaal|acties|punten|resultaten) )"
    r"(?P<code>[^\]}\n]{1,40})(?P<end>\]\]|\}\})"
)
"""Where a text names an action, point or line: `[[A1]]`, `[[lijn A]]`, `{{totaal A}}`."""
FIGURE = re.compile(r"(totaal|acties|punten|resultaten) (.{1,40})")
FIGURES = ("figure", "base")
"""The keys whose value names a figure of the plan, without braces."""

Renamed = Mapping[str, Mapping[str, str]]
"""Of each kind of part the new code by the old one."""


def follow_codes(before: Tree, after: Tree, parts: Parts) -> set[str]:
    """Let everything that names a line, point, action or result by its code name it by
    its new one; gives the parts of `after` that changed by that.

    Only codes that meant one part are followed, and only to one that is still there.
    """
    renamed = _renamed(before, after)
    if not any(renamed.values()):
        return set()
    return {
        handle
        for handle, part in parts.found.items()
        if _follow(part, LISTS.get(parts.kind(handle), {}), renamed)
    }


def _renamed(before: Tree, after: Tree) -> Renamed:
    old, new = codes_in(before), codes_in(after)
    found: dict[str, dict[str, str]] = {"line": {}, "point": {}, "action": {}, "result": {}}
    for kind, codes in old.items():
        times = Counter(code for _, code in codes)
        now = dict(new[kind])
        for key, code in codes:
            if times[code] == 1 and now.get(key, code) != code:
                found[kind][code] = now[key]
    return found


def codes_in(tree: Tree) -> dict[str, list[tuple[Any, str]]]:
    """Codes as people say them, with the key of the part, by kind. A result is named
    with the code of its line before it, or without."""
    found: dict[str, list[tuple[Any, str]]] = defaultdict(list)

    def note(kind: str, part: Tree, code: str, way: str = "") -> None:
        if KEY in part and code:
            found[kind].append(((part[KEY], way), code))

    for _, line, _ in lines_of(tree):
        above = line.get("code", "")
        note("line", line, above)
        for point in line.get("points", []):
            note("point", point, point.get("code", ""))
            for action in point.get("actions", []):
                code = full_code(above, point.get("code", ""), action.get("code", ""))
                note("action", action, code)
        for action in line.get("actions", []):
            note("action", action, full_code(above, "", action.get("code", "")))
        for result in _results(line):
            if result.get("code"):
                note("result", result, result["code"], "alone")
                note("result", result, above + result["code"], "whole")
    return found


def _results(owner: Tree) -> Iterator[Tree]:
    for result in owner.get("results", []):
        # Those of an action are codes; only a line and a result have them as parts.
        yield result
        yield from _results(result)


def _follow(part: Tree, lists: Iterable[str], renamed: Renamed) -> bool:
    """Rename inside one part, but not in the parts that it holds. Says whether that
    changed anything; a text keeps whatever is no reference."""
    changed = False
    for key, value in part.items():
        if key not in lists and key != KEY:
            new = _renamed_value(key, value, renamed)
            changed = changed or new != value
            part[key] = new
    return changed


NAMES = {
    "after": "action",
    "results": "result",
    "lines": "line",
    "action": "action",
    "line": "line",
}
"""The keys whose value is a code, or a list of codes, and of what."""


def _renamed_value(key: str, value: Any, renamed: Renamed) -> Any:
    if isinstance(value, list):
        return [_renamed_value(key, item, renamed) for item in value]
    if isinstance(value, dict):
        return {name: _renamed_value(name, item, renamed) for name, item in value.items()}
    if not isinstance(value, str):
        return value
    if key in NAMES:
        return renamed[NAMES[key]].get(value, value)
    if key in FIGURES and (match := FIGURE.fullmatch(value)):
        return f"{match[1]} {_of_figure(match[1], match[2], renamed)}"
    if "[[" in value or "{{" in value:
        return REFERENCE.sub(lambda match: _reference(match, renamed), value)
    return value


def _reference(match: re.Match[str], renamed: Renamed) -> str:
    code = match["code"]
    if match["figure"]:
        code = _of_figure(match["figure"], code, renamed)
    else:
        code = _of_words(match["what"], code, renamed)
    return match[1] + code + match["end"]


def _of_figure(figure: str, code: str, renamed: Renamed) -> str:
    """A line goes before an action of the same name, as where the figure is looked up."""
    if code in renamed["line"]:
        return renamed["line"][code]
    return _of_words(None, code, renamed) if figure in ("totaal", "acties") else code


def _of_words(what: str | None, code: str, renamed: Renamed) -> str:
    """The new code behind `lijn A`, `punt 18`, or a code alone: that of an action, or of
    a point."""
    if what == "lijn":
        return renamed["line"].get(code, code)
    new = renamed["point"].get(code, code)
    return new if what == "punt" else renamed["action"].get(code, new)


def next_code(codes: Sequence[str]) -> str:
    """The code of a new action after these: `4` after 1, 2, 3, `C` after A, B; of other
    codes the first number that nobody has."""
    if codes and all(re.fullmatch("[A-Z]", code) for code in codes) and "Z" not in codes:
        return chr(ord(max(codes)) + 1)
    numbers = [int(code) for code in codes if code.isascii() and code.isdecimal()]
    return str(max(numbers, default=0) + 1)
