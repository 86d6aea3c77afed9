"""Where each part of a document can be reached, by what people write to point at it."""

from __future__ import annotations

from collections.abc import Sequence

from reports.content import Content
from workplans.models import Block
from workplans.styles import HEADINGS

TEXT_ANCHORS = {Block.Kind.TEXT: "tekst", Block.Kind.QUOTE: "citaat"}


def heading_of(block: Block) -> str:
    """The heading of a block: its own, or that of its kind."""
    return block.title or HEADINGS.get(Block.Kind(block.kind), "")


def block_anchors(blocks: Sequence[Block]) -> list[str]:
    """An address per block, each its own: `tekst-1`, `begroting`, `terugblik-2`."""
    counts: dict[str, int] = {}
    found = []
    for block in blocks:
        name = TEXT_ANCHORS.get(Block.Kind(block.kind), block.kind.replace("’", ""))
        counts[name] = counts.get(name, 0) + 1
        is_numbered = block.kind in TEXT_ANCHORS or counts[name] > 1
        found.append(f"{name}-{counts[name]}" if is_numbered else name)
    return found


def anchors(content: Content) -> dict[str, tuple[str, str]]:
    """Address and words by what a cross-reference says, in small letters: the full code
    of an action, `lijn A`, `punt 37 + 38`, `blok Inleiding`. The first of equal names
    has it."""
    found: dict[str, tuple[str, str]] = {}
    for block, anchor in zip(content.blocks, block_anchors(content.blocks), strict=True):
        if heading := heading_of(block):
            found.setdefault(f"blok {heading}".casefold(), (f"#{anchor}", heading))
    for line in content.lines:
        found.setdefault(f"lijn {line.code}".casefold(), (f"#lijn-{line.code}", str(line)))
        for action in line.actions.all():
            address = f"#actie-{content.names[action.pk]}"
            found.setdefault(action.full_code.casefold(), (address, action.full_code))
            if action.point and action.point.code:
                point = (address, str(action.point))
                found.setdefault(f"punt {action.point.code}".casefold(), point)
                found.setdefault(action.point.code.casefold(), (address, action.point.code))
    return found
