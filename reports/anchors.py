"""Where each part of a document can be reached, by what people write to point at it."""

from __future__ import annotations

from reports.content import Content
from workplans.models import Block, block_anchors
from workplans.styles import HEADINGS


def heading_of(block: Block) -> str:
    """The heading of a block: its own, or that of its kind."""
    return block.title or HEADINGS.get(Block.Kind(block.kind), "")


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
