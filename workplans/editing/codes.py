"""Codes of actions: what follows when one changes, and which one comes next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from workplans.planfile import KEY, Tree, lines_of
from workplans.planfile.next_year import actions_of

REFERENCE = re.compile(r"(\[\[|\{\{totaal |\{\{acties )([^\]}\n]{1,40})(\]\]|\}\})")
"""Where a text names an action or a line: `[[A1]]`, `[[lijn A]]`, `{{totaal A}}`."""


def follow_codes(before: Tree, after: Tree) -> None:
    """Let everything that names an action by its code name it by its new one.

    Only codes that meant one action are followed, and only to an action that is still
    there; changes `after`.
    """
    old, new = _codes(before), _codes(after)
    twice = {code for code in old.values() if list(old.values()).count(code) > 1}
    changed = {
        code: new[key]
        for key, code in old.items()
        if key in new and new[key] != code and code not in twice
    }
    if changed:
        _rename(after, changed)


def _codes(tree: Tree) -> dict[int, str]:
    """Full codes by the key of the action."""
    return {
        action[KEY]: code
        for _, line, _ in lines_of(tree)
        for code, action in actions_of(line)
        if KEY in action
    }


def _rename(part: Any, changed: dict[str, str]) -> None:
    """Everywhere inside a part; a text keeps whatever is no reference."""
    if isinstance(part, list):
        for n, item in enumerate(part):
            if isinstance(item, str):
                part[n] = _in_text(item, changed)
            else:
                _rename(item, changed)
    if not isinstance(part, dict):
        return
    for key, value in part.items():
        if key == "after" and isinstance(value, list):
            part[key] = [changed.get(code, code) for code in value]
        elif key == "action" and isinstance(value, str):
            part[key] = changed.get(value, value)
        elif isinstance(value, str):
            part[key] = _in_text(value, changed)
        else:
            _rename(value, changed)


def _in_text(text: str, changed: dict[str, str]) -> str:
    if "[[" not in text and "{{" not in text:
        return text
    return REFERENCE.sub(lambda m: m[1] + changed.get(m[2], m[2]) + m[3], text)


def next_code(codes: Sequence[str]) -> str:
    """The code of a new action after these: `4` after 1, 2, 3, `C` after A, B; of other
    codes the first number that nobody has."""
    if codes and all(re.fullmatch("[A-Z]", code) for code in codes) and "Z" not in codes:
        return chr(ord(max(codes)) + 1)
    numbers = [int(code) for code in codes if code.isascii() and code.isdecimal()]
    return str(max(numbers, default=0) + 1)
