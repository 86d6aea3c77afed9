"""The tree of a plan that begins: a head, the blocks of its style and a few lines, pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workplans.planfile.tree import FORMAT, Tree, normalised
from workplans.styles import style_named


@dataclass(frozen=True)
class NewPlan:
    """What somebody typed for a plan that begins; years are inclusive, `style` may be
    empty, `programme` is a slug, and `rounds` are slugs of fund and round."""

    slug: str
    title: str
    region: str
    kind: str
    style: str
    first_year: int
    last_year: int
    as_of: datetime.date
    programme: str = ""
    rounds: tuple[tuple[str, str], ...] = ()


def first_tree(head: NewPlan, lines: Iterable[Tree], before: Iterable[Tree] = ()) -> Tree:
    """The tree of the plan as it begins, with the blocks `before` in front.

    The live blocks of the style are blocks of the plan from the start: so its author
    moves and names them. A line without a kind gets the one that goes with the style.
    """
    style = style_named(head.style, head.kind)
    return normalised(
        {
            "penvoerder": FORMAT,
            "plan": {
                "slug": head.slug,
                "title": head.title,
                "kind": head.kind,
                "style": head.style,
                "region": head.region,
                "programme": head.programme,
                "period": f"{head.first_year}-{head.last_year}",
                "as_of": head.as_of.isoformat(),
            },
            "applications": [{"fund": fund, "round": turn} for fund, turn in head.rounds],
            "blocks": [*before, *({"kind": kind} for kind in style.blocks)],
            "lines": [{"kind": style.line_kind} | line for line in lines],
        }
    )


def lines_after(tree: Tree) -> Iterator[Tree]:
    """The lines and parts of another plan without what stands in them, each of which says
    what it follows."""
    return _after(tree["plan"]["slug"], tree.get("lines", []))


def _after(slug: str, lines: list[Tree]) -> Iterator[Tree]:
    for line in lines:
        yield {
            **{key: line[key] for key in ("code", "title", "kind")},
            "follows": [f"{slug}/{line['code']}"],
            "parts": list(_after(slug, line.get("parts", []))),
        }
