"""Holding a tree against a JSON Schema, with every fault as a Dutch sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jsonschema

from municipalities.textfile.tree import Bare, Fault, TextFile, path_text


def check(file: TextFile, schema: Mapping[str, Any]) -> list[Fault]:
    """Hold the file against a JSON Schema; every fault in file order, in Dutch."""
    errors = jsonschema.Draft202012Validator(schema).iter_errors(file.tree)
    faults = [
        file.fault(tuple(error.absolute_path), sentence)
        for error in errors
        for sentence in _sentences(error)
    ]
    return sorted(faults, key=lambda fault: (fault.line or 0, path_text(fault.path)))


def _sentences(error: jsonschema.ValidationError) -> list[str]:
    """One or more Dutch sentences for an error of the schema."""
    if isinstance(error.instance, Bare):
        return [_unquoted(error.instance)]
    write = _SENTENCES.get(str(error.validator))
    if write is None:
        return ["Deze waarde klopt niet met het schema van het bestand."]
    return write(error)


def _unquoted(value: Bare) -> str:
    if value.text == "null":
        return "Hier staat null; laat de sleutel weg, of zet tekst tussen aanhalingstekens."
    shown = _shortened(value.text)
    return (
        f"{shown} staat hier zonder aanhalingstekens; zet het tussen aanhalingstekens, zoals "
        f'"{shown}".'
    )


def _missing(error: jsonschema.ValidationError) -> list[str]:
    absent = [name for name in error.validator_value if name not in error.instance]
    # jsonschema gives one error for each absent key; it says which in its message only
    mine = [name for name in absent if f"'{name}'" in error.message]
    return [f"De sleutel {name} ontbreekt; vul die in." for name in mine or absent[:1]]


def _surplus(error: jsonschema.ValidationError) -> list[str]:
    known = list(error.schema.get("properties", {}))
    surplus = [name for name in error.instance if name not in known]
    return [
        f"De sleutel {_shortened(name)} kennen wij hier niet; bekend zijn: {', '.join(known)}."
        for name in surplus
    ]


def _type(error: jsonschema.ValidationError) -> list[str]:
    sentences = {
        "string": "Hier hoort tekst te staan.",
        "array": "Hier hoort een lijst te staan.",
        "object": "Hier horen sleutels met waarden te staan.",
    }
    return [sentences[error.validator_value]]


def _enum(error: jsonschema.ValidationError) -> list[str]:
    allowed = ", ".join(str(value) for value in error.validator_value)
    shown = _shortened(error.instance) if isinstance(error.instance, str) else "Dit"
    return [f"{shown} is hier geen mogelijkheid; kies uit: {allowed}."]


def _const(error: jsonschema.ValidationError) -> list[str]:
    shown = _shortened(error.instance) if isinstance(error.instance, str) else "Dit"
    return [f"{shown} kennen wij hier niet; goed is: {error.validator_value}."]


def _none_of(error: jsonschema.ValidationError) -> list[str]:
    """What is wrong in the form that was meant, where that is one; else what would do."""
    inner = [part for part in error.context or [] if part.validator != "type"]
    return [text for part in inner for text in _sentences(part)] or _described(error)


def _described(error: jsonschema.ValidationError) -> list[str]:
    wanted = error.schema.get("description", "een andere vorm")
    if not isinstance(error.instance, str):
        return [f"Dit is niet te lezen; goed is: {wanted}."]
    return [f"“{_shortened(error.instance)}” is niet te lezen; goed is: {wanted}."]


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


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
