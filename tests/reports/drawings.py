"""What the tests of figures share: reading a drawing as a reader and a machine get it."""

import re
import xml.etree.ElementTree as ElementTree

from reports.content import Content, fetch
from reports.figures.shapes import Drawing
from reports.plan_totals import PlanTotals, plan_totals
from reports.table import Amount
from tests.factories import ActionLineFactory, RegionFactory, WorkPlanFactory
from workplans.models import ActionLine, WorkPlan

SVG = "{http://www.w3.org/2000/svg}"


def read(plan: WorkPlan) -> tuple[Content, PlanTotals]:
    content = fetch(plan)
    return content, plan_totals(content)


def root(drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(str(drawing.svg))


def texts(drawing: Drawing) -> list[str]:
    """Every text that is drawn, in order."""
    return ["".join(element.itertext()) for element in root(drawing).iter(f"{SVG}text")]


def description(drawing: Drawing) -> str:
    found = root(drawing).find(f"{SVG}desc")
    assert found is not None
    return plain(found.text or "")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def cells(drawing: Drawing) -> list[list[str]]:
    """The table: amounts as figures are printed, anything else as it stands."""
    return [
        [
            plain(str(cell.figure)) if isinstance(cell, Amount) and cell.figure else cell.plain
            for cell in row.cells
        ]
        for row in drawing.table.rows
    ]


def areas(drawing: Drawing, role: str) -> list[float]:
    """The widths of the filled rectangles of a role, in order."""
    return [
        float(element.get("width", 0))
        for element in root(drawing).iter(f"{SVG}rect")
        if element.get("class") == f"f-{role}"
    ]


def check(drawing: Drawing) -> None:
    """What holds for every drawing: named, described, within its edges, and safe for a
    strict content security policy and for PDF/UA."""
    svg = root(drawing)
    ids = [element.get("id") for element in svg.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert svg.get("role") == "img"
    named = (svg.get("aria-labelledby") or "").split()
    assert [next(e.tag for e in svg.iter() if e.get("id") == name) for name in named] == [
        f"{SVG}title",
        f"{SVG}desc",
    ]
    assert description(drawing)
    for element in svg.iter():
        assert not {"style", "opacity", "fill-opacity", "stroke-opacity"} & set(element.keys())
        for reference in re.findall(r"url\(#(.+)\)", element.get("fill", "")):
            assert reference in ids
    _check_edges(svg)


def _check_edges(svg: ElementTree.Element) -> None:
    _x, _y, width, height = map(float, (svg.get("viewBox") or "").split())
    for element in svg.iter(f"{SVG}rect"):
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        assert x >= 0
        assert x + float(element.get("width", 0)) <= width + 0.2
        assert y + float(element.get("height", 0)) <= height + 0.2
    for element in svg.iter(f"{SVG}text"):
        assert 0 <= float(element.get("x", 0)) <= width
        assert float(element.get("y", 0)) <= height


def plan_of(*lines: str, members: int = 3, first: int = 2020, last: int = 2021) -> list[ActionLine]:
    """The lines A, B, C … of a new plan: `cirkel`, or another kind."""
    plan = WorkPlanFactory(region=RegionFactory(members=members), first_year=first, last_year=last)
    return [
        ActionLineFactory(plan=plan, code="ABCDEFGH"[n], kind=kind, position=n)
        for n, kind in enumerate(lines)
    ]
