"""Reading our own documents: what stands in a fence, and the tables of Markdown."""

from __future__ import annotations

import re


def fenced(text: str, name: str) -> str:
    """The one block of YAML that is fenced under this name."""
    (found,) = re.findall(rf"^```yaml {re.escape(name)}\n(.*?)^```$", text, re.M | re.S)
    assert isinstance(found, str)
    return found


def table_under(text: str, heading: str) -> dict[str, dict[str, str]]:
    """The first table below a heading: rows by their first cell, then by column.

    Backticks are layout. A heading or a row that occurs twice is a fault of the text.
    """
    (start,) = re.finditer(rf"^##+ {re.escape(heading)}$", text, re.M)
    lines = text[start.end() :].splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[first:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().replace("`", "") for cell in line.strip("|").split("|")])
    columns, _, *body = rows
    found = {row[0]: dict(zip(columns[1:], row[1:], strict=True)) for row in body}
    assert len(found) == len(body)
    return found


def tables(text: str) -> list[list[list[str]]]:
    """Every table of Markdown as rows of cells, with its heading and its rule."""
    found: list[list[list[str]]] = []
    is_inside = False
    for line in text.splitlines():
        if line.startswith("|"):
            if not is_inside:
                found.append([])
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        is_inside = line.startswith("|")
    return found
