"""Files that people write: YAML or JSON in which every scalar is text.

Knows no Django and no domain. `amount: 1.200` is the text `1.200`, not a number;
anchors, tags and double keys are refused; each fault knows its line.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jsonschema
import yaml

Path = tuple[str | int, ...]

MAX_CHARACTERS = 5_000_000
_COMMENT = re.compile(r"[ \t]+#")
_FREE_COMMENT = re.compile(r"  +# |[ \t]*$")


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
class TextFile:
    """A tree of dicts, lists and text, and on which line each part stands."""

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


def read(text: str) -> TextFile:
    """Read YAML, or JSON when the text starts with a brace.

    Raises `FileFaults` with everything that is wrong with the form.
    """
    if len(text) > MAX_CHARACTERS:
        raise FileFaults([Fault("Het bestand is groter dan 5 miljoen tekens; deel het op.")])
    try:
        file = _read_json(text) if text.lstrip().startswith("{") else _read_yaml(text)
    except RecursionError:
        raise FileFaults([Fault("Het bestand is te diep genest; maak het vlakker.")]) from None
    faults = [
        file.fault(
            path,
            "Hier staat een onzichtbaar stuurteken; verwijder het of typ de tekst opnieuw.",
        )
        for path, value in walk(file.tree)
        if isinstance(value, str) and _has_control(value)
    ]
    if faults:
        raise FileFaults(faults)
    return file


def check(file: TextFile, schema: Mapping[str, Any]) -> list[Fault]:
    """Hold the file against a JSON Schema; every fault in file order, in Dutch."""
    errors = jsonschema.Draft202012Validator(schema).iter_errors(file.tree)
    faults = [
        file.fault(tuple(error.absolute_path), sentence)
        for error in errors
        for sentence in _sentences(error)
    ]
    return sorted(faults, key=lambda fault: (fault.line or 0, path_text(fault.path)))


def walk(tree: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every part of a tree with its path, the whole first."""
    yield path, tree
    if isinstance(tree, dict | list):
        for step, part in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from walk(part, (*path, step))


def write_yaml(tree: Mapping[str, Any]) -> str:
    """Write a tree as a person would: keys in their order, quotes only where needed."""
    return yaml.dump(
        tree,
        Dumper=_Writer,
        allow_unicode=True,
        sort_keys=False,
        width=10**9,
        default_flow_style=False,
    )


def write_json(tree: Mapping[str, Any]) -> str:
    """Write canonical JSON: sorted keys, two spaces, a line feed at the end."""
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


# ---- JSON


def _read_json(text: str) -> TextFile:
    try:
        tree = json.loads(
            text,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
            object_pairs_hook=_once,
        )
    except json.JSONDecodeError as error:
        raise FileFaults(
            [
                Fault(
                    "Dit is geen geldige JSON: verwacht werd iets anders op "
                    f"positie {error.colno}; kijk naar de komma’s en haakjes ervoor.",
                    line=error.lineno,
                )
            ]
        ) from error
    return TextFile(tree)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise FileFaults([Fault(f"De sleutel {double} staat er twee keer; laat er één staan.")])
    return found


# ---- YAML


def _read_yaml(text: str) -> TextFile:
    try:
        faults = list(_forbidden(text))
        if faults:
            raise FileFaults(faults)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        sentence = "Hier staat een teken dat niet mag; verwijder het."
        raise FileFaults([Fault(sentence, line=line)]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FileFaults(
            [
                Fault(
                    "De opmaak klopt hier niet; kijk naar het inspringen, de dubbele punt en de "
                    "aanhalingstekens.",
                    line=mark.line + 1 if mark else None,
                )
            ]
        ) from error
    reader = _Tree(text)
    tree = reader.read(root, ()) if root is not None else {}
    if reader.faults:
        raise FileFaults(reader.faults)
    return TextFile(tree, reader.lines)


def _forbidden(text: str) -> Iterator[Fault]:
    """Anchors, aliases and tags: they make a file mean something else than it shows."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if getattr(event, "anchor", None) is not None:
            yield Fault("Ankers (& en *) mogen niet; schrijf de waarde uit.", line=line)
        if getattr(event, "tag", None) is not None:
            yield Fault("Een type met ! mag niet; laat alleen de waarde staan.", line=line)


class _Tree:
    """Turns YAML nodes into dicts, lists and text, and notes every line and fault."""

    def __init__(self, text: str) -> None:
        self.text_lines = text.splitlines()
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []

    def read(self, node: yaml.Node, path: Path) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, n)) for n, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._text(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                self._fault(
                    f"De sleutel {key} staat er twee keer; laat er één staan.",
                    key_node,
                    path,
                )
            found[key] = self.read(value_node, (*path, key))
            self.lines[(*path, key)] = key_node.start_mark.line + 1
        return found

    def _text(self, node: yaml.ScalarNode, path: Path) -> str:
        if node.style is None and node.value:
            rest = self.text_lines[node.end_mark.line][node.end_mark.column :]
            if _COMMENT.match(rest) and not _FREE_COMMENT.match(rest):
                self._fault(
                    "Achter deze waarde staat een #; hoort die erbij, zet de waarde dan tussen "
                    "aanhalingstekens, en is het een opmerking, schrijf dan twee spaties, # en "
                    "een spatie.",
                    node,
                    path,
                )
        return str(node.value)

    def _fault(self, sentence: str, node: yaml.Node, path: Path) -> None:
        self.faults.append(Fault(sentence, path, node.start_mark.line + 1))


class _Writer(yaml.SafeDumper):
    """Lays a tree out: indented lists, blocks for several lines, double quotes."""

    # Every scalar is text for us; what another tool would type is quoted below.
    yaml_implicit_resolvers: dict[str, Any] = {}

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(writer: _Writer, text: str) -> yaml.ScalarNode:
    plain = writer.analyze_scalar(text).allow_block_plain and not _looks_typed(text)
    style = "|" if _fits_block(text) else None if plain else '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _fits_block(text: str) -> bool:
    """Whether a literal block gives the text back: no edge spaces, no empty start."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and not text.startswith((" ", "\n"))
        and all(line == line.rstrip() for line in lines)
        and "\t" not in text
        and "\x85" not in text
        and "\u2028" not in text
        and "\u2029" not in text
    )


