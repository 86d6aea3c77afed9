"""From text to a tree: YAML, or JSON when the text starts with a brace; each once."""

from __future__ import annotations

import json
import re

import yaml

from municipalities.textfile.tree import TOO_DEEP, Bare, Fault, FileFaults, Growing, TextFile

MAX_BYTES = 5_000_000
"""The largest file that we read, of whatever kind; checked before it is read."""

TOO_LARGE = f"Het bestand is groter dan {MAX_BYTES // 1_000_000} MB; deel het op."
LAYOUT = (
    "De opmaak klopt hier niet; kijk naar het inspringen, de dubbele punt en de aanhalingstekens."
)
HASH = (
    "Achter deze waarde staat een #; hoort die erbij, zet de waarde dan tussen aanhalingstekens, "
    "en is het een opmerking, schrijf dan twee spaties, # en een spatie."
)

_COMMENT = re.compile(r"[ \t]+#")
_FREE_COMMENT = re.compile(r"  +# |[ \t]*$")
_JSON_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\]]|[^\s{}\[\],:"]++')


def read(text: str) -> TextFile:
    """Read YAML, or JSON when the text starts with a brace. About 2 s per MB of YAML.

    Raises `FileFaults` with everything that is wrong with the form.
    """
    if len(text) > MAX_BYTES:
        raise FileFaults([Fault(TOO_LARGE)])
    growing = Growing()
    if text.lstrip().startswith("{"):
        _read_json(text, growing)
    else:
        _read_yaml(text, growing)
    return growing.finished()


def _read_json(text: str, growing: Growing) -> None:
    """The library says whether it is JSON; then each token is put on its line."""
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except RecursionError:
        raise FileFaults([Fault(TOO_DEEP)]) from None
    except json.JSONDecodeError as error:
        sentence = (
            f"Dit is geen geldige JSON: verwacht werd iets anders op positie {error.colno}; kijk "
            "naar de komma’s en haakjes ervoor."
        )
        raise FileFaults([Fault(sentence, line=error.lineno)]) from error
    line, counted = 1, 0
    for match in _JSON_TOKEN.finditer(text):
        token = match[0]
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if token in "{[":
            growing.start({} if token == "{" else [], line)
        elif token in "}]":
            growing.end()
        else:
            growing.scalar(json.loads(token) if token[0] == '"' else Bare(token), line)


def _read_yaml(text: str, growing: Growing) -> None:
    try:
        _grow(text, growing)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        sentence = "Hier staat een teken dat niet mag; verwijder het."
        raise FileFaults([Fault(sentence, line=line)]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        fault = Fault(LAYOUT, line=mark.line + 1 if mark else None)
        raise FileFaults([*growing.faults, fault]) from error


def _grow(text: str, growing: Growing) -> None:
    text_lines = text.splitlines()
    documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        _refuse_hidden_meaning(event, line, growing)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                growing.fault(LAYOUT, line=line)
                return
        elif isinstance(event, yaml.MappingStartEvent):
            growing.start({}, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            growing.start([], line)
        elif isinstance(event, yaml.CollectionEndEvent):
            growing.end()
        elif isinstance(event, yaml.AliasEvent):
            growing.scalar("", line)
        elif isinstance(event, yaml.ScalarEvent):
            path = growing.scalar(event.value, line)
            if _has_doubtful_comment(event, text_lines):
                growing.fault(HASH, path, line)


def _refuse_hidden_meaning(event: yaml.Event, line: int, growing: Growing) -> None:
    """Anchors, aliases and tags: they make a file mean something else than it shows."""
    if getattr(event, "anchor", None) is not None:
        growing.fault("Ankers (& en *) mogen niet; schrijf de waarde uit.", line=line)
    if getattr(event, "tag", None) is not None:
        growing.fault("Een type met ! mag niet; laat alleen de waarde staan.", line=line)


def _has_doubtful_comment(event: yaml.ScalarEvent, text_lines: list[str]) -> bool:
    """Whether a bare value is followed by a # that may have been meant as part of it."""
    end = event.end_mark
    if event.style is not None or not event.value or end is None:
        return False
    rest = text_lines[end.line][end.column :]
    return bool(_COMMENT.match(rest) and not _FREE_COMMENT.match(rest))
