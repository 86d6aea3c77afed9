"""The tree of a file with the line of each part, and how it grows part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from municipalities.characters import INVISIBLE, has_control

Path = tuple[str | int, ...]

MAX_DEPTH = 20
TOO_DEEP = f"Het bestand is meer dan {MAX_DEPTH} niveaus diep genest; maak het vlakker."


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file: where, and a Dutch sentence."""

    sentence: str
    path: Path = ()
    line: int | None = None

    def __str__(self) -> str:
        where = [f"regel {self.line}"] if self.line else []
        if self.path:
            where.append(path_text(self.path))
        return f"{', '.join(where)}: {self.sentence}" if where else self.sentence


class FileFaults(ValueError):
    """A file that cannot be understood, with every fault that was found in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Bare:
    """A value of JSON without quotes: a number, `true`, `false` or `null`, as it stands
    there. It is no text, so a schema refuses it wherever it asks for text."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class TextFile:
    """A tree of dicts, lists and text, and on which line each part stands.

    Of a JSON file, what no schema looks at may hold a `Bare` too.
    """

    tree: Any
    lines: Mapping[Path, int] = field(default_factory=dict)

    def fault(self, path: Path, sentence: str) -> Fault:
        """A fault at this path; the line is that of the nearest part that has one."""
        known = next((path[:n] for n in range(len(path), -1, -1) if path[:n] in self.lines), None)
        return Fault(sentence, path, self.lines[known] if known is not None else None)


def path_text(path: Path) -> str:
    """`lines[0].actions[2].amount`, counted from nought as in the file's own tree."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass
class _Open:
    """A container that is being filled; `key` waits for its value, in a mapping."""

    container: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    key_line: int = 0


class Growing:
    """A tree that grows in the order of the file, whatever the notation of that is.

    Takes no call per level, so a deep file costs no stack; over `MAX_DEPTH` it is
    refused at once with `FileFaults`. Other faults are collected.
    """

    def __init__(self) -> None:
        self.tree: Any = {}
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self._open: list[_Open] = []

    def start(self, container: dict[str, Any] | list[Any], line: int) -> None:
        """A mapping or a list begins here."""
        if self._wants_key():
            sentence = "Een sleutel is een gewoon woord; zet een lijst of sleutels erachter."
            raise FileFaults([*self.faults, Fault(sentence, self._open[-1].path, line)])
        if len(self._open) == MAX_DEPTH:
            raise FileFaults([*self.faults, Fault(TOO_DEEP, line=line)])
        path = self._place(container, line)
        self._open.append(_Open(container, path))

    def end(self) -> None:
        """The mapping or list that began last is complete."""
        self._open.pop()

    def scalar(self, value: str | Bare, line: int) -> Path:
        """A key or a value; returns the path of the part to which it belongs."""
        path = self._key(str(value), line) if self._wants_key() else self._place(value, line)
        if isinstance(value, str) and has_control(value):
            self.fault(INVISIBLE, path, line)
        return path

    def fault(self, sentence: str, path: Path = (), line: int | None = None) -> None:
        self.faults.append(Fault(sentence, path, line))

    def finished(self) -> TextFile:
        """The whole; `FileFaults` with everything that was wrong."""
        if self.faults:
            raise FileFaults(self.faults)
        return TextFile(self.tree, self.lines)

    def _wants_key(self) -> bool:
        last = self._open[-1] if self._open else None
        return last is not None and isinstance(last.container, dict) and last.key is None

    def _key(self, key: str, line: int) -> Path:
        last = self._open[-1]
        if key in last.container:
            sentence = f"De sleutel {key} staat er twee keer; laat er één staan."
            self.fault(sentence, last.path, line)
        last.key, last.key_line = key, line
        return last.path

    def _place(self, value: Any, line: int) -> Path:
        """Put a value where the file has come to; a value of a key has the key's line."""
        path: Path
        if not self._open:
            self.tree, path = value, ()
        else:
            last = self._open[-1]
            if isinstance(last.container, list):
                path = (*last.path, len(last.container))
                last.container.append(value)
            else:
                assert last.key is not None
                path, line = (*last.path, last.key), last.key_line
                last.container[last.key] = value
                last.key = None
        self.lines[path] = line
        return path
