"""From a tree to text, as a person would write it and as a program compares it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml


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


class _Writer(yaml.SafeDumper):
    """Lays a tree out: indented lists, blocks for several lines, double quotes."""

    # Every scalar is text for us; what another tool would type is quoted below.
    yaml_implicit_resolvers: dict[str, Any] = {}

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(writer: _Writer, value: str) -> yaml.ScalarNode:
    """Also a choice of a model that was not stored yet: an enum that is text."""
    text = str(value)
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
_Writer.add_multi_representer(str, _represent_text)
_Writer.add_representer(int, _represent_number)
