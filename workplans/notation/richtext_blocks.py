"""Pieces of running text that were read elsewhere, written as somebody would type them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workplans.notation.richtext import Kind, Mark, Run, format_table, runs

LISTS = frozenset({Kind.LIST, Kind.NUMBERED})


@dataclass
class Block:
    """A paragraph, an item or a table. Items with one `group` are one list; what has one
    `item` stands in one of them."""

    kind: Kind
    group: int
    item: int
    runs: list[Run] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def written(blocks: Iterable[Block]) -> str:
    """The text of blocks, in order; what says nothing is left out."""
    parts: list[str] = []
    before: Block | None = None
    number = 0
    for block in blocks:
        goes_on = (
            before is not None
            and block.kind in LISTS
            and ((before.kind, before.group) == (block.kind, block.group))
        )
        number = number + 1 if goes_on else 1
        said = _said(block, number)
        if said:
            parts += ["\n" if goes_on else "\n\n", said]
            before = block
    return "".join(parts[1:])


def _said(block: Block, number: int) -> str:
    if block.kind is Kind.TABLE:
        return format_table(block.rows)
    is_one_line = block.kind in LISTS or block.kind is Kind.HEADING
    text = typed(block.runs, is_one_line=is_one_line)
    if not text:
        return ""
    match block.kind:
        case Kind.HEADING:
            return f"### {text}"
        case Kind.LIST:
            return f"- {text}"
        case Kind.NUMBERED:
            return f"{min(number, 9999)}. {text}"
        case Kind.QUOTE:
            return "\n".join(f"> {line}" if line else "" for line in text.split("\n"))
    return text


def _merged(found: Iterable[Run]) -> Iterator[Run]:
    """Runs with one mark and target in one."""
    held: Run | None = None
    for run in found:
        if held and (held.mark, held.target) == (run.mark, run.target):
            held = Run(run.mark, held.text + run.text, run.target)
        else:
            if held:
                yield held
            held = run
    if held:
        yield held


def typed(found: Iterable[Run], *, is_one_line: bool) -> str:
    """Runs as somebody would type them, with their marks where those read back."""
    merged = list(_merged(found))
    marked = _tidy("".join(map(_mark, merged)), is_one_line)
    if _words(runs(marked)) == _words(merged):
        return marked
    return _tidy("".join(run.text for run in merged), is_one_line)


def _words(found: Iterable[Run]) -> dict[Mark, list[str]]:
    """The words with each mark. What is plain may read as more than it was: a mark that
    somebody typed is one."""
    words: dict[Mark, list[str]] = {}
    for run in found:
        if run.mark in (Mark.STRONG, Mark.EMPHASIS, Mark.LINK) and run.text.strip():
            words.setdefault(run.mark, []).extend(run.text.split())
    return words


def _tidy(text: str, is_one_line: bool) -> str:
    text = re.sub(r"€\u00a0(?=\d)", "€ ", text)
    if is_one_line:
        text = text.replace("\n", " ")
    text = re.sub(r" {2,}", " ", text)
    text = re.sub(r"[ \u00a0]*\n[ \u00a0]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _mark(run: Run) -> str:
    """A run with its mark around the words: the space at its ends stays outside."""
    words = run.text.strip()
    if not words or run.mark is Mark.PLAIN:
        return run.text
    before, after = run.text.split(words, 1)
    if run.mark is Mark.LINK:
        words = re.sub(r"[ \t\r\n\f\v]+", " ", words)
        return f"{before}[{words}]({run.target}){after}" if len(words) <= 500 else run.text
    sign = "**" if run.mark is Mark.STRONG else "*"
    if "*" in words:
        return run.text
    return (
        before
        + "\n\n".join(f"{sign}{part.strip()}{sign}" for part in words.split("\n\n") if part.strip())
        + after
    )