def _looks_typed(text: str) -> bool:
    """Whether another tool would take the bare text for a number, a truth or nothing.

    A date may look like a date: it means the same to everybody.
    """
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    return not text or any(
        pattern.match(text) and tag != "tag:yaml.org,2002:timestamp"
        for tag, pattern in [*resolvers.get(text[:1], []), *resolvers.get(None, [])]
    )


def _represent_number(writer: _Writer, number: int) -> yaml.ScalarNode:
    """The one number of a file, that of its format: bare, where text would be quoted."""
    return writer.represent_scalar("tag:yaml.org,2002:str", str(number))


_Writer.add_representer(str, _represent_text)
_Writer.add_representer(int, _represent_number)


# ---- faults in Dutch


def _has_control(text: str) -> bool:
    return any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text)


def _sentences(error: jsonschema.ValidationError) -> list[str]:
    """One or more Dutch sentences for an error of the schema."""
    write = _SENTENCES.get(str(error.validator))
    if write is None:
        return ["Deze waarde klopt niet met het schema van het bestand."]
    return write(error)


def _missing(error: jsonschema.ValidationError) -> list[str]:
    absent = [name for name in error.validator_value if name not in error.instance]
    # jsonschema gives one error for each absent key; it says which in its message only
    mine = [name for name in absent if f"'{name}'" in error.message]
    return [f"De sleutel {name} ontbreekt; vul die in." for name in mine or absent[:1]]


def _surplus(error: jsonschema.ValidationError) -> list[str]:
    known = list(error.schema.get("properties", {}))
    surplus = [name for name in error.instance if name not in known]
    return [
        f"De sleutel {name} kennen wij hier niet; bekend zijn: {', '.join(known)}."
        for name in surplus
    ]


def _type(error: jsonschema.ValidationError) -> list[str]:
    words = {"string": "tekst", "array": "een lijst", "object": "sleutels met waarden"}
    wanted = error.validator_value
    wanted = [wanted] if isinstance(wanted, str) else wanted
    return [f"Hier hoort {' of '.join(words.get(w, w) for w in wanted)} te staan."]


def _enum(error: jsonschema.ValidationError) -> list[str]:
    allowed = ", ".join(str(value) for value in error.validator_value)
    return [f"{error.instance!s} is hier geen mogelijkheid; kies uit: {allowed}."]


def _const(error: jsonschema.ValidationError) -> list[str]:
    return [f"{error.instance!s} kennen wij hier niet; goed is: {error.validator_value}."]


def _none_of(error: jsonschema.ValidationError) -> list[str]:
    """What is wrong in the form that was meant, where that is one; else what would do."""
    inner = [part for part in error.context or [] if part.validator != "type"]
    return [text for part in inner for text in _sentences(part)] or _described(error)


def _described(error: jsonschema.ValidationError) -> list[str]:
    wanted = error.schema.get("description", "een andere vorm")
    if not isinstance(error.instance, str):
        return [f"Dit is niet te lezen; goed is: {wanted}."]
    shown = error.instance if len(error.instance) <= 60 else error.instance[:57] + "…"
    return [f"“{shown}” is niet te lezen; goed is: {wanted}."]


def _too_long(error: jsonschema.ValidationError) -> list[str]:
    return [f"De tekst is langer dan {error.validator_value} tekens; maak die korter."]


def _too_short(error: jsonschema.ValidationError) -> list[str]:
    return ["Deze waarde is leeg; vul die in of laat de sleutel weg."]


def _too_many(error: jsonschema.ValidationError) -> list[str]:
    return [f"Hier staan meer dan {error.validator_value} onderdelen; deel het bestand op."]


_SENTENCES: dict[str, Callable[[jsonschema.ValidationError], list[str]]] = {
    "required": _missing,
    "additionalProperties": _surplus,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _described,
    "oneOf": _none_of,
    "anyOf": _none_of,
    "maxLength": _too_long,
    "minLength": _too_short,
    "maxItems": _too_many,
    "minItems": _too_short,
    "minProperties": _too_short,
}
